"""The trash: deleted bookmarks are hidden, and kept until the trash is emptied."""

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
"""How long emptying the trash can be undone."""

_OUTSIDE = b'"trashed":null'
_EMPTIED = "emptied the trash"


class Trash:
    """The bookmarks in the trash; each change is on the disk when its method returns."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        """Give access to the trash of a database."""
        self._storage = database.storage
        self._undo_log = undo_log

    def put(self, *ids: int) -> None:
        """Move bookmarks to the trash, as one undo step."""
        self._move(ids, now(), "moved {} to the trash")

    def restore(self, *ids: int) -> None:
        """Move bookmarks out of the trash, as one undo step."""
        self._move(ids, None, "restored {} from the trash")

    def all(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks in the trash, most recently deleted first."""
        self._storage.journal.refresh()
        records = self._storage.records(TABLE)
        inside = (record_id for record_id, doc in records.items() if _OUTSIDE not in doc)
        trashed = [stored for stored in self._known(inside) if stored.trashed]
        trashed.sort(key=lambda stored: (stored.trashed, stored.bookmark.id), reverse=True)
        return tuple(stored.bookmark for stored in trashed)

    def empty(self) -> int:
        """Delete everything in the trash as one undo step, and return how many bookmarks that were.

        The step contains them, so that it can be undone for 30 days.
        """
        with self._storage.transaction():
            marks = self.all()
            with self._undo_log.step(f"{_EMPTIED} of {undo.bookmark_label(marks)}") as step:
                for mark in marks:
                    step.delete(TABLE, mark.id)
        return len(marks)

    def delete_expired(self, moment: dt.datetime) -> None:
        """Delete for good what was emptied more than 30 days before `moment`."""
        self._undo_log.delete_expired(_EMPTIED, moment - KEPT_EMPTIED)

    def _move(self, ids: tuple[int, ...], when: str | None, done: str) -> None:
        """Set or clear when bookmarks were moved to the trash.

        `done` is the label of the undo step.
        """
        with self._storage.transaction():
            found = self._known(dict.fromkeys(ids))
            marks = [stored.bookmark for stored in found if bool(stored.trashed) != bool(when)]
            with self._undo_log.step(done.format(undo.bookmark_label(marks))) as step:
                for mark in marks:
                    step.update(TABLE, mark.id, {"trashed": when})

    def _known(self, record_ids: Iterable[int]) -> Iterator[StoredBookmark]:
        """Yield the bookmarks with these ids that exist and can be decoded."""
        for record_id in record_ids:
            doc = self._storage.record(TABLE, record_id)
            if doc is None:
                continue
            try:
                yield stored_bookmark(record_id, json.loads(doc))
            except (KeyError, TypeError, ValueError, AttributeError):
                # A form that only a newer version knows; the list of bookmarks adds a notice.
                continue
