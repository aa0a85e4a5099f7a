"""The filter of the article list: plain words in titles at once, and queries over the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from tuireader.ui.lists.item_list import ListFilter
from tuireader.ui.widgets.prompt_line import QueryProblem

if TYPE_CHECKING:
    from textual.widget import Widget

    from tuireader.app.library_search import LibrarySearch
    from tuireader.library.query.conditions import Query
    from tuireader.ui.lists.article_model import ArticleModel
    from tuireader.ui.lists.item_list import FilterHost


class SearchThreads(Protocol):
    """Runs searches in threads."""

    def in_thread(self, job: Callable[[], None]) -> None:
        """Run a job in a thread; the one before is cancelled."""

    def call(self, function: Callable[[], None]) -> None:
        """Call a function in the program's own thread, from a job."""


class WidgetThreads:
    """Runs searches as workers of a widget."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget

    def in_thread(self, job: Callable[[], None]) -> None:
        """Run a job in a thread; the one before is cancelled."""
        self._widget.run_worker(job, thread=True, exclusive=True, group="filter")

    def call(self, function: Callable[[], None]) -> None:
        """Call a function in the program's own thread, from a job."""
        self._widget.app.call_from_thread(function)


class ArticleFilter(ListFilter):
    """Filters the list as the user types.

    Plain words are looked for in titles, outlets, dates and locations at once, and then in all
    that the index has. Other queries are answered by the index, in a thread; the next key stops a
    query that is still running.
    """

    def __init__(
        self,
        host: FilterHost,
        model: ArticleModel,
        threads: SearchThreads,
        search: Callable[[], LibrarySearch],
    ) -> None:
        """Take the list, its model, and what runs and answers queries.

        `host` is the list; `search` returns the search over the library, opened on the first call.
        """
        super().__init__(host, model)
        self._articles = model
        self._threads = threads
        self._search = search
        self._problem: QueryProblem | None = None
        self.query_help = self

    def query_typed(self, query: str) -> None:
        """List the articles that the query finds; all for "".

        The list stays as it is if the query is wrong; `problem` then says why.
        """
        query = query.strip()
        if query == self._articles.query and self._problem is None:
            return
        self._filter(query)

    def repeat(self) -> None:
        """Filter again by the same query, because the index has changed."""
        if self._articles.query:
            self._filter(self._articles.query, again=True)

    def _filter(self, query: str, *, again: bool = False) -> None:
        """Filter by a query, which may be empty.

        With `again`, what was found stays listed until the index has answered.
        """
        from tuireader.library.query.conditions import QueryError  # noqa: PLC0415 - not at the start
        from tuireader.library.query.plain import as_typed, is_plain, is_worth_searching  # noqa: PLC0415 - as above

        search = self._search()
        search.interrupt()
        self._problem = None
        try:
            parsed = search.parse(query)
        except QueryError as error:
            self._problem = QueryProblem(str(error), error.start, error.end)
            return
        model = self._articles
        model.query, model.is_plain_query = query, is_plain(parsed)
        if not again:
            model.found = ()
        if model.is_plain_query:
            self._host.rearrange()
        if query and is_worth_searching(parsed):
            self._threads.in_thread(partial(self._find, query, as_typed(parsed)))

    def _find(self, query: str, parsed: Query) -> None:
        """Thread body: search the index, and show what is found.

        `query` is as it was typed, and `parsed` what it was parsed to.
        """
        from tuireader.library.search.errors import (  # noqa: PLC0415 - not at the start
            IndexUnavailableError,
            SearchInterruptedError,
        )

        try:
            found = tuple(map(self._articles.catalogue.own, self._search().locations(parsed)))
        except SearchInterruptedError:
            return
        except IndexUnavailableError as error:
            self._problem = QueryProblem(str(error), 0, 0)
            return
        self._threads.call(partial(self._show, query, found))

    def _show(self, query: str, found: tuple[str, ...]) -> None:
        """List the articles at the locations found, unless the query has changed since."""
        if query == self._articles.query:
            self._articles.found = found
            self._host.rearrange()

    def problem(self) -> QueryProblem | None:
        """Return what is wrong with the query; None if nothing is."""
        return self._problem

    def completions(self, query: str) -> Sequence[str]:
        """Return the whole queries that complete what is typed; empty if there are none."""
        from tuireader.library.query.completion import completions  # noqa: PLC0415 - not at the start

        return [each.text for each in completions(query, self._search().known_values)]
