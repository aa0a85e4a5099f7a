"""Dialogs to choose from a list while typing: a link of the article, or a name."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuireader.domain.article import Link
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.choices import ChoiceList, ChoiceModel, LinkModel, NameModel
from tuireader.ui.lists.viewport import ListMotion
from tuireader.ui.screens.dialog import Answering

T = TypeVar("T")


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
