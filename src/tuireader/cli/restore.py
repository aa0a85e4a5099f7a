"""`tuireader restore`: the notebook as it was at an earlier moment, and which there are."""

import datetime as dt
from collections.abc import Mapping

from tuireader.app.open_notebook import open_notebook
from tuireader.cli.output import count_by_table, print_error, print_json, print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.timespec import EXAMPLES, format_timespec, parse_timespec
from tuireader.domain.errors import NotebookError
from tuireader.exporters.json_records import Record
from tuireader.notebook.journal.backups import RestorePoint, covered_periods
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.restore import Restoration
from tuireader.paths import AppPaths


def run(request: Request, folders: AppPaths) -> int:
    """Go back to the moment that is named; with none, list what can be gone back to."""
    if not request.at:
        with open_notebook(folders) as notebook:
            _list(notebook.restore_points(), request)
        return 0
    now = dt.datetime.now().astimezone()
    moment = parse_timespec(request.at, now)
    if moment is None:
        print_error(NotebookError(f"“{request.at}” is no time; say it as {EXAMPLES}."))
        return 2
    if moment > now:
        raise NotebookError(f"{format_timespec(moment)} is still to come; nothing was changed.")
    with open_notebook(folders) as notebook:
        restoration = notebook.begin_restore(moment)
        if restoration is None:
            raise NotebookError(_unknown(moment, notebook))
        done = not restoration.is_empty and not request.dry_run
        record = _record(restoration, done=done)
        if request.form is Form.PLAIN:
            _report(restoration, moment)
        if done:
            restoration.make(f"went back to {format_timespec(restoration.last)}")
    if request.form is Form.JSON:
        print_json(record)
    elif not restoration.is_empty:
        print_text(_DONE if done else "Nothing was changed. To do it, leave out --dry-run.")
    return 0


_DONE = "Done. u in the reader takes it back, in one step; a copy from before it is kept, too."


def _list(states: list[RestorePoint], request: Request) -> None:
    if request.form is Form.JSON:
        print_records(map(_entry, states), request.form)
        return
    for state in states:
        if state.is_backup:
            damaged = "" if state.is_intact else "  (damaged in part)"
            print_text(f"{format_timespec(state.last)}  {_records(state.records)}{damaged}")
    if not states:
        print_text("Nothing was kept yet, so there is nothing to go back to.")
        return
    known = [
        f"from {format_timespec(first)} to {format_timespec(last)}"
        for first, last in covered_periods(states)
    ]
    print_text(f"Every moment {', and '.join(known)} can be gone back to, and each copy above.")
    print_text(
        f"To do it: tuireader restore --at TIME, as {EXAMPLES}; --dry-run says what would change."
    )


def _records(count: int) -> str:
    return f"{count} record" if count == 1 else f"{count} records"


def _entry(state: RestorePoint) -> Record:
    return {
        "at": format_timespec(state.last),
        "since": format_timespec(state.first),
        "records": state.records,
        "whole": state.is_intact,
        "file": "/".join(state.path.parts[-2 if state.is_backup else -1 :]),
    }


def _unknown(moment: dt.datetime, notebook: Notebook) -> str:
    states = notebook.restore_points()
    if not states:
        return "Nothing was kept yet, so there is nothing to go back to."
    first = min(state.first for state in states)
    return (
        f"Nothing is known of the notebook at {format_timespec(moment)}: what is kept of it "
        f"begins at {format_timespec(first)}. Nothing was changed."
    )


def _report(restoration: Restoration, moment: dt.datetime) -> None:
    last = format_timespec(restoration.last)
    if restoration.last < moment:
        print_text(
            f"Of {format_timespec(moment)} nothing is kept; the nearest before it is {last}."
        )
    if not restoration.is_intact:
        print_text("What tells of it is damaged in part, so that something of it may be lacking.")
    if restoration.is_empty:
        print_text(f"The notebook is as it was at {last}; nothing was changed.")
        return
    print_text(f"To be as it was at {last}, the notebook")
    for does, counts in _parts(restoration):
        if counts:
            print_text(f"  {does} {count_by_table(counts)}")


def _parts(restoration: Restoration) -> tuple[tuple[str, Mapping[str, int]], ...]:
    return (
        ("gets back", restoration.restored),
        ("gives up", restoration.deleted),
        ("changes", restoration.changed),
    )


def _record(restoration: Restoration, *, done: bool) -> Record:
    return {
        "at": format_timespec(restoration.last),
        "done": done,
        "whole": restoration.is_intact,
        "back": dict(restoration.restored),
        "away": dict(restoration.deleted),
        "changed": dict(restoration.changed),
    }
