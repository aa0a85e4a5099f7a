"""Which articles a list shows, and in what order, found in steps of a few milliseconds.

A list of a hundred thousand articles is sorted and filtered between the keys that the user types:
each step is short, and the list so far can be shown after any of them.
"""

import heapq
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, assert_never

from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.dates import date_order
from tuireader.library.catalogue import Catalogue
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from tuireader.domain.bookmark import ReadingProgress
    from tuireader.text.filter_index import FilterIndex

STEP = 1000
"""Articles that are compared in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What a list shows: the filter, what the search index has found for it, and the order."""

    query: str = ""
    """The filter; "" for all articles."""
    is_plain: bool = True
    """Whether the filter is nothing but words, which are also looked for in titles."""
    found: Sequence[str] = ()
    """The locations that the search index has found, in its order."""
    order: SortOrder = SortOrder.GIVEN
    readings: Mapping[str, "ReadingProgress"] = field(default_factory=dict)
    """The reading progress by location; articles that were never opened are missing."""


class ArticleOrder:
    """Sorts and filters the articles of a catalogue; what it has folded is reused."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue; nothing is read yet."""
        self._catalogue = catalogue
        self._indexes: dict[int, FilterIndex[ListEntry | str]] = {}

    def steps(self, wanted: Arrangement) -> Iterator[Sequence[int]]:
        """Yield the numbers of the articles that are listed so far, after each step.

        The last sequence that is yielded is complete; the others are only its beginning, or empty.
        Without a filter and an order, all articles are listed. Unless the list is sorted, the
        matches of plain words in titles come before what the index has found.
        """
        numbers: Sequence[int] = range(len(self._catalogue))
        if wanted.query:
            matches: dict[int, None] = {}
            is_shown = wanted.is_plain and wanted.order is SortOrder.GIVEN
            for part in self._matches(wanted):
                matches.update(dict.fromkeys(part))
                yield array("q", matches) if is_shown else ()
            numbers = array("q", matches)
            if wanted.is_plain:
                is_sorted = wanted.order is SortOrder.GIVEN
            else:
                is_sorted = "sort:" in wanted.query
            if is_sorted:
                yield numbers
                return
            numbers = sorted(numbers)
        if wanted.order is SortOrder.GIVEN:
            yield numbers
        else:
            yield from self._sorted(numbers, wanted)

    def _matches(self, wanted: Arrangement) -> Iterator[Sequence[int]]:
        """Yield the numbers of matching articles in parts: by title, then those of the index."""
        if wanted.is_plain:
            for start in range(0, len(self._catalogue), STEP):
                yield self._titles_with(wanted.query, start)
        for start in range(0, len(wanted.found), STEP):
            numbers = map(self._catalogue.number, wanted.found[start : start + STEP])
            yield [number for number in numbers if number >= 0]

    def _titles_with(self, query: str, start: int) -> Sequence[int]:
        """Return the numbers, from `start` on, of the articles of one step with all words.

        The words of the query must occur in title, outlet, date or location; case and accents do
        not matter. An article that was not read yet has only a title, from the file name.
        """
        from tuireader.text.filter_index import FilterIndex  # noqa: PLC0415 - not at the start

        items = self._catalogue.known(start, start + STEP)
        index = self._indexes.get(start)
        if index is None or index.items != items:
            index = self._indexes[start] = FilterIndex(items, _searchable_text, index)
        return [start + number for number in index.numbers(query)]

    def _sorted(self, numbers: Sequence[int], wanted: Arrangement) -> Iterator[Sequence[int]]:
        """Yield nothing, (), until all are sorted, and then the numbers; the sort is stable."""
        runs = []
        for start in range(0, len(numbers), STEP):
            runs.append(sorted(self._keys(numbers[start : start + STEP], wanted)))
            yield ()
        merged = heapq.merge(*runs)
        found = array("q")  # a list of them would keep the memory of the keys between them
        while part := [number for _, number in islice(merged, STEP)]:
            found.extend(part)
            yield ()
        yield found

    def _keys(
        self, numbers: Sequence[int], wanted: Arrangement
    ) -> Iterable[tuple[tuple[object, ...], int]]:
        """Yield the sort key of each article, and its number."""
        for number in numbers:
            for known in self._catalogue.known(number, number + 1):
                entry = known if isinstance(known, ListEntry) else _entry_by_name(known)
                reading = wanted.readings.get(entry.location)
                yield _sort_key(wanted.order, entry, reading), number


def _entry_by_name(location: str) -> ListEntry:
    """Return the list entry of an article that was not read, titled by its file name."""
    return ListEntry(location=location, title=sanitize_line(PurePath(location).stem))


def _searchable_text(known: ListEntry | str) -> str:
    """Return title, outlet, date and location of an article, one a line, for the filter.

    `known` is its entry, or its location if it was not read.
    """
    entry = known if isinstance(known, ListEntry) else _entry_by_name(known)
    date = entry.date.isoformat() if entry.date else ""
    return f"{entry.title}\n{entry.outlet}\n{date}\n{entry.location}"


def _sort_key(
    order: SortOrder, entry: ListEntry, reading: "ReadingProgress | None"
) -> tuple[object, ...]:
    """Return the key by which an article is sorted in an order; smaller keys come first.

    `reading` is its progress, None if it was never opened. Keys of one order can be compared.
    """
    match order:
        case SortOrder.NEWEST:
            return tuple(-part for part in date_order(entry.date)) if entry.date else (1,)
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
