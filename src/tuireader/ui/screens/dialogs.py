"""Dialogs: a question, and a choice among links or names."""

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
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.choices import ChoiceList, ChoiceModel, LinkModel, NameModel
from tuireader.ui.lists.viewport import ListMotion

T = TypeVar("T")


class Answering(Screen[T]):
    """A screen that gives one answer; what comes after it is ignored."""

    _is_answered = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Give the answer and close.

        Textual's own would close another screen if this one were closed or covered already.
        """
        if self._is_answered or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self._is_answered = True
        return super().dismiss(result)


class Dialog(Answering[T], ModalScreen[T]):
    """A question on top of the screen that asks it."""


class QuestionScreen(Dialog[str | None]):
    """A question with one line for the answer; gives the cleaned line, None on Esc."""

    BINDINGS = [
        key("escape", "cancel", "Cancel", "Close without an answer", PANES, show=True),
    ]

    def __init__(self, question: str, answer: str = "") -> None:
        """Ask a question, with an answer to begin with."""
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
            yield Static(Content("Enter accepts · Esc cancels"), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer."""
        event.stop()
        self.dismiss(sanitize_line(event.value))

    def action_cancel(self) -> None:
        """Give no answer."""
        self.dismiss(None)


class ChoiceScreen(Answering[T | None], ModalScreen[T | None]):
    """A line to type in, above a list that it filters; gives what is chosen, None on Esc."""

    PLACEHOLDER = ""
    HINT = ""

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
            yield Static(Content(self.HINT), classes="hint")

    def on_mount(self) -> None:
        """Give the line the keys."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        """List what matches the words typed."""
        event.stop()
        self._list.filter.query_typed(sanitize_line(event.value))

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        """Give what is under the list's cursor."""
        event.stop()
        self.dismiss(self._list.chosen)

    @on(ChoiceList.Chosen)
    def _choose(self, event: ChoiceList.Chosen) -> None:
        """Give what was clicked."""
        self.dismiss(event.value)

    def action_move(self, motion: ListMotion) -> None:
        """Move the list's cursor."""
        self._list.action_move(motion)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class LinkChoiceScreen(ChoiceScreen[Link]):
    """Choose a link of the article by its number or its words; gives None on Esc."""

    PLACEHOLDER = "a number, or words to filter"
    HINT = "↑ ↓ choose · Enter follows the link · Esc cancels"

    def __init__(self, links: Sequence[Link], text: str) -> None:
        super().__init__(LinkModel(links, text))


class NameChoiceScreen(ChoiceScreen[str]):
    """Choose or type a name; gives "" for no name, None on Esc."""

    PLACEHOLDER = "type to filter, or type another name"
    HINT = "↑ ↓ choose · Enter accepts · Esc cancels"

    def __init__(self, question: str, names: Iterable[str]) -> None:
        self._names = NameModel(names)
        super().__init__(self._names, question)

    def offer(self, names: Iterable[str]) -> None:
        """Add names after those that are there; the cursor stays on its name."""
        self._list.renew(self._names.add(names, self._list.cursor))
