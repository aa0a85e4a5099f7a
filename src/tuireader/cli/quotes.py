"""`tuireader quotes`: print who said what."""

from collections.abc import Iterator

from tuireader.cli.arguments import Form, Request
from tuireader.cli.articles import articles_of
from tuireader.cli.output import Complaints, print_records, say
from tuireader.domain.article import Article
from tuireader.exports.records import Record, article_name, quote_record, quote_words
from tuireader.folders import Folders
from tuireader.quotes import extract


def run(request: Request, _folders: Folders) -> int:
    """Print the quotations of the articles that the sources name, as they are found."""
    complaints = Complaints()
    articles = articles_of(request.sources, complaints)
    if request.form is Form.PLAIN:
        for number, article in enumerate(articles):
            _print(article, number)
    else:
        print_records(_records(articles), request.form)
    return complaints.status


def _records(articles: Iterator[Article]) -> Iterator[Record]:
    for article in articles:
        name = article_name(article.location)
        for quote in extract(article):
            yield quote_record(quote, article.text, name)


def _print(article: Article, number: int) -> None:
    if number:
        say()
    say(article.title or article_name(article.location))
    for quote in extract(article):
        cue = quote.cue.of(article.text) if quote.cue else ""
        how = ", ".join(part for part in (cue, quote.kind, quote.confidence) if part)
        say(f"\n{quote.speaker or 'Nobody named'} ({how})")
        for line in quote_words(quote, article.text).split("\n"):
            say(f"  {line}")
