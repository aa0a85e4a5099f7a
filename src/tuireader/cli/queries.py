"""What commands with a query share: its option, its errors, and an index that is up to date."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_indexer import bring_up_to_date
from tuireader.app.library_search import LibrarySearch
from tuireader.cli.output import Progress, print_error
from tuireader.domain.errors import TuiReaderError
from tuireader.layout.cells import cell_width
from tuireader.library.query.conditions import Query, QueryError, needs_quotations
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.sanitize import replace_unsafe

P = ParamSpec("P")

QUERY_HELP = "Only articles of the library that match this query"
EMPTY_LIBRARY = "The library is empty. To add a source, run tuireader add SOURCE."
USAGE_STATUS = 2
"""The exit status for a query that cannot be understood."""


def query_option(run: Callable[P, int]) -> Callable[P, int]:
    """Declare the option --query; an empty string if it is not given."""
    return click.option("--query", metavar="QUERY", default="", help=QUERY_HELP)(run)


@contextmanager
def library_search(folders: AppPaths, text: str) -> Iterator[tuple[LibrarySearch, Query, Notebook]]:
    """Parse a query, bring the index up to date, and yield the search, the query and the notebook.

    Another process that is indexing is not waited for.

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


def bring_index_up_to_date(
    folders: AppPaths, notebook: Notebook, *, quotations: bool = False
) -> tuple[str, ...] | None:
    """Index what has changed, with progress on a terminal; see `bring_up_to_date`."""
    with Progress("articles") as progress:
        return bring_up_to_date(
            folders, notebook, lambda state: progress.show(str(state)), quotations=quotations
        )


def print_query_error(error: QueryError, text: str) -> None:
    """Print what is wrong with a query, the query, and carets below the place."""
    print_error(error)
    shown = replace_unsafe(text).replace("\n", " ").replace("\t", " ")
    before, wrong = cell_width(shown[: error.start]), cell_width(shown[error.start : error.end])
    sys.stderr.write(f"  {shown}\n  {' ' * before}{'^' * max(1, wrong)}\n")
