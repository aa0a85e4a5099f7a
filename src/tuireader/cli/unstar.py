"""`tuireader unstar`: removes the stars of articles."""

from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, sources_argument
from tuireader.cli.queries import query_option
from tuireader.paths import AppPaths


@command(
    "unstar",
    examples=("tuireader unstar article.txt", "tuireader unstar --query 'tag:sea is:unread'"),
)
@sources_argument(required=False, text=LOCATION_HELP)
@query_option
def run(folders: AppPaths, *, sources: tuple[str, ...], query: str) -> int:
    """Remove the stars of articles.

    The exit status is 1 if a SOURCE is not in the library, or no article matches the query.
    """
    return change_articles(
        folders,
        sources,
        query,
        lambda states, articles: states.star(articles, starred=False),
        "unstarred",
    )
