"""`tuireader tag`: adds tags to articles."""

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, parse_tags_argument, sources_argument
from tuireader.cli.queries import query_option
from tuireader.paths import AppPaths


@command(
    "tag", examples=("tuireader tag sea article.txt", "tuireader tag 'high tide,boats' articles")
)
@click.argument(
    "tags", metavar="TAGS", callback=parse_tags_argument, help="Tags, with commas between"
)
@sources_argument(required=False, text=LOCATION_HELP)
@query_option
def run(folders: AppPaths, *, tags: tuple[str, ...], sources: tuple[str, ...], query: str) -> int:
    """Add tags to articles.

    The exit status is 1 if a SOURCE is not in the library, or no article matches the query.
    """
    loader = ArticleLoader(folders, lambda _address: None)
    return change_articles(
        folders,
        sources,
        query,
        lambda states, articles: states.tag(list(map(loader.cite, articles)), add=tags),
        "tagged",
    )
