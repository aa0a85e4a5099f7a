"""Searches the library: queries over the search index, with the passages that they find."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import RLock
from typing import Any

from tuireader.domain.article import Passage
from tuireader.library.query.conditions import Query
from tuireader.library.query.saved import parse_with_lists
from tuireader.library.search.documents import Hit
from tuireader.library.search.errors import IndexUnavailableError, SearchInterruptedError
from tuireader.library.search.index import SearchIndex
from tuireader.library.search.passages import (
    FoundPassage,
    QueryWords,
    best_passages,
    query_words,
    title_marks,
)
from tuireader.paths import AppPaths

PASSAGES = 3
"""Passages of an article that are shown at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article that a query found, and the passages with the words of the query."""

    hit: Hit
    title_marks: tuple[Passage, ...] = ()
    """The found words in its title, as passages of the title."""
    passages: tuple[FoundPassage, ...] = ()
    """The passages with the most words of the query, in the order of the text; () for no words."""


class LibrarySearch:
    """The search over the library; opens the index when it is first needed.

    Threads may share it. `saved` returns the saved searches: the queries by name.
    """

    def __init__(self, folders: AppPaths, saved: Callable[[], Mapping[str, str]] = dict) -> None:
        """Take the folders, and a function that returns the saved searches; nothing is opened."""
        self._folders = folders
        self._saved = saved
        self._index: SearchIndex | None = None
        self._opening = RLock()

    @property
    def index(self) -> SearchIndex:
        """The search index.

        Raises:
            IndexUnavailableError: It cannot be opened.
        """
        with self._opening:
            if self._index is None:
                self._index = SearchIndex(self._folders.search_index)
            return self._index

    def parse(self, text: str, *, name: str = "") -> Query:
        """Return the parsed form of a typed query, with saved searches expanded.

        `name` is the name under which it is to be saved, so that it cannot contain itself; "" if it
        is not to be saved.

        Raises:
            QueryError: The query cannot be understood.
        """
        return parse_with_lists(text, today(), self._saved(), name=name)

    def is_current(self, *, quotations: bool = False) -> bool:
        """Return whether the index agrees with the library, without opening the notebook.

        With `quotations`, all of these must be indexed, too. The times of the folders are always
        compared; the files are looked at only if that is quick for how long ago it was done, so
        that a change inside a file of a large library may be found some seconds later. False if the
        index cannot be used, or the library is empty.
        """
        from tuireader.app.library_state import is_current  # noqa: PLC0415 - only for a command

        if not self._folders.search_index.exists():
            return False
        try:
            return is_current(self._folders, self.index, quotations=quotations)
        except IndexUnavailableError:
            return False

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        passages: int = PASSAGES,
        context: int = 0,
        key: Callable[[Hit], Any] | None = None,
    ) -> Iterator[FoundArticle]:
        """Yield the articles that a query finds, with passages, in the order of the query.

        Yields nothing if it finds none.

        Args:
            query: A parsed query.
            limit: The greatest number of articles; -1 for all.
            offset: The number of articles that are skipped first.
            passages: The greatest number of passages of an article.
            context: How many sentences are shown before and after the sentence that was found.
            key: A sort key for another order than that of the query.

        Raises:
            IndexUnavailableError: The index cannot be opened.
            SearchInterruptedError: Another thread called `interrupt`.
        """
        words = query_words(query)
        hits = self.index.search(query, today(), limit=-1 if key else limit, offset=offset)
        if key is not None:
            hits = sorted(hits, key=key)[: None if limit < 0 else limit]
        for hit in hits:
            yield FoundArticle(
                hit=hit,
                title_marks=title_marks(words, hit.title),
                passages=self._passages(words, hit, passages, context),
            )

    def _passages(
        self, words: QueryWords, hit: Hit, limit: int, context: int
    ) -> tuple[FoundPassage, ...]:
        """Return at most `limit` passages of an article, without its title; () for no words."""
        if not words:
            return ()
        found = best_passages(words, self.index.stored(hit.id), limit + 1, context)
        return tuple(each for each in found if each.text != hit.title)[:limit]

    def count(self, query: Query) -> int:
        """Return how many articles a query finds; 0 if none."""
        return self.index.count(query, today())

    def shortcoming(self, query: Query) -> str:
        """Return a sentence if a query may miss articles; "" if it finds all.

        It may if it has words, and of some text only the beginning is indexed.
        """
        count = self.index.count_shortened() if query_words(query) else 0
        if not count:
            return ""
        from tuireader.app.indexed_documents import shortened_words  # noqa: PLC0415 - slow

        return shortened_words(count)

    def locations(self, query: Query) -> Iterator[str]:
        """Yield the locations of all articles that a query finds, newest first."""
        return self.index.locations(query, today())

    def known_values(self, field: str) -> tuple[str, ...]:
        """Return the known values of a field, the most frequent first, for completion.

        `field` is the name of a field of queries, such as "speaker", or "list" for the names of
        saved searches. Empty if the index cannot be used.
        """
        if field == "list":
            return tuple(self._saved())
        try:
            return self.index.known_values(field)
        except (IndexUnavailableError, SearchInterruptedError):
            return ()

    def interrupt(self) -> None:
        """Stop the query that another thread is running; it raises SearchInterruptedError.

        Does nothing if no query is running.
        """
        if self._index is not None:
            self._index.interrupt()

    def close(self) -> None:
        """Close the index if it is open; the next search opens it again."""
        with self._opening:
            if self._index is not None:
                self._index.close()
                self._index = None


def today() -> dt.date:
    """Return the date of today in the local time zone."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()
