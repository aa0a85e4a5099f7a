"""What the commands that change the state of articles have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_articles import LibraryArticles
from tuireader.cli.output import ErrorCounter, print_summary
from tuireader.cli.queries import library_search, source_locations
from tuireader.domain.errors import TuiReaderError
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuireader.domain.bookmark import Citation
    from tuireader.notebook.article_states import ArticleStates
    from tuireader.notebook.notebook import Notebook
    from tuireader.paths import AppPaths

LOCATION_HELP = "An article of the library, or a folder, file or feed for all its articles"


@contextmanager
def named_articles(
    folders: AppPaths, locations: Sequence[str], query: str, errors: ErrorCounter
) -> Iterator[tuple[Notebook, list[Citation]]]:
    """Open the notebook, and yield it with the articles that the user named.

    A context manager. The list of articles is empty if none of them is in the library, or none
    matches; that was then reported.

    Args:
        folders: Where the notebook is.
        locations: Articles or sources of the library; () for all of the library, with a query.
        query: A query that the articles match; "" for none.
        errors: Called for each location that is not in the library, and if nothing matches.

    Raises:
        click.UsageError: There is neither a location nor a query.
        click.exceptions.Exit: The query cannot be understood; what is wrong was printed.
    """
    if not query:
        if not locations:
            raise click.UsageError(
                "Name a SOURCE, or articles by --query.", click.get_current_context()
            )
        with open_notebook(folders) as notebook:
            loader = ArticleLoader(folders, notebook.sources.citation)
            yield notebook, LibraryArticles(loader, notebook).find(locations, errors)
        return
    with library_search(folders, query) as (search, parsed, notebook):
        articles = LibraryArticles(ArticleLoader(folders, notebook.sources.citation), notebook)
        matching = tuple(search.locations(parsed))
        if locations:
            inside = {article.location for article in articles.find(locations, errors)}
            matching = tuple(location for location in matching if location in inside)
        if not matching:
            errors(TuiReaderError("No article matches the query."))
        yield notebook, articles.cited(matching)


def named_locations(
    folders: AppPaths, sources: Sequence[str], query: str, errors: ErrorCounter
) -> frozenset[str] | None:
    """Return the locations of the articles that the user named; None for the whole notebook.

    `sources` are articles or sources of the library, and `query` is one that the articles match;
    with neither, it is the whole notebook. `errors` is called for each source that is not in the
    library, and if nothing matches. Raises click.exceptions.Exit if the query cannot be understood;
    what is wrong was then printed.
    """
    if not sources and not query:
        return None
    inside: frozenset[str] | None = None
    if sources:
        inside = source_locations(folders, sources, errors)
    if not query or inside == frozenset():
        return inside
    with library_search(folders, query) as (search, parsed, _):
        matching = frozenset(search.locations(parsed))
    if not matching:
        errors(TuiReaderError(f"No article matches {query}"))
    return matching if inside is None else matching & inside


def change_articles(
    folders: AppPaths,
    locations: Sequence[str],
    query: str,
    change: Callable[[ArticleStates, Sequence[Citation]], int],
    done: str,
) -> int:
    """Change the state of articles as one undo step, and print how many were changed.

    Args:
        folders: Where the notebook is.
        locations: Articles or sources of the library, as typed.
        query: A query that the articles match; "" for none.
        change: Changes the articles and returns how many were in another state before.
        done: What was done, as a participle: "marked as read".

    Returns:
        The exit status: 1 if a location is not in the library, or no article matches; else 0.
    """
    errors = ErrorCounter()
    with named_articles(folders, locations, query, errors) as (notebook, articles):
        changed = change(notebook.states, articles) if articles else 0
    if articles:
        unchanged = len(articles) - changed
        rest = f", {unchanged:,} unchanged" if unchanged else ""
        print_summary(f"{counted(changed, 'article')} {done}{rest}.")
    return errors.status
