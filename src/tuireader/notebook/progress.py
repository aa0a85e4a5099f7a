"""Reading progress: how far each article was read."""

from collections.abc import Iterable
from dataclasses import replace

from tuireader.domain.bookmark import ReadingProgress
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import SCHEMA, progress_from_record
from tuireader.notebook.table_cache import IndexedTable

TABLE = "readings"
"""The table of reading progress."""

_LOCK_TIMEOUT = 0.1
"""Seconds to wait for another window; the position is saved again when reading continues."""

_DAY = len("2026-11-29")
"""Characters of a moment that are its day."""


class ProgressTable:
    """The progress of every article that was opened; saving it is not an undo step."""

    def __init__(self, database: JournalDB, bookmarks: Bookmarks) -> None:
        """Give access to the progress in a database."""
        self._database = database
        self._bookmarks = bookmarks
        self._record_ids: dict[str, int] = {}
        self._values = IndexedTable(database.storage, TABLE, progress_from_record, self._replace)

    def get(self, location: str) -> ReadingProgress | None:
        """Return the progress of the article at a location; None if it has no record.

        It has one if it was opened, or if the user marked it as read, starred or hidden.
        """
        record_id = self.record_id_of(location)
        reading = None if record_id is None else self._values.get(record_id)
        return replace(reading, kept=self._bookmarks.count(location)) if reading else None

    def all(self) -> dict[str, ReadingProgress]:
        """Return the progress by location of all articles that have a record or bookmarks."""
        known = {reading.location: reading for reading in self._values.all().values()}
        notes, tags = self._bookmarks.note_counts(), self._bookmarks.article_tags()
        for location, count in self._bookmarks.counts().items():
            known[location] = replace(
                known.get(location) or ReadingProgress(location=location),
                kept=count,
                noted=notes.get(location, 0),
                tags=tags.get(location, ()),
            )
        return known

    def save(self, reading: ReadingProgress) -> None:
        """Save the position in an article, and that it was read if `reading.done` is true.

        Other states of the article (unread, starred) are not changed. Raises NotebookError if it
        cannot be saved.
        """
        known = self.get(reading.location)
        is_same = known and _positions(known) == _positions(reading)
        opened = now()
        is_same = is_same and known is not None and known.opened[:_DAY] == opened[:_DAY]
        if known and is_same and known.done >= reading.done and not known.corrected:
            return
        fields = {
            "offset": reading.offset,
            "furthest": reading.furthest,
            "length": reading.length,
            "done": reading.done or (known is not None and known.done),
            "corrected": False,
            "opened": opened,
            "updated": opened,
        }
        table = self._database.table(TABLE)
        with self._database.storage.transaction(_LOCK_TIMEOUT):
            record_id = self.record_id_of(reading.location)
            if record_id is not None:
                table.update(fields, doc_ids=[record_id])
            else:
                first = {"v": SCHEMA, "created": now(), "location": reading.location}
                table.insert({**first, **fields})

    def mark_corrected(self, locations: Iterable[str]) -> None:
        """Mark the articles at these locations as corrected by their feed.

        The mark is removed when the article is opened again. Raises NotebookError if it cannot be
        saved.
        """
        table = self._database.table(TABLE)
        with self._database.storage.transaction():
            for location in locations:
                record_id = self.record_id_of(location)
                if record_id is None:
                    first = {"v": SCHEMA, "created": now(), "location": location}
                    empty = {"offset": 0, "furthest": 0, "length": 0, "done": False}
                    record_id = table.insert({**first, **empty, "updated": now()})
                table.update({"corrected": True, "updated": now()}, doc_ids=[record_id])

    def record_id_of(self, location: str) -> int | None:
        """Return the id of the progress record of a location; None if there is none.

        The newest one, if two windows created one each.
        """
        with self._database.storage.journal.mutex:
            self._values.refresh()
            return self._record_ids.get(location)

    def _replace(
        self, record_id: int, before: ReadingProgress | None, after: ReadingProgress | None
    ) -> None:
        """Update the index after a change of a record."""
        if before and self._record_ids.get(before.location) == record_id:
            del self._record_ids[before.location]
        if after:
            self._record_ids[after.location] = record_id


def _positions(reading: ReadingProgress) -> tuple[int, int, int]:
    """Return the fields that change while an article is read: offset, furthest and length."""
    return reading.offset, reading.furthest, reading.length
