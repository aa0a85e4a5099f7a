"""Counts how many articles of a list were read, for its heading."""

from collections.abc import Mapping, Sequence

from tuireader.domain.bookmark import ReadingProgress
from tuireader.layout.border import fitting_counts
from tuireader.library.catalogue import Catalogue


class ReadCount:
    """Counts the read articles of a list, and counts again only if something has changed."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue that numbers the articles."""
        self._catalogue = catalogue
        self._listed: Sequence[int] | None = None
        self._readings: Mapping[str, ReadingProgress] | None = None
        self._count = 0

    def of(self, listed: Sequence[int], readings: Mapping[str, ReadingProgress]) -> int:
        """Return how many articles of a list were read.

        Work is proportional to the articles that were ever opened, or to the list if it is a
        selection of articles.

        Args:
            listed: The numbers of the articles.
            readings: How far each article was read, by location.
        """
        if readings is not self._readings or listed is not self._listed:
            self._readings, self._listed = readings, listed
            places = (place for place, reading in readings.items() if reading.finished)
            numbers = (number for number in map(self._catalogue.number, places) if number >= 0)
            if isinstance(listed, range):
                self._count = sum(number in listed for number in numbers)
            else:
                self._count = len(set(listed).intersection(numbers))
        return self._count


def unread_words(total: int, unread: int, room: int) -> str:
    """Return how many of all articles are unread, shorter if it has to fit into few cells.

    `room` is the number of cells.
    """
    variants = (f"{unread:,} of {total:,} unread", f"{unread:,} unread", f"{unread:,} ●")
    return fitting_counts(variants, room)
