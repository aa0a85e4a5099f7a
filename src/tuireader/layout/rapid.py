"""The words of a text one at a time (RSVP): where they are, and how long each is shown."""

import re

from tuireader.domain.article import Passage

MIN_SPEED, MAX_SPEED, USUAL_SPEED, SPEED_STEP = 200, 900, 300, 50
"""Words a minute: the slowest, the fastest, the usual speed, and the step of a change."""

_WORD = re.compile(r"\S{1,40}")
_MAX_LENGTH = 200
_LONG_WORD = 9
"""Characters of a word from which on it is shown longer."""


def word_at(text: str, offset: int) -> Passage:
    """Return the word at an offset, else the next one; an empty passage without any."""
    start = max(0, min(offset, len(text)))
    while start and not text[start - 1].isspace() and offset - start < _MAX_LENGTH:
        start -= 1
    found = _WORD.search(text, start)
    return Passage(found.start(), found.end()) if found else Passage(len(text), len(text))


def next_word(text: str, word: Passage) -> Passage | None:
    """Return the word after one; None at the end of the text."""
    found = _WORD.search(text, word.end)
    return Passage(found.start(), found.end()) if found else None


def previous_word(text: str, word: Passage) -> Passage | None:
    """Return the word before one; None at the start of the text."""
    before = text[max(0, word.start - _MAX_LENGTH) : word.start].rstrip()
    end = max(0, word.start - _MAX_LENGTH) + len(before)
    return word_at(text, end - 1) if before else None


def pivot_of(word: str) -> int:
    """Return the index of the letter that the eye is led to: a little before the middle."""
    return min(max(0, len(word) - 1), (len(word) + 2) // 4)


def pause_after(word: str) -> float:
    """Return how long a word is shown, as a multiple of the usual time.

    Long words take longer, and so does the last word of a clause or a sentence.
    """
    factor = 1.4 if len(word) >= _LONG_WORD else 1.0
    last = word.rstrip("\"'”’»)]")[-1:]
    return factor + (1.2 if last in {".", "!", "?", "…"} else 0.5 if last in {",", ";", ":"} else 0)
