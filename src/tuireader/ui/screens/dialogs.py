"""Dialogs: questions with a line for the answer, and choices among links or names."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from tuireader.domain.article import Link
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.bindings import PANES, first_key, key
from tuireader.ui.lists.choices import (
    ChoiceList,
    ChoiceModel,
    LinkModel,
    NameModel,
    OptionModel,
)
from tuireader.ui.lists.viewport import ListMotion

T = TypeVar("T")


class Answering(Screen[T]):
    """A screen that returns one answer; later answers are ignored."""

    _is_answered = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with an answer, None if there is none; do nothing if there was an answer.

        Textual's own method would close another screen if this one were closed or covered already.
        """
        if self._is_answered or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self._is_answered = True
        return super().dismiss(result)


class Dialog(Answering[T], ModalScreen[T]):
    """The base of dialogs, which are drawn on top of the screen below."""

    KEY_SCOPE: ClassVar[str] = "dialog"


class QuestionScreen(Dialog[str | None]):
    """A question with one line for the answer.

    Returns the line, sanitized and perhaps empty; None on Esc.
    """

    BINDINGS = [
        key("escape", "cancel", "Cancel", "Close without an answer", PANES, show=True),
    ]

    def __init__(self, question: str, answer: str = "") -> None:
        """Take the question, and the initial text of the answer."""
        super().__init__()
        self._question = question
        self._answer = answer

    def compose(self) -> ComposeResult:
        """Yield the question above its line."""
        with Vertical():
            yield Static(Content(self._question))
            field = Input(self._answer, compact=True)
            field.cursor_blink = False
            yield field
            hint = f"Enter accepts · {first_key(self, 'cancel')} cancels"
            yield Static(Content(hint), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the answer."""
        event.stop()
        self.dismiss(sanitize_line(event.value))

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class ChoiceScreen(Answering[T | None], ModalScreen[T | None]):
    """An input above a list that it filters; returns the choice, None on Esc.

    The choice is a value of the model; None, too, on Enter while nothing is listed.
    """

    KEY_SCOPE: ClassVar = "dialog"
    PLACEHOLDER = ""
    DOES = "accepts"
    """What Enter does, for the hint."""

    BINDINGS: ClassVar = [
        key("escape", "cancel", "Cancel", "Choose nothing", PANES, show=True),
        key(
            "down,ctrl+n",
            "move('next')",
            "Next choice",
            "Next choice",
            PANES,
            priority=True,
        ),
        key(
            "up,ctrl+p",
            "move('previous')",
            "Previous choice",
            "Previous choice",
            PANES,
            priority=True,
        ),
    ]

    def __init__(self, model: ChoiceModel[T], question: str = "") -> None:
        """Take the choices as a list model, and the question above them; "" for none."""
        super().__init__()
        self._question = question
        self._list = ChoiceList(model)

    def compose(self) -> ComposeResult:
        """Yield the question if there is one, the line, the list and the hint."""
        with Vertical():
            if self._question:
                yield Static(Content(self._question))
            field = Input(placeholder=self.PLACEHOLDER, compact=True)
            field.cursor_blink = False
            yield field
            yield self._list
            previous, following = first_key(self, "previous-choice"), first_key(self, "next-choice")
            cancel = first_key(self, "cancel")
            hint = f"{previous} {following} choose · Enter {self.DOES} · {cancel} cancels"
            yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        """Focus the input."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        """List what matches the typed words."""
        event.stop()
        self._list.filter.query_typed(sanitize_line(event.value))

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        """Return the choice under the list's cursor."""
        event.stop()
        self.dismiss(self._list.chosen)

    @on(ChoiceList.Chosen)
    def _choose(self, event: ChoiceList.Chosen) -> None:
        """Return the choice that was clicked."""
        self.dismiss(event.value)

    def action_move(self, motion: ListMotion) -> None:
        """Move the list's cursor."""
        self._list.action_move(motion)

    def action_cancel(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


class LinkChoiceScreen(ChoiceScreen[Link]):
    """Asks for a link of the article by its number or words.

    Returns the link, None on Esc.
    """

    PLACEHOLDER = "a number, or words to filter"
    DOES = "follows the link"

    def __init__(self, links: Sequence[Link], text: str) -> None:
        """Take the links in the order of the text, and the article's text."""
        super().__init__(LinkModel(links, text))


class NameChoiceScreen(ChoiceScreen[str]):
    """Asks for a name, chosen or typed.

    Returns the name, "" for no name, None on Esc.
    """

    PLACEHOLDER = "type to filter, or type another name"

    def __init__(
        self, question: str, names: Iterable[str], heading: str = "", *, optional: bool = True
    ) -> None:
        """Ask a question; the list has a heading, and offers no name if that is optional."""
        self._names = NameModel(names, heading, optional=optional)
        super().__init__(self._names, question)

    def offer(self, names: Iterable[str]) -> None:
        """List these names instead, in their order; the cursor stays on its name."""
        self._list.renew(self._names.replace(names, self._list.cursor))


class OptionScreen(ChoiceScreen[T]):
    """Asks for one of a few options; returns its value, None on Esc."""

    PLACEHOLDER = "type to filter"

    def __init__(self, question: str, options: Sequence[tuple[str, T]]) -> None:
        """Take the question, and the options: pairs of a label and the value to return."""
        super().__init__(OptionModel(options), question)
