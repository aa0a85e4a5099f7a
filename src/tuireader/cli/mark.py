"""`tuireader mark`: marks articles as read or unread."""

import click

from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, sources_argument
from tuireader.cli.queries import query_option
from tuireader.paths import AppPaths


@command("mark", examples=("tuireader mark read article.txt", "tuireader mark unread articles"))
@click.argument("state", type=click.Choice(["read", "unread"]), help="What the articles become")
@sources_argument(required=False, text=LOCATION_HELP)
@query_option
def run(folders: AppPaths, *, state: str, sources: tuple[str, ...], query: str) -> int:
    """Mark articles as read or unread.

    The exit status is 1 if a SOURCE is not in the library, or no article matches the query.
    """
    return change_articles(
        folders,
        sources,
        query,
        lambda states, articles: states.mark_read(articles, read=state == "read"),
        f"marked as {state}",
    )
