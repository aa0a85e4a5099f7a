"""Finds the outermost quoted spans of a text; a quotation may continue over paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.quote_marks import Pair, looks_closing, marks_in, pairs_in


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """The text [start, end) between two outermost quotation marks, without the marks."""

    start: int
    end: int
    paragraph_number: int
    """The number of its paragraph in the article."""
    outer_start: int
    """The offset of its opening mark."""
    outer_end: int
    """The offset after its closing mark."""
    closed: bool = True
    continues: bool = False
    """Whether it continues the span before it."""
    interrupted: bool = False
    """Whether an inquit stands inside it."""
    dash: bool = False
    """Whether a dash opens it instead of a mark."""
    label: str = ""
    """In an interview, the label before the speech, as written."""


def quoted_spans_in(
    text: str, paragraph: Paragraph, number: int = 0, *, is_continued: bool = False
) -> list[QuotedSpan]:
    """Return the outermost quoted spans of one paragraph, in order.

    `is_continued` says that the paragraph before ended inside a quotation.
    """
    found = [_span_of(pair, number) for pair in pairs_in(text, paragraph.start, paragraph.end)]
    if is_continued:
        found = _with_leading_end(text, paragraph, number, found)
    if is_continued and found and not text[paragraph.start : found[0].outer_start].strip():
        found[0] = replace(found[0], continues=True)
    return [span for span in found if text[span.start : span.end].strip()]


def _span_of(pair: Pair, number: int) -> QuotedSpan:
    """Return the quoted span of a pair in the paragraph with this number."""
    return QuotedSpan(
        pair.start,
        pair.end,
        number,
        pair.outer_start,
        pair.outer_end,
        closed=pair.closed,
        continues=pair.resumed,
    )


def _with_leading_end(
    text: str, paragraph: Paragraph, number: int, found: list[QuotedSpan]
) -> list[QuotedSpan]:
    """Return the spans, with one from the paragraph's start if its first mark only closes."""
    first = next(iter(marks_in(text, paragraph.start, paragraph.end)), None)
    if first is None or first[0] not in ('"', "”", "''", "»") or not looks_closing(text, first):
        return found
    start = paragraph.start
    head = QuotedSpan(start, first.start(), number, start, first.end())
    return [head, *(_span_of(pair, number) for pair in pairs_in(text, first.end(), paragraph.end))]


def quoted_spans(text: str, paragraphs: Iterable[Paragraph]) -> list[QuotedSpan]:
    """Return the outermost quoted spans of several paragraphs, in order.

    A quotation over several paragraphs is one span in each; the later ones have `continues`
    set.
    """
    result: list[QuotedSpan] = []
    is_continued = False
    for number, paragraph in enumerate(paragraphs):
        found = quoted_spans_in(text, paragraph, number, is_continued=is_continued)
        result += found
        if not paragraph.outside_prose:
            is_continued = bool(found) and not found[-1].closed
    return result
