"""Older states of the journal, each a whole copy: enough of each age are kept, never too few.

What the notebook was at earlier moments, as far as its file and the copies of it tell.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from tuireader.notebook.journal.ids import IdGenerator, timestamp
from tuireader.notebook.journal.line_format import (
    FORMAT,
    JournalLine,
    ScanResult,
    all_lines_valid,
    format_version,
    scan_lines,
)
from tuireader.notebook.journal.state import JournalState
from tuireader.paths import replace_file

FOLDER = "history"
"""Beside the journal."""

_NEWEST = 5
_PERIODS: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)
_YOUNG = dt.timedelta(minutes=1)
_NUMBER = re.compile(r"-(\d{1,39})(?:\.[^.]*)?$")


def generations(journal: Path) -> tuple[Path, ...]:
    """The copies of the journal, the newest first; a file of another name is none."""
    copies = (journal.parent / FOLDER).glob(f"{escape(journal.stem)}-*{escape(journal.suffix)}")
    numbered = [(int(found[1]), copy) for copy in copies if (found := _NUMBER.search(copy.name))]
    return tuple(copy for _, copy in sorted(numbered, reverse=True))


def generation_time(generation: Path) -> dt.datetime:
    """When the copy was made, in UTC, by the UUIDv7 in its name; the earliest time if by none."""
    found = _NUMBER.search(generation.name)
    milliseconds = int(found[1]) >> 80 if found else 0
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def keep_generation(journal: Path, ids: IdGenerator, data: bytes | Iterable[bytes]) -> Path:
    """Keep the journal's bytes, or their pieces, as its newest generation; OSError if not."""
    copy = journal.parent / FOLDER / f"{journal.stem}-{ids.next()}{journal.suffix}"
    replace_file(copy, data, private=True)
    return copy


def delete_old_generations(journal: Path, now: dt.datetime) -> None:
    """Delete the generations that none of the rules keeps; OSError if one cannot be deleted.

    A damaged copy stands in the place of no whole one: the whole ones are also counted alone.
    """
    moments = {generation_time(copy): copy for copy in generations(journal)}
    dropped = moments.keys() - generations_to_keep(moments, now)
    if dropped:
        dropped -= generations_to_keep(
            filter(lambda moment: holds_whole_lines(moments[moment]), moments), now
        )
    for moment in dropped:
        moments[moment].unlink(missing_ok=True)


def holds_whole_lines(path: Path) -> bool:
    """Whether the journal, or a copy of it, can be read and each of its lines checks."""
    try:
        return all_lines_valid(path.read_bytes())
    except OSError:
        return False


def generations_to_keep(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """The newest five, the newest of seven days, four weeks, twelve months; all under a minute."""
    ordered = sorted(set(moments), reverse=True)
    kept = {moment for moment in ordered if now - moment < _YOUNG}
    kept.update(ordered[:_NEWEST])
    for count, period_of in _PERIODS:
        newest: dict[object, dt.datetime] = {}
        for moment in ordered:
            newest.setdefault(period_of(moment), moment)
        kept.update(list(newest.values())[:count])
    return kept


_SETTLED = dt.timedelta(seconds=1)
_COMPACTING = dt.timedelta(seconds=10)
"""Between the copy before a compaction and the file after it, while the notebook is locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePoint:
    """One file that tells of the notebook, and the stretch of time that it tells of."""

    path: Path
    lines: tuple[JournalLine, ...]
    first: dt.datetime
    """From here on each change is a line; before it, what was overwritten is gone."""
    last: dt.datetime
    """When the copy was made; now, of the notebook's file itself."""
    whole: bool
    is_copy: bool
    """Whether it is a copy, and not the notebook's file itself."""

    def at(self, moment: dt.datetime) -> JournalState:
        """What its lines up to the moment add up to."""
        stamp = timestamp(moment)
        return JournalState.of(line for line in self.lines if line.at <= stamp)

    def newest(self, stamp: str) -> str:
        """The time of its newest line up to that time, as lines tell it; empty if there is none."""
        return max((line.at for line in self.lines if line.at <= stamp), default="")

    @property
    def records(self) -> int:
        """How many records of the reader there are at its end."""
        tables = JournalState.of(self.lines).tables
        return sum(len(records) for table, records in tables.items() if table != "history")


def restore_points(journal: Path, now: dt.datetime) -> Iterator[RestorePoint]:
    """What there is, the newest first; a file that holds no line, or cannot be read, is none."""
    for path, last in [
        (journal, now),
        *((path, generation_time(path)) for path in generations(journal)),
    ]:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        found = scan_lines(data)
        first = _first_of(found)
        if first is not None and format_version(data[:1024]) <= FORMAT:
            yield RestorePoint(
                path=path,
                lines=found.lines,
                first=first,
                last=max(last, first),
                whole=not found.damaged and not data[found.end :].strip(),
                is_copy=path != journal,
            )


def tables_at(
    journal: Path, moment: dt.datetime, now: dt.datetime
) -> tuple[RestorePoint, JournalState] | None:
    """What the notebook was at the moment, and the file that tells it best.

    None if all that there is begins later. A whole copy is meant itself by the millisecond
    that its name tells.
    """
    found = list(restore_points(journal, now))
    for state in found:
        is_named = state.path != journal and moment.microsecond % 1000 == 0
        meant = is_named and _millisecond(state.last) == _millisecond(moment)
        if meant and state.whole:
            return state, JournalState.of(state.lines)
    reaching = [state for state in found if state.first <= moment]
    if not reaching:
        return None
    stamp = timestamp(moment)
    # Copies tell their time by the millisecond; of two in the same, the later one has a later line.
    best = max(
        reaching,
        key=lambda state: (min(moment, state.last), state.whole, state.newest(stamp), state.last),
    )
    return best, best.at(moment)


def covered_periods(found: Iterable[RestorePoint]) -> list[tuple[dt.datetime, dt.datetime]]:
    """The stretches of time of which every change is known, the earliest first."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for first, last in sorted((state.first, state.last) for state in found):
        if joined and first <= joined[-1][1] + _COMPACTING:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _first_of(found: ScanResult) -> dt.datetime | None:
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
