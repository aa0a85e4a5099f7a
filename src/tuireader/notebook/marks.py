"""Marks: a letter for a place, found again by its words when the text has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article
from tuireader.domain.passage import Passage
from tuireader.domain.reading import Citation
from tuireader.notebook.anchoring.finder import Finder
from tuireader.notebook.history import History
from tuireader.notebook.journal.table import JournalDB
from tuireader.notebook.records import anchor_of_record, anchor_record, citation_from, citation_of
from tuireader.notebook.texts import Texts, hash_of
from tuireader.notebook.values import Values

TABLE = "marks"
"""The table of marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that the reader gave a letter to."""

    letter: str
    article: Citation
    anchor: Anchor


class Marks:
    """The marks by letter; setting one is a step of undo."""

    def __init__(self, database: JournalDB, history: History, texts: Texts) -> None:
        self._storage = database.storage
        self._history = history
        self._texts = texts
        self._numbers: dict[str, int] = {}
        self._values = Values(database.storage, TABLE, _mark_of, self._replace)

    def all(self) -> tuple[Mark, ...]:
        """All marks, in the order of their letters."""
        marks = {mark.letter: mark for mark in self._values.all().values()}
        return tuple(marks[letter] for letter in sorted(marks))

    def get(self, letter: str) -> Mark | None:
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
            "article": citation_of(article),
            "anchor": anchor_record(anchor),
        }
        with self._storage.transaction(), self._history.step(f"set mark {letter}") as step:
            number = self._number_of(letter)
            if number is None:
                step.insert(TABLE, fields)
            else:
                step.update(TABLE, number, fields)

    def offset(self, mark: Mark, article: Article) -> int:
        """Where the mark stands in the text, in code points; about where it stood if it is gone."""
        anchor = mark.anchor
        if hash_of(article.text) == anchor.text_hash:
            return anchor.start
        finder = Finder(article.text, hash_of(article.text), self._texts.words)
        place = finder.find(anchor)
        return place.start if place else min(anchor.start, len(article.text))

    def _number_of(self, letter: str) -> int | None:
        with self._storage.journal.mutex:
            self._values.refresh()
            return self._numbers.get(letter)

    def _replace(self, number: int, before: Mark | None, now: Mark | None) -> None:
        if before and self._numbers.get(before.letter) == number:
            del self._numbers[before.letter]
        if now:
            self._numbers[now.letter] = number


def _mark_of(_number: int, record: Mapping[str, Any]) -> Mark:
    """The mark of a record; KeyError, TypeError or ValueError if it is none."""
    anchor = anchor_of_record(record["anchor"])
    if anchor is None:
        raise ValueError("A mark has no place.")
    return Mark(
        letter=str(record["letter"]), article=citation_from(record["article"]), anchor=anchor
    )
