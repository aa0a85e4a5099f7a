"""Words of source beside a phrase: "according to X", "X zufolge", and verbs of saying."""

from collections.abc import Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.tokens import Token

_NOUNS = 6
"""Tokens of a phrase within which a word of source behind it is looked for."""


def cites_ahead(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source stands right before a place."""
    if not place or tokens[place - 1].lower not in language.source_ends:
        return False
    return any(
        are(tokens[max(0, place - len(phrase)) : place], phrase) for phrase in language.according
    )


def opens_source(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source begins at a place."""
    word = tokens[place].lower
    return any(
        phrase[0] == word and are(tokens[place : place + len(phrase)], phrase)
        for phrase in language.according
    )


def cites_behind(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word of source that follows its source begins at a place."""
    return any(are(tokens[place : place + len(phrase)], phrase) for phrase in language.after)


def cites_soon(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source follows within a few words behind an article at the place."""
    if not language.after:
        return False
    for behind in range(place + 2, min(place + 2 + _NOUNS, len(tokens))):
        if cites_behind(tokens, behind, language):
            return True
        if tokens[behind].kind not in "wN":
            break
    return False


def names_source(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a verb of saying or a word of source stands right before a place."""
    if place and tokens[place - 1].lower in language.say:
        return True
    return cites_ahead(tokens, place, language) or any(
        are(tokens[max(0, place - len(phrase)) : place], phrase) for phrase in language.behind
    )


def are(tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
    """Whether tokens are the words of a phrase."""
    return len(tokens) == len(phrase) and all(
        token.lower == word for token, word in zip(tokens, phrase, strict=True)
    )
