"""The words of a text one at a time (RSVP): where they are, and how long each is shown."""

from itertools import pairwise

from tuireader.domain.article import Passage
from tuireader.layout.cells import grapheme_start
from tuireader.layout.wrap import wrap_rows
from tuireader.text.lazy_pattern import lazy_pattern

MIN_SPEED, MAX_SPEED, USUAL_SPEED, SPEED_STEP = 200, 900, 300, 50
"""Words a minute: the slowest, the fastest, the usual speed, and the step of a change."""

_RUN = lazy_pattern(r"\S{1,200}")
_UNSPACED = lazy_pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""A letter of a script that has no spaces between its words."""
_LONGEST_RUN = 200
_LONGEST, _UNSPACED_CELLS = 40, 12
"""Cells of a word that is shown at once; of one without spaces between words, where that is cut."""
_LONG_WORD = 9
"""Characters of a word from which on it is shown longer."""


def word_at(text: str, offset: int) -> Passage:
    """Return the word at an offset, else the next one; an empty passage without any."""
    start = max(0, min(offset, len(text)))
    while start and not text[start - 1].isspace() and offset - start < _LONGEST_RUN:
        start -= 1
    words = _words_from(text, start)
    return next((word for word in words if word.end > offset), words[-1])


def next_word(text: str, word: Passage) -> Passage | None:
    """Return the word after one; None at the end of the text."""
    following = _words_from(text, word.end)[0]
    return following if following.start < len(text) else None


def previous_word(text: str, word: Passage) -> Passage | None:
    """Return the word before one; None at the start of the text."""
    before = text[max(0, word.start - _LONGEST_RUN) : word.start].rstrip()
    end = max(0, word.start - _LONGEST_RUN) + len(before)
    return word_at(text, end - 1) if before else None


def _words_from(text: str, start: int) -> list[Passage]:
    """Return the words of the first run of characters after an offset that has no spaces."""
    found = _RUN.search(text, start)
    if found is None:
        return [Passage(len(text), len(text))]
    cells = _UNSPACED_CELLS if _UNSPACED.search(found[0]) else _LONGEST
    rows = wrap_rows(text, found.start(), found.end(), cells)
    edges = [first for first, _ in rows] + [found.end()]
    return [Passage(first, after) for first, after in pairwise(edges)]


def pivot_of(word: str) -> int:
    """Return the index of the letter that the eye is led to: a little before the middle."""
    return grapheme_start(word, min(max(0, len(word) - 1), (len(word) + 2) // 4))


def pause_after(word: str) -> float:
    """Return how long a word is shown, as a multiple of the usual time.

    Long words take longer, and so does the last word of a clause or a sentence.
    """
    factor = 1.4 if len(word) >= _LONG_WORD else 1.0
    last = word.rstrip("\"'”’»)]」』）")[-1:]
    is_end, is_pause = last in set(".!?…。！？।"), last in set(",;:、，；：")
    return factor + (1.2 if is_end else 0.5 if is_pause else 0)
