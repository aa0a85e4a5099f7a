"""`tuireader restore`: the notebook as it was at an earlier moment, and which there are."""

import datetime as dt
from collections.abc import Mapping

from tuireader.cli.arguments import Form, Request
from tuireader.cli.counting import counted
from tuireader.cli.moments import EXAMPLES, moment_of, written
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.output import complain, print_json, print_records, say
from tuireader.domain.errors import NotebookError
from tuireader.exports.records import Record
from tuireader.folders import Folders
from tuireader.notebook.journal.past import State, stretches
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.restoring import Restoration


def run(request: Request, folders: Folders) -> int:
    """Go back to the moment that is named; with none, list what can be gone back to."""
    if not request.at:
        with notebook_in(folders) as notebook:
            _list(notebook.states(), request)
        return 0
    now = dt.datetime.now().astimezone()
    moment = moment_of(request.at, now)
    if moment is None:
        complain(NotebookError(f"“{request.at}” is no time; say it as {EXAMPLES}."))
        return 2
    if moment > now:
        raise NotebookError(f"{written(moment)} is still to come; nothing was changed.")
    with notebook_in(folders) as notebook:
        restoration = notebook.begin_restore(moment)
        if restoration is None:
            raise NotebookError(_unknown(moment, notebook))
        done = not restoration.is_empty and not request.dry_run
        record = _record(restoration, done=done)
        if request.form is Form.PLAIN:
            _report(restoration, moment)
        if done:
            restoration.make(f"went back to {written(restoration.last)}")
    if request.form is Form.JSON:
        print_json(record)
    elif not restoration.is_empty:
        say(_DONE if done else "Nothing was changed. To do it, leave out --dry-run.")
    return 0


_DONE = "Done. u in the reader takes it back, in one step; a copy from before it is kept, too."


def _list(states: list[State], request: Request) -> None:
    if request.form is Form.JSON:
        print_records(map(_entry, states), request.form)
        return
    for state in states:
        if state.is_copy:
            damaged = "" if state.whole else "  (damaged in part)"
            say(f"{written(state.last)}  {_records(state.records)}{damaged}")
    if not states:
        say("Nothing was kept yet, so there is nothing to go back to.")
        return
    known = [f"from {written(first)} to {written(last)}" for first, last in stretches(states)]
    say(f"Every moment {', and '.join(known)} can be gone back to, and each copy above.")
    say(f"To do it: tuireader restore --at TIME, as {EXAMPLES}; --dry-run says what would change.")


def _records(count: int) -> str:
    return f"{count} record" if count == 1 else f"{count} records"


def _entry(state: State) -> Record:
    return {
        "at": written(state.last),
        "since": written(state.first),
        "records": state.records,
        "whole": state.whole,
        "file": "/".join(state.path.parts[-2 if state.is_copy else -1 :]),
    }


def _unknown(moment: dt.datetime, notebook: Notebook) -> str:
    states = notebook.states()
    if not states:
        return "Nothing was kept yet, so there is nothing to go back to."
    first = min(state.first for state in states)
    return (
        f"Nothing is known of the notebook at {written(moment)}: what is kept of it begins at "
        f"{written(first)}. Nothing was changed."
    )


def _report(restoration: Restoration, moment: dt.datetime) -> None:
    last = written(restoration.last)
    if restoration.last < moment:
        say(f"Of {written(moment)} nothing is kept; the nearest before it is {last}.")
    if not restoration.whole:
        say("What tells of it is damaged in part, so that something of it may be lacking.")
    if restoration.is_empty:
        say(f"The notebook is as it was at {last}; nothing was changed.")
        return
    say(f"To be as it was at {last}, the notebook")
    for does, counts in _parts(restoration):
        if counts:
            say(f"  {does} {counted(counts)}")


def _parts(restoration: Restoration) -> tuple[tuple[str, Mapping[str, int]], ...]:
    return (
        ("gets back", restoration.back),
        ("gives up", restoration.away),
        ("changes", restoration.changed),
    )


def _record(restoration: Restoration, *, done: bool) -> Record:
    return {
        "at": written(restoration.last),
        "done": done,
        "whole": restoration.whole,
        "back": dict(restoration.back),
        "away": dict(restoration.away),
        "changed": dict(restoration.changed),
    }
