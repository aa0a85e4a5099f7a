"""Loads the next article of the list while the reader reads, so that it opens at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuireader.app.context import AppContext
    from tuireader.domain.article import Article
    from tuireader.ui.workers import Pause


@dataclass(frozen=True, slots=True)
class _LoadedArticle:
    """An article that is loaded, and the state of its file at that time."""

    location: str
    stamp: object
    head: Article


class ReadAhead:
    """Holds the beginning of the article that will probably be opened next."""

    def __init__(self, context: AppContext, next_location: Callable[[], str]) -> None:
        """Take the services, and what returns the next article's location, "" if there is none."""
        self._context = context
        self._next_location = next_location
        self._loaded: _LoadedArticle | None = None

    @property
    def next_location(self) -> str:
        """The location of the next article of the list; "" if there is none."""
        return self._next_location()

    def prepare(self, location: str, pause: Pause) -> None:
        """Load the beginning of an article, and find its quotations; runs in a thread.

        Nothing is fetched from the web, and errors are ignored: they are shown when the article is
        opened.
        """
        stamp = self._context.article_stamp(location)
        if self._loaded and (self._loaded.location, self._loaded.stamp) == (location, stamp):
            return
        try:
            head = self._context.load_ahead(location)
            if head is None:
                return
            self._loaded = _LoadedArticle(location, stamp, head)
            pause()
            if head.complete:
                self._context.prepare_quotes(head, pause)
        except TuiReaderError:
            return

    def take(self, location: str) -> Article | None:
        """Return the beginning of an article if it is loaded and its file has not changed."""
        loaded = self._loaded
        if loaded is None or loaded.location != location:
            return None
        self._loaded = None
        return loaded.head if self._context.article_stamp(location) == loaded.stamp else None
