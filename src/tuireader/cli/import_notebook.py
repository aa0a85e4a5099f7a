"""`tuireader import` of a notebook: an export for TinyDB, a journal, a conflict copy of one."""

from collections import Counter
from collections.abc import Iterable

from tuireader.cli.agreeing import settle
from tuireader.cli.arguments import Form, Request
from tuireader.cli.counting import counted
from tuireader.cli.output import say
from tuireader.exports.records import Record
from tuireader.imports.values import Tables
from tuireader.notebook.merging import Gain
from tuireader.notebook.notebook import Notebook

SERVICE = "tuireader"


def take_back(export: Tables, path: str, notebook: Notebook, request: Request) -> Record:
    """Say what the notebook brings, and take it if the reader agrees; what is to be printed."""
    merge = notebook.begin_merge(export.tables)
    gain = merge.gain
    skipped = [*((one.where, one.reason) for one in export.damaged), *gain.skipped]
    if request.form is Form.PLAIN:
        _report(gain, skipped, path)
    done = not gain.is_empty and settle(lambda: merge.take("imported from a notebook"), request)
    return {
        "source": path,
        "service": SERVICE,
        "done": done,
        "new": dict(gain.new),
        "newer": dict(gain.newer),
        "newer_here": gain.newer_here,
        "same": gain.same,
        "skipped": [{"where": where, "reason": reason} for where, reason in skipped],
    }


def _report(gain: Gain, skipped: Iterable[tuple[str, str]], path: str) -> None:
    if gain.is_empty:
        say(f"{path} ({SERVICE}): nothing in it is new.")
    else:
        parts = [counted(gain.new), f"newer: {counted(gain.newer)}" if gain.newer else ""]
        say(f"{path} ({SERVICE}) brings {'; '.join(filter(None, parts))}.")
    for count, what in (
        (gain.same, "the same here"),
        (gain.newer_here, "changed here later"),
    ):
        if count:
            say(f"  {count} left {'as it is' if count == 1 else 'as they are'}: {what}")
    for reason, count in Counter(reason for _, reason in skipped).items():
        where = next(place for place, why in skipped if why == reason)
        others = f" and {count - 1} more" if count > 1 else ""
        say(f"  {where}{others} skipped: {reason}")
