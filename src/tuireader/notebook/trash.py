"""The trash: what the reader threw away is out of sight, and whole until it is emptied."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from tuireader.domain.bookmark import Bookmark
from tuireader.notebook import undo
from tuireader.notebook.bookmarks import TABLE
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import StoredBookmark, stored_bookmark
from tuireader.notebook.undo import UndoLog

KEPT_EMPTIED = dt.timedelta(days=30)
"""For how long emptying the trash can be undone."""

_OUTSIDE = b'"trashed":null'
_EMPTIED = "emptied the trash"


class Trash:
    """The passages and notes that were thrown away; each change is on the disk when it returns."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        self._storage = database.storage
        self._undo_log = undo_log

    def put(self, *ids: int) -> None:
        """Put them into the trash, all in one step of undo."""
        self._move(ids, now(), "moved {} to the trash")

    def restore(self, *ids: int) -> None:
        """Take them out of the trash again, all in one step of undo."""
        self._move(ids, None, "took {} out of the trash")

    def all(self) -> tuple[Bookmark, ...]:
        """What is in the trash, the newest there first."""
        self._storage.journal.refresh()
        records = self._storage.records(TABLE)
        inside = (number for number, doc in records.items() if _OUTSIDE not in doc)
        trashed = [kept for kept in self._known(inside) if kept.trashed]
        trashed.sort(key=lambda kept: (kept.trashed, kept.bookmark.id), reverse=True)
        return tuple(kept.bookmark for kept in trashed)

    def empty(self) -> int:
        """Drop all that is in the trash, in one step of undo; how many there were.

        The step holds them, so that they can come back for 30 days.
        """
        with self._storage.transaction():
            marks = self.all()
            with self._undo_log.step(f"{_EMPTIED} of {undo.bookmark_label(marks)}") as step:
                for mark in marks:
                    step.delete(TABLE, mark.id)
        return len(marks)

    def forget(self, moment: dt.datetime) -> None:
        """Let go for good what was emptied more than 30 days before the moment."""
        self._undo_log.forget(_EMPTIED, moment - KEPT_EMPTIED)

    def _move(self, ids: tuple[int, ...], when: str | None, done: str) -> None:
        with self._storage.transaction():
            found = self._known(dict.fromkeys(ids))
            marks = [kept.bookmark for kept in found if bool(kept.trashed) != bool(when)]
            with self._undo_log.step(done.format(undo.bookmark_label(marks))) as step:
                for mark in marks:
                    step.update(TABLE, mark.id, {"trashed": when})

    def _known(self, numbers: Iterable[int]) -> Iterator[StoredBookmark]:
        for number in numbers:
            doc = self._storage.record(TABLE, number)
            if doc is None:
                continue
            try:
                yield stored_bookmark(number, json.loads(doc))
            except (KeyError, TypeError, ValueError, AttributeError):
                # Of a kind that only a newer version knows; the list of notes tells of it.
                continue
