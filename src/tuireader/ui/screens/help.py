"""The help screen: all keys by group, generated from the bindings."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.folding import fold
from tuireader.ui.bindings import GROUPS, PANES, key, shown_key
from tuireader.ui.lists.model import wrapped_lines
from tuireader.ui.screens.dialogs import Dialog

MIN_WIDTH_FOR_TWO = 118
"""The width of the screen in cells from which the keys are in two columns."""

MAX_WIDTH, BESIDE = 180, 5
"""The most cells that the help takes (96% of the screen), and those of its frame in them."""

MAX_KEYS_WIDTH = 24
"""The most cells of the column with the keys."""

MAX_HELP_ROWS = 8
"""The most rows of a command."""

HelpRow = tuple[str, str, str]
"""A group, the keys as they are displayed, and what they do."""


class HelpScreen(Dialog[None]):
    """The table of all keys, those of the focused pane first; `/` filters it."""

    BINDINGS = [
        key(
            "escape,q,question_mark", "close", "Close the help", "Close the help", PANES, show=True
        ),
        key("slash", "search", "Search", "Show only keys with these words", PANES),
        key("j,down", "scroll(3)", "Down", "Down", PANES),
        key("k,up", "scroll(-3)", "Up", "Up", PANES),
        key("space,ctrl+d,pagedown", "scroll(15)", "Page down", "Page down", PANES),
        key("ctrl+b,ctrl+u,pageup", "scroll(-15)", "Page up", "Page up", PANES),
        key("G,end", "scroll(9999)", "End", "End", PANES),
        key("g,home", "scroll(-9999)", "Top", "Top", PANES),
    ]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Take the bindings to list, those of the focused pane first."""
        super().__init__()
        self._rows = help_rows(bindings)

    def compose(self) -> ComposeResult:
        """Yield the line for the words, and the table of keys in one column or two."""
        with Vertical():
            field = Input(placeholder="/ to search the keys", compact=True)
            field.cursor_blink = False
            yield field
            with VerticalScroll(), Horizontal():
                yield Static(id="left")
                yield Static(id="right")

    def on_mount(self) -> None:
        """Show all keys, and take the keys that scroll."""
        self.query_one(VerticalScroll).focus()
        self._show("")

    def on_resize(self) -> None:
        """Show as many columns as fit."""
        self._show(self.query_one(Input).value)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        """Show only the keys with the words typed so far."""
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _end_search(self, event: Input.Submitted) -> None:
        """Take the keys that scroll again."""
        event.stop()
        self.query_one(VerticalScroll).focus()

    def _show(self, query: str) -> None:
        """Show the rows that have all words of a query; "" shows all."""
        words = fold(query).split()
        rows = [row for row in self._rows if all(word in fold(" ".join(row)) for word in words)]
        left, right = rows, list[HelpRow]()
        room = min(MAX_WIDTH, self.app.size.width * 96 // 100) - BESIDE
        if self.app.size.width >= MIN_WIDTH_FOR_TWO:
            left, right = split_rows(rows)
            room //= 2
        missing = Content(f"No key with “{query}”. Press Esc to close.")
        self.query_one("#left", Static).update(help_table(left, room - 1) if rows else missing)
        self.query_one("#right", Static).update(help_table(right, room - 1))
        self.query_one("#right").display = bool(right)

    def action_search(self) -> None:
        """Type words that the keys shown must have."""
        self.query_one(Input).focus()

    def action_close(self) -> None:
        """Remove the words that were typed; close the help if there are none."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
            self.query_one(VerticalScroll).focus()
        else:
            self.dismiss(None)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows; a negative number scrolls back."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def help_rows(bindings: Iterable[Binding]) -> list[HelpRow]:
    """Return a row for each command: its group, its keys, and what it does.

    The groups are in the order of `GROUPS`; several keys of a command share a row.
    """
    keys: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        if binding.id and binding.group:
            entry = keys.setdefault((binding.group.description, binding.tooltip), [])
            shown = shown_key(binding)
            if shown not in entry:
                entry.append(shown)
    return [
        (group.description, " ".join(written), told)
        for group in GROUPS
        for (name, told), written in keys.items()
        if name == group.description
    ]


def split_rows(rows: Sequence[HelpRow]) -> tuple[list[HelpRow], list[HelpRow]]:
    """Return the rows for two columns of about the same height; no group is divided."""
    groups = list(dict.fromkeys(row[0] for row in rows))
    left: list[HelpRow] = []
    for group in groups:
        part = [row for row in rows if row[0] == group]
        if left and len(left) + len(part) / 2 > len(rows) / 2:
            break
        left += part
    return left, list(rows[len(left) :])


def help_table(rows: Iterable[HelpRow], width: int) -> Content:
    """Return rows as a table: under a heading for each group, keys and what they do.

    `width` is the room in cells, to which the text of the second column is wrapped.
    """
    parts: list[str | tuple[str, str]] = []
    rows = list(rows)
    widest = max((cell_width(written) for _, written, _ in rows), default=0)
    widest = min(widest, MAX_KEYS_WIDTH, width // 3)
    above = ""
    for group, written, told in rows:
        if group != above:
            parts += [("\n" if parts else "", ""), (f"{group}\n", "bold underline")]
            above = group
        keys = wrapped_lines(written, widest, MAX_HELP_ROWS)
        lines = wrapped_lines(told, max(10, width - widest - 2), MAX_HELP_ROWS)
        for left, right in zip_longest(keys, lines, fillvalue=""):
            parts += [(fit_cells(left, widest), "bold"), f"  {right}\n"]
    return Content.assemble(*parts)
