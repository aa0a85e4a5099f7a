"""Tells capitalised common nouns from names by the usage of the article and the language."""

import re
from collections.abc import Container

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.tokens import Token

_LOWER_CASE = "a-zß-öø-ÿąćčďęěğıłńňřśşšťůźżžа-яёєіїґά-ώ"
UPPER_CASE = "A-ZÀ-ÖØ-ÞĆČĎĚĞİŁŃŇŘŚŞŠŤŮŹŻŽА-ЯЁЄІЇҐΆ-Ώ"
"""The letters of Latin, Cyrillic and Greek that begin names, as a range of a pattern."""
_LOWER_CASE_WORD = re.compile(rf"(?<![\w’'.@/-])[{_LOWER_CASE}][^\W\d_]+(?![\w@])")
_CAPITAL_WORD = re.compile(rf"(?<=[{_LOWER_CASE},] )[{UPPER_CASE}][^\W\d_]+")
_WORD_BEFORE_NOUN = re.compile(
    r"(?<![\w-])([^\W\d_]+)(?: ([a-zß-öø-ÿ]+))? (?=([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]\w*)(?!\w))"
)
_MAX_LENGTH = 400_000
"""The most code points of a text that are examined."""
_MAX_SHORT_WORD = 6
"""The most letters of a word that is too short for its ending to show anything."""


def common_words_in(text: str, language: Language) -> set[str]:
    """Return the words that are no names, as the article itself uses them.

    These are the words in lower case that it never capitalises within a sentence. Where every
    noun has a capital, they are also the nouns, as written, that follow an article and never a
    given name or a title.
    """
    words = {match[0] for match in _LOWER_CASE_WORD.finditer(text, 0, _MAX_LENGTH)}
    words.difference_update(
        match[0].lower() for match in _CAPITAL_WORD.finditer(text, 0, _MAX_LENGTH)
    )
    return words | _nouns_in(text, language) if language.capital_nouns else words


def _nouns_in(text: str, language: Language) -> set[str]:
    """Return the capitalised words that follow an article and never a given name or a title."""
    nouns: set[str] = set()
    names: set[str] = set()
    given_names = first_names()
    for match in _WORD_BEFORE_NOUN.finditer(text, 0, _MAX_LENGTH):
        first, between, word = match[1].lower(), match[2], match[3]
        if (
            between is None
            and (first in given_names or first in language.titles)
            and match[1][0].isupper()
        ):
            names.add(word)
        elif (first in language.determiners or first in language.oblique_articles) and (
            between is None or between.endswith(language.adjective_endings)
        ):
            nouns.add(word)
    return nouns - names


def are_common_nouns(
    tokens: list[Token], first: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Return whether the run of capitalised words [first, end] consists of common nouns.

    `common` is what `common_words_in` returns.
    """
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
    if end == first + 1 and _opens_sentence(tokens, first, end, language, common):
        return not is_given_name(tokens[end])
    determined = _is_determined(tokens, first, language)
    return all(
        _is_noun(tokens[position], language, common)
        or (
            position == first
            and end == first
            and determined
            and not is_given_name(tokens[position])
        )
        or (position == first and _opens_sentence(tokens, position, end, language, common))
        for position in range(first, end + 1)
        if tokens[position].kind == "N"
    )


def _is_determined(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a determiner precedes a word, with only adjectives between."""
    before = position - 1
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
    tokens: list[Token], first: int, end: int, language: Language, common: Container[str]
) -> int:
    """Return where a name begins after common nouns that are no title: "Rücktritt Hartmanns"."""
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
    """Return whether a word is a common noun, where every noun has a capital."""
    return not is_given_name(token) and (
        token.word in common
        or language.is_role(token.lower)
        or (len(token.word) > _MAX_SHORT_WORD and token.lower.endswith(language.noun_endings))
    )


def is_given_name(token: Token) -> bool:
    """Return whether a word is a given name or in upper case."""
    return token.word.isupper() or token.lower in first_names()


def _opens_sentence(
    tokens: list[Token], position: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Return whether a word has its capital only because a sentence begins with it."""
    token = tokens[position]
    if not begins_sentence(tokens, position) or is_given_name(token):
        return False
    endings = language.opening_endings
    return (
        token.lower in common
        or token.lower.endswith(endings)
        or (end > position and token.lower.endswith(language.adjective_endings))
    )


def is_separate_noun(
    tokens: list[Token], position: int, language: Language, common: Container[str]
) -> bool:
    """Return whether a capitalised word after a name is a noun of its own, not part of it."""
    return (
        language.capital_nouns
        and tokens[position].lower not in language.organisation_words
        and not language.is_role(tokens[position].lower)
        and not tokens[position - 1].lower.endswith(language.adjective_endings)
        and _is_noun(tokens[position], language, common)
    )


def begins_sentence(tokens: list[Token], position: int) -> bool:
    """Return whether a sentence begins with the token at the position."""
    return not position or (
        tokens[position - 1].sentence != tokens[position].sentence
        or tokens[position - 1].kind == ":"
    )
