"""The articles that are selected in a list, one by one or as a range."""

from collections.abc import Iterable, Sequence


class ArticleSelection:
    """A set of selected articles by location, which may have a range that grows with the cursor."""

    def __init__(self) -> None:
        self._single: set[str] = set()
        self._range: frozenset[str] = frozenset()
        self._fixed = ""
        """The end of the range that stays; "" without a range."""

    def __len__(self) -> int:
        """Return how many articles are selected."""
        return len(self._single | self._range)

    def __contains__(self, location: object) -> bool:
        """Return whether an article is selected."""
        return location in self._single or location in self._range

    @property
    def is_range(self) -> bool:
        """Whether a range grows with the cursor."""
        return bool(self._fixed)

    def toggle(self, location: str) -> None:
        """Select an article, or deselect it; a range ends."""
        self._end_range()
        self._single ^= {location}

    def select_all(self, locations: Iterable[str]) -> None:
        """Select the articles at some locations, and no others; a range ends."""
        self._range, self._fixed = frozenset(), ""
        self._single = set(locations)

    def toggle_range(self, location: str, listed: Sequence[str]) -> None:
        """Begin a range at an article, or end the range, which stays selected.

        `listed` has the locations of all articles in the order of the list.
        """
        if self.is_range:
            self._end_range()
        elif location:
            self._fixed = location
            self.extend(location, listed)

    def extend(self, location: str, listed: Sequence[str]) -> None:
        """Make the range reach to an article; do nothing without a range.

        `listed` has the locations of all articles in the order of the list.
        """
        if self._fixed in listed and location in listed:
            first, last = sorted((listed.index(self._fixed), listed.index(location)))
            self._range = frozenset(listed[first : last + 1])

    def clear(self) -> None:
        """Select nothing."""
        self._single.clear()
        self._range, self._fixed = frozenset(), ""

    def _end_range(self) -> None:
        self._single |= self._range
        self._range, self._fixed = frozenset(), ""
