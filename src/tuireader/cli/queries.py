"""What commands with a query share: its option, its errors, and an index that is up to date."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_indexer import bring_up_to_date
from tuireader.app.library_search import LibrarySearch
from tuireader.app.source_resolver import library_locations, resolve_articles
from tuireader.cli.options import SOURCE_HELP
from tuireader.cli.output import ErrorCounter, Progress, print_error
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, TuiReaderError
from tuireader.layout.cells import cell_width
from tuireader.library.query.conditions import Query, QueryError, needs_quotations
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.sources.reading_options import DETECTED, ReadingOptions
from tuireader.text.sanitize import replace_unsafe

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
    with open_notebook(folders) as notebook:
        search = LibrarySearch(folders, notebook.lists.queries)
        try:
            query = search.parse(text)
        except QueryError as error:
            print_query_error(error, text)
            raise click.exceptions.Exit(USAGE_STATUS) from None
        if not notebook.sources.all():
            raise TuiReaderError(EMPTY_LIBRARY)
        bring_index_up_to_date(folders, notebook, quotations=needs_quotations(query.condition))
        try:
            yield search, query, notebook
        finally:
            search.close()


def selected_articles(
    sources: tuple[str, ...],
    text: str,
    folders: AppPaths,
    errors: ErrorCounter,
    options: ReadingOptions = DETECTED,
) -> Iterator[Article]:
    """Yield the articles of the sources, or those that a query finds, or the whole library.

    Articles of the library are not fetched.

    Args:
        sources: Files, folders, addresses or `-`, as typed; () for the library.
        text: The query; "" for none.
        folders: The program's folders.
        errors: Called for each article that cannot be opened.
        options: How the files of the sources are read; not used for the library.

    Raises:
        click.UsageError: Both sources and a query are given.
        click.exceptions.Exit: The query cannot be understood; what is wrong was printed.
        TuiReaderError: The library is empty, or nothing matches the query.
    """
    if sources and text:
        message = "SOURCE and --query cannot be used together."
        raise click.UsageError(message, click.get_current_context())
    if sources:
        yield from resolve_articles(sources, errors, folders, options)
        return
    locations = found_locations(folders, text) if text else _library_locations(folders)
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
    with library_search(folders, text) as (search, query, _):
        found = tuple(search.locations(query))
    if not found:
        raise TuiReaderError(f"No article matches {text}")
    return found


def _library_locations(folders: AppPaths) -> Iterator[str]:
    """Return the locations of the library's articles, each once; TuiReaderError if it is empty."""
    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        loader = ArticleLoader(folders, notebook.sources.citation)
    if not sources:
        raise TuiReaderError(EMPTY_LIBRARY)
    return iter(dict.fromkeys(library_locations(sources, loader.locations)))


def bring_index_up_to_date(
    folders: AppPaths, notebook: Notebook, *, quotations: bool = False
) -> tuple[str, ...] | None:
    """Index what has changed, with a progress line on a terminal.

    `quotations` says whether quotations are found, too. Returns the locations of all articles, or
    None if another process is indexing. Raises IndexUnavailableError (see `bring_up_to_date`).
    """
    with Progress("articles") as progress:
        return bring_up_to_date(
            folders, notebook, lambda state: progress.show(str(state)), quotations=quotations
        )


def print_query_error(error: QueryError, text: str) -> None:
    """Print what is wrong with a query, and the query with carets below the wrong part.

    All is printed on standard error; `text` is the query as typed.
    """
    print_error(error)
    shown = replace_unsafe(text).replace("\n", " ").replace("\t", " ")
    before, wrong = cell_width(shown[: error.start]), cell_width(shown[error.start : error.end])
    sys.stderr.write(f"  {shown}\n  {' ' * before}{'^' * max(1, wrong)}\n")
