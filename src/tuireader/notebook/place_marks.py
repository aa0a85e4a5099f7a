"""Place marks: a letter for a place in a text, found again by its words when the text changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Citation
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import (
    anchor_from_record,
    anchor_record,
    citation_from_record,
    citation_record,
)
from tuireader.notebook.table_cache import IndexedTable
from tuireader.notebook.text_store import TextStore, hash_of
from tuireader.notebook.undo import UndoLog

TABLE = "marks"
"""The table of place marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """A place mark: its letter, and the article and anchor of its place."""

    letter: str
    article: Citation
    anchor: Anchor


class PlaceMarks:
    """The place marks by letter; setting one is an undo step."""

    def __init__(self, database: JournalDB, undo_log: UndoLog, texts: TextStore) -> None:
        """Give access to the place marks of a database."""
        self._storage = database.storage
        self._undo_log = undo_log
        self._texts = texts
        self._record_ids: dict[str, int] = {}
        self._values = IndexedTable(database.storage, TABLE, _mark_of, self._replace)

    def all(self) -> tuple[PlaceMark, ...]:
        """Return all place marks, sorted by letter; empty if there are none."""
        marks = {mark.letter: mark for mark in self._values.all().values()}
        return tuple(marks[letter] for letter in sorted(marks))

    def get(self, letter: str) -> PlaceMark | None:
        """Return the place mark of a letter; None if there is none."""
        record_id = self._number_of(letter)
        return None if record_id is None else self._values.get(record_id)

    def set(self, letter: str, article: Article, passage: Passage) -> None:
        """Set or move the place mark of a letter to the start of a passage, as one undo step.

        Raises NotebookError if it cannot be saved.
        """
        if article.complete:
            self._texts.save(article)
        anchor = anchor_of(article, passage, hash_of(article.text))
        fields = {
            "letter": letter,
            "article": citation_record(article),
            "anchor": anchor_record(anchor),
        }
        with self._storage.transaction(), self._undo_log.step(f"set mark {letter}") as step:
            record_id = self._number_of(letter)
            if record_id is None:
                step.insert(TABLE, fields)
            else:
                step.update(TABLE, record_id, fields)

    def offset(self, mark: PlaceMark, article: Article) -> int:
        """Return the offset of a place mark in an article's text.

        If its words are gone, its old offset is returned, or the end of a shorter text.
        """
        anchor = mark.anchor
        if hash_of(article.text) == anchor.text_hash:
            return anchor.start
        finder = AnchorSearch(article.text, hash_of(article.text), self._texts.text)
        place = finder.find(anchor)
        return place.start if place else min(anchor.start, len(article.text))

    def _number_of(self, letter: str) -> int | None:
        """Return the record id of a letter's place mark; None if there is none."""
        with self._storage.journal.mutex:
            self._values.refresh()
            return self._record_ids.get(letter)

    def _replace(self, record_id: int, before: PlaceMark | None, now: PlaceMark | None) -> None:
        """Update the index after a change of a record."""
        if before and self._record_ids.get(before.letter) == record_id:
            del self._record_ids[before.letter]
        if now:
            self._record_ids[now.letter] = record_id


def _mark_of(_record_id: int, record: Mapping[str, Any]) -> PlaceMark:
    """Return the place mark in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    anchor = anchor_from_record(record["anchor"])
    if anchor is None:
        raise ValueError("The place mark has no anchor.")
    return PlaceMark(
        letter=str(record["letter"]), article=citation_from_record(record["article"]), anchor=anchor
    )
