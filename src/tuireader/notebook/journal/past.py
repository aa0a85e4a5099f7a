"""What the notebook was at earlier moments, as far as its file and the copies of it tell."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tuireader.notebook.journal.fold import Fold
from tuireader.notebook.journal.generations import generations, moment_of
from tuireader.notebook.journal.ids import stamp_of
from tuireader.notebook.journal.lines import FORMAT, Line, Scan, format_of, scan

_SETTLED = dt.timedelta(seconds=1)
_COMPACTING = dt.timedelta(seconds=10)
"""Between the copy before a compaction and the file after it, while the notebook is locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One file that tells of the notebook, and the stretch of time that it tells of."""

    path: Path
    lines: tuple[Line, ...]
    first: dt.datetime
    """From here on each change is a line; before it, what was overwritten is gone."""
    last: dt.datetime
    """When the copy was made; now, of the notebook's file itself."""
    whole: bool
    is_copy: bool
    """Whether it is a copy, and not the notebook's file itself."""

    def at(self, moment: dt.datetime) -> Fold:
        """What its lines up to the moment add up to."""
        stamp = stamp_of(moment)
        return Fold.of(line for line in self.lines if line.at <= stamp)

    def newest(self, stamp: str) -> str:
        """The time of its newest line up to that time, as lines tell it; empty if there is none."""
        return max((line.at for line in self.lines if line.at <= stamp), default="")

    @property
    def records(self) -> int:
        """How many records of the reader there are at its end."""
        tables = Fold.of(self.lines).tables
        return sum(len(records) for table, records in tables.items() if table != "history")


def states(journal: Path, now: dt.datetime) -> Iterator[State]:
    """What there is, the newest first; a file that holds no line, or cannot be read, is none."""
    for path, last in [(journal, now), *((path, moment_of(path)) for path in generations(journal))]:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        found = scan(data)
        first = _first_of(found)
        if first is not None and format_of(data[:1024]) <= FORMAT:
            yield State(
                path=path,
                lines=found.lines,
                first=first,
                last=max(last, first),
                whole=not found.damaged and not data[found.end :].strip(),
                is_copy=path != journal,
            )


def notebook_at(journal: Path, moment: dt.datetime, now: dt.datetime) -> tuple[State, Fold] | None:
    """What the notebook was at the moment, and the file that tells it best.

    None if all that there is begins later. A whole copy is meant itself by the millisecond
    that its name tells.
    """
    found = list(states(journal, now))
    for state in found:
        is_named = state.path != journal and moment.microsecond % 1000 == 0
        meant = is_named and _millisecond(state.last) == _millisecond(moment)
        if meant and state.whole:
            return state, Fold.of(state.lines)
    reaching = [state for state in found if state.first <= moment]
    if not reaching:
        return None
    stamp = stamp_of(moment)
    # Copies tell their time by the millisecond; of two in the same, the later one has a later line.
    best = max(
        reaching,
        key=lambda state: (min(moment, state.last), state.whole, state.newest(stamp), state.last),
    )
    return best, best.at(moment)


def stretches(found: Iterable[State]) -> list[tuple[dt.datetime, dt.datetime]]:
    """The stretches of time of which every change is known, the earliest first."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for first, last in sorted((state.first, state.last) for state in found):
        if joined and first <= joined[-1][1] + _COMPACTING:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _first_of(found: Scan) -> dt.datetime | None:
    """When the file began to tell of each change; None if it has no line with a time.

    A compacted file begins with a line for each record, of which a part alone was never
    the notebook's state; they all bear the same time, but in files of earlier versions.
    """
    moments = [moment for line in found.lines if (moment := _moment(line.at)) is not None]
    if not moments:
        return None
    first = moments[0]
    head = found.lines[:2]
    if len(head[0].generations) > 1 and head[0].at != head[-1].at:
        seen: set[tuple[str, int | None]] = set()
        for line, moment in zip(found.lines[1:], moments[1:], strict=False):
            about = {(edit.table, edit.id) for edit in line.edits}
            if len(line.edits) != 1 or about & seen or moment - first > _SETTLED:
                break
            seen |= about
            first = max(first, moment)
    return first


def _moment(at: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _millisecond(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)
