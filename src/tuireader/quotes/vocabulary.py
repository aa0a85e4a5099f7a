"""What an article shows of its own words: which ones are common though they have a capital."""

import re

from tuireader.quotes.language import Language
from tuireader.quotes.language_file import first_names

_SMALL = re.compile(r"(?<![\w’'.@/-])[a-zß-öø-ÿ][^\W\d_]+(?![\w@])")
_CAPITAL = re.compile(r"(?<=[a-zß-öø-ÿ,] )[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_BEHIND = re.compile(
    r"(?<![\w-])([^\W\d_]+)(?: ([a-zß-öø-ÿ]+))? (?=([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]\w*)(?!\w))"
)
_LOOKED_AT = 400_000
"""Code points that are looked at."""


def common_words(text: str, language: Language) -> set[str]:
    """Words that are no name by themselves, as far as the article shows it.

    In lower case those that it writes with a small letter and, within a sentence, with no
    other; as written, where every noun has a capital, those that stand behind an article
    and never behind a given name or a title.
    """
    words = {match[0] for match in _SMALL.finditer(text, 0, _LOOKED_AT)}
    words.difference_update(match[0].lower() for match in _CAPITAL.finditer(text, 0, _LOOKED_AT))
    return words | _nouns(text, language) if language.nouns_capital else words


def _nouns(text: str, language: Language) -> set[str]:
    nouns: set[str] = set()
    borne: set[str] = set()
    given = first_names()
    for match in _BEHIND.finditer(text, 0, _LOOKED_AT):
        first, between, word = match[1].lower(), match[2], match[3]
        if (
            between is None
            and (first in given or first in language.titles)
            and match[1][0].isupper()
        ):
            borne.add(word)
        elif (first in language.determiners or first in language.oblique) and (
            between is None or between.endswith(language.adjective_endings)
        ):
            nouns.add(word)
    return nouns - borne
