"""`tuireader remove`: removes sources from the library, and hides articles of sources."""

from collections.abc import Iterable

import click

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_articles import NOT_IN_LIBRARY, LibraryArticles
from tuireader.cli.article_change import named_locations
from tuireader.cli.options import command, sources_argument
from tuireader.cli.output import ErrorCounter, print_summary
from tuireader.cli.queries import query_option
from tuireader.domain.errors import SourceError
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.messages import counted


@command(
    "remove",
    examples=(
        "tuireader remove article.txt",
        "tuireader remove articles",
        "tuireader remove --query 'is:read date:..2020'",
    ),
)
@sources_argument(required=False, text="A source of the library, or an article in one")
@query_option
def run(folders: AppPaths, *, sources: tuple[str, ...], query: str) -> int:
    """Remove sources from the library.

    An article of a folder, file or feed is hidden, while its source stays; so are the articles that
    a query finds. Articles of a feed that have notes, tags or a star stay in the library. No file
    is deleted, and u in the reader undoes it. The exit status is 1 if a SOURCE is not in the
    library, or no article matches the query.
    """
    if not sources and not query:
        message = "Name a SOURCE, or articles by --query."
        raise click.UsageError(message, click.get_current_context())
    errors = ErrorCounter()
    if query:
        sources = tuple(sorted(named_locations(folders, sources, query, errors) or ()))
    with open_notebook(folders) as notebook:
        library = LibraryArticles(ArticleLoader(folders, notebook.sources.citation), notebook)
        whole, parts = _whole_and_parts(library, sources, errors)
        if whole:
            _remove(notebook, library, whole)
        if hidden := library.find(parts, errors):
            print_summary(f"{counted(notebook.states.hide(hidden), 'article')} hidden.")
    return errors.status


def _whole_and_parts(
    library: LibraryArticles, locations: Iterable[str], errors: ErrorCounter
) -> tuple[list[str], list[str]]:
    """Return those locations that are sources, and those that are articles in sources.

    `errors` is called for each that is not in the library.
    """
    whole: list[str] = []
    parts: list[str] = []
    for location in locations:
        name = canonical_source(location)
        source = library.source_of(location)
        if not source:
            errors(SourceError(location, NOT_IN_LIBRARY))
        else:
            (whole if source == name else parts).append(name)
    return whole, parts


def _remove(notebook: Notebook, library: LibraryArticles, sources: list[str]) -> None:
    """Remove sources of the library, and print how many."""
    kept = [article for source in sources for article in library.kept_articles(source)]
    removed = notebook.sources.remove(*sources, keep=kept)
    but = f", except {counted(len(kept), 'article')} with your notes or stars"
    print_summary(f"{counted(removed, 'source')} removed{but if kept else ''}.")
