"""Moves what the notebook has on an article to another location, as after a file was renamed."""

from collections.abc import Iterator, Mapping
from typing import Any

from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.corrections import TABLE as CORRECTIONS
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.place_marks import TABLE as MARKS
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.notebook.text_store import TABLE as VERSIONS
from tuireader.notebook.undo import UndoLog

TABLES = (BOOKMARKS, CORRECTIONS, MARKS, READINGS, SOURCES, VERSIONS)
"""The tables whose records name the location of an article."""


class Relocations:
    """Changes the locations in all records; every call is one undo step."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        """Give access to the records of a database."""
        self._database = database
        self._undo_log = undo_log

    def move(self, moved: Mapping[str, str]) -> int:
        """Give the records of articles their new locations, as one undo step.

        Returns how many records were changed; 0 if none has one of the old locations. `moved` has
        the new locations by the old ones. Raises NotebookError if nothing can be saved.
        """
        label = f"followed {len(moved)} moved articles"
        if len(moved) == 1:
            label = f"followed “{next(iter(moved))}” to its new place"
        with self._database.storage.transaction(), self._undo_log.step(label) as step:
            for table in TABLES:
                for record_id, fields in list(self._changes(table, moved)):
                    step.update(table, record_id, fields)
            return len(step.edits)

    def _changes(
        self, table: str, moved: Mapping[str, str]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the id and the new fields of each record of a table that must be changed."""
        for record in self._database.table(table).all():
            article = record.get("article")
            cited = article if isinstance(article, dict) else record
            new = moved.get(str(cited.get("location")))
            if new is None:
                continue
            fields = {"location": new}
            if cited.get("source") == cited.get("location"):
                fields["source"] = new
            yield record.doc_id, {"article": {**cited, **fields}} if cited is article else fields
