"""Where sentences end: decided from the words around a stop, so that any place can be asked."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tuireader.domain.article import Passage
from tuireader.text.full_stops import OPENERS, is_full_stop

_REACH = 1000
"""Code points on either side of a place that hold no stop where a long sentence is cut there."""
_LOOK_BACK = 200
_FURTHEST = 3 * _REACH + _LOOK_BACK
"""Code points that a sentence has at most."""
_CONTEXT = _REACH + _LOOK_BACK + 100
_NEAR = 300
_WINDOW = 16_384
_AROUND = 64
"""Code points after a stop, and half as many before it, that decide whether it ends a sentence."""

# A stop with the closing marks that belong to it, or a blank line.
_STOP = re.compile(
    r"(?P<stop>[.!?…؟۔]+|[。｡！？।॥።។။]+[.!?…]*)"
    r"(?P<close>(?:[\"'”’“‘»«›‹)\]}」』】〉》）］*_]|[ \xa0\u202f]»(?!\w)|\[\d{1,3}\])*)"
    r"|\n[ \t\r]*\n"
)
_UNSPACED = frozenset("。｡！？।॥።។။")
_QUOTED_ON = re.compile(r"(?:と|って|なんて|という)")


_SAID = re.compile(
    r"(?:[\w.’'-]+\s+){1,4}?(?:said|says|asked|asks|added|told|wrote|replied|cried|shouted"
    r"|sagte|fragte|rief|antwortete)\b"
)


def sentence_at(text: str, start: int, end: int, offset: int) -> Passage:
    """The sentence of the block [start, end) at an offset; of blanks, the one that follows.

    It looks at some 4,000 code points on either side of the offset at most; a
    sentence of more than 3,000 is cut at a blank. A blank block gives an empty passage.
    """
    offset = max(start, min(offset, end - 1))
    first, last = max(start, offset - _NEAR), min(end, offset + _NEAR)
    ends = _stops(text, start, end, first, last)
    for border, following in pairwise([first, *ends, last]):
        passage = Passage(border, following).trimmed(text)
        whole = (border > first or first == start) and (following < last or last == end)
        if whole and passage.start < passage.end and border <= offset < passage.end:
            return passage
    first, last = max(start, offset - _FURTHEST), min(end, offset + _FURTHEST)
    found = Passage(start, start)
    for passage in _between(text, [first, *_borders(text, start, end, first, last), last]):
        found = passage
        if passage.end > offset:
            break
    return found


def sentences(text: str, start: int, end: int) -> Iterator[Passage]:
    """The sentences of the block [start, end), in order and without the blanks between them."""
    border = start
    for first in range(start, end, _WINDOW):
        borders = [border, *_borders(text, start, end, first, min(end, first + _WINDOW))]
        yield from _between(text, borders)
        border = borders[-1]
    yield from _between(text, [border, end])


def _between(text: str, borders: list[int]) -> Iterator[Passage]:
    """What is not blank between one border and the next."""
    for border, following in pairwise(borders):
        passage = Passage(border, following).trimmed(text)
        if passage.end > passage.start:
            yield passage


def _borders(text: str, start: int, end: int, first: int, last: int) -> list[int]:
    """Where sentences of the block end, in (first, last], in order."""
    seen_from, seen_to = max(start, first - _CONTEXT), min(end, last + _CONTEXT)
    ends = _stops(text, start, end, seen_from, seen_to)
    borders = [place for place in ends if first < place <= last]
    for before, after in pairwise([seen_from, *ends, seen_to]):
        if after - before >= 2 * _REACH:
            cuts = _cuts(text, start, before, after)
            borders.extend(place for place in cuts if first < place <= last)
    return sorted(borders)


def _stops(text: str, start: int, end: int, first: int, last: int) -> list[int]:
    """Where a stop ends a sentence, in (first, last], in order."""
    return [
        stop.end()
        for stop in _STOP.finditer(text, max(start, first - _AROUND), last)
        if stop.end() > first and _ends_sentence(text, start, end, stop)
    ]


def _cuts(text: str, start: int, before: int, after: int) -> Iterator[int]:
    """Where a stretch without a stop is cut: near each thousandth place far from its ends.

    The places are counted from the block's start, so that they are the same from
    wherever the stretch is looked at.
    """
    place = start + -(-(before + _REACH - start) // _REACH) * _REACH
    while place + _REACH <= after:
        blank = text.rfind(" ", place - _LOOK_BACK, place)
        yield blank + 1 if blank >= 0 else place
        place += _REACH


def _ends_sentence(text: str, start: int, end: int, stop: re.Match[str]) -> bool:
    """Whether a sentence ends at a stop, or goes on behind it."""
    sign, closed, place = stop["stop"], stop["close"], stop.end()
    if sign is None or place >= end:
        return True
    after = text[place : min(end, place + _AROUND)]
    if sign[0] in _UNSPACED or "\u3040" <= after[0] <= "\uffef":
        return not (closed and _QUOTED_ON.match(after))
    following = after.lstrip(OPENERS)
    if not after[0].isspace() or following[:1].islower():
        return False
    if following and sign == ".":
        head = text[max(start, stop.start() - _AROUND // 2) : stop.start()]
        return is_full_stop(head, following)
    return not (closed and _SAID.match(following))
