"""Backups of the journal: whole copies, of which enough of each age are kept; and restore points.

A restore point is a file, the journal or a backup of it, from which the notebook's state at earlier
times can be read.
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
"""The name of the folder of backups; it is in the journal's folder."""

_MIN_BACKUPS = 5
"""How many of the newest backups are kept in any case."""
_PERIODS: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)
"""For how many days, weeks and months the newest backup is kept, and what tells them apart."""
_KEEP_ALL = dt.timedelta(minutes=1)
"""All backups that are younger are kept."""
_NUMBER = re.compile(r"-(\d{1,39})(?:\.[^.]*)?$")
"""The id at the end of a backup's name."""


def list_backups(journal: Path) -> tuple[Path, ...]:
    """Return the backups of a journal, newest first; empty if there are none.

    Files in the folder that are not named like a backup are ignored.
    """
    copies = (journal.parent / FOLDER).glob(f"{escape(journal.stem)}-*{escape(journal.suffix)}")
    numbered = [(int(found[1]), copy) for copy in copies if (found := _NUMBER.search(copy.name))]
    return tuple(copy for _, copy in sorted(numbered, reverse=True))


def backup_time(backup: Path) -> dt.datetime:
    """Return when a backup was made (UTC, in milliseconds), from the UUIDv7 in its name.

    The earliest possible time if the name has none.
    """
    found = _NUMBER.search(backup.name)
    milliseconds = int(found[1]) >> 80 if found else 0
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def create_backup(journal: Path, ids: IdGenerator, data: bytes | Iterable[bytes]) -> Path:
    """Write a new backup, and return its path.

    `data` is the content of the journal, whole or in pieces; `ids` generates the id in the backup's
    name. Raises OSError if it cannot be written.
    """
    copy = journal.parent / FOLDER / f"{journal.stem}-{ids.next()}{journal.suffix}"
    replace_file(copy, data, private=True)
    return copy


def prune_backups(journal: Path, now: dt.datetime) -> None:
    """Delete the backups that no retention rule keeps; `now` is the present time.

    A damaged backup never displaces an intact one: the rules are applied to the intact ones
    separately. Raises OSError if one cannot be deleted.
    """
    moments = {backup_time(copy): copy for copy in list_backups(journal)}
    dropped = moments.keys() - backups_to_keep(moments, now)
    if dropped:
        dropped -= backups_to_keep(filter(lambda moment: is_intact(moments[moment]), moments), now)
    for moment in dropped:
        moments[moment].unlink(missing_ok=True)


def is_intact(path: Path) -> bool:
    """Return whether a file can be read and has lines, all with a valid checksum.

    `path` is a journal or a backup; an empty file is not intact.
    """
    try:
        return all_lines_valid(path.read_bytes())
    except OSError:
        return False


def backups_to_keep(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Return those times of backups that the retention rules keep; `now` is the present time.

    These are all of the last minute, the newest five, and the newest of each of seven days, four
    weeks and twelve months.
    """
    ordered = sorted(set(moments), reverse=True)
    kept = {moment for moment in ordered if now - moment < _KEEP_ALL}
    kept.update(ordered[:_MIN_BACKUPS])
    for count, period_of in _PERIODS:
        newest: dict[object, dt.datetime] = {}
        for moment in ordered:
            newest.setdefault(period_of(moment), moment)
        kept.update(list(newest.values())[:count])
    return kept


_SETTLED = dt.timedelta(seconds=1)
"""The longest time that writing the first lines of a compacted file took in earlier versions."""
_COMPACTING = dt.timedelta(seconds=10)
"""The longest time from the backup before a compaction to the compacted file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePoint:
    """A file from which the notebook's state can be read, and the period that it covers."""

    path: Path
    lines: tuple[JournalLine, ...]
    first: dt.datetime
    """The start of the period: from here on each change is a line of the file."""
    last: dt.datetime
    """The end of the period: when the backup was made; for the journal itself, now."""
    is_intact: bool
    """Whether no line of the file is damaged."""
    is_backup: bool
    """Whether it is a backup, and not the journal itself."""

    def at(self, moment: dt.datetime) -> JournalState:
        """Return the state after all lines that were written up to a time."""
        stamp = timestamp(moment)
        return JournalState.of(line for line in self.lines if line.at <= stamp)

    def newest(self, stamp: str) -> str:
        """Return the time stamp of the last line up to the time stamp `stamp`; "" if none."""
        return max((line.at for line in self.lines if line.at <= stamp), default="")

    @property
    def records(self) -> int:
        """The number of records at the end of the period, without undo steps."""
        tables = JournalState.of(self.lines).tables
        return sum(len(records) for table, records in tables.items() if table != "history")


def restore_points(journal: Path, now: dt.datetime) -> Iterator[RestorePoint]:
    """Yield the restore points of a journal, newest first; `now` is the present time.

    The first is the journal itself. Files that have no valid line, cannot be read or are of a newer
    format are left out.
    """
    for path, last in [
        (journal, now),
        *((path, backup_time(path)) for path in list_backups(journal)),
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
                is_intact=not found.damaged and not data[found.end :].strip(),
                is_backup=path != journal,
            )


def state_at(
    journal: Path, moment: dt.datetime, now: dt.datetime
) -> tuple[RestorePoint, JournalState] | None:
    """Return the notebook's state at a time, and the restore point that it was read from.

    None if all restore points begin later. A time that equals a backup's own, to the millisecond,
    selects that whole backup. `now` is the present time.
    """
    found = list(restore_points(journal, now))
    for state in found:
        is_named = state.path != journal and moment.microsecond % 1000 == 0
        meant = is_named and _millisecond(state.last) == _millisecond(moment)
        if meant and state.is_intact:
            return state, JournalState.of(state.lines)
    reaching = [state for state in found if state.first <= moment]
    if not reaching:
        return None
    stamp = timestamp(moment)
    # Backup times have milliseconds; of two in the same one, the newer has the later line.
    best = max(
        reaching,
        key=lambda state: (
            min(moment, state.last),
            state.is_intact,
            state.newest(stamp),
            state.last,
        ),
    )
    return best, best.at(moment)


def covered_periods(found: Iterable[RestorePoint]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the periods for which every change is known, merged and sorted by time.

    Each has a first and last time; empty without restore points.
    """
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for first, last in sorted((state.first, state.last) for state in found):
        if joined and first <= joined[-1][1] + _COMPACTING:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _first_of(found: ScanResult) -> dt.datetime | None:
    """Return the time from which on a file contains each change; None if no line has a time.

    A compacted file begins with one line for each record, which together are one state. They all
    have the same time, except in files of earlier versions.
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
    """Return the time of an RFC 3339 time stamp; None if it is invalid or has no time zone."""
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _millisecond(moment: dt.datetime) -> int:
    """Return a time as milliseconds since the epoch, as ids contain it."""
    return int(moment.timestamp() * 1000)
