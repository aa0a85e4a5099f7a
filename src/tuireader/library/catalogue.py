"""The articles that can be opened now, described when somebody looks at them."""

from collections.abc import Callable, Iterable
from pathlib import PurePath

from tuireader.domain.article_list import ListEntry
from tuireader.text.sanitize import sanitize_line


class Catalogue:
    """Locations in the order they came, each once; an entry is read when it is asked for.

    A folder of ten thousand articles costs a list of names until the reader
    sorts or filters it.
    """

    def __init__(self, describe: Callable[[str], ListEntry]) -> None:
        self._describe = describe
        self._locations: list[str] = []
        self._numbers: dict[str, int] = {}
        self._entries: dict[str, ListEntry] = {}

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._locations)

    def extend(self, locations: Iterable[str]) -> int:
        """Add the locations that are new; how many they were."""
        before = len(self._locations)
        for location in locations:
            if location not in self._numbers:
                self._numbers[location] = len(self._locations)
                self._locations.append(location)
        return len(self._locations) - before

    def insert(self, locations: Iterable[str], before: str) -> int:
        """Put the locations that are new before one that is there; how many they were.

        If that one is not there, they come at the end.
        """
        at = self._numbers.get(before, len(self._locations))
        new = [place for place in dict.fromkeys(locations) if place not in self._numbers]
        self._locations[at:at] = new
        for number in range(at, len(self._locations)):
            self._numbers[self._locations[number]] = number
        return len(new)

    def remove(self, locations: Iterable[str]) -> None:
        """Take locations out; what was known of them is forgotten."""
        gone = set(locations)
        self._locations = [place for place in self._locations if place not in gone]
        self._numbers = {place: number for number, place in enumerate(self._locations)}
        for place in gone:
            self._entries.pop(place, None)

    def location(self, number: int) -> str:
        """The location of an article by its number."""
        return self._locations[number]

    def number(self, location: str) -> int:
        """The number of a location, -1 if it is not there."""
        return self._numbers.get(location, -1)

    def entry(self, number: int) -> ListEntry:
        """What is known of an article, read from its beginning the first time."""
        location = self._locations[number]
        entry = self._entries.get(location)
        if entry is None:
            entry = self._entries[location] = self._describe(location)
        return entry

    def knows(self, number: int) -> bool:
        """Whether an article was read already."""
        return self._locations[number] in self._entries

    def learn(self, entry: ListEntry) -> None:
        """Take what is known better, because the article was opened."""
        self._entries[entry.location] = entry

    def entries(self) -> list[ListEntry]:
        """All entries as far as they were read; of the others the file name."""
        known = self._entries
        return [known.get(place) or _by_name(place) for place in self._locations]

    @property
    def described(self) -> int:
        """How many entries were read."""
        return len(self._entries)

    @property
    def complete(self) -> bool:
        """Whether every entry was read."""
        return len(self._entries) >= len(self._locations)

    def read_all(self, pause: Callable[[], None]) -> None:
        """Read the entries that were not read yet; `pause` is called after each, and may raise."""
        for number in range(len(self._locations)):
            if self._locations[number] not in self._entries:
                self.entry(number)
                pause()


def _by_name(location: str) -> ListEntry:
    return ListEntry(location=location, title=sanitize_line(PurePath(location).stem))
