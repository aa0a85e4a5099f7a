"""What damaged lines have cost, taken from the newest copies of the notebook's file.

A copy's lines are lines of the file as well, or were before it was compacted. So each record
is what the last good line says of it, wherever that line is; lines of the file come first.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.generations import generations
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.lines import FORMAT, Edit, Line, format_of, is_whole, scan

_PATIENCE = 1.0
_OWN = frozenset({"history"})
"""What can be undone is in the order of its lines, which a record that comes later would break."""

_Known = tuple[str, int]


class _Event(NamedTuple):
    at: str
    doc: bytes | None


def recover(journal: Journal) -> None:
    """Write into the file what it lost, if lines of it are damaged; never an error.

    Where nothing can be saved, or another window is writing just now, all stays as it is.
    """
    if journal.refusal or not (journal.harmed or journal.file.torn_end().strip()):
        return
    try:
        with journal.exclusive(_PATIENCE):
            edits = _lost(journal)
            if edits:
                journal.append(edits)
    except (OSError, NotebookError):
        return
    back = sum(edit.doc is not None for edit in edits)
    if back:
        what = "One record" if back == 1 else f"{back} records"
        journal.tell(f"{what} that the damage had cost came back from a copy of the notebook.")


def _lost(journal: Journal) -> list[Edit]:
    """The edits of copies that no good line of the file makes or comes after."""
    lines = scan(journal.path.read_bytes()).lines
    last, known = _last_events(lines), _all_events(lines)
    found: dict[_Known, _Event] = {}
    for copied, whole in _copies(journal):
        for which, event in _last_events(copied).items():
            newest = max(last.get(which, _Event("", None)).at, found.get(which, event).at)
            if (*which, event.at) not in known and event.at >= newest:
                found[which] = event
        if whole:
            break
    return [
        Edit(table, number, event.doc)
        for (table, number), event in found.items()
        if journal.fold.tables.get(table, {}).get(number) != event.doc
    ]


def _last_events(lines: Sequence[Line]) -> dict[_Known, _Event]:
    """What the last of the lines that is about it makes of each record, and when."""
    events: dict[_Known, _Event] = {}
    for line in lines:
        for table, number, doc in line.edits:
            if table in _OWN:
                continue
            if number is not None:
                events[table, number] = _Event(line.at, doc)
            elif doc is None:
                dropped = {which: _Event(line.at, None) for which in events if which[0] == table}
                events.update(dropped)
    return events


def _all_events(lines: Sequence[Line]) -> set[tuple[str, int, str]]:
    """Which records the lines are about, and when."""
    return {
        (edit.table, edit.id, line.at)
        for line in lines
        for edit in line.edits
        if edit.id is not None
    }


def _copies(journal: Journal) -> Iterator[tuple[Sequence[Line], bool]]:
    """The good lines of each copy, the newest first, and whether it has no others."""
    for copy in generations(journal.path):
        try:
            data = copy.read_bytes()
        except OSError:
            continue
        lines = scan(data).lines
        if lines and format_of(data[:1024]) <= FORMAT:
            yield lines, is_whole(data)
