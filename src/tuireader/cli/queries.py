"""What commands with a query share: its option, its errors, and an index that is up to date."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec

import click

from tuireader.app.library_search import LibrarySearch
from tuireader.cli.options import SOURCE_HELP
from tuireader.cli.output import ErrorCounter, Progress, print_detail, print_error, print_notice
from tuireader.domain.errors import SourceError, TuiReaderError
from tuireader.library.query.conditions import QueryError, needs_quotations
from tuireader.sources.reading_options import DETECTED, ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tuireader.app.text_indexer import IndexProgress
    from tuireader.domain.article import Article
    from tuireader.library.query.conditions import Query
    from tuireader.notebook.notebook import Notebook
    from tuireader.paths import AppPaths

P = ParamSpec("P")

QUERY_HELP = "Only articles of the library that match this query"
LIBRARY_SOURCE_HELP = f"{SOURCE_HELP}; the library if there is none"
EMPTY_LIBRARY = "The library is empty. To add a source, run tuireader add SOURCE."
USAGE_STATUS = 2
"""The exit status for a query that cannot be understood: 2."""


def query_option(run: Callable[P, int]) -> Callable[P, int]:
    """Declare the option --query; the parameter `query` is "" if it is not given."""
    return click.option("--query", metavar="QUERY", default="", help=QUERY_HELP)(run)


@contextmanager
def library_search(folders: AppPaths, text: str) -> Iterator[tuple[LibrarySearch, Query, Notebook]]:
    """Parse a query, bring the index up to date, and yield the search, the query and the notebook.

    A context manager, which closes all of them. `text` is the query as typed. Another process that
    is indexing is not waited for.

    Raises:
        click.exceptions.Exit: The query cannot be understood; what is wrong was printed.
        TuiReaderError: The library is empty, or the index cannot be used.
    """
    from tuireader.app.command_notebook import open_notebook  # noqa: PLC0415 - see `searched_library`

    with open_notebook(folders) as notebook:
        search = LibrarySearch(folders, notebook.lists.queries)
        query = _parsed(search, text)
        if not notebook.sources.all():
            raise TuiReaderError(EMPTY_LIBRARY)
        bring_index_up_to_date(folders, notebook, quotations=needs_quotations(query.condition))
        try:
            yield search, query, notebook
        finally:
            search.close()


@contextmanager
def searched_library(folders: AppPaths, text: str) -> Iterator[tuple[LibrarySearch, Query]]:
    """Do what `library_search` does, but open the notebook only if it is needed.

    It is needed if it or the library has changed since it was indexed, or the query names a saved
    search.
    """
    search = LibrarySearch(folders)
    if not _may_name_list(text):
        query = _parsed(search, text)
        try:
            if search.is_current(quotations=needs_quotations(query.condition)):
                yield search, query
                return
        finally:
            search.close()
    with library_search(folders, text) as (opened, query, _):
        yield opened, query


def _may_name_list(text: str) -> bool:
    """Return whether a query may contain `list:NAME`, by any of the names of that field."""
    return any(f"{name}:" in text.lower() for name in ("list", "in"))


def _parsed(search: LibrarySearch, text: str) -> Query:
    """Return the parsed form of a query; print what is wrong with it and raise Exit."""
    try:
        return search.parse(text)
    except QueryError as error:
        print_query_error(error, text)
        raise click.exceptions.Exit(USAGE_STATUS) from None


def selected_articles(
    sources: tuple[str, ...],
    text: str,
    folders: AppPaths,
    errors: ErrorCounter,
    options: ReadingOptions = DETECTED,
    *,
    expect: Callable[[Callable[[], int | None]], None] = lambda _total: None,
) -> Iterator[Article]:
    """Yield the articles of the sources, or those that a query finds, or the whole library.

    With both, those of the sources that the query finds. Articles of the library are not fetched.

    Args:
        sources: Files, folders, addresses or `-`, as typed; () for the library.
        text: The query; "" for none.
        folders: The program's folders.
        errors: Called for each article that cannot be opened.
        options: How the files of the sources are read; not used for the library.
        expect: Called with what returns the number of articles, or None if it is not known.

    Raises:
        click.exceptions.Exit: The query cannot be understood; what is wrong was printed.
        TuiReaderError: The library is empty, or nothing matches the query.
    """
    from tuireader.app.source_resolver import article_count, resolve_articles  # noqa: PLC0415 - not for a search

    if sources and not text:
        expect(lambda: article_count(sources))
        yield from resolve_articles(sources, errors, folders, options)
        return
    locations = found_locations(folders, text) if text else _library_locations(folders)
    if sources:
        inside = source_locations(folders, sources, errors)
        locations = tuple(location for location in locations if location in inside)
        if inside and not locations:
            raise TuiReaderError(f"No article of these sources matches {text}")
    expect(lambda: len(locations))
    yield from _stored_articles(folders, locations, errors)


def _stored_articles(
    folders: AppPaths, locations: Iterable[str], errors: ErrorCounter
) -> Iterator[Article]:
    """Yield the articles of the library at locations; those that cannot be opened are reported."""
    from tuireader.app.article_loader import ArticleLoader  # noqa: PLC0415 - not for a search
    from tuireader.app.command_notebook import open_notebook  # noqa: PLC0415 - as above

    with open_notebook(folders) as notebook:
        loader = ArticleLoader(folders, notebook.sources.citation)
        for location in locations:
            try:
                yield loader.load_article(location, lambda: None)
            except SourceError as error:
                errors(error)


def found_locations(folders: AppPaths, text: str) -> tuple[str, ...]:
    """Return the locations of the articles that a query finds, newest first.

    Raises TuiReaderError if it finds nothing or the library is empty, and click.exceptions.Exit if
    it cannot be understood.
    """
    with searched_library(folders, text) as (search, query):
        found = tuple(search.locations(query))
        print_shortcoming(search, query)
    if not found:
        raise TuiReaderError(f"No article matches {text}")
    return found


def source_locations(
    folders: AppPaths, sources: Sequence[str], errors: ErrorCounter
) -> frozenset[str]:
    """Return the locations of the articles in sources of the library.

    `errors` is called for each source that is not in the library.
    """
    from tuireader.app.article_loader import ArticleLoader  # noqa: PLC0415 - not for a search
    from tuireader.app.command_notebook import open_notebook  # noqa: PLC0415 - as above
    from tuireader.app.library_articles import LibraryArticles  # noqa: PLC0415 - as above

    with open_notebook(folders) as notebook:
        loader = ArticleLoader(folders, notebook.sources.citation)
        return frozenset(LibraryArticles(loader, notebook).locations(sources, errors))


def _library_locations(folders: AppPaths) -> tuple[str, ...]:
    """Return the locations of the library's articles, each once; TuiReaderError if it is empty."""
    from tuireader.app.article_loader import ArticleLoader  # noqa: PLC0415 - not for a search
    from tuireader.app.command_notebook import open_notebook  # noqa: PLC0415 - as above
    from tuireader.app.source_resolver import library_locations  # noqa: PLC0415 - as above

    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        loader = ArticleLoader(folders, notebook.sources.citation)
    if not sources:
        raise TuiReaderError(EMPTY_LIBRARY)
    return tuple(dict.fromkeys(library_locations(sources, loader.locations)))


def bring_index_up_to_date(
    folders: AppPaths, notebook: Notebook, *, quotations: bool = False
) -> tuple[str, ...] | None:
    """Index what has changed, with a progress line on a terminal.

    `quotations` says whether quotations are found, too. Returns the locations of all articles, or
    None if another process is indexing. Raises IndexUnavailableError (see `bring_up_to_date`).
    """
    from tuireader.app.library_indexer import bring_up_to_date  # noqa: PLC0415 - not for a search

    last = ""
    with Progress("articles") as progress:

        def report(state: IndexProgress) -> None:
            nonlocal last
            last = str(state)
            progress.show(last)

        locations = bring_up_to_date(folders, notebook, report, quotations=quotations)
    if locations is None:
        print_detail("another tuireader is indexing; the index may lack what is new")
    else:
        print_detail(f"index: {last or 'up to date'}")
    return locations


def print_shortcoming(search: LibrarySearch, query: Query) -> None:
    """Print on standard error that a query may have missed articles, if so and not --quiet."""
    if words := search.shortcoming(query):
        print_notice(words)


def print_query_error(error: QueryError, text: str) -> None:
    """Print what is wrong with a query, and the query with carets below the wrong part.

    All is printed on standard error; `text` is the query as typed.
    """
    from tuireader.layout.cells import cell_width  # noqa: PLC0415 - only for an error
    from tuireader.text.sanitize import replace_unsafe  # noqa: PLC0415 - as above

    print_error(error)
    shown = replace_unsafe(text).replace("\n", " ").replace("\t", " ")
    before, wrong = cell_width(shown[: error.start]), cell_width(shown[error.start : error.end])
    sys.stderr.write(f"  {shown}\n  {' ' * before}{'^' * max(1, wrong)}\n")
