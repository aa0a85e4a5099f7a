"""`tuireader star`: stars articles."""

from tuireader.cli.article_change import LOCATION_HELP, change_articles
from tuireader.cli.options import command, sources_argument
from tuireader.paths import AppPaths


@command("star", examples=("tuireader star article.txt",))
@sources_argument(text=LOCATION_HELP)
def run(folders: AppPaths, *, sources: tuple[str, ...]) -> int:
    """Star articles."""
    return change_articles(
        folders,
        sources,
        lambda states, articles: states.star(articles, starred=True),
        "starred",
    )
