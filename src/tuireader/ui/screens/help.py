"""The help screen: all keys by group, generated from the bindings."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.ui.bindings import GROUPS, PANES, key, shown_key
from tuireader.ui.screens.dialogs import Dialog


class HelpScreen(Dialog[None]):
    """The table of all keys, those of the focused pane first."""

    BINDINGS = [
        key(
            "escape,q,question_mark", "close", "Close the help", "Close the help", PANES, show=True
        ),
        key("j", "scroll(3)", "Down", "Down", PANES),
        key("k", "scroll(-3)", "Up", "Up", PANES),
        key("space,ctrl+f,ctrl+d", "scroll(15)", "Page down", "Page down", PANES),
        key("ctrl+b,ctrl+u", "scroll(-15)", "Page up", "Page up", PANES),
        key("G", "scroll(9999)", "End", "End", PANES),
        key("g", "scroll(-9999)", "Top", "Top", PANES),
    ]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Take the bindings to list, those of the focused pane first."""
        super().__init__()
        self._bindings_shown = tuple(bindings)

    def compose(self) -> ComposeResult:
        """Yield the table of keys."""
        with VerticalScroll():
            yield Static(help_table(self._bindings_shown))

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows; a negative number scrolls back."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def help_table(bindings: Iterable[Binding]) -> Content:
    """Return the bindings as a table: under a heading for each group, keys and what they do.

    The groups are in the order of `GROUPS`; several keys of a command share a row.
    """
    keys: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        if binding.id and binding.group:
            entry = keys.setdefault((binding.group.description, binding.tooltip), [])
            shown = shown_key(binding)
            if shown not in entry:
                entry.append(shown)
    parts: list[str | tuple[str, str]] = []
    widest = min(24, max((cell_width(" ".join(shown)) for shown in keys.values()), default=0))
    for group in GROUPS:
        name = group.description
        rows = [(tip, written) for (of, tip), written in keys.items() if of == name]
        if rows:
            parts += [("\n" if parts else "", ""), (f"{name}\n", "bold underline")]
        for tip, written in rows:
            cell = " ".join(written)
            parts += [(fit_cells(cell, max(widest, cell_width(cell))), "bold"), f"  {tip}\n"]
    return Content.assemble(*parts)
