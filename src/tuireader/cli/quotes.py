"""`tuireader quotes`: prints who said what."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

import click

from tuireader.app.corrected_quotes import ArticleWithCorrections, with_corrections
from tuireader.app.process_pool import map_in_processes
from tuireader.cli.options import (
    command,
    form_options,
    jobs_option,
    reading_options,
    sources_argument,
)
from tuireader.cli.output import ErrorCounter, Form, Progress, print_records, print_text
from tuireader.cli.queries import LIBRARY_SOURCE_HELP, query_option, selected_articles
from tuireader.domain.article import Passage
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Quote, QuoteKind, confidence_label, speaker_label
from tuireader.exporters.citation import page_mark
from tuireader.exporters.records import Record, article_name, quote_record
from tuireader.paths import AppPaths
from tuireader.quotes.speakers import is_spoken_by
from tuireader.sources.reading_options import ReadingOptions

COLUMNS = (
    "article",
    "start",
    "end",
    "text",
    "speaker",
    "mention",
    "cue",
    "kind",
    "confidence",
    "polarity",
)


@dataclass(frozen=True, slots=True)
class QuoteSelection:
    """Selects the quotations of an article that are printed."""

    speaker: str = ""
    """Any form of a speaker's name; empty for all speakers."""
    unattributed: bool = False
    """Whether to include unattributed words in quotation marks."""

    def select(self, article: ArticleWithCorrections) -> tuple[Quote, ...]:
        """Return the selected quotations of an article, in the order of the text; () if none."""
        found = article.quotes(unattributed=self.unattributed)
        if not self.speaker:
            return found
        return tuple(
            quote for quote in found if is_spoken_by(self.speaker, quote, found, article.text)
        )


@command(
    "quotes",
    examples=(
        "tuireader quotes article.txt",
        'tuireader quotes --csv --speaker "Ada Moor" articles/ > moor.csv',
        "cat article.txt | tuireader quotes --json -",
    ),
)
@sources_argument(required=False, text=LIBRARY_SOURCE_HELP)
@query_option
@click.option(
    "--speaker",
    metavar="NAME",
    default="",
    help="Print only quotations by this person or organisation, by any form of the name",
)
@click.option(
    "--unattributed",
    is_flag=True,
    help="Include unattributed words in quotation marks, such as titles and nicknames",
)
@jobs_option
@reading_options
@form_options(Form.JSON, Form.JSONL, Form.CSV)
def run(
    folders: AppPaths,
    *,
    sources: tuple[str, ...],
    query: str,
    speaker: str,
    unattributed: bool,
    jobs: int,
    options: ReadingOptions,
    form: Form,
) -> int:
    """Print who said what.

    Without a SOURCE, the library is searched, or the articles of it that --query finds. The
    quotations of each article are printed as soon as they are found, with your corrections. Offsets
    are code points of the text that `tuireader show --json` prints. The exit status is 1 if an
    article cannot be read, or nothing is found by --speaker or --query.
    """
    wanted = QuoteSelection(speaker, unattributed)
    with Progress("articles", shown=not sys.stdout.isatty()) as progress:
        errors = ErrorCounter(before=progress.clear)
        found = selected_articles(sources, query, folders, errors, options)
        articles = with_corrections(found, folders, errors)
        if form is Form.PLAIN:
            texts = map_in_processes(partial(_article_text, wanted), articles, jobs)
            printed = _print_texts(progress.over(texts))
        else:
            records = map_in_processes(partial(_quote_records, wanted), articles, jobs)
            printed = _print_quote_records(progress.over(records), form)
    if speaker and not printed:
        errors(TuiReaderError(f"No quotations by {speaker}."))
    return errors.status


def _quote_records(wanted: QuoteSelection, article: ArticleWithCorrections) -> list[Record]:
    """Return the records of an article's selected quotations; runs in worker processes."""
    name = article_name(article.article.location)
    return [
        quote_record(quote, article.text, name, _pages(quote, article))
        for quote in wanted.select(article)
    ]


def _pages(quote: Quote, article: ArticleWithCorrections) -> str:
    """Return the pages that a quotation is on; "" if the source has none."""
    return article.article.page_range(Passage(quote.start, quote.end))


def _article_text(wanted: QuoteSelection, article: ArticleWithCorrections) -> str:
    """Return an article's title and selected quotations as text; runs in worker processes.

    The text is "" if one speaker is wanted and is not quoted in the article.
    """
    found = wanted.select(article)
    if wanted.speaker and not found:
        return ""
    lines = [article.article.title or article_name(article.article.location)]
    for quote in sorted(found, key=lambda quote: quote.unattributed):
        heading = _quote_heading(quote, article.text)
        lines += ["", f"{heading} {page_mark(_pages(quote, article))}".rstrip()]
        lines.append(f"  {quotation_text(quote.spans, article.text)}")
    return "\n".join(lines)


def _quote_heading(quote: Quote, text: str) -> str:
    """Return a quotation's speaker, with the cue and how the speaker was found in parentheses.

    `text` is the text of the article.
    """
    facts = (
        quote.cue.of(text) if quote.cue else "",
        "" if quote.unattributed else confidence_label(quote.confidence),
        "partial" if quote.kind is QuoteKind.PARTIAL else "",
        f"{quote.probability:.0%} sure" if quote.is_unsure else "",
    )
    known = ", ".join(fact for fact in facts if fact)
    return f"{speaker_label(quote)} ({known})" if known else speaker_label(quote)


def _print_texts(texts: Iterator[str]) -> int:
    """Print the texts that are not "", with an empty line between them; return their number."""
    printed = 0
    for text in filter(None, texts):
        print_text(f"\n{text}" if printed else text)
        printed += 1
    return printed


def _print_quote_records(articles: Iterator[list[Record]], form: Form) -> int:
    """Print the records of all articles, in a form of records, and return their number."""
    return print_records(chain.from_iterable(articles), form, COLUMNS)
