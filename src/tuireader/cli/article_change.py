"""What the commands that change the state of articles have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_articles import LibraryArticles
from tuireader.cli.output import ErrorCounter, print_text
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuireader.domain.bookmark import Citation
    from tuireader.notebook.article_states import ArticleStates
    from tuireader.paths import AppPaths

LOCATION_HELP = "An article of the library, or a folder, file or feed for all its articles"


def change_articles(
    folders: AppPaths,
    locations: Sequence[str],
    change: Callable[[ArticleStates, Sequence[Citation]], int],
    done: str,
) -> int:
    """Change the state of articles as one undo step, and print how many were changed.

    Args:
        folders: Where the notebook is.
        locations: What the user named.
        change: Changes the articles and returns how many were in another state.
        done: What was done, as a participle: "marked as read".

    Returns:
        The exit status: 1 if a location is not in the library.
    """
    errors = ErrorCounter()
    with open_notebook(folders) as notebook:
        loader = ArticleLoader(folders, notebook.sources.citation)
        articles = LibraryArticles(loader, notebook).find(locations, errors)
        changed = change(notebook.states, articles) if articles else 0
    if articles:
        unchanged = len(articles) - changed
        rest = f", {unchanged:,} unchanged" if unchanged else ""
        print_text(f"{counted(changed, 'article')} {done}{rest}.")
    return errors.status
