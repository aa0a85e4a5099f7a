"""The conditions of a parsed query, as frozen values."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from tuireader.domain.errors import TuiReaderError


class TextMatch(StrEnum):
    """How a text has to match."""

    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A word, a phrase, the beginning or the inside of a word, in one field or in any (`any`)."""

    field: str
    match: TextMatch
    text: str


@dataclass(frozen=True, slots=True)
class ValueCondition:
    """One value of a field that has exact values: a state, a tag, a language, a speaker."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class DateCondition:
    """A range of days, both included; None leaves an end open."""

    field: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """A range of numbers, both included; None leaves an end open."""

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
    """Return whether the quotations have to be known to tell whether a condition holds."""
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
    """None leaves the order to the caller."""
    is_reversed: bool = False
    """Whether the order is reversed, as by `sort:-date`."""

    @property
    def is_empty(self) -> bool:
        """Whether the query matches everything."""
        return self.condition == And(())


class QueryError(TuiReaderError):
    """A query that cannot be understood: where, and what to write instead."""

    def __init__(self, message: str, start: int, end: int, *, is_in_list: bool = False) -> None:
        """Take the message, and the range [start, end) of the query in code points.

        `is_in_list` tells that the error is in a saved search that the query names.
        """
        super().__init__(message)
        self.start = start
        self.end = end
        self.is_in_list = is_in_list
