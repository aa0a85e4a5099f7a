"""The bookmarks by what they are asked for by, kept up with each change."""

from tuireader.domain.reading import Bookmark
from tuireader.notebook.records import Kept


class Index:
    """All bookmarks that are not in the trash, by location and by text."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self._places: dict[str, dict[int, Kept]] = {}
        self._texts: dict[str, dict[int, Kept]] = {}
        self._newest: tuple[Bookmark, ...] | None = ()

    def replace(self, number: int, before: Kept | None, now: Kept | None) -> None:
        """Take a bookmark out as it was before, and in as it is now."""
        self._newest = None
        if before is not None:
            self._kept.pop(number, None)
            _drop(self._places, before.bookmark.article.location, number)
            if before.sought:
                _drop(self._texts, before.sought.text_hash, number)
        if now is not None and not now.trashed:
            self._kept[number] = now
            self._places.setdefault(now.bookmark.article.location, {})[number] = now
            if now.sought:
                self._texts.setdefault(now.sought.text_hash, {})[number] = now

    def newest(self) -> tuple[Bookmark, ...]:
        """All, the newest first: ids sort by time, also where a clock was put back."""
        if self._newest is None:
            numbers = sorted(self._kept, reverse=True)
            self._newest = tuple(self._kept[number].bookmark for number in numbers)
        return self._newest

    def concerned(self, location: str, text_hash: str) -> list[Kept]:
        """Those kept at the location or from the text."""
        return list({**self._places.get(location, {}), **self._texts.get(text_hash, {})}.values())

    def counts(self) -> dict[str, int]:
        """How many there are at each location."""
        return {location: len(there) for location, there in self._places.items()}

    def count(self, location: str) -> int:
        """How many there are at the location."""
        return len(self._places.get(location, ()))


def _drop(groups: dict[str, dict[int, Kept]], name: str, number: int) -> None:
    group = groups.get(name, {})
    group.pop(number, None)
    if not group:
        groups.pop(name, None)
