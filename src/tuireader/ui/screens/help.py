"""The help screen: all keys by group, generated from the bindings."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.folding import fold
from tuireader.ui.bindings import FIND, GROUPS, PANES, key, shown_key
from tuireader.ui.screens.dialogs import Dialog
from tuireader.ui.screens.scrolling import SCROLL_KEYS, scroll
from tuireader.ui.widgets.prompt_line import COMMAND_KEYS, PromptingScreen, PromptLine
from tuireader.ui.widgets.status_line import StatusLine

MIN_WIDTH_FOR_TWO = 118
"""The width of the screen in cells from which the keys are in two columns."""

MAX_WIDTH, SHARE, BESIDES = 180, 0.96, 7
"""The most cells of the dialog, its share of the screen, and the cells beside the table."""

MAX_KEYS_WIDTH = 24
"""The most cells of the column with the keys."""

HelpRow = tuple[str, str, str]
"""A group, the keys as they are displayed, and what they do."""


class HelpScreen(Dialog[None], PromptingScreen[None]):
    """The table of all keys in force, those of the focused pane first; `/` filters it."""

    KEY_SCOPE: ClassVar = "help"
    BINDINGS = [
        key("q,question_mark", "back", "Close", "Close the help", PANES, name="back", show=True),
        key("escape", "back", "Close", "Show all keys; then close the help", PANES, name="escape"),
        key("slash", "search", "Find", "Show only keys with these words", FIND, show=True),
        *SCROLL_KEYS,
        *COMMAND_KEYS,
    ]

    def __init__(self, rows: Sequence[HelpRow]) -> None:
        """Take the rows of the table, those of the focused pane first."""
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Yield the line for the words, the table of keys in one column or two, and its keys."""
        with Vertical():
            field = Input(placeholder="/ to search the keys", compact=True)
            field.cursor_blink = False
            yield field
            with VerticalScroll(), Horizontal():
                yield Static(id="left")
                yield Static(id="right")
            yield StatusLine()

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
        left, right, columns = rows, list[HelpRow](), 1
        if self.app.size.width >= MIN_WIDTH_FOR_TWO:
            left, right = split_rows(rows)
            columns = 2
        room = min(MAX_WIDTH, round(SHARE * self.app.size.width)) - BESIDES
        width = room // columns - columns + 1
        missing = Content(f"No key with “{query}”. Press Esc to show all.")
        self.query_one("#left", Static).update(help_table(left, width) if rows else missing)
        self.query_one("#right", Static).update(help_table(right, width))
        self.query_one("#right").display = bool(right)

    def action_search(self) -> None:
        """Type words that the keys shown must have."""
        self.query_one(Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the arrows to the prompt line while a command is typed."""
        if action == "scroll" and isinstance(self.focused, PromptLine):
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Remove the words that were typed; close the help if there are none."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
            self.query_one(VerticalScroll).focus()
        else:
            self.dismiss(None)

    def action_scroll(self, rows: int, pages: float = 0) -> None:
        """Scroll by rows, or by pages; a negative number scrolls back."""
        scroll(self.query_one(VerticalScroll), rows, pages)


def help_rows(
    bindings: Iterable[Binding], panes: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> list[HelpRow]:
    """Return a row for each command: its group, its keys, and what it does.

    The groups are in the order of `GROUPS`; several keys of a command share a row. `panes` has the
    pane for a group and what a key does, if it does that in one pane only; the group of its row is
    then "Lists: sources".
    """
    keys: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        if binding.id and binding.group:
            entry = keys.setdefault((binding.group.description, binding.tooltip), [])
            shown = shown_key(binding)
            if shown not in entry:
                entry.append(shown)
    rows: list[HelpRow] = []
    for group in (group.description for group in GROUPS):
        parts: dict[str, list[HelpRow]] = {}
        for (name, told), written in keys.items():
            if name == group:
                pane = panes.get((group, told), "")
                heading = f"{group}: {pane}" if pane else group
                parts.setdefault(heading, []).append((heading, " ".join(written), told))
        rows += [row for part in parts.values() for row in part]
    return rows


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


def help_table(rows: Sequence[HelpRow], width: int) -> Content:
    """Return rows as a table of `width` cells: under a heading, keys and what they do.

    Both are wrapped inside of their columns.
    """
    parts: list[str | tuple[str, str]] = []
    widest = max((cell_width(written) for _, written, _ in rows), default=0)
    column = max(1, min(MAX_KEYS_WIDTH, widest, width // 3))
    above = ""
    for group, written, told in rows:
        if group != above:
            parts += [("\n" if parts else "", ""), (f"{group}\n", "bold underline")]
            above = group
        keys, does = wrapped(written, column), wrapped(told, max(1, width - column - 2))
        for left, right in zip_longest(keys, does, fillvalue=""):
            parts += [(fit_cells(left, max(column, cell_width(left))), "bold"), f"  {right}\n"]
    return Content.assemble(*parts)


def wrapped(words: str, width: int) -> list[str]:
    """Return words as lines of at most `width` cells; a word that is wider has its own line."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and cell_width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
