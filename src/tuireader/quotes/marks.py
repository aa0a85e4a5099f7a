"""Which stretches of a text stand in quotation marks.

Only the outermost stretches are given, since a quotation inside a quotation is part of
what its speaker said. Linear in the length of the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tuireader.quotes.pairs import Pair, looks_closing, marks_in, pairs_in
from tuireader.quotes.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two outermost marks: [start, end) without the marks."""

    start: int
    end: int
    paragraph: int
    """The number of its paragraph."""
    outer_start: int
    """Where its opening mark begins."""
    outer_end: int
    """Where its closing mark ends."""
    closed: bool = True
    continues: bool = False
    """Whether it goes on with the unclosed stretch before it."""
    interrupted: bool = False
    """Whether it is said within it who speaks."""
    dash: bool = False
    """Whether a dash opens it."""
    label: str = ""
    """In an interview, who is said to speak, as written ahead of the words."""


def stretches_in(
    text: str, paragraph: Paragraph, number: int = 0, *, carried: bool = False
) -> list[Stretch]:
    """The outermost stretches in marks of one paragraph, in order.

    `carried` says that the paragraph before ended inside a quotation.
    """
    found = [_stretch(pair, number) for pair in pairs_in(text, paragraph.start, paragraph.end)]
    if carried:
        found = _closed_only(text, paragraph, number, found)
    if carried and found and not text[paragraph.start : found[0].outer_start].strip():
        found[0] = replace(found[0], continues=True)
    return [stretch for stretch in found if text[stretch.start : stretch.end].strip()]


def _stretch(pair: Pair, number: int) -> Stretch:
    return Stretch(
        pair.start,
        pair.end,
        number,
        pair.outer_start,
        pair.outer_end,
        closed=pair.closed,
        continues=pair.resumed,
    )


def _closed_only(
    text: str, paragraph: Paragraph, number: int, found: list[Stretch]
) -> list[Stretch]:
    """The same with what stands before a closing mark that nothing opened here."""
    first = next(iter(marks_in(text, paragraph.start, paragraph.end)), None)
    if first is None or first[0] not in ('"', "”", "''", "»") or not looks_closing(text, first):
        return found
    start = paragraph.start
    head = Stretch(start, first.start(), number, start, first.end())
    return [head, *(_stretch(pair, number) for pair in pairs_in(text, first.end(), paragraph.end))]


def stretches_of(text: str, paragraphs: Iterable[Paragraph]) -> list[Stretch]:
    """The outermost stretches of several paragraphs, unclosed ones joined to what follows."""
    result: list[Stretch] = []
    carried = False
    for number, paragraph in enumerate(paragraphs):
        found = stretches_in(text, paragraph, number, carried=carried)
        result += found
        if not paragraph.aside:
            carried = bool(found) and not found[-1].closed
    return result
