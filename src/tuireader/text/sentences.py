"""Splits text into sentences: a full stop ends one unless it belongs to an abbreviation."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tuireader.domain.article import Passage
from tuireader.text.language import month_names, values, words
from tuireader.text.lazy_pattern import lazy_pattern

OPENERS = " \t\r\n\xa0\u202f\u3000\"'“‘”’„‚«»‹›([{「『【〈《（［*_—–-¿¡"
"""Spaces, opening quotation marks and brackets that may stand before a sentence's first word."""

_WORD = lazy_pattern(r"[^\W\d_]+")
_ACRONYM = lazy_pattern(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_LETTER_DOT = lazy_pattern(r"[\"“„‘(]?[a-z]\.")

_MAX_SHORT_MONTH = 4
"""The most letters of an abbreviated month."""


class _WordLists(NamedTuple):
    """The word lists of all languages that tell full stops apart, in lower case."""

    abbreviations: frozenset[str]
    """Abbreviations that never end a sentence."""
    before_numbers: frozenset[str]
    """Abbreviations that end no sentence where a number follows."""
    at_end: frozenset[str]
    """Abbreviations that end a sentence only where one of `first_words` follows."""
    first_words: frozenset[str]
    """Words that often begin a sentence."""
    after_ordinals: frozenset[str]
    """Words after an ordinal number that is written with a full stop: German "3. Oktober"."""


@cache
def _word_lists() -> _WordLists:
    """Return the word lists of all languages; they are made once."""
    names = month_names()
    with_ordinals = [
        code for code, endings in values("dates", "day_endings").items() if "." in endings.split()
    ]
    return _WordLists(
        words("sentences", "abbreviations"),
        words("sentences", "abbreviations_before_numbers"),
        words("sentences", "abbreviations_at_end"),
        words("sentences", "first_words"),
        words("sentences", "ordinal_nouns")
        | {
            name
            for code in with_ordinals
            for month in names.get(code, ())
            for name in month
            if name == month[0] or len(name) > _MAX_SHORT_MONTH
        },
    )


def is_full_stop(head: str, following: str) -> bool:
    """Return whether the "." between two stretches of text ends a sentence.

    It does not if it belongs to an abbreviation, an initial or an ordinal number:
    `is_full_stop("order of Supt", "Miller")` is False.

    Args:
        head: The text before the full stop, at least its last two words.
        following: The text after it, without spaces and opening quotation marks;
            empty at the end of a block.
    """
    before = head.split()
    if not before or head[-1].isspace():
        return True
    lists = _word_lists()
    word = before[-1].lstrip(OPENERS)
    lower = word.lower()
    if lower in lists.abbreviations or (lower in lists.before_numbers and following[:1].isdigit()):
        return False
    if word.isdigit() and len(word) <= 2:
        return len(before) > 1 and _first_word(following) not in lists.after_ordinals
    if len(word) == 1 and len(before) > 1 and _LETTER_DOT.fullmatch(before[-2]):
        return False
    if lower in lists.at_end or _ACRONYM.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        return _first_word(following) in lists.first_words
    return True


def _first_word(text: str) -> str:
    """Return the word that a text begins with, in lower case; "" if it begins with none."""
    word = _WORD.match(text)
    return word.group().lower() if word else ""


_CUT_DISTANCE = 1000
"""Code points without a stop on either side of a place where a long sentence is cut."""
_LOOK_BACK = 200
_MAX_SENTENCE_LENGTH = 3 * _CUT_DISTANCE + _LOOK_BACK
"""The most code points of a sentence."""
_CONTEXT = _CUT_DISTANCE + _LOOK_BACK + 100
_NEAR = 300
_WINDOW = 16_384
_CONTEXT_LENGTH = 64
"""Code points after a stop, and half as many before it, that decide whether it ends a sentence."""

# A stop with its closing quotation marks and brackets, or a blank line.
_STOP = lazy_pattern(
    r"(?P<stop>[.!?…؟۔]+|[。｡！？।॥።។။]+[.!?…]*)"
    r"(?P<close>(?:[\"'”’“‘»«›‹)\]}」』】〉》）］*_]|[ \xa0\u202f]»(?!\w)|\[\d{1,3}\])*)"
    r"|\n[ \t\r]*\n"
)
_UNSPACED = frozenset("。｡！？।॥።។။")
_QUOTED_ON = lazy_pattern(r"(?:と|って|なんて|という)")
_NAME_WORD = lazy_pattern(r"[\w.’'-]+")
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_MAX_NAME_WORDS = 4
"""The most words between a quotation and the verb of its inquit."""


def sentence_at(text: str, start: int, end: int, offset: int) -> Passage:
    """Return the sentence at an offset of the block [start, end).

    Between two sentences it is the next, behind the last it is the last. At most about 4,000 code
    points on either side are examined; a sentence of more than 3,000 is cut at a space. A blank
    block gives an empty passage at its start.
    """
    offset = max(start, min(offset, end - 1))
    first, last = max(start, offset - _NEAR), min(end, offset + _NEAR)
    ends = _stops(text, start, end, first, last)
    for border, following in pairwise([first, *ends, last]):
        passage = Passage(border, following).trimmed(text)
        whole = (border > first or first == start) and (following < last or last == end)
        if whole and passage.start < passage.end and border <= offset < passage.end:
            return passage
    first, last = max(start, offset - _MAX_SENTENCE_LENGTH), min(end, offset + _MAX_SENTENCE_LENGTH)
    found = Passage(start, start)
    for passage in _between(text, [first, *_borders(text, start, end, first, last), last]):
        found = passage
        if passage.end > offset:
            break
    return found


def sentences(text: str, start: int, end: int) -> Iterator[Passage]:
    """Yield the sentences of the block [start, end), in order, without the spaces between.

    Offsets are code points of `text`. A blank block has none. Long sentences are cut as by
    `sentence_at`.
    """
    border = start
    for first in range(start, end, _WINDOW):
        borders = [border, *_borders(text, start, end, first, min(end, first + _WINDOW))]
        yield from _between(text, borders)
        border = borders[-1]
    yield from _between(text, [border, end])


def _between(text: str, borders: list[int]) -> Iterator[Passage]:
    """Return the passages between neighbouring borders, trimmed, without blank ones."""
    for border, following in pairwise(borders):
        passage = Passage(border, following).trimmed(text)
        if passage.end > passage.start:
            yield passage


def _borders(text: str, start: int, end: int, first: int, last: int) -> list[int]:
    """Return the offsets in (first, last] at which a sentence ends or is cut, in order.

    [start, end) is the block; the text around [first, last] in it decides.
    """
    seen_from, seen_to = max(start, first - _CONTEXT), min(end, last + _CONTEXT)
    ends = _stops(text, start, end, seen_from, seen_to)
    borders = [place for place in ends if first < place <= last]
    for before, after in pairwise([seen_from, *ends, seen_to]):
        if after - before >= 2 * _CUT_DISTANCE:
            cuts = _cuts(text, start, before, after)
            borders.extend(place for place in cuts if first < place <= last)
    return sorted(borders)


def _stops(text: str, start: int, end: int, first: int, last: int) -> list[int]:
    """Return the offsets behind the stops in (first, last] that end a sentence, in order.

    A stop is a full stop, question mark or the like with its closing marks, or a blank line.
    [start, end) is the block.
    """
    return [
        stop.end()
        for stop in _STOP.finditer(text, max(start, first - _CONTEXT_LENGTH), last)
        if stop.end() > first and _ends_sentence(text, start, end, stop)
    ]


def _cuts(text: str, start: int, before: int, after: int) -> Iterator[int]:
    """Yield the offsets at which text without a stop is cut into parts of about 1,000.

    `start` is the start of the block, from which the parts are counted, so that the result does not
    depend on the offset that is asked for; `before` and `after` are the neighbouring stops. Cuts
    are behind a space if there is one near, and at least 800 code points from both stops.
    """
    place = start + -(-(before + _CUT_DISTANCE - start) // _CUT_DISTANCE) * _CUT_DISTANCE
    while place + _CUT_DISTANCE <= after:
        blank = text.rfind(" ", place - _LOOK_BACK, place)
        yield blank + 1 if blank >= 0 else place
        place += _CUT_DISTANCE


def _ends_sentence(text: str, start: int, end: int, stop: re.Match[str]) -> bool:
    """Return whether a sentence ends at a match of `_STOP` in the block [start, end)."""
    sign, closed, place = stop["stop"], stop["close"], stop.end()
    if sign is None or place >= end:
        return True
    after = text[place : min(end, place + _CONTEXT_LENGTH)]
    if sign[0] in _UNSPACED or "\u3040" <= after[0] <= "\uffef":
        return not (closed and _QUOTED_ON.match(after))
    following = after.lstrip(OPENERS)
    if not after[0].isspace() or following[:1].islower():
        return False
    if following and sign == ".":
        head = text[max(start, stop.start() - _CONTEXT_LENGTH // 2) : stop.start()]
        return is_full_stop(head, following)
    return not (closed and _is_inquit(following))


def _is_inquit(following: str) -> bool:
    """Return whether one to four words and a verb of saying follow: "Ada Moor asked."."""
    verbs = words("sentences", "inquit_verbs")
    for number, word in enumerate(following.split(None, _MAX_NAME_WORDS + 1)):
        letters = _LETTERS.match(word)
        if number and letters and letters.group() in verbs:
            return True
        if number == _MAX_NAME_WORDS or not _NAME_WORD.fullmatch(word):
            return False
    return False
