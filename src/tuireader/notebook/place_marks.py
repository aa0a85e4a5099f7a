"""Marks: a letter for a place, found again by its words when the text has changed."""

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
"""The table of marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """A place that the reader gave a letter to."""

    letter: str
    article: Citation
    anchor: Anchor


class PlaceMarks:
    """The marks by letter; setting one is a step of undo."""

    def __init__(self, database: JournalDB, undo_log: UndoLog, texts: TextStore) -> None:
        self._storage = database.storage
        self._undo_log = undo_log
        self._texts = texts
        self._numbers: dict[str, int] = {}
        self._values = IndexedTable(database.storage, TABLE, _mark_of, self._replace)

    def all(self) -> tuple[PlaceMark, ...]:
        """All marks, in the order of their letters."""
        marks = {mark.letter: mark for mark in self._values.all().values()}
        return tuple(marks[letter] for letter in sorted(marks))

    def get(self, letter: str) -> PlaceMark | None:
        """The mark of that letter; None if there is none."""
        number = self._number_of(letter)
        return None if number is None else self._values.get(number)

    def set(self, letter: str, article: Article, passage: Passage) -> None:
        """Let a letter stand for where the passage begins; NotebookError if it cannot be saved."""
        if article.complete:
            self._texts.save(article)
        anchor = anchor_of(article, passage, hash_of(article.text))
        fields = {
            "letter": letter,
            "article": citation_record(article),
            "anchor": anchor_record(anchor),
        }
        with self._storage.transaction(), self._undo_log.step(f"set mark {letter}") as step:
            number = self._number_of(letter)
            if number is None:
                step.insert(TABLE, fields)
            else:
                step.update(TABLE, number, fields)

    def offset(self, mark: PlaceMark, article: Article) -> int:
        """Where the mark stands in the text, in code points; about where it stood if it is gone."""
        anchor = mark.anchor
        if hash_of(article.text) == anchor.text_hash:
            return anchor.start
        finder = AnchorSearch(article.text, hash_of(article.text), self._texts.words)
        place = finder.find(anchor)
        return place.start if place else min(anchor.start, len(article.text))

    def _number_of(self, letter: str) -> int | None:
        with self._storage.journal.mutex:
            self._values.refresh()
            return self._numbers.get(letter)

    def _replace(self, number: int, before: PlaceMark | None, now: PlaceMark | None) -> None:
        if before and self._numbers.get(before.letter) == number:
            del self._numbers[before.letter]
        if now:
            self._numbers[now.letter] = number


def _mark_of(_number: int, record: Mapping[str, Any]) -> PlaceMark:
    """The mark of a record; KeyError, TypeError or ValueError if it is none."""
    anchor = anchor_from_record(record["anchor"])
    if anchor is None:
        raise ValueError("A mark has no place.")
    return PlaceMark(
        letter=str(record["letter"]), article=citation_from_record(record["article"]), anchor=anchor
    )
