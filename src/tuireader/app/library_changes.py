"""What comes into the library, and what is taken out of it, while the reader is open."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader, canonical_source

if TYPE_CHECKING:
    from tuireader.notebook.notebook import Notebook


class LibraryChanges:
    """The library's sources as they were last looked at, whoever changed them."""

    def __init__(self, opener: ArticleLoader, notebook: "Callable[[], Notebook]") -> None:
        """The notebook is opened when it is asked for."""
        self._opener = opener
        self._notebook = notebook
        self._seen: set[str] = set()

    def know(self, *sources: str) -> None:
        """Count sources as seen, for their articles are in the list already."""
        self._seen.update(sources)

    def take(self, source: str) -> tuple[str, ...]:
        """Add a source that the reader names; the locations of its articles. Raises SourceError."""
        source = os.path.expanduser(source)  # noqa: PTH111 - an address is no path
        found = tuple(self._opener.taken(source))
        self._notebook().sources.add(canonical_source(source))
        self.know(canonical_source(source))
        return found

    def added(self) -> Iterator[str]:
        """The articles of sources that are new."""
        now = self._notebook().sources.all()
        new = tuple(source for source in now if source not in self._seen)
        self._seen.update(new)
        return self._articles_of(new) if new else iter(())

    def removed(self) -> tuple[str, ...]:
        """The articles of sources that are gone, as far as no other source has them."""
        now = self._notebook().sources.all()
        gone = self._seen.difference(now)
        if not gone:
            return ()
        self._seen.difference_update(gone)
        left = set(self._articles_of(now))
        return tuple(place for place in self._articles_of(tuple(gone)) if place not in left)

    def _articles_of(self, sources: tuple[str, ...]) -> Iterator[str]:
        from tuireader.app.source_resolver import library_locations  # noqa: PLC0415 - not at the start

        return library_locations(sources, self._opener.listed)
