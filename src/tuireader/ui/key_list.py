"""The keys in force as rows, for the command line and the documentation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual.binding import Binding
from textual.dom import DOMNode

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.settings import KeyChoice
from tuireader.ui.bindings import shown_key
from tuireader.ui.key_registry import SCOPES
from tuireader.ui.keymap import Keymap
from tuireader.ui.screens.help import HelpRow, help_rows
from tuireader.ui.widgets.pane import Pane

DIALOGS = ("prompt", "editor", "dialog", "export")
"""The names of what takes words, whose keys the help of the other screens shows too."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An action of a pane, with its keys."""

    pane: str
    """The name of the pane in the settings; "" for the reader's screen."""
    title: str
    """The heading of the pane."""
    keys: tuple[str, ...]
    """Its keys as they are displayed; () if it has none."""
    action: str
    """Its name in the settings."""
    does: str
    """What it does."""

    def record(self) -> dict[str, object]:
        """Return the row as a record for JSON."""
        return {
            "pane": self.pane,
            "action": self.action,
            "keys": list(self.keys),
            "description": self.does,
        }


def key_rows(preset: str, choices: Iterable[KeyChoice]) -> list[KeyRow]:
    """Return the actions of all panes with their keys, in the order of the panes.

    Actions that are the same in several panes, such as those of lists, come once for each pane.
    """
    keymap = Keymap(preset, choices)
    rows = []
    for scope in SCOPES:
        keys: dict[str, list[str]] = {}
        for binding in scope.bindings(keymap):
            keys.setdefault(binding.id or "", []).append(shown_key(binding))
        told = {binding.id or "": binding.tooltip for binding in scope.declared()}
        rows += [
            KeyRow(scope.name, scope.title, tuple(dict.fromkeys(keys.get(name, []))), name, tip)
            for name, tip in told.items()
        ]
    return rows


def rows_in_force(bindings: Iterable[tuple[Binding, DOMNode]], keymap: Keymap) -> list[HelpRow]:
    """Return the rows of the help: the bindings of a screen by group, then those of the dialogs.

    `bindings` are in force on the screen, those of the focused pane first.
    """
    found = list(bindings)
    rows = help_rows((binding for binding, _ in found), _panes(found))
    for scope in SCOPES:
        if scope.name in DIALOGS:
            in_force = scope.bindings(keymap)
            rows += [(scope.title, keys, told) for _, keys, told in help_rows(in_force)]
    return rows


def _panes(bindings: Iterable[tuple[Binding, DOMNode]]) -> dict[tuple[str, str], str]:
    """Return the pane of each group and what a key does, if it does that in one pane only.

    Groups whose keys are all of the same pane are left out.
    """
    titles = {scope.name: scope.title.lower() for scope in SCOPES}
    owners: dict[tuple[str, str], set[str]] = {}
    for binding, node in bindings:
        if binding.group:
            pane = titles[node.KEY_SCOPE] if isinstance(node, Pane) else ""
            owners.setdefault((binding.group.description, binding.tooltip), set()).add(pane)
    single = {row: next(iter(panes)) for row, panes in owners.items() if len(panes) == 1}
    several = {(group, pane) for (group, _), pane in single.items() if pane}
    counts = Counter(group for group, _ in several)
    return {row: pane for row, pane in single.items() if pane and counts[row[0]] > 1}


def plain_table(rows: Sequence[KeyRow]) -> str:
    """Return the rows as lines of text: keys, the action's name, and what it does."""
    widest = max((cell_width("  ".join(row.keys)) for row in rows), default=0)
    longest = max((len(row.action) for row in rows), default=0)
    lines: list[str] = []
    for title, group in groupby(rows, key=lambda row: row.title):
        lines += [*([""] if lines else []), title]
        lines += [
            f"  {fit_cells('  '.join(row.keys), widest)}  {row.action:{longest}}  {row.does}"
            for row in group
        ]
    return "\n".join(lines)


def markdown_tables(rows: Sequence[KeyRow]) -> str:
    """Return the rows as a Markdown table for each pane."""
    lines: list[str] = []
    for title, group in groupby(rows, key=lambda row: row.title):
        lines += [*([""] if lines else []), f"## {title}", ""]
        lines += ["| keys | action | what it does |", "|---|---|---|"]
        for row in group:
            keys = " ".join(_code(key) for key in row.keys) or "none"
            lines.append(f"| {keys} | `{row.action}` | {row.does} |")
    return "\n".join(lines)


def _code(key: str) -> str:
    """Return a key as Markdown code that may stand in a table."""
    if "`" in key:
        return f"`` {key} ``"
    return f"`{key}`".replace("|", "\\|")
