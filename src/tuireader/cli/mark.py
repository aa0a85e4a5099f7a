"""`tuireader mark`: marks articles as read or unread."""

import click

from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, sources_argument
from tuireader.paths import AppPaths


@command("mark", examples=("tuireader mark read article.txt", "tuireader mark unread articles"))
@click.argument("state", type=click.Choice(["read", "unread"]), help="What the articles become")
@sources_argument(text=LOCATION_HELP)
def run(folders: AppPaths, *, state: str, sources: tuple[str, ...]) -> int:
    """Mark articles as read or unread."""
    return change_articles(
        folders,
        sources,
        lambda states, articles: states.mark_read(articles, read=state == "read"),
        f"marked as {state}",
    )
