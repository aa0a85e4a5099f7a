"""Older states of the journal, each a whole copy: enough of each age are kept, never too few."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from glob import escape
from pathlib import Path

from tuireader.notebook.journal import files
from tuireader.notebook.journal.ids import Ids
from tuireader.notebook.journal.lines import is_whole

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


def moment_of(generation: Path) -> dt.datetime:
    """When the copy was made, in UTC, by the UUIDv7 in its name; the earliest time if by none."""
    found = _NUMBER.search(generation.name)
    milliseconds = int(found[1]) >> 80 if found else 0
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def keep(journal: Path, ids: Ids, data: bytes | Iterable[bytes]) -> Path:
    """Keep the journal's bytes, or their pieces, as its newest generation; OSError if not."""
    copy = journal.parent / FOLDER / f"{journal.stem}-{ids.next()}{journal.suffix}"
    files.write_atomically(copy, data)
    return copy


def rotate(journal: Path, now: dt.datetime) -> None:
    """Delete the generations that none of the rules keeps; OSError if one cannot be deleted.

    A damaged copy stands in the place of no whole one: the whole ones are also counted alone.
    """
    moments = {moment_of(copy): copy for copy in generations(journal)}
    dropped = moments.keys() - to_keep(moments, now)
    if dropped:
        dropped -= to_keep(filter(lambda moment: holds_whole_lines(moments[moment]), moments), now)
    for moment in dropped:
        moments[moment].unlink(missing_ok=True)


def holds_whole_lines(path: Path) -> bool:
    """Whether the journal, or a copy of it, can be read and each of its lines checks."""
    try:
        return is_whole(path.read_bytes())
    except OSError:
        return False


def to_keep(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
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
