"""How a passage is found again after its text has changed.

The pure steps of finding a passage again: words, where they occur, and what they weigh.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from tuireader.domain.article import Article, Passage, text_hash
from tuireader.domain.blocks import BlockKind

SURROUNDINGS = 64
"""Code points kept before and after a passage; the design asks for 32 to 64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What is kept of a passage so that it can be found again: never overwritten."""

    text_hash: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    block: int = 0
    heading: str = ""


class MatchMethod(StrEnum):
    """By which step a passage was found again."""

    SAME = "same text"
    EXACT = "same words"
    FUZZY = "similar words"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a passage came to stand in one version of a text, how, and how sure (0 to 1)."""

    text_hash: str
    start: int
    end: int
    how: MatchMethod
    score: float = 1.0
    words: str = ""
    """The words that stand there, if they are others than those that were kept."""


def anchor_of(article: Article, passage: Passage, content_hash: str = "") -> Anchor:
    """The anchor of a passage of the article; hands in the text's hash if it is known."""
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
    blocks = article.blocks
    if len(blocks) and blocks[block].kind is BlockKind.HEADING:
        return article.text[blocks[block].start : blocks[block].end]
    number = blocks.next_of(BlockKind.HEADING, block, -1)
    return article.text[blocks[number].start : blocks[number].end] if number >= 0 else ""


ACCEPTED = 0.7
"""The least score at which a passage counts as found; below it, it is an orphan."""

# Scripts that put no blanks between words count letter by letter: Thai to Tibetan,
# Burmese, Khmer, kana, Han, Hangul.
_LETTERS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_LETTERS}]|[^\W{_LETTERS}]+|[^\w\s]")
_RUN = re.compile(r"\w{3,}")
_LONGEST, _PIECE = 14, 6
ALIKE = str.maketrans("‘’‚‛“”„‟«»‹›–—−‐‑", "''''\"\"\"\"\"\"''-----")
"""Makes the kinds of quotation marks and dashes the same, one for one."""
_MARKS = {chr(mark): chr(like) for mark, like in ALIKE.items()}


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """The words and marks of a stretch of text, folded, and where each stands in the text."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.folded)


def tokenize_words(text: str, start: int = 0, end: int | None = None) -> FoldedWords:
    """The words and marks of the stretch; case, blanks and kinds of quotation marks are folded."""
    found = _WORD.finditer(text, max(0, start), len(text) if end is None else end)
    spans = [match.span() for match in found]
    words = [text[begin:stop] for begin, stop in spans]
    # Marks are words of one character, so that looking the word up is enough.
    folded = tuple(_MARKS.get(word) or word.casefold() for word in words)
    return FoldedWords(folded, *(zip(*spans, strict=True) if spans else ((), ())))


def match_score(words: float, before: float, after: float, distance: float) -> float:
    """How sure a place is, from 0 to 1, weighted as the Hypothesis client does.

    The likeness of the words and of what stands before and after them, and the
    distance from the old place, each from 0 to 1.
    """
    return (50 * words + 20 * before + 20 * after + 2 * (1 - distance)) / 92


def exact_occurrences(text: str, exact: str, near: int, most: int = 64) -> list[int]:
    """Where exactly these words stand, in code points; of very many, those nearest the place."""
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
    """A few stretches that are likely to be rare, the longest words first, each with its offset."""
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
    """The places that most guesses (a place and its weight) agree on, the best first.

    Guesses that lie no further apart than the width agree; the one in their
    middle stands for them.
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
