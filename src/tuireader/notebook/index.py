"""The bookmarks by what they are asked for by, kept up with each change."""

from tuireader.domain.article import Article
from tuireader.domain.reading import Bookmark
from tuireader.domain.works import work_names
from tuireader.notebook.records import Kept


class Index:
    """All bookmarks that are not in the trash, by location and by text."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}
        self._places: dict[str, dict[int, Kept]] = {}
        self._texts: dict[str, dict[int, Kept]] = {}
        self._waiting: dict[str, dict[int, Kept]] = {}
        """Imported passages whose text was not here, by the names of their work and its source."""
        self._newest: tuple[Bookmark, ...] | None = ()

    def replace(self, number: int, before: Kept | None, now: Kept | None) -> None:
        """Take a bookmark out as it was before, and in as it is now."""
        self._newest = None
        if before is not None:
            self._kept.pop(number, None)
            _drop(self._places, before.bookmark.article.location, number)
            if before.sought:
                _drop(self._texts, before.sought.text_hash, number)
            for name in _awaited(before):
                _drop(self._waiting, name, number)
        if now is not None and not now.trashed:
            self._kept[number] = now
            self._places.setdefault(now.bookmark.article.location, {})[number] = now
            if now.sought:
                self._texts.setdefault(now.sought.text_hash, {})[number] = now
            for name in _awaited(now):
                self._waiting.setdefault(name, {})[number] = now

    def newest(self) -> tuple[Bookmark, ...]:
        """All, the newest first: ids sort by time, also where a clock was put back."""
        if self._newest is None:
            numbers = sorted(self._kept, reverse=True)
            self._newest = tuple(self._kept[number].bookmark for number in numbers)
        return self._newest

    def concerned(self, location: str, text_hash: str) -> list[Kept]:
        """Those kept at the location or from the text."""
        return list({**self._places.get(location, {}), **self._texts.get(text_hash, {})}.values())

    def waiting(self, article: Article) -> list[Kept]:
        """Those that wait for a text which the article may be: of that title, book or source."""
        if not self._waiting:
            return []
        names = work_names(article.title) | work_names(article.outlet)
        found: dict[int, Kept] = {}
        for name in (*names, article.source, article.location):
            found.update(self._waiting.get(name, {}))
        return [
            kept for kept in found.values() if kept.bookmark.article.location != article.location
        ]

    def counts(self) -> dict[str, int]:
        """How many there are at each location."""
        return {location: len(there) for location, there in self._places.items()}

    def count(self, location: str) -> int:
        """How many there are at the location."""
        return len(self._places.get(location, ()))


def _awaited(kept: Kept) -> frozenset[str]:
    """The names of the text that a passage waits for; none if it has one."""
    anchor, article = kept.sought, kept.bookmark.article
    if anchor is None or anchor.text_hash or kept.bookmark.placement:
        return frozenset()
    return work_names(article.title) | {article.source, article.location}


def _drop(groups: dict[str, dict[int, Kept]], name: str, number: int) -> None:
    group = groups.get(name, {})
    group.pop(number, None)
    if not group:
        groups.pop(name, None)
