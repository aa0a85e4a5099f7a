"""The books and articles of the library by their titles, to find the text of a highlight."""

from collections.abc import Iterable, Iterator

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.domain.titles import title_keys
from tuireader.sources.open import article_locations, open_article, read_list_entry


class ArticlesByTitle:
    """What the library holds, looked through once, when a title is first asked for."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = tuple(sources)
        self._known: dict[str, list[str]] | None = None

    def chapters(self, title: str) -> Iterator[Article]:
        """The articles of the work that is called so: a book's chapters, or one article."""
        known = self._known = self._known or self._look()
        for location in dict.fromkeys(
            location for name in title_keys(title) for location in known.get(name, ())
        ):
            try:
                yield open_article(location)
            except SourceError:
                continue

    def _look(self) -> dict[str, list[str]]:
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
