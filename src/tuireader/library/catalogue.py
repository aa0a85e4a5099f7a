"""The articles of the library: the article list, and the lookup of articles by title."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from tuireader.domain.article import Article, book_of, title_keys
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError
from tuireader.sources.open import article_locations, open_article, read_list_entry

STORED_AT_ONCE = 100
"""Stored entries that are taken before another thread may run."""


class Catalogue:
    """The articles of the list: their locations, each once, and their entries.

    An article has a number, its position from 0. Its entry is read when it is first needed, so
    a folder of ten thousand articles costs no more than a list of names until it is sorted or
    filtered.
    """

    def __init__(
        self,
        describe: Callable[[str], ListEntry],
        stored: Callable[[], Iterable[ListEntry]] = tuple,
    ) -> None:
        """Create an empty list.

        `describe` reads and returns the entry of the article at a location; it is called once for
        each article, when its entry is first needed. `stored` returns the entries that are stored
        of any articles, for `read_all`; () if there are none.
        """
        self._describe = describe
        self._stored = stored
        self._locations: list[str] = []
        self._numbers: dict[str, int] = {}
        self._entries: dict[str, ListEntry] = {}
        self.renumbered = 0
        """How many times the numbers of articles have changed."""

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
        self.renumbered += 1
        for number in range(at, len(self._locations)):
            self._numbers[self._locations[number]] = number
        return len(new)

    def remove(self, locations: Iterable[str]) -> None:
        """Remove locations and their entries; those that are not in the list are ignored.

        The articles after them get lower numbers.
        """
        gone = set(locations)
        self.renumbered += 1
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

    def own(self, location: str) -> str:
        """Return a location as the list holds it, so that no copy of it has to be kept."""
        number, locations = self._numbers.get(location, -1), self._locations
        # Another thread may have moved the article.
        if 0 <= number < len(locations) and locations[number] == location:
            return locations[number]
        return location

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

    def known(self, start: int, end: int) -> list[ListEntry | str]:
        """Return the entries of the articles with the numbers [start, end).

        The location stands for an entry that was not read yet.
        """
        return [self._entries.get(place, place) for place in self._locations[start:end]]

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
        """Read all entries that have not been read yet; first, take those that are stored.

        `pause` is called after each that is read, and now and then while they are taken; it may
        raise an exception to stop.
        """
        locations = self._locations
        for count, entry in enumerate(self._stored()):
            number = self._numbers.get(entry.location, len(locations))
            if number < len(locations) and entry.location not in self._entries:
                # One copy of the location is enough. Another thread may have moved the article.
                place = locations[number]
                if place == entry.location:
                    self._entries[place] = replace(
                        entry, location=place, outlet=sys.intern(entry.outlet)
                    )
            if count % STORED_AT_ONCE == 0:
                pause()
        for place in tuple(self._locations):
            if place in self._numbers and place not in self._entries:
                self._entries[place] = self._describe(place)
                pause()


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
