"""`tuireader quotes`: print who said what."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from tuireader.app.corrected_quotes import ArticleWithCorrections, with_corrections
from tuireader.app.process_pool import map_in_processes
from tuireader.app.source_resolver import resolve_articles
from tuireader.cli.output import ErrorCounter, print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.progress import Progress
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.quote import Quote
from tuireader.exporters.csv import write_csv
from tuireader.exporters.json_records import Record, article_name, quote_record, quote_words
from tuireader.paths import AppPaths
from tuireader.quotes.speakers import is_spoken_by

COLUMNS = ("article", "start", "end", "text", "speaker", "mention", "cue", "kind", "confidence")


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotations of an article are printed."""

    speaker: str = ""
    unattributed: bool = False

    def of(self, heard: ArticleWithCorrections) -> tuple[Quote, ...]:
        """Find them."""
        found = heard.quotes(unattributed=self.unattributed)
        if not self.speaker:
            return found
        return tuple(
            quote for quote in found if is_spoken_by(self.speaker, quote, found, heard.text)
        )


def run(request: Request, folders: AppPaths) -> int:
    """Print the quotations of the articles that the sources name, as they are found."""
    wanted = QuoteFilter(request.speaker, request.unattributed)
    with Progress("articles", shown=not sys.stdout.isatty()) as progress:
        complaints = ErrorCounter(before=progress.wipe)
        articles = with_corrections(
            resolve_articles(request.sources, complaints, folders), folders, complaints
        )
        if request.form is Form.PLAIN:
            printed = _print(
                progress.over(map_in_processes(partial(_lines, wanted), articles, request.jobs))
            )
        else:
            found = progress.over(
                map_in_processes(partial(_records, wanted), articles, request.jobs)
            )
            printed = _write(found, request.form)
    if wanted.speaker and not printed:
        complaints(TuiReaderError(f"Nobody called {wanted.speaker} is quoted there."))
    return complaints.status


def _records(wanted: QuoteFilter, heard: ArticleWithCorrections) -> list[Record]:
    name = article_name(heard.article.location)
    return [quote_record(quote, heard.text, name) for quote in wanted.of(heard)]


def _lines(wanted: QuoteFilter, heard: ArticleWithCorrections) -> str:
    """An article's quotations for people; nothing if somebody's are wanted who says nothing."""
    article = heard.article
    found = wanted.of(heard)
    if wanted.speaker and not found:
        return ""
    lines = [article.title or article_name(article.location)]
    for quote in sorted(found, key=lambda quote: quote.unattributed):
        cue = quote.cue.of(article.text) if quote.cue else ""
        nobody = "Nobody’s words" if quote.unattributed else "Nobody named"
        none = "no quotation" if quote.dismissed else ""
        how = ", ".join(part for part in (cue, quote.kind, quote.confidence, none) if part)
        lines += ["", f"{quote.speaker or nobody} ({how})"]
        lines += [f"  {line}" for line in quote_words(quote, article.text).split("\n")]
    return "\n".join(lines)


def _print(articles: Iterator[str]) -> int:
    """Print the articles' quotations for people; how many articles had any."""
    printed = 0
    for lines in filter(None, articles):
        print_text(f"\n{lines}" if printed else lines)
        printed += 1
    return printed


def _write(articles: Iterator[list[Record]], form: Form) -> int:
    """Write the articles' quotations for programs; how many there were."""
    records = chain.from_iterable(articles)
    if form is Form.CSV:
        return write_csv(records, COLUMNS, sys.stdout)
    return print_records(records, form)
