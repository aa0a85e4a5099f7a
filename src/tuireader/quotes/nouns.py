"""Which words with a capital are common nouns: for the language, or at a sentence's beginning."""

from collections.abc import Container, Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.language_file import first_names
from tuireader.quotes.tokens import Token

_SHORT = 6
"""Letters at most in a word whose ending says nothing."""


def are_common(
    tokens: Sequence[Token], first: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Whether the words of a run are common nouns, for the language or a sentence's start."""
    word = tokens[first].lower
    if not language.nouns_capital:
        if end == first and word in language.epithets:
            before = tokens[first - 1].lower if first else ""
            return before in language.determiners or language.is_epithet(before)
        return (
            end == first
            and begins(tokens, first)
            and (
                word in common
                or word in language.roles
                or word.removesuffix("s") in language.organisations
            )
        )
    if end > first and tokens[end].lower in language.organisations:
        return False
    if end == first + 1 and _opens(tokens, first, end, language, common):
        return not is_given(tokens[end])
    determined = _is_determined(tokens, first, language)
    return all(
        _is_noun(tokens[place], language, common)
        or (place == first and end == first and determined and not is_given(tokens[place]))
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
        and tokens[before].lower not in language.function
        and tokens[before].lower not in language.cues
    ):
        before -= 1
    return before >= 0 and tokens[before].lower in language.determiners


def behind_nouns(
    tokens: Sequence[Token], first: int, end: int, language: Language, common: Container[str]
) -> int:
    """Where a name begins behind common nouns that are no title: "Rücktritt Hartmanns"."""
    while (
        language.nouns_capital
        and first < end
        and tokens[end].lower not in language.organisations
        and not language.is_role(tokens[first].lower)
        and tokens[first].lower not in language.titles
        and _is_noun(tokens[first], language, common)
        and tokens[first + 1].kind == "N"
    ):
        first += 1
    return first


def _is_noun(token: Token, language: Language, common: Container[str]) -> bool:
    """Whether a word is a common noun where every noun has a capital."""
    return not is_given(token) and (
        token.word in common
        or language.is_role(token.lower)
        or (len(token.word) > _SHORT and token.lower.endswith(language.noun_endings))
    )


def is_given(token: Token) -> bool:
    """Whether a word is a given name, or in capitals throughout."""
    return token.word.isupper() or token.lower in first_names()


def _opens(
    tokens: Sequence[Token], place: int, end: int, language: Language, common: Container[str]
) -> bool:
    """Whether a word has its capital because a sentence begins with it."""
    token = tokens[place]
    if not begins(tokens, place) or is_given(token):
        return False
    endings = language.opening_endings
    return (
        token.lower in common
        or token.lower.endswith(endings)
        or (end > place and token.lower.endswith(language.adjective_endings))
    )


def is_apart(
    tokens: Sequence[Token], place: int, language: Language, common: Container[str]
) -> bool:
    """Whether a common noun follows a name, where every noun has a capital."""
    return (
        language.nouns_capital
        and tokens[place].lower not in language.organisations
        and not language.is_role(tokens[place].lower)
        and not tokens[place - 1].lower.endswith(language.adjective_endings)
        and _is_noun(tokens[place], language, common)
    )


def begins(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sentence begins with the word at the place."""
    return not place or (
        tokens[place - 1].sentence != tokens[place].sentence or tokens[place - 1].kind == ":"
    )
