"""The paragraphs of an article that may hold quotations, and the quoted spans in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.quotes.quote_marks import Pair, looks_closing, marks_in, pairs_in

_SKIPPED = (BlockKind.CODE, BlockKind.RULE)
_OUTSIDE_PROSE = (BlockKind.HEADING, BlockKind.CAPTION)
_MAX_WRAPPED_LINE = 100
"""The most code points of a line in a hard-wrapped paragraph."""
_MAX_PARAGRAPH = 20_000
"""The most code points of a paragraph, so that `pause` is called often enough."""
_MIN_SECTION = 400_000
"""The fewest code points of a section, but for the last one; most articles are shorter."""
_LINE_ENDS = '.!?…:;"”’»“'
"""The characters that end a line which is a paragraph by itself."""
_MIN_INSIDE_SENTENCES = 0.4
"""The share of line breaks inside a sentence that shows that a text is hard-wrapped."""
_MAX_GAP = 200
"""The most code points between two lines."""
_BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*\n\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a text that is parsed as one paragraph, in code points."""

    start: int
    end: int
    outside_prose: bool = False
    """Whether it is no running text: a heading or a caption."""


def paragraphs_of(article: Article) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article in order: its blocks, else by its blank lines.

    One of more than 20,000 code points is split.
    """
    for paragraph in _unsplit_paragraphs(article):
        if paragraph.end - paragraph.start <= _MAX_PARAGRAPH:
            yield paragraph
        else:
            yield from _split_long(article.text, paragraph)


def sections_of(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs in sections of at least 400,000 code points; most articles have one."""
    section: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        section.append(paragraph)
        size += paragraph.end - paragraph.start
        if size >= _MIN_SECTION:
            yield section
            section, size = [], 0
    if section:
        yield section


def _split_long(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield the parts of a paragraph that is too long, cut at a line, a sentence or a space."""
    start = paragraph.start
    while paragraph.end - start > _MAX_PARAGRAPH:
        end = start + _MAX_PARAGRAPH
        for gap in ("\n", ". ", " "):
            cut = text.rfind(gap, start + _MAX_PARAGRAPH // 2, end)
            if cut >= 0:
                end = cut + len(gap)
                break
        yield Paragraph(start, end, outside_prose=paragraph.outside_prose)
        start = end
    yield Paragraph(start, paragraph.end, outside_prose=paragraph.outside_prose)


def _unsplit_paragraphs(article: Article) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article, code and rules left out."""
    if not len(article.blocks):
        yield from _paragraphs_by_blank_lines(article.text)
        return
    paragraphs = _paragraphs_of_blocks(article.blocks)
    if _is_hard_wrapped(article.text, _paragraphs_of_blocks(article.blocks)):
        paragraphs = _with_lines_joined(article.text, paragraphs)
    yield from paragraphs


def _paragraphs_of_blocks(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield a paragraph for each block, code and rules left out."""
    for block in blocks:
        if block.kind not in _SKIPPED and block.start < block.end:
            yield Paragraph(block.start, block.end, outside_prose=block.kind in _OUTSIDE_PROSE)


def _is_hard_wrapped(text: str, paragraphs: Iterable[Paragraph]) -> bool:
    """Return whether paragraphs are lines, so that many breaks are inside a sentence."""
    breaks = inside = 0
    for first, second in pairwise(paragraphs):
        if _is_line_break(text, first.end, second.start):
            breaks += 1
            inside += text[first.end - 1] not in _LINE_ENDS and text[second.start].islower()
    return inside > breaks * _MIN_INSIDE_SENTENCES


def _is_line_break(text: str, start: int, end: int) -> bool:
    """Return whether only a line break without a blank line stands between two offsets."""
    return end - start < _MAX_GAP and text[start:end].strip(" \t\r\xa0") == "\n"


def _with_lines_joined(text: str, lines: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a hard-wrapped text, whose lines are given."""
    joined: Paragraph | None = None
    is_short = False
    for line in lines:
        was_short, is_short = is_short, line.end - line.start <= _MAX_WRAPPED_LINE
        if joined and was_short and is_short and _is_line_break(text, joined.end, line.start):
            joined = Paragraph(joined.start, line.end)
            continue
        if joined:
            yield joined
        joined = line
    if joined:
        yield joined


def _paragraphs_by_blank_lines(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text without blocks."""
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield from _paragraphs_of_lines(text, start, gap.start())
        start = gap.end()
    yield from _paragraphs_of_lines(text, start, len(text))


def _paragraphs_of_lines(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """Yield one paragraph if the lines are hard-wrapped, else one for each line."""
    lines = []
    offset = start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append(Paragraph(offset, offset + len(line)))
        offset += len(line) + 1
    dialogue = any(text[line.start : line.end].lstrip()[:1] in "–—―" for line in lines[1:])
    if lines and not dialogue and all(line.end - line.start <= _MAX_WRAPPED_LINE for line in lines):
        yield Paragraph(lines[0].start, lines[-1].end)
    else:
        yield from lines


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
