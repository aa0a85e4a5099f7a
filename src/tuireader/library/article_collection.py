"""Sorts and filters the articles of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.text import search


def _key(order: SortOrder, entry: ListEntry, reading: ReadingProgress | None) -> tuple[object, ...]:
    match order:
        case SortOrder.NEWEST:
            return (-entry.date.toordinal() if entry.date else 1,)
        case SortOrder.TITLE:
            return (entry.title.casefold(),)
        case SortOrder.OUTLET:
            return (entry.outlet.casefold(), entry.title.casefold())
        case SortOrder.UNREAD:
            return (reading.progress if reading else -1.0,)
        case SortOrder.KEPT:
            return (-reading.kept if reading else 0,)
        case SortOrder.GIVEN:
            return ()
        case _:
            assert_never(order)


@dataclass(frozen=True, slots=True)
class ArticleCollection:
    """Entries in the order they came, and what is known of their reading, by location."""

    entries: Sequence[ListEntry]
    readings: Mapping[str, ReadingProgress]

    def arranged(self, order: SortOrder, query: str = "") -> list[int]:
        """The numbers of the entries that the query's words are all in, sorted.

        Case and accents do not matter; a word may be in the title, the outlet,
        the date or the location. Sorting is stable.
        """
        numbers = list(range(len(self.entries)))
        for word in query.split():
            pattern = search.search_pattern(word)
            if pattern is not None:
                numbers = [n for n in numbers if pattern.search(_searched(self.entries[n]))]
        if order is not SortOrder.GIVEN:
            numbers.sort(key=lambda n: _key(order, self.entries[n], self._reading(n)))
        return numbers

    def _reading(self, number: int) -> ReadingProgress | None:
        return self.readings.get(self.entries[number].location)


def _searched(entry: ListEntry) -> str:
    date = entry.date.isoformat() if entry.date else ""
    return f"{entry.title}\n{entry.outlet}\n{date}\n{entry.location}"
