"""Speech that no quotation mark encloses: dialogue behind a dash, and labelled lines.

A dash opens a speech at the beginning of a line in the languages that write so; what
names the speaker within it stands between dashes (Spanish) or between a mark and the
next one (French: "– Oui, dit-il. Venez."). In an interview most paragraphs begin with
a label: a name, or letters for question and answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tuireader.quotes.asides import asides_in, notes_in
from tuireader.quotes.language import Language
from tuireader.quotes.marks import Stretch
from tuireader.quotes.paragraphs import Paragraph

_DASH = re.compile(r"[ \t\xa0]*(?:[–—―]|--)[ \t\xa0\u202f\u2009]*(?=\S)")
_CLOSING_DASH = re.compile(r"[ \t\xa0]?[–—―]")
_LABEL = re.compile(r"\s{0,3}([A-ZÀ-Þ][\w.’'-]{0,24}(?: [A-ZÀ-Þ][\w.’'-]{0,24}){0,3})\s?:\s+(?=\S)")


def dash_stretches(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, list[Stretch]]:
    """The stretches of dialogue behind dashes, by the number of their paragraph.

    None if the article shows no sign that its dashes are dialogue: two such lines
    in a row, or a verb of saying in one.
    """
    if not language.dashes:
        return {}
    opened = {
        number: match.end()
        for number, paragraph in enumerate(paragraphs)
        if (match := _DASH.match(text, paragraph.start, paragraph.end))
    }
    found = {
        number: list(_speech(text, start, paragraphs[number], number, language))
        for number, start in opened.items()
    }
    spoken = any(len(stretches) > 1 for stretches in found.values())
    in_turn = any(number + 1 in opened for number in opened)
    return found if spoken or in_turn else {}


def _speech(
    text: str, start: int, paragraph: Paragraph, number: int, language: Language
) -> Iterator[Stretch]:
    """The speech of one paragraph without what names its speaker."""
    for part, (first, last) in enumerate(_spoken(text, start, paragraph.end, language)):
        outer_end = _closed(text, last, paragraph.end)
        yield Stretch(first, last, number, first, outer_end, continues=part > 0, dash=True)


def _closed(text: str, end: int, limit: int) -> int:
    """The end of a speech with the dash that closes it."""
    close = _CLOSING_DASH.match(text, end, limit)
    return close.end() if close else end


def _spoken(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """What is spoken between two places, without what the narrator puts in."""
    gaps = sorted([*asides_in(text, start, end, language), *notes_in(text, start, end)])
    for first, last in [*gaps, (end, end)]:
        if text[start:first].strip(" ,.;:–—―\xa0\n"):
            # The comma ahead of who speaks is the narrator's.
            yield (
                start,
                start + len(text[start:first].rstrip(" ,;:\xa0\u202f\n" if first < end else "")),
            )
        start = max(start, last)


def parted(text: str, stretches: Iterable[Stretch], language: Language) -> Iterator[Stretch]:
    """The stretches in marks, those in which the narrator speaks in parts."""
    for stretch in stretches:
        if not language.asides or stretch.label or stretch.dash:
            yield stretch
            continue
        parts = [
            (first, last) for first, last in _spoken(text, stretch.start, stretch.end, language)
        ]
        for number, (first, last) in enumerate(parts):
            yield replace(
                stretch,
                start=first,
                end=last,
                outer_start=first if number else stretch.outer_start,
                outer_end=last if number + 1 < len(parts) else stretch.outer_end,
                continues=stretch.continues or number > 0,
                interrupted=len(parts) > 1 or last < stretch.end - 2,
            )


_FEW = 2
"""Labelled paragraphs that make no interview."""


def labelled(text: str, paragraphs: Sequence[Paragraph], language: Language) -> dict[int, Stretch]:
    """The speeches of an interview by paragraph: what follows a label that recurs.

    Empty unless at least half of the paragraphs begin with such labels, and two or
    more labels recur; if nearly all begin with one, all labels count.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, paragraph in enumerate(paragraphs):
        if match := _LABEL.match(text, paragraph.start, paragraph.end):
            labels[number] = match
    counts = Counter(match[1] for match in labels.values())
    recurring = {label for label, count in counts.items() if count > 1}
    if len(labels) > _FEW and len(labels) * 5 >= len(paragraphs) * 4:
        recurring = set(counts)
    recurring |= {label for label in counts if label in language.question | language.answer}
    kept = {number: match for number, match in labels.items() if match[1] in recurring}
    if len(recurring) < 2 or len(kept) * 2 < len(paragraphs):
        return {}
    return {
        number: Stretch(
            match.end(),
            paragraphs[number].end,
            number,
            match.end(),
            paragraphs[number].end,
            label=match[1],
        )
        for number, match in kept.items()
    }
