"""`tuireader show`: print an article as it was understood."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.source_resolver import resolve_articles
from tuireader.cli.output import ErrorCounter, print_json, print_text
from tuireader.cli.parser import Form, Request
from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.domain.errors import SourceError
from tuireader.exporters.citation import long_date
from tuireader.exporters.json_records import article_record
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address

BETWEEN = "\n---\n"
"""What stands between two articles."""


def run(request: Request, folders: AppPaths) -> int:
    """Print the one article that the source names, or every article of the sources."""
    complaints = ErrorCounter()
    articles = resolve_articles(request.sources, complaints, folders)
    found = articles if request.every else _only(articles, request.sources[0])
    opener = ArticleLoader(folders, lambda _address: None)
    for number, named in enumerate(found):
        opened = opener.load_page(named.location) if request.whole else named
        others = opener.other_locations(opened, keep=is_address(opened.location))
        article = replace(opened, also_at=others)
        if request.form is Form.JSON:
            print_json(article_record(article))
            continue
        if number:
            print_text(BETWEEN)
        _print(article)
    return complaints.status


def _only(articles: Iterator[Article], source: str) -> list[Article]:
    """The one article of a source; SourceError if there are more."""
    found = list(islice(articles, 2))
    if len(found) > 1:
        reason = f"it holds more than one article; name one of them, such as {found[0].location}"
        raise SourceError(source, reason)
    return found


def _print(article: Article) -> None:
    known = (
        article.outlet,
        long_date(article.date) if article.date else "",
        article.author,
        article.language,
        article.source or article.location,
    )
    print_text(article.title)
    print_text(" · ".join(part for part in known if part))
    for address in article.also_at:
        print_text(f"also at {address}")
    for block in article.blocks:
        print_text()
        print_text(_shown(block, article.text[block.start : block.end]))


def _shown(block: Block, words: str) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * max(1, block.level)} {words}"
        case BlockKind.CAPTION:
            return f"[{words}]"
        case BlockKind.BLOCKQUOTE:
            return "\n".join(f"> {line}" for line in words.split("\n"))
        case _:
            return words
