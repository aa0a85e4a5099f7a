"""Loads the next article of the list while the reader reads, so that it opens at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuireader.app.context import AppContext
    from tuireader.domain.article import Article
    from tuireader.domain.quote import Quote
    from tuireader.ui.workers import Pause


@dataclass(frozen=True, slots=True)
class _LoadedArticle:
    """An article that is loaded, and the state of its file at that time."""

    location: str
    stamp: object
    head: Article
    quotes: tuple[Quote, ...] | None = None
    """Its quotations, without the reader's corrections; None before they are found."""


class ReadAhead:
    """Holds the beginning of the article that will probably be opened next."""

    def __init__(self, context: AppContext, next_location: Callable[[], str]) -> None:
        """Take the services, and what returns the next article's location, "" if there is none."""
        self._context = context
        self._next_location = next_location
        self._loaded: _LoadedArticle | None = None
        self._taken: _LoadedArticle | None = None

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
            loaded = self._loaded = _LoadedArticle(location, stamp, head)
            pause()
            if head.complete:
                found = self._context.prepare_quotes(head, pause)
                pause()  # What was taken in the meantime stays so.
                if self._loaded is loaded:
                    self._loaded = replace(loaded, quotes=found)
        except TuiReaderError:
            return

    def take(self, location: str) -> Article | None:
        """Return the beginning of an article if it is loaded and its file has not changed."""
        loaded = self._loaded
        if loaded is None or loaded.location != location:
            return None
        self._loaded = None
        if self._context.article_stamp(location) != loaded.stamp:
            return None
        self._taken = loaded
        return loaded.head

    def quotes_of(self, article: Article) -> tuple[Quote, ...] | None:
        """Return the quotations of the article that was taken last, once; else None.

        None too if they are not found yet.
        """
        taken, self._taken = self._taken, None
        return taken.quotes if taken is not None and taken.head is article else None
