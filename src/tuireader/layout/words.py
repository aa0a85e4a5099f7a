"""Where words begin and end, as vim's `w`, `e` and `b` take them."""

import re
from collections.abc import Iterator
from functools import cache

from tuireader.layout.cells import previous_grapheme

_MARKS = (
    r"!-/:-@\[-^`{-~\xa1-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2010-\u2027\u2030-\u205e"
    r"\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_HIRAGANA, _KATAKANA = r"\u3040-\u309f", r"\u30a0-\u30ff"
_IDEOGRAPHS = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\s{_MARKS}{_HIRAGANA}{_KATAKANA}{_IDEOGRAPHS}]"

_FURTHEST = 4096
"""Code points looked at on either side; a longer word is taken in steps of so many."""
_LOOK_BACK = 64


@cache
def _word() -> re.Pattern[str]:
    """What is one word; compiled on first use, which takes 4 ms that a start need not wait for.

    Letters with the apostrophes and hyphens inside them, a run of one script
    where blanks do not part words, or a run of punctuation.
    """
    return re.compile(
        rf"{_LETTER}+(?:['’‐-]{_LETTER}+)*|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_IDEOGRAPHS}]+"
        rf"|[{_MARKS}]+"
    )


def next_word(text: str, offset: int) -> int:
    """Where the next word begins; the text's end if there is none."""
    for start, _ in _words_around(text, offset):
        if start > offset:
            return start
    return min(len(text), offset + _FURTHEST)


def word_end(text: str, offset: int) -> int:
    """The last grapheme of the word at the offset, or of the next if the offset is there."""
    for _, end in _words_around(text, offset):
        if end > offset and (last := previous_grapheme(text, end)) > offset:
            return last
    return min(len(text), offset + _FURTHEST)


def word_start(text: str, offset: int) -> int:
    """Where the word before the offset begins, or the word at it if the offset is inside."""
    for back in (_LOOK_BACK, _FURTHEST):
        first = max(0, offset - back)
        found = _word().finditer(text, first, offset + _LOOK_BACK)
        starts = [word.start() for word in found if word.start() < offset]
        if starts and starts[0] == first > 0:
            del starts[0]  # It may have begun before.
        if starts:
            return starts[-1]
    return max(0, offset - _FURTHEST)


def _words_around(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """The words from the blank before the offset on."""
    first = max(0, offset - _LOOK_BACK)
    first = max(text.rfind(blank, first, offset) + 1 for blank in " \n") or first
    for word in _word().finditer(text, first, offset + _FURTHEST):
        yield word.span()
