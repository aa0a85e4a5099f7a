"""`tuireader untag`: removes tags from articles."""

import click

from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, parse_tags_argument, sources_argument
from tuireader.paths import AppPaths


@command(
    "untag",
    examples=("tuireader untag sea article.txt", "tuireader untag 'high tide,boats' articles"),
)
@click.argument(
    "tags", metavar="TAGS", callback=parse_tags_argument, help="Tags, with commas between"
)
@sources_argument(text=LOCATION_HELP)
def run(folders: AppPaths, *, tags: tuple[str, ...], sources: tuple[str, ...]) -> int:
    """Remove tags from articles."""
    return change_articles(
        folders,
        sources,
        lambda states, articles: states.tag(articles, remove=tags),
        "untagged",
    )
