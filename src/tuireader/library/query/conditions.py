"""The conditions of a parsed query, as frozen values."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from tuireader.domain.errors import TuiReaderError


class TextMatch(StrEnum):
    """How the text of a condition must match the words of a field."""

    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A text that must occur in a field, or with the field `any` in one of several.

    `match` says whether the text is a whole word or phrase, or the beginning or the inside of a
    word.
    """

    field: str
    match: TextMatch
    text: str


@dataclass(frozen=True, slots=True)
class ValueCondition:
    """A value that a field must have exactly: a state, a tag, a language, a speaker."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class DateCondition:
    """A range of days for a field, both ends included; None leaves an end open."""

    field: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """A range of numbers for a field, both ends included; None leaves an end open."""

    field: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """All of the conditions; without any, everything matches."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the conditions."""

    conditions: tuple["Condition", ...]


Condition = TextCondition | ValueCondition | DateCondition | NumberCondition | Not | And | Or


def needs_quotations(condition: Condition) -> bool:
    """Return whether a condition can only be evaluated with the articles' quotations.

    True if any part of it concerns quotations or speakers, also inside `Not`, `And` and `Or`.
    """
    match condition:
        case TextCondition() | NumberCondition() | DateCondition():
            return condition.field in {"said", "quotes", "same"}
        case ValueCondition():
            return condition.field == "speaker" or condition.value in {"quote", "speaker"}
        case Not():
            return needs_quotations(condition.condition)
        case And() | Or():
            return any(map(needs_quotations, condition.conditions))
        case _:
            assert_never(condition)


class SortKey(StrEnum):
    """What the results of a query are sorted by."""

    RELEVANCE = "relevance"
    DATE = "date"
    ADDED = "added"
    TITLE = "title"
    LENGTH = "length"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: its condition, and the order of its results."""

    condition: Condition
    sort: SortKey | None = None
    """The key of the order; None leaves the order to the caller."""
    is_reversed: bool = False
    """Whether the order is reversed, as by `sort:-date`."""

    @property
    def is_empty(self) -> bool:
        """Whether the query has no condition, so that it matches every article."""
        return self.condition == And(())


class QueryError(TuiReaderError):
    """A query that is invalid; its message says what is wrong and what to write instead."""

    def __init__(self, message: str, start: int, end: int, *, is_in_list: bool = False) -> None:
        """Store the message and the part of the query that is wrong.

        Args:
            message: What is wrong and how to correct it.
            start: The offset where the wrong part begins, in code points.
            end: The offset after its end.
            is_in_list: Whether the error is in a saved search that the query names.
        """
        super().__init__(message)
        self.start = start
        self.end = end
        self.is_in_list = is_in_list
