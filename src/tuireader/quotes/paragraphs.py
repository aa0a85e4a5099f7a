"""The paragraphs of an article in which quotations are looked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind

_SKIPPED = (BlockKind.CODE, BlockKind.RULE)
_ASIDE = (BlockKind.HEADING, BlockKind.CAPTION)
_WRAP = 100
"""Code points below which every line of a hard-wrapped paragraph stays."""
_LONGEST = 20_000
"""Code points in a piece at most, so that there is a pause in good time."""
_SECTION = 400_000
"""Code points in a section, which is longer than any article."""
_BLANK = re.compile(r"\n[ \t\r\xa0]*\n\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is read as one paragraph, in code points."""

    start: int
    end: int
    aside: bool = False
    """Whether it stands beside the running prose, as a heading or a caption does."""


def paragraphs_of(article: Article) -> Iterator[Paragraph]:
    """The paragraphs in order; by the article's blocks, else by its blank lines.

    One that is longer than any that is read by people is given in pieces.
    """
    for paragraph in _whole(article):
        if paragraph.end - paragraph.start <= _LONGEST:
            yield paragraph
        else:
            yield from _pieces(article.text, paragraph)


def sections_of(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """The paragraphs in sections that can be read one after the other: an article is one."""
    section: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        section.append(paragraph)
        size += paragraph.end - paragraph.start
        if size >= _SECTION:
            yield section
            section, size = [], 0
    if section:
        yield section


def _pieces(text: str, paragraph: Paragraph) -> Iterator[Paragraph]:
    start = paragraph.start
    while paragraph.end - start > _LONGEST:
        end = start + _LONGEST
        for gap in ("\n", ". ", " "):
            cut = text.rfind(gap, start + _LONGEST // 2, end)
            if cut >= 0:
                end = cut + len(gap)
                break
        yield Paragraph(start, end, aside=paragraph.aside)
        start = end
    yield Paragraph(start, paragraph.end, aside=paragraph.aside)


def _whole(article: Article) -> Iterator[Paragraph]:
    if len(article.blocks):
        for block in article.blocks:
            if block.kind not in _SKIPPED and block.start < block.end:
                yield Paragraph(block.start, block.end, aside=block.kind in _ASIDE)
    else:
        yield from _plain(article.text)


def _plain(text: str) -> Iterator[Paragraph]:
    start = 0
    for gap in _BLANK.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """One paragraph if its lines are hard-wrapped, else one a line."""
    lines = []
    place = start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append(Paragraph(place, place + len(line)))
        place += len(line) + 1
    dialogue = any(text[line.start : line.end].lstrip()[:1] in "–—―" for line in lines[1:])
    if lines and not dialogue and all(line.end - line.start <= _WRAP for line in lines):
        yield Paragraph(lines[0].start, lines[-1].end)
    else:
        yield from lines
