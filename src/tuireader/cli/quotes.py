"""`tuireader quotes`: prints who said what."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import click

from tuireader.app.corrected_quotes import ArticleWithCorrections, with_corrections
from tuireader.app.process_pool import map_in_processes
from tuireader.cli.options import (
    command,
    form_options,
    jobs_option,
    output_option,
    reading_options,
    sources_argument,
)
from tuireader.cli.output import ErrorCounter, Form, Progress, print_records, print_text
from tuireader.cli.presentation import (
    Span,
    presentation,
    print_paragraph,
    speaker_colour,
)
from tuireader.cli.queries import LIBRARY_SOURCE_HELP, query_option, selected_articles
from tuireader.domain.article import Passage
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Polarity, Quote, QuoteKind, attribution_label, speaker_label
from tuireader.exporters.citation import page_mark
from tuireader.exporters.records import Record, article_name, quote_record
from tuireader.paths import AppPaths
from tuireader.quotes.speakers import SAID_ONLY, SpeakerCounts, SpeakerInArticle, speakers_in
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
    "probability",
    "polarity",
)


@dataclass(frozen=True, slots=True)
class QuoteSelection:
    """Selects the quotations that are printed."""

    speaker: str = ""
    """Any form of a speaker's name; empty for all speakers."""
    polarities: frozenset[Polarity] = frozenset(Polarity)
    """Whether the words were said, as the article states it."""
    min_probability: float = 0.0
    """The least probability of the speaker, from 0 to 1."""
    unattributed: bool = False
    """Whether to include unattributed words in quotation marks."""

    def has(self, quote: Quote) -> bool:
        """Return whether a quotation is selected, whoever said it."""
        return quote.polarity in self.polarities and quote.probability >= self.min_probability


@dataclass(frozen=True, slots=True)
class QuoteText:
    """A quotation as it is printed for people."""

    speaker: str
    """Who said it, or "Not said by …"."""
    facts: str
    """The cue and how the speaker was found, in parentheses, and the page; "" for none."""
    words: str
    """The quotation in its marks."""


@dataclass(frozen=True, slots=True)
class SelectedQuotes:
    """The quotations of one article that are printed, as records or as text."""

    title: str
    """The article's title, or its name without one."""
    location: str
    """The article's source, or its location without one."""
    speakers: tuple[SpeakerInArticle, ...]
    """Who is quoted in the article, whether or not a quotation is selected; () if all are."""
    quotes: tuple[tuple[str, Record | QuoteText], ...]
    """Each quotation with the name of its speaker in the article."""

    def only(self, names: frozenset[str]) -> "SelectedQuotes":
        """Return those of the speakers who have these names in the article."""
        return replace(self, quotes=tuple(each for each in self.quotes if each[0] in names))


@command(
    "quotes",
    examples=(
        "tuireader quotes article.txt",
        'tuireader quotes --csv --speaker "Ada Moor" articles/ > moor.csv',
        "cat article.txt | tuireader quotes --json -",
    ),
    is_paged=True,
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
    "--polarity",
    "polarities",
    type=click.Choice([polarity.value for polarity in Polarity]),
    multiple=True,
    help="Print only what was said, what was not said, or what is alleged; may be given twice",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="NUMBER",
    help="Print only quotations whose speaker is at least this probable, from 0 to 1",
)
@click.option(
    "--unattributed",
    is_flag=True,
    help="Include unattributed words in quotation marks, such as titles and nicknames",
)
@jobs_option
@output_option
@reading_options
@form_options(Form.JSON, Form.JSONL, Form.CSV)
def run(
    folders: AppPaths,
    *,
    sources: tuple[str, ...],
    query: str,
    speaker: str,
    polarities: tuple[str, ...],
    min_confidence: float,
    unattributed: bool,
    jobs: int,
    options: ReadingOptions,
    form: Form,
) -> int:
    """Print who said what.

    Without a SOURCE, the library is searched; with --query, only articles that it finds are. The
    quotations of each article are printed as soon as they are found, with your corrections; those
    of one --speaker, who is the same as for `tuireader speakers`, when all articles were searched.
    Of one speaker only what was said is printed, unless --polarity asks for more. Offsets are code
    points of the text that `tuireader show --json` prints. The exit status is 1 if an article
    cannot be read, or none is found by the options that select quotations or articles.
    """
    usual = SAID_ONLY if speaker else frozenset(Polarity)
    wanted = frozenset(map(Polarity, polarities)) or usual
    selection = QuoteSelection(speaker, wanted, min_confidence, unattributed)
    filtered = bool(speaker or polarities or min_confidence or query)
    with Progress("articles", shown=bool(speaker) or presentation().width is None) as progress:
        errors = ErrorCounter(before=progress.clear)
        found = selected_articles(sources, query, folders, errors, options, expect=progress.expect)
        articles = with_corrections(found, folders, errors)
        select = _selected_text if form is Form.PLAIN else _selected_records
        selected = progress.over(map_in_processes(partial(select, selection), articles, jobs))
        if speaker:
            selected = _of_speaker(speaker, list(selected))
            progress.clear()
        printed = _print_selected(selected, form, titles_of_all=not filtered)
    if filtered and not printed:
        whose = f"by {speaker}" if speaker else "in these articles"
        errors(TuiReaderError(f"No quotations {whose}."))
    return errors.status


def _selected_records(selection: QuoteSelection, article: ArticleWithCorrections) -> SelectedQuotes:
    """Return an article's selected quotations as records; runs in worker processes."""
    name = article_name(article.article.location)
    return _selected(
        selection,
        article,
        lambda quote: quote_record(quote, article.text, name, _pages(quote, article)),
    )


def _selected_text(selection: QuoteSelection, article: ArticleWithCorrections) -> SelectedQuotes:
    """Return an article's selected quotations as text; runs in worker processes."""

    def shown(quote: Quote) -> QuoteText:
        facts = f"{_quote_facts(quote, article.text)} {page_mark(_pages(quote, article))}"
        words = quotation_text(quote.spans, article.text)
        return QuoteText(speaker_label(quote), facts.strip(), words)

    return _selected(selection, article, shown, unattributed_last=True)


def _selected(
    selection: QuoteSelection,
    article: ArticleWithCorrections,
    shown: Callable[[Quote], Record | QuoteText],
    *,
    unattributed_last: bool = False,
) -> SelectedQuotes:
    """Return an article's selected quotations, each as `shown` returns it.

    They are in the order of the text, except for unattributed ones if these are to be last.
    """
    found = article.quotes(unattributed=selection.unattributed)
    kept = [quote for quote in found if selection.has(quote)]
    if unattributed_last:
        kept.sort(key=lambda quote: quote.unattributed)
    known = speakers_in(found, article.text, selection.polarities) if selection.speaker else ()
    return SelectedQuotes(
        title=article.article.title or article_name(article.article.location),
        location=article.article.source or article.article.location,
        speakers=known,
        quotes=tuple((quote.speaker, shown(quote)) for quote in kept),
    )


def _of_speaker(name: str, articles: Sequence[SelectedQuotes]) -> Iterator[SelectedQuotes]:
    """Yield the quotations of the speakers who are called by a name in any of the articles."""
    counts = SpeakerCounts()
    for article in articles:
        counts.add(article.speakers)
    for article in articles:
        names = frozenset(
            each.name for each in article.speakers if counts.speaker_of(each).is_called(name)
        )
        yield article.only(names)


def _pages(quote: Quote, article: ArticleWithCorrections) -> str:
    """Return the pages that a quotation is on; "" if the source has none."""
    return article.article.page_range(Passage(quote.start, quote.end))


def _quote_facts(quote: Quote, text: str) -> str:
    """Return the cue of a quotation and how its speaker was found, in parentheses; "" for nothing.

    `text` is the text of the article.
    """
    facts = (
        quote.cue.of(text) if quote.cue else "",
        "" if quote.unattributed else attribution_label(quote),
        "partial" if quote.kind is QuoteKind.PARTIAL else "",
        f"{quote.probability:.0%} sure" if quote.is_unsure else "",
    )
    known = ", ".join(fact for fact in facts if fact)
    return f"({known})" if known else ""


def _print_selected(articles: Iterable[SelectedQuotes], form: Form, *, titles_of_all: bool) -> int:
    """Print the quotations of all articles in a form, and return how many they are.

    As text they are below the article's title; with `titles_of_all` an article without any has its
    title, too.
    """
    if form is not Form.PLAIN:
        records = (
            record
            for article in articles
            for _, record in article.quotes
            if isinstance(record, dict)
        )
        return print_records(records, form, COLUMNS)
    printed = 0
    between = ""
    for article in articles:
        if article.quotes or titles_of_all:
            sys.stdout.write(between)
            printed += _print_article(article)
            between = "\n"
    return printed


def _print_article(article: SelectedQuotes) -> int:
    """Print an article's title and its quotations as text, and return how many these are.

    On a terminal, each speaker has a colour.
    """
    print_paragraph(Span(article.title, bold=True, link=article.location))
    colours: dict[str, str] = {}
    printed = 0
    for speaker, quote in article.quotes:
        if isinstance(quote, QuoteText):
            colour = colours.setdefault(speaker, speaker_colour(len(colours)))
            print_text()
            name = Span(quote.speaker, bold=True, colour=colour if speaker else "")
            print_paragraph(name, Span(f" {quote.facts}".rstrip(), dim=True))
            print_paragraph(Span(quote.words), indent="  ")
            printed += 1
    return printed
