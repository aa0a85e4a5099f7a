"""`tuireader show`: print an article as it was understood."""

from dataclasses import replace
from itertools import islice

from tuireader.cli.arguments import Form, Request
from tuireader.cli.articles import articles_of
from tuireader.cli.opener import Opener
from tuireader.cli.output import Complaints, print_json, say
from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.domain.errors import SourceError
from tuireader.exports.citation import long_date
from tuireader.exports.records import article_record
from tuireader.folders import Folders
from tuireader.sources.files import is_address


def run(request: Request, folders: Folders) -> int:
    """Print the one article that the source names."""
    complaints = Complaints()
    found = list(islice(articles_of(request.sources, complaints, folders), 2))
    if len(found) > 1:
        reason = f"it holds more than one article; name one of them, such as {found[0].location}"
        raise SourceError(request.sources[0], reason)
    opener = Opener(folders, lambda _address: None)
    if request.whole:
        found = [opener.page(article.location) for article in found]
    for opened in found:
        others = opener.also_at(opened, keep=is_address(opened.location))
        article = replace(opened, also_at=others)
        if request.form is Form.JSON:
            print_json(article_record(article))
        else:
            _print(article)
    return complaints.status


def _print(article: Article) -> None:
    known = (
        article.outlet,
        long_date(article.date) if article.date else "",
        article.author,
        article.language,
        article.source or article.location,
    )
    say(article.title)
    say(" · ".join(part for part in known if part))
    for address in article.also_at:
        say(f"also at {address}")
    for block in article.blocks:
        say()
        say(_shown(block, article.text[block.start : block.end]))


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
