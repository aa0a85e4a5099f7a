"""What an article shows of its own words: which ones are common though they have a capital.

Which words with a capital are common nouns: for the language, or at a sentence's beginning.
"""

import re
from collections.abc import Container, Sequence

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.tokens import Token

_SMALL = re.compile(r"(?<![\w’'.@/-])[a-zß-öø-ÿ][^\W\d_]+(?![\w@])")
_CAPITAL = re.compile(r"(?<=[a-zß-öø-ÿ,] )[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_BEHIND = re.compile(
    r"(?<![\w-])([^\W\d_]+)(?: ([a-zß-öø-ÿ]+))? (?=([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]\w*)(?!\w))"
)
_LOOKED_AT = 400_000
"""Code points that are looked at."""


def common_words_in(text: str, language: Language) -> set[str]:
    """Words that are no name by themselves, as far as the article shows it.

    In lower case those that it writes with a small letter and, within a sentence, with no
    other; as written, where every noun has a capital, those that stand behind an article
    and never behind a given name or a title.
    """
    words = {match[0] for match in _SMALL.finditer(text, 0, _LOOKED_AT)}
    words.difference_update(match[0].lower() for match in _CAPITAL.finditer(text, 0, _LOOKED_AT))
    return words | _nouns(text, language) if language.capital_nouns else words


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
        elif (first in language.determiners or first in language.oblique_articles) and (
            between is None or between.endswith(language.adjective_endings)
        ):
            nouns.add(word)
    return nouns - borne


_SHORT = 6
"""Letters at most in a word whose ending says nothing."""


def are_common(
    tokens: Sequence[Token], first: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Whether the words of a run are common nouns, for the language or a sentence's start."""
    word = tokens[first].lower
    if not language.capital_nouns:
        if end == first and word in language.epithets:
            before = tokens[first - 1].lower if first else ""
            return before in language.determiners or language.is_epithet(before)
        return (
            end == first
            and begins_sentence(tokens, first)
            and (
                word in common
                or word in language.roles
                or word.removesuffix("s") in language.organisation_words
            )
        )
    if end > first and tokens[end].lower in language.organisation_words:
        return False
    if end == first + 1 and _opens(tokens, first, end, language, common):
        return not is_given_name(tokens[end])
    determined = _is_determined(tokens, first, language)
    return all(
        _is_noun(tokens[place], language, common)
        or (place == first and end == first and determined and not is_given_name(tokens[place]))
        or (place == first and _opens(tokens, place, end, language, common))
        for place in range(first, end + 1)
        if tokens[place].kind == "N"
    )


def _is_determined(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether an article stands before a word, and adjectives at most between."""
    before = place - 1
    while (
        before >= 0
        and tokens[before].kind == "w"
        and tokens[before].lower.endswith(language.adjective_endings)
        and tokens[before].lower not in language.function_words
        and tokens[before].lower not in language.cue_words
    ):
        before -= 1
    return before >= 0 and tokens[before].lower in language.determiners


def name_start_after_nouns(
    tokens: Sequence[Token], first: int, end: int, language: Language, common: Container[str]
) -> int:
    """Where a name begins behind common nouns that are no title: "Rücktritt Hartmanns"."""
    while (
        language.capital_nouns
        and first < end
        and tokens[end].lower not in language.organisation_words
        and not language.is_role(tokens[first].lower)
        and tokens[first].lower not in language.titles
        and _is_noun(tokens[first], language, common)
        and tokens[first + 1].kind == "N"
    ):
        first += 1
    return first


def _is_noun(token: Token, language: Language, common: Container[str]) -> bool:
    """Whether a word is a common noun where every noun has a capital."""
    return not is_given_name(token) and (
        token.word in common
        or language.is_role(token.lower)
        or (len(token.word) > _SHORT and token.lower.endswith(language.noun_endings))
    )


def is_given_name(token: Token) -> bool:
    """Whether a word is a given name, or in capitals throughout."""
    return token.word.isupper() or token.lower in first_names()


def _opens(
    tokens: Sequence[Token], place: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Whether a word has its capital because a sentence begins with it."""
    token = tokens[place]
    if not begins_sentence(tokens, place) or is_given_name(token):
        return False
    endings = language.opening_endings
    return (
        token.lower in common
        or token.lower.endswith(endings)
        or (end > place and token.lower.endswith(language.adjective_endings))
    )


def is_separate_noun(
    tokens: Sequence[Token], place: int, language: Language, common: Container[str]
) -> bool:
    """Whether a common noun follows a name, where every noun has a capital."""
    return (
        language.capital_nouns
        and tokens[place].lower not in language.organisation_words
        and not language.is_role(tokens[place].lower)
        and not tokens[place - 1].lower.endswith(language.adjective_endings)
        and _is_noun(tokens[place], language, common)
    )


def begins_sentence(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sentence begins with the word at the place."""
    return not place or (
        tokens[place - 1].sentence != tokens[place].sentence or tokens[place - 1].kind == ":"
    )
