"""Sorts and filters the articles of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuireader.domain import find
from tuireader.domain.reading import Reading
from tuireader.domain.shelf import Entry, Order


def _key(order: Order, entry: Entry, reading: Reading | None) -> tuple[object, ...]:
    match order:
        case Order.NEWEST:
            return (-entry.date.toordinal() if entry.date else 1,)
        case Order.TITLE:
            return (entry.title.casefold(),)
        case Order.OUTLET:
            return (entry.outlet.casefold(), entry.title.casefold())
        case Order.UNREAD:
            return (reading.progress if reading else -1.0,)
        case Order.KEPT:
            return (-reading.kept if reading else 0,)
        case Order.GIVEN:
            return ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries in the order they came, and what is known of their reading, by location."""

    entries: Sequence[Entry]
    readings: Mapping[str, Reading]

    def arranged(self, order: Order, query: str = "") -> list[int]:
        """The numbers of the entries that the query's words are all in, sorted.

        Case and accents do not matter; a word may be in the title, the outlet,
        the date or the location. Sorting is stable.
        """
        numbers = list(range(len(self.entries)))
        for word in query.split():
            pattern = find.pattern(word)
            if pattern is not None:
                numbers = [n for n in numbers if pattern.search(_searched(self.entries[n]))]
        if order is not Order.GIVEN:
            numbers.sort(key=lambda n: _key(order, self.entries[n], self._reading(n)))
        return numbers

    def _reading(self, number: int) -> Reading | None:
        return self.readings.get(self.entries[number].location)


def _searched(entry: Entry) -> str:
    date = entry.date.isoformat() if entry.date else ""
    return f"{entry.title}\n{entry.outlet}\n{date}\n{entry.location}"
