"""Finds names in scripts without capitals, by the titles and the verbs around them.

Chinese and Japanese are written without spaces. A run of their letters is split by the words
that are known: titles, verbs of saying, particles and days. A family name and one to three
letters between two of them, or between one and the beginning or the end of the run, are a
name. In Arabic script the words between a title and the next known word are one. What is
neither stays as it is, so that no half clause passes for a name.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.tokens import Token

_MAX_WORD = 8
"""The most letters of a known word in a script without spaces."""
_MAX_GIVEN = 3
"""The most letters of a given name in such a script."""
_MAX_NAME_WORDS = 3
"""The most words of a name after a title."""
_UNSPACED = ("\u3040", "\u9fff")
"""The first and the last letter of Kana and Han."""
_WITHOUT_CASE = ("\u0590", "\u06ff")
"""The first and the last letter of Hebrew and Arabic."""


def with_caseless_names(tokens: Sequence[Token], language: Language) -> list[Token]:
    """Return the tokens of a paragraph, with names in scripts without capitals as names."""
    result: list[Token] = []
    for token in tokens:
        if token.kind == "w" and _UNSPACED[0] <= token.word[0] <= _UNSPACED[1]:
            result += _split_run(token, language)
        else:
            result.append(token)
    return list(_named_after_titles(result, language))


def _split_run(token: Token, language: Language) -> Iterator[Token]:
    """Yield the known words and the names of a run without spaces, and what is between them."""
    word = token.word
    position = unknown = 0
    bounded = True
    while position < len(word):
        known = _known_word(word, position, language)
        name = 0 if known or not bounded else _name_length(word, position, language)
        size = known or name
        if not size:
            bounded = False
            position += 1
            continue
        if unknown < position:
            yield _part(token, unknown, position, "w")
        is_title = bool(known) and word[position : position + size] in language.titles
        if not (is_title and _follows_name(word, position, language)):
            yield _part(token, position, position + size, "N" if name else "w")
        position = unknown = position + size
        bounded = True
    if unknown < len(word):
        yield _part(token, unknown, len(word), "w")


def _part(token: Token, first: int, end: int, kind: str) -> Token:
    """Return the token of a part of a run."""
    words = token.word[first:end]
    start = token.start + first
    return token._replace(kind=kind, word=words, lower=words, start=start, end=start + end - first)


def _known_word(word: str, position: int, language: Language) -> int:
    """Return the length of the longest known word at a position of a run, or 0."""
    known = _known_words(language)
    for size in range(min(_MAX_WORD, len(word) - position), 0, -1):
        if word[position : position + size] in known:
            return size
    return 0


def _name_length(word: str, position: int, language: Language) -> int:
    """Return the length of the name at a position of a run, or 0: a known word ends it."""
    for family in (2, 1):
        if word[position : position + family] not in language.family_names:
            continue
        end = position + family
        if word[end : end + _known_word(word, end, language)] in language.titles:
            return family
        for size in range(family + 1, min(family + _MAX_GIVEN, len(word) - position) + 1):
            end = position + size
            if end == len(word) or _known_word(word, end, language):
                return size
    return 0


def _follows_name(word: str, position: int, language: Language) -> bool:
    """Return whether a name ends right before a position of a run, as before a title."""
    return any(
        _name_length(word, first, language) == position - first
        for first in range(max(0, position - _MAX_GIVEN - 2), position)
    )


def _named_after_titles(tokens: Sequence[Token], language: Language) -> Iterator[Token]:
    """Yield the tokens; words in Arabic or Hebrew script after a title are a name."""
    named = 0
    for token in tokens:
        is_word = token.kind == "w" and _WITHOUT_CASE[0] <= token.word[0] <= _WITHOUT_CASE[1]
        if is_word and token.lower in language.titles:
            named = _MAX_NAME_WORDS
            yield token
        elif is_word and named and token.lower not in _known_words(language):
            named -= 1
            yield token._replace(kind="N")
        else:
            named = 0
            yield token


@cache
def _known_words(language: Language) -> frozenset[str]:
    """Return the words that are no part of a name."""
    return (
        language.cue_words
        | language.titles
        | language.roles
        | language.intervening_words
        | language.function_words
        | language.prepositions
        | language.subject_pronouns
    )
