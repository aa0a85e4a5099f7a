"""`tuireader search`: searches the texts, notes and quotations of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuireader.app.library_search import PASSAGES, FoundArticle
from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import ErrorCounter, Form, print_records, print_text
from tuireader.cli.presentation import Span, marked_spans, print_paragraph, print_spans
from tuireader.cli.queries import print_shortcoming, searched_library
from tuireader.domain.dates import short_date
from tuireader.domain.errors import TuiReaderError
from tuireader.library.search.passages import MAX_MATCHES, FoundPassage, PassageKind
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuireader.exporters.records import Record
    from tuireader.paths import AppPaths

COLUMNS = ("location", "title", "outlet", "author", "date", "part", "speaker", "start", "text")


@command(
    "search",
    examples=(
        "tuireader search sanctions",
        "tuireader search 'speaker:\"Ada Moor\" said:harbour date:2024..'",
        "tuireader search --jsonl 'is:unread #climate' | jq -r .location",
    ),
    is_paged=True,
)
@click.argument("query", metavar="QUERY", help="What to search for; see the README")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Print at most N articles")
@click.option(
    "--context",
    metavar="N",
    type=click.IntRange(0, 100),
    default=0,
    help="Print N sentences before and after each found one",
)
@output_option
@form_options(Form.JSON, Form.JSONL, Form.CSV)
def run(folders: AppPaths, *, query: str, limit: int | None, context: int, form: Form) -> int:
    """Search the texts, notes and quotations of the library.

    Each article is printed with the sentences in which the words were found, the newest first;
    sort:relevance in the query sorts by relevance. The index of the library is brought up to date
    first, unless another tuireader is doing that. The exit status is 1 if nothing was found.
    """
    with searched_library(folders, query) as (search, parsed):
        found = search.search(
            parsed,
            limit=limit or -1,
            passages=PASSAGES if form is Form.PLAIN else MAX_MATCHES,
            context=context,
        )
        printed = _print(found, form)
        print_shortcoming(search, parsed)
    errors = ErrorCounter()
    if not printed:
        errors(TuiReaderError(f"No article matches {query}"))
    return errors.status


def _print(found: Iterator[FoundArticle], form: Form) -> int:
    """Print the found articles in a form, and return how many articles or records were printed.

    0 if there are none.
    """
    if form is not Form.PLAIN:
        return print_records(_records(found), form, COLUMNS)
    printed = 0
    for printed, article in enumerate(found, 1):
        if printed > 1:
            print_text()
        _print_article(article)
    return printed


def _records(found: Iterator[FoundArticle]) -> Iterator[Record]:
    """Yield a record for each passage of each article.

    An article without passages, as one that was found by its date, has one record in which the
    fields of a passage are None.
    """
    for article in found:
        hit = article.hit
        facts: Record = {
            "location": hit.location,
            "title": hit.title,
            "outlet": hit.outlet or None,
            "author": hit.author or None,
            "date": hit.date.isoformat() if hit.date else None,
        }
        if not article.passages:
            nothing = dict.fromkeys(("part", "speaker", "start", "text"))
            yield facts | nothing | {"marks": []}
        for passage in article.passages:
            yield facts | _passage_record(passage)


def _passage_record(passage: FoundPassage) -> Record:
    """Return the JSON fields of a passage.

    `marks` are the found words as [start, end], in code points of the passage's text. The start of
    the passage in its article is None if it is not of the text.
    """
    return {
        "part": passage.kind.value,
        "speaker": passage.speaker or None,
        "start": passage.start if passage.start >= 0 else None,
        "text": passage.text,
        "marks": [[mark.start, mark.end] for mark in passage.marks],
    }


def _print_article(article: FoundArticle) -> None:
    """Print an article's title and facts, its location, and its passages.

    On a terminal the found words are bold, and the title links to the source.
    """
    hit = article.hit
    facts = [hit.outlet, short_date(hit.date) if hit.date else "", hit.problem]
    title = Span(hit.title, colour="cyan", link=hit.location)
    print_spans(
        *marked_spans(hit.title, article.title_marks, title),
        Span("".join(f" · {sanitize_line(fact)}" for fact in facts if fact), dim=True),
    )
    print_spans(Span(hit.location, dim=True))
    for passage in article.passages:
        text = passage.text.replace("\n", " ")
        print_paragraph(_label(passage), *marked_spans(text, passage.marks), indent="  ")


def _label(passage: FoundPassage) -> Span:
    """Return what comes before a printed passage: "note: ", the speaker, or "" for plain text."""
    if passage.kind is PassageKind.NOTE:
        return Span("note: ", dim=True)
    if passage.kind is PassageKind.QUOTATION:
        return Span(f"{sanitize_line(passage.speaker) or 'quotation'}: ", bold=True, colour="cyan")
    return Span("")
