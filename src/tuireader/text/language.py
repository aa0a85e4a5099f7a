"""Detects the language of a text by its stop words."""

from collections import Counter
from functools import cache
from typing import NamedTuple

from tuireader.text.language_data import UNDETERMINED, LanguageFileError, language_files, values

MAX_WORDS = 2_000
"""The number of words at the start of a text that are counted."""
_MIN_WORDS = 5
_MIN_SHARE = 0.2
"""The share of a text's words that must be stop words of its language."""
_MIN_LEAD = 1.2
"""How many times more stop words the best language must have than the second."""
_FOREIGN = 4
"""How many stop words one foreign word outweighs."""
_EDGES = ".,;:!?…\"'“”„‘’«»()[]–—-"


class LanguageProfile(NamedTuple):
    """The words that count for and against a language, in lower case."""

    stop_words: frozenset[str]
    """Its most frequent words."""
    foreign_words: frozenset[str]
    """Frequent words of similar languages, which it lacks."""


@cache
def language_profiles() -> dict[str, LanguageProfile]:
    """Return the profile of each language by its code; they are read once.

    Raises:
        LanguageFileError: a language's file has no stop words.

    """
    stop_words, foreign = values("detection", "stop_words"), values("detection", "foreign_words")
    for code, path in language_files().items():
        if code != UNDETERMINED and code not in stop_words:
            raise LanguageFileError(path, "missing key “stop_words” in [detection]")
    return {
        code: LanguageProfile(frozenset(listed.split()), frozenset(foreign.get(code, "").split()))
        for code, listed in stop_words.items()
    }


def language_of(text: str) -> str:
    """Return the ISO 639 code of a text's language, or "" if it is uncertain.

    The first 2,000 words are counted. A fifth of them must be stop words of the language,
    and clearly more than of any other: French and Spanish share "de" and "la", so a mere
    majority says little. Frequent words of a similar language count against it: Norwegian
    is not Danish, though they share most stop words.
    """
    words = text[: MAX_WORDS * 8].casefold().split()[:MAX_WORDS]
    if len(words) < _MIN_WORDS:
        return ""
    counts = Counter(word.strip(_EDGES) for word in words)
    scores = sorted(
        (_score(counts, profile) / len(words), code)
        for code, profile in language_profiles().items()
    )
    (second, _), (best, code) = scores[-2:]
    return code if best >= _MIN_SHARE and best >= _MIN_LEAD * second else ""


def _score(counts: Counter[str], profile: LanguageProfile) -> int:
    """Return how many words are stop words of a language, less the foreign ones."""
    found, foreign = (sum(counts[word] for word in listed if word in counts) for listed in profile)
    return found - _FOREIGN * foreign
