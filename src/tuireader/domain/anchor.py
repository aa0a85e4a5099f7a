"""Anchors: what is kept of a passage so that it can be found again in a changed text.

Below are the functions over plain strings that the search for a passage is made of. All
positions are code points; scores are from 0 to 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice

from tuireader.domain.article import Article, Passage, text_hash
from tuireader.domain.blocks import BlockKind

SURROUNDINGS = 64
"""Code points that are kept before and after a passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What is kept of a passage so that it can be found again. It is never overwritten."""

    text_hash: str
    """The hash of the text it was kept from (`text_hash`); "" if that text was not available."""
    start: int
    """The start of the passage in that text, in code points."""
    end: int
    """The end of the passage in that text, in code points."""
    exact: str
    """The words of the passage."""
    prefix: str = ""
    """The text before the passage, up to `SURROUNDINGS` code points."""
    suffix: str = ""
    """The text after the passage, as long at most."""
    block: int = 0
    """The index of the block that it begins in; 0 if the article has no blocks."""
    heading: str = ""
    """The words of the heading above it; "" if there is none."""


class MatchMethod(StrEnum):
    """How a passage was found again; the value is the words in the journal.

    SAME: its text has not changed. EXACT: its words occur unchanged in the new text. FUZZY: only
    similar words occur. BY_HAND: the reader chose the place.
    """

    SAME = "same text"
    EXACT = "same words"
    FUZZY = "similar words"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The place of a passage in one version of a text, and how it was found."""

    text_hash: str
    """The hash of the text of that version."""
    start: int
    """The start of the passage in that text, in code points."""
    end: int
    """The end of the passage in that text, in code points."""
    how: MatchMethod
    score: float = 1.0
    """How certain the place is, from 0 to 1."""
    words: str = ""
    """The words at that place; "" if they are the words of the anchor."""


def anchor_of(article: Article, passage: Passage, content_hash: str = "") -> Anchor:
    """Return the anchor of a passage of an article.

    `content_hash` is the hash of the article's text (`text_hash`); it is computed if it is "".
    """
    text = article.text
    block = article.blocks.index_at(passage.start)
    return Anchor(
        text_hash=content_hash or text_hash(text),
        start=passage.start,
        end=passage.end,
        exact=passage.of(text),
        prefix=text[max(0, passage.start - SURROUNDINGS) : passage.start],
        suffix=text[passage.end : passage.end + SURROUNDINGS],
        block=block,
        heading=_heading_above(article, block),
    )


def _heading_above(article: Article, block: int) -> str:
    """Return the words of the nearest heading at or before a block; "" if there is none."""
    blocks = article.blocks
    if len(blocks) and blocks[block].kind is BlockKind.HEADING:
        return article.text[blocks[block].start : blocks[block].end]
    number = blocks.next_of(BlockKind.HEADING, block, -1)
    return article.text[blocks[number].start : blocks[number].end] if number >= 0 else ""


ACCEPTED = 0.7
"""The lowest score at which a passage counts as found; below it, the bookmark is an orphan."""

# In scripts without spaces between words each letter counts as a word: Thai to Tibetan,
# Burmese, Khmer, kana, Han, Hangul.
_LETTERS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_RUN = re.compile(r"\w{3,}")
_LONGEST, _PIECE = 14, 6
ALIKE = str.maketrans("‘’‚‛“”„‟«»‹›–—−‐‑", "''''\"\"\"\"\"\"''-----")
"""A table for `str.translate` that makes all quotation marks and dashes the same."""
_MARKS = {chr(mark): chr(like) for mark, like in ALIKE.items()}


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """The words and punctuation marks of a text, folded for comparison, with their positions.

    Folded means that case and kinds of quotation marks and dashes make no difference. The three
    tuples are equally long; offsets are code points of the whole text.
    """

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """Return the number of words and marks."""
        return len(self.folded)


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word or mark; it takes 4 ms to compile, which no start waits for."""
    return re.compile(rf"[{_LETTERS}]|[^\W{_LETTERS}]+|[^\w\s]")


def tokenize_words(text: str, start: int = 0, end: int | None = None) -> FoldedWords:
    """Return the words and punctuation marks between two offsets of a text, folded.

    `end` is the end of the text if it is None. Each letter of a script without spaces is a word.
    White space is left out; empty if there is nothing else.
    """
    found = _word().finditer(text, max(0, start), len(text) if end is None else end)
    spans = [match.span() for match in found]
    words = [text[begin:stop] for begin, stop in spans]
    # A mark is a word of one character, so looking up the word is enough.
    folded = tuple(_MARKS.get(word) or word.casefold() for word in words)
    return FoldedWords(folded, *(zip(*spans, strict=True) if spans else ((), ())))


def match_score(words: float, before: float, after: float, distance: float) -> float:
    """Return how certain a place is, from 0 to 1, with the weights of the Hypothesis client.

    A place counts as found from `ACCEPTED` on.

    Args:
        words: The similarity of the words to those that were kept, from 0 to 1.
        before: The similarity of the text before them, from 0 to 1.
        after: The similarity of the text after them, from 0 to 1.
        distance: The distance from the old place as a fraction of the text, from 0 to 1.
    """
    return (50 * words + 20 * before + 20 * after + 2 * (1 - distance)) / 92


def exact_occurrences(text: str, exact: str, near: int, most: int = 64) -> list[int]:
    """Return where words occur exactly in a text, nearest to an offset first.

    `near` is that offset. At most `most` start offsets are returned; occurrences may overlap. Empty
    if `exact` does not occur, or is "".
    """
    if not exact:
        return []
    before: list[int] = []
    after: list[int] = []
    at = min(len(text), near + len(exact))
    while len(before) < most and (at := text.rfind(exact, 0, at)) >= 0:
        before.append(at)
        at += len(exact) - 1
    at = near
    while len(after) < most and (at := text.find(exact, at + 1)) >= 0:
        after.append(at)
    return sorted(set(before + after), key=lambda start: abs(start - near))[:most]


def rare_word_seeds(text: str, start: int, end: int, most: int) -> list[tuple[int, str]]:
    """Return words between two offsets that are likely to be rare, with their offsets.

    The pairs are (offset in the text, word). Long words are taken as rare: the longest come first,
    `most` at most. Words of over 14 letters are cut into pieces of 6, so that scripts without
    spaces give words too; those of 1 or 2 letters are left out. Empty if no word is left.
    """
    seeds = []
    for match in islice(_RUN.finditer(text, start, end), 2000):
        run = match[0]
        if len(run) <= _LONGEST:
            seeds.append((match.start(), run))
        else:
            pieces = range(0, len(run) - _PIECE + 1, _PIECE)
            seeds += [(match.start() + at, run[at : at + _PIECE]) for at in pieces]
    return sorted(seeds, key=lambda seed: len(seed[1]), reverse=True)[:most]


def clustered_guesses(guesses: Sequence[tuple[int, float]], width: int) -> list[int]:
    """Return the positions that most guesses agree on, the best first; [] for no guesses.

    Args:
        guesses: Pairs of a position and its weight, in any order.
        width: Guesses that are no further apart than this form a cluster, which is represented
        by its middle guess. The positions that are returned are further apart.
    """
    guesses = sorted(guesses)
    found: list[tuple[float, int, int]] = []
    weight, first = 0.0, 0
    for number, (place, share) in enumerate(guesses):
        weight += share
        while guesses[first][0] < place - width:
            weight -= guesses[first][1]
            first += 1
        found.append((weight, first, number))
    places: list[int] = []
    for _, first, last in sorted(found, reverse=True):
        middle = guesses[(first + last) // 2][0]
        if all(abs(middle - place) > width for place in places):
            places.append(middle)
    return places
