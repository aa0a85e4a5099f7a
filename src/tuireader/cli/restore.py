"""`tuireader restore`: restores the notebook to an earlier time, or lists the times there are."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.options import command, form_options
from tuireader.cli.output import (
    Form,
    count_by_table,
    print_json,
    print_records,
    print_summary,
    print_text,
)
from tuireader.cli.presentation import is_quiet
from tuireader.domain.errors import NotebookError
from tuireader.exporters.records import Record
from tuireader.notebook.journal.backups import RestorePoint, covered_periods
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.restore import Restoration
from tuireader.paths import AppPaths
from tuireader.text.messages import counted

EXAMPLES = "14:30, 2026-11-20, 2026-11-20T14:30, 2h or 3d"
"""Examples of every kind of time that can be typed, for a message."""

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGE = re.compile(r"(\d{1,9})\s*(min|[smhdw])\s*", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


class TimespecType(click.ParamType[dt.datetime]):
    """The type of an option that takes a time."""

    name = "time"

    def convert(
        self, value: str | dt.datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Return the time that a value stands for, with its zone.

        A time is returned unchanged. Raises BadParameter if a text is not a time.
        """
        if isinstance(value, dt.datetime):
            return value
        found = parse_timespec(value, dt.datetime.now().astimezone())
        if found is None:
            self.fail(f"“{value}” is not a time; try {EXAMPLES}.", param, ctx)
        return found


def parse_timespec(text: str, now: dt.datetime) -> dt.datetime | None:
    """Return the time that a text stands for, with its zone; None if it is not understood.

    `text` is a date, a time or an age, as in `EXAMPLES`. A time without a zone is in the zone of
    `now`, which must be the local one. A date alone means the beginning of that day, and a time
    alone is one of today. An age is counted back from `now`.
    """
    try:
        return _parse_age(text.strip().casefold(), now) or _parse_date(text.strip(), now)
    except (ValueError, OverflowError, OSError):
        return None


def format_timespec(moment: dt.datetime) -> str:
    """Return a time in the local zone, to the millisecond, in a form that can be typed again.

    As "2026-11-20T14:30:00.000"; `moment` must have a zone.
    """
    return moment.astimezone().replace(tzinfo=None).isoformat(timespec="milliseconds")


def _parse_age(text: str, now: dt.datetime) -> dt.datetime | None:
    """Return the time that was as long ago as the text says, as "1d12h"; None if it is no age.

    `text` is in lower case; the age is counted back from `now`.
    """
    age = text.removesuffix("ago").strip()
    if not age or _AGE.sub("", age):
        return None
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _AGE.findall(age))
    return now - dt.timedelta(seconds=seconds)


def _parse_date(text: str, now: dt.datetime) -> dt.datetime:
    """Return the time of a clock time of today or an ISO 8601 date, with its zone.

    Raises ValueError if the text is neither.
    """
    clock = _CLOCK.fullmatch(text)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        found = now.replace(
            hour=hour, minute=minute, second=second, microsecond=0, tzinfo=None, fold=0
        )
    else:
        found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.astimezone()


_NO_HISTORY = "The notebook has no history yet, so there is nothing to restore."
_UNDO_HINT = "Restored. u in the reader undoes it in one step, and a backup was made first."
_DRY_RUN_HINT = "Nothing was changed. To restore it, leave out --dry-run."


@command(
    "restore",
    examples=(
        "tuireader restore",
        "tuireader restore --at 2h --dry-run",
        "tuireader restore --at 2026-11-20T14:30",
    ),
)
@click.option(
    "--at",
    metavar="TIME",
    type=TimespecType(),
    help="The time to restore: 14:30, 2026-11-20, 2026-11-20T14:30, or 2h, 3d ago",
)
@click.option("--dry-run", is_flag=True, help="Print what would change, and change nothing")
@form_options(Form.JSON)
def run(folders: AppPaths, *, at: dt.datetime | None, dry_run: bool, form: Form) -> int:
    """Restore the notebook to an earlier time.

    Without --at, the backups and the periods that can be restored are listed.

    Restoring is one more change to the notebook, and loses no later one: u in the reader undoes it,
    and a backup is made first. The exit status is 1 if the time is not known.
    """
    with open_notebook(folders) as notebook:
        if at is None:
            _print_restore_points(notebook.restore_points(), form)
        else:
            _restore(notebook, at, form, dry_run=dry_run)
    return 0


def _restore(notebook: Notebook, at: dt.datetime, form: Form, *, dry_run: bool) -> None:
    """Restore the notebook to a time, and print what changes.

    With `dry_run`, nothing is changed. Raises NotebookError if the time is in the future or before
    the notebook's history, or if the change cannot be saved.
    """
    if at > dt.datetime.now().astimezone():
        raise NotebookError(f"{format_timespec(at)} is in the future. Nothing was changed.")
    restoration = notebook.begin_restore(at)
    if restoration is None:
        raise NotebookError(_unknown_time_message(at, notebook.restore_points()))
    is_made = not restoration.is_empty and not dry_run
    record = _restoration_record(restoration, done=is_made)
    if form is Form.PLAIN and (dry_run or not is_quiet()):
        _print_changes(restoration, at)
    if is_made:
        restoration.make(f"restored to {format_timespec(restoration.last)}")
    if form is Form.JSON:
        print_json(record)
    elif is_made:
        print_summary(_UNDO_HINT)
    elif not restoration.is_empty:
        print_text(_DRY_RUN_HINT)


def _print_restore_points(points: Sequence[RestorePoint], form: Form) -> None:
    """Print the backups, and the periods of which every moment can be restored.

    Without any, a sentence says so, and JSON is an empty list.
    """
    if form is Form.JSON:
        print_records(map(_restore_point_record, points), form)
        return
    if not points:
        print_text(_NO_HISTORY)
        return
    for point in points:
        if point.is_backup:
            damaged = "" if point.is_intact else "  (partly damaged)"
            print_text(
                f"{format_timespec(point.last)}  {counted(point.records, 'record')}{damaged}"
            )
    periods = [
        f"from {format_timespec(first)} to {format_timespec(last)}"
        for first, last in covered_periods(points)
    ]
    print_text(f"These backups can be restored, and any time {', and '.join(periods)}.")
    print_text(f"Use tuireader restore --at TIME, where TIME is for example {EXAMPLES}.")
    print_text("With --dry-run, it only prints what would change.")


def _restore_point_record(point: RestorePoint) -> Record:
    """Return a restore point, a backup or the journal, as a JSON record.

    The fields are `at` and `since` (its last and first time), `records` (their number), `whole`
    (whether it is undamaged) and `file`.
    """
    return {
        "at": format_timespec(point.last),
        "since": format_timespec(point.first),
        "records": point.records,
        "whole": point.is_intact,
        "file": "/".join(point.path.parts[-2 if point.is_backup else -1 :]),
    }


def _unknown_time_message(at: dt.datetime, points: Sequence[RestorePoint]) -> str:
    """Return why a time before the notebook's history cannot be restored, as sentences.

    `points` are all restore points; without any, the notebook has no history.
    """
    if not points:
        return _NO_HISTORY
    first = min(point.first for point in points)
    return (
        f"The notebook at {format_timespec(at)} is not known: "
        f"its history begins at {format_timespec(first)}. Nothing was changed."
    )


def _print_changes(restoration: Restoration, at: dt.datetime) -> None:
    """Print how many records restoring changes, and how well the time is known.

    `at` is the time that the user wants.
    """
    last = format_timespec(restoration.last)
    if restoration.last < at:
        print_text(f"Nothing is known of {format_timespec(at)}; the time before it is {last}.")
    if not restoration.is_intact:
        print_text("The history is partly damaged there, so some records may be missing.")
    if restoration.is_empty:
        print_text(f"The notebook is the same as at {last}. Nothing was changed.")
        return
    print_text(f"Changes to restore the notebook to {last}:")
    changes: tuple[tuple[str, Mapping[str, int]], ...] = (
        ("restored:", restoration.restored),
        ("removed:", restoration.deleted),
        ("changed:", restoration.changed),
    )
    for label, counts in changes:
        if counts:
            print_text(f"  {label:<10}{count_by_table(counts)}")


def _restoration_record(restoration: Restoration, *, done: bool) -> Record:
    """Return what restoring changes as a JSON record.

    `done` says whether it was done. The fields `back`, `away` and `changed` have the numbers of
    records by table.
    """
    return {
        "at": format_timespec(restoration.last),
        "done": done,
        "whole": restoration.is_intact,
        "back": dict(restoration.restored),
        "away": dict(restoration.deleted),
        "changed": dict(restoration.changed),
    }
