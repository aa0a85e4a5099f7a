"""Tells a full stop that ends a sentence from the one behind an abbreviation.

Sentences, captions and titles all use it. The abbreviations of all languages count, whatever
the language of the text is.
"""

import re
from functools import cache
from typing import NamedTuple

from tuireader.text.language_data import month_names, values, words

OPENERS = " \t\r\n\xa0\u202f\u3000\"'“‘”’„‚«»‹›([{「『【〈《（［*_—–-¿¡"
"""Spaces, opening quotation marks and brackets that may stand before a sentence's first word."""

_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_LETTER_DOT = re.compile(r"[\"“„‘(]?[a-z]\.")

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
