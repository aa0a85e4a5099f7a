"""Words of source beside a phrase: "according to X", "X zufolge", and verbs of saying.

Which phrases are no subjects, where articles and prepositions show it.
"""

from collections.abc import Sequence

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.tokens import Token

_NOUNS = 6
"""Tokens of a phrase within which a word of source behind it is looked for."""


def follows_source_phrase(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source stands right before a place."""
    if not place or tokens[place - 1].lower not in language.source_phrase_ends:
        return False
    return any(
        matches_phrase(tokens[max(0, place - len(phrase)) : place], phrase)
        for phrase in language.source_phrases
    )


def starts_source_phrase(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source begins at a place."""
    word = tokens[place].lower
    return any(
        phrase[0] == word and matches_phrase(tokens[place : place + len(phrase)], phrase)
        for phrase in language.source_phrases
    )


def starts_source_postposition(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word of source that follows its source begins at a place."""
    return any(
        matches_phrase(tokens[place : place + len(phrase)], phrase)
        for phrase in language.source_postpositions
    )


def precedes_source_phrase(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a phrase of source follows within a few words behind an article at the place."""
    if not language.source_postpositions:
        return False
    for behind in range(place + 2, min(place + 2 + _NOUNS, len(tokens))):
        if starts_source_postposition(tokens, behind, language):
            return True
        if tokens[behind].kind not in "wN":
            break
    return False


def follows_source_verb(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a verb of saying or a word of source stands right before a place."""
    if place and tokens[place - 1].lower in language.say_verbs:
        return True
    return follows_source_phrase(tokens, place, language) or any(
        matches_phrase(tokens[max(0, place - len(phrase)) : place], phrase)
        for phrase in language.source_phrases_after_quote
    )


def matches_phrase(tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
    """Whether tokens are the words of a phrase."""
    return len(tokens) == len(phrase) and all(
        token.lower == word for token, word in zip(tokens, phrase, strict=True)
    )


_REACH = 8
"""Tokens that are looked at ahead of a phrase."""


def is_object(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Whether the phrase [first, last] cannot be the subject of its sentence.

    So it is behind a preposition, with an oblique article, or in the genitive behind a
    noun; but not if it is named as a source.
    """
    if not (language.oblique_articles or language.verb_second) or _is_source(
        tokens, first, last, language
    ):
        return False
    article = tokens[first].lower in language.determiners
    place = first if article else _article(tokens, first, language)
    if place < 0:
        return False
    token = tokens[place]
    if token.lower in language.oblique_articles or _is_weak(tokens, place, language):
        return True
    if token.lower in language.determiners:
        place -= 1
        if place >= 0 and token.lower in language.genitive_articles and _is_noun(tokens[place]):
            same = tokens[place].sentence == token.sentence
            return same and tokens[place].lower not in language.cue_nouns
    return (
        place >= 0
        and tokens[place].lower in language.prepositions
        and not _is_source(tokens, place + 1, last, language)
    )


def _article(tokens: Sequence[Token], first: int, language: Language) -> int:
    """The token ahead of a phrase's adjectives, numbers and first nouns ("Partei- und …")."""
    place = first - 1
    while place >= max(0, first - _REACH):
        token = tokens[place]
        if token.lower in language.conjunctions and place > 1 and tokens[place - 1].kind == "-":
            place -= 3
        elif token.kind == "#" or (
            token.kind == "w"
            and token.lower.endswith(language.adjective_endings)
            and token.lower not in language.function_words
            and token.lower not in language.cue_words
        ):
            place -= 1
        else:
            return place
    return -1


def _is_weak(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether the adjective behind an article shows the case: "der alten Zeitung"."""
    following = tokens[place + 1 : place + 3]
    return (
        tokens[place].lower in language.genitive_articles
        and [token.kind for token in following] == ["w", "N"]
        and following[0].lower.endswith(language.oblique_adjective_endings)
        and following[0].lower not in language.function_words
    )


def _is_noun(token: Token) -> bool:
    return token.kind == "N" and not token.possessive


def _is_source(tokens: Sequence[Token], first: int, last: int, language: Language) -> bool:
    """Whether a phrase of source ends right before a phrase, or a word of source is behind."""
    return follows_source_phrase(tokens, first, language) or starts_source_postposition(
        tokens, last + 1, language
    )
