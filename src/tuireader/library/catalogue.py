"""The articles of the library: the article list, and the lookup of articles by title."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, assert_never

from tuireader.domain.article import Article, book_of, title_keys
from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.dates import date_order
from tuireader.domain.errors import SourceError
from tuireader.sources.open import article_locations, open_article, read_list_entry
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from tuireader.domain.bookmark import ReadingProgress


class Catalogue:
    """The articles of the list: their locations, each once, and their entries.

    An article has a number, its position from 0. Its entry is read when it is first needed, so
    a folder of ten thousand articles costs no more than a list of names until it is sorted or
    filtered.
    """

    def __init__(self, describe: Callable[[str], ListEntry]) -> None:
        """Create an empty list.

        `describe` reads and returns the entry of the article at a location; it is called once for
        each article, when its entry is first needed.
        """
        self._describe = describe
        self._locations: list[str] = []
        self._numbers: dict[str, int] = {}
        self._entries: dict[str, ListEntry] = {}

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._locations)

    def extend(self, locations: Iterable[str]) -> int:
        """Append locations that are not in the list; return how many were appended."""
        before = len(self._locations)
        for location in locations:
            if location not in self._numbers:
                self._numbers[location] = len(self._locations)
                self._locations.append(location)
        return len(self._locations) - before

    def insert(self, locations: Iterable[str], before: str) -> int:
        """Insert new locations in front of the location `before`; return how many were inserted.

        If `before` is not in the list, they are appended. Locations in the list stay where they
        are.
        """
        at = self._numbers.get(before, len(self._locations))
        new = [place for place in dict.fromkeys(locations) if place not in self._numbers]
        self._locations[at:at] = new
        for number in range(at, len(self._locations)):
            self._numbers[self._locations[number]] = number
        return len(new)

    def remove(self, locations: Iterable[str]) -> None:
        """Remove locations and their entries; those that are not in the list are ignored.

        The articles after them get lower numbers.
        """
        gone = set(locations)
        self._locations = [place for place in self._locations if place not in gone]
        self._numbers = {place: number for number, place in enumerate(self._locations)}
        for place in gone:
            self._entries.pop(place, None)

    def locations(self) -> tuple[str, ...]:
        """Return the locations of all articles, in their order."""
        return tuple(self._locations)

    def location(self, number: int) -> str:
        """Return the location of the article with a number; IndexError beyond the list."""
        return self._locations[number]

    def number(self, location: str) -> int:
        """Return the number of the article at a location; -1 if it is not in the list."""
        return self._numbers.get(location, -1)

    def chapters(self, location: str) -> tuple[str, ...]:
        """Return the locations of a book's chapters in order, given that of its contents.

        The chapters follow the table of contents in the list. () if `location` is not that of a
        table of contents, or not in the list.
        """
        file = book_of(location)
        if not file or location not in self._numbers:
            return ()
        following = islice(self._locations, self._numbers[location] + 1, None)
        return tuple(takewhile(lambda place: place.startswith(f"{file}#"), following))

    def entry(self, number: int) -> ListEntry:
        """Return the entry of the article with a number, reading it the first time.

        Raises IndexError for a number beyond the list.
        """
        location = self._locations[number]
        entry = self._entries.get(location)
        if entry is None:
            entry = self._entries[location] = self._describe(location)
        return entry

    def update(self, entry: ListEntry) -> None:
        """Replace the stored entry of the article at `entry.location`.

        It is called after the article was opened and more is known of it.
        """
        self._entries[entry.location] = entry

    def forget(self, locations: Iterable[str]) -> None:
        """Discard the entries of articles, so that they are read again when next needed.

        The locations stay in the list.
        """
        for place in locations:
            self._entries.pop(place, None)

    def is_described(self, number: int) -> bool:
        """Return whether the entry of the article with a number has been read."""
        return self._locations[number] in self._entries

    @property
    def described_count(self) -> int:
        """How many entries have been read."""
        return len(self._entries)

    @property
    def complete(self) -> bool:
        """Whether the entries of all articles have been read; true for an empty list."""
        return len(self._entries) >= len(self._locations)

    def read_all(self, pause: Callable[[], None]) -> None:
        """Read all entries that have not been read yet.

        `pause` is called after each of them, and may raise an exception to stop.
        """
        for number in range(len(self._locations)):
            if self._locations[number] not in self._entries:
                self.entry(number)
                pause()

    def arranged(
        self, readings: Mapping[str, "ReadingProgress"], order: SortOrder, query: str = ""
    ) -> list[int]:
        """Return the numbers of the articles that match a filter, in a sort order.

        All words of `query` must occur in title, outlet, date or location; case and accents do not
        matter, and an empty query matches all. The sort is stable. Entries that were not read yet
        have only a title, from the file name.

        Args:
            readings: The reading progress by location; articles that were never opened are
                missing.
            order: How the result is sorted; GIVEN keeps the order of the list.
            query: The words of the filter.
        """
        from tuireader.text.search import search_pattern  # noqa: PLC0415 - not at the start

        known = self._entries
        entries = [known.get(place) or _entry_by_name(place) for place in self._locations]
        numbers = list(range(len(entries)))
        for word in query.split():
            pattern = search_pattern(word)
            if pattern is not None:
                numbers = [n for n in numbers if pattern.search(_searchable_text(entries[n]))]
        if order is not SortOrder.GIVEN:
            numbers.sort(
                key=lambda n: _sort_key(order, entries[n], readings.get(self._locations[n]))
            )
        return numbers


def _entry_by_name(location: str) -> ListEntry:
    """Return the list entry of an article that was not read, titled by its file name."""
    return ListEntry(location=location, title=sanitize_line(PurePath(location).stem))


def _searchable_text(entry: ListEntry) -> str:
    """Return title, outlet, date and location of an entry, one a line, for the filter."""
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


class ArticlesByTitle:
    """Opens articles and books of the library by title, to find the text of a highlight."""

    def __init__(self, sources: Sequence[str]) -> None:
        """Prepare the lookup; the library is read when a title is first looked up.

        `sources` are the locations of its sources.
        """
        self._sources = tuple(sources)
        self._known: dict[str, list[str]] | None = None

    def chapters(self, title: str) -> Iterator[Article]:
        """Yield the articles with a title, and all chapters of books with that title.

        Titles are compared by their `title_keys`. Nothing if there is none; articles that cannot be
        opened are left out.
        """
        known = self._known = self._known or self._locations_by_title()
        for location in dict.fromkeys(
            location for name in title_keys(title) for location in known.get(name, ())
        ):
            try:
                yield open_article(location)
            except SourceError:
                continue

    def _locations_by_title(self) -> dict[str, list[str]]:
        """Return the locations of all articles by the `title_keys` of their titles and outlets.

        A source that cannot be read is left out.
        """
        known: dict[str, list[str]] = {}
        for source in self._sources:
            try:
                for location in article_locations(source):
                    entry = read_list_entry(location)
                    for name in title_keys(entry.title) | title_keys(entry.outlet):
                        known.setdefault(name, []).append(location)
            except SourceError:
                continue
        return known
