"""Whole records put in the place of others, or away, as one change that can be undone."""

import json
from collections.abc import Iterable
from typing import Any

from tuireader.notebook import reversal
from tuireader.notebook.history import History, Step
from tuireader.notebook.journal.lines import Edit
from tuireader.notebook.journal.storage import JournalStorage

Record = dict[str, Any]

UNTOUCHED = frozenset({"history"})
"""Tables that are the program's own: what can be undone is never taken from elsewhere."""


def rewrite(storage: JournalStorage, history: History, label: str, edits: Iterable[Edit]) -> None:
    """Make the edits in one line, with a step of undo; the label says in the past what was done.

    NotebookError if it cannot be saved; then nothing of it is.
    """
    with history.step(label) as step:
        for table, number, doc in edits:
            if number is not None:
                before = storage.record(table, number)
                storage.stage(table, {number: doc})
                _note(step, table, number, _decoded(before), _decoded(doc))


def _note(step: Step, table: str, number: int, before: Record | None, after: Record | None) -> None:
    if before is not None and after is not None:
        step.edits.append(reversal.updated(table, number, before, after))
    elif after is not None:
        step.edits.append(reversal.inserted(table, number, after))
    elif before is not None:
        step.edits.append(reversal.deleted(table, number, before))


def _decoded(doc: bytes | None) -> Record | None:
    return None if doc is None else dict(json.loads(doc))
