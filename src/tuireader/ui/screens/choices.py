"""Choosing a link of the article by its number or its words.

Choosing a name: from those of the article, filtered while typed, or typed freely.
"""

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.domain.article import Link
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.choices import LinkList, NameList
from tuireader.ui.screens.dialog import Dialog


class LinkChoiceScreen(Dialog[Link | None]):
    """Gives a link; None if the reader leaves without one."""

    BINDINGS = [
        key("escape", "leave", "Leave", "Follow no link", PANES, show=True),
        key("down,ctrl+n", "step(1)", "Next link", "To the next link", PANES, priority=True),
        key("up,ctrl+p", "step(-1)", "Previous link", "To the link before", PANES, priority=True),
    ]

    def __init__(self, links: Sequence[Link], text: str) -> None:
        super().__init__()
        self._list = LinkList(links, text)

    def compose(self) -> ComposeResult:
        """A line to type in, and the links below it."""
        with Vertical():
            field = Input(placeholder="a number, or words to filter", compact=True)
            field.cursor_blink = False
            yield field
            yield self._list
            yield Static(Content("↑ ↓ choose · Enter follows it · Esc leaves"), classes="hint")

    def on_mount(self) -> None:
        """Give the line the keys."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list.typed = event.value.strip()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self._list.chosen)

    @on(LinkList.Chosen)
    def _chosen(self, event: LinkList.Chosen) -> None:
        self.dismiss(event.link)

    def action_step(self, items: int) -> None:
        """Move among the links."""
        self._list.move_to(self._list.cursor + items)

    def action_leave(self) -> None:
        """Follow none."""
        self.dismiss(None)


class NameChoiceScreen(Dialog[str | None]):
    """Gives a name; empty for nobody named, None if the reader leaves without one."""

    BINDINGS = [
        key("escape", "leave", "Leave", "Change nothing", PANES, show=True),
        key("down,ctrl+n", "step(1)", "Next name", "To the next name", PANES, priority=True),
        key("up,ctrl+p", "step(-1)", "Previous name", "To the name before", PANES, priority=True),
    ]

    def __init__(self, question: str, names: Iterable[str]) -> None:
        super().__init__()
        self._question = question
        self._list = NameList(names)

    def compose(self) -> ComposeResult:
        """The question, a line to type in, and the names below it."""
        with Vertical():
            yield Static(Content(self._question))
            field = Input(placeholder="type to filter, or another name", compact=True)
            field.cursor_blink = False
            yield field
            yield self._list
            yield Static(Content("↑ ↓ choose · Enter takes it · Esc leaves"), classes="hint")

    def on_mount(self) -> None:
        """Give the line the keys."""
        self.query_one(Input).focus()

    def offer(self, names: Iterable[str]) -> None:
        """More names to choose from, after those that are there."""
        self._list.offer(names)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list.typed = sanitize_line(event.value).strip()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self._list.chosen)

    @on(NameList.Chosen)
    def _chosen(self, event: NameList.Chosen) -> None:
        self.dismiss(event.name)

    def action_step(self, items: int) -> None:
        """Move among the names."""
        self._list.move_to(self._list.cursor + items)

    def action_leave(self) -> None:
        """Give no name."""
        self.dismiss(None)
