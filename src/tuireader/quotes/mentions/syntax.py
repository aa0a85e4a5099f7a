"""Source phrases such as "according to X", and phrases that cannot be a subject."""

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.tokens import Token

_MAX_PHRASE = 6
"""The most tokens of a phrase before a source postposition."""
_MAX_MODIFIERS = 8
"""The most tokens before a phrase that are examined for its article."""


def follows_source_phrase(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a source phrase ends right before a position."""
    if not position or tokens[position - 1].lower not in language.source_phrase_ends:
        return False
    return any(
        matches_phrase(tokens[max(0, position - len(phrase)) : position], phrase)
        for phrase in language.source_phrases
    )


def starts_source_phrase(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a source phrase begins at a position."""
    word = tokens[position].lower
    return word in language.source_phrase_starts and any(
        phrase[0] == word and matches_phrase(tokens[position : position + len(phrase)], phrase)
        for phrase in language.source_phrases
    )


def starts_source_postposition(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a source postposition ("zufolge") begins at a position."""
    return any(
        matches_phrase(tokens[position : position + len(phrase)], phrase)
        for phrase in language.source_postpositions
    )


def precedes_source_phrase(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a source postposition follows within a few words of an article."""
    if not language.source_postpositions:
        return False
    for following in range(position + 2, min(position + 2 + _MAX_PHRASE, len(tokens))):
        if starts_source_postposition(tokens, following, language):
            return True
        if tokens[following].kind not in "wN":
            break
    return False


def follows_source_verb(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a verb of saying or a source phrase ends right before a position."""
    if position and tokens[position - 1].lower in language.say_verbs:
        return True
    return follows_source_phrase(tokens, position, language) or any(
        matches_phrase(tokens[max(0, position - len(phrase)) : position], phrase)
        for phrase in language.source_phrases_after_quote
    )


def matches_phrase(tokens: list[Token], phrase: tuple[str, ...]) -> bool:
    """Return whether tokens are the words of a phrase."""
    return len(tokens) == len(phrase) and all(
        token.lower == word for token, word in zip(tokens, phrase, strict=True)
    )


def is_non_subject(tokens: list[Token], first: int, last: int, language: Language) -> bool:
    """Return whether the phrase [first, last] cannot be the subject of its sentence.

    A preposition precedes it, its article shows an oblique case, or it is a genitive after a
    noun; and no source phrase names it. Only languages with cases or verb-second order have
    such phrases.
    """
    if not (language.oblique_articles or language.verb_second) or _is_named_source(
        tokens, first, last, language
    ):
        return False
    article = tokens[first].lower in language.determiners
    position = first if article else _article_position(tokens, first, language)
    if position < 0:
        return False
    token = tokens[position]
    if token.lower in language.oblique_articles or _has_oblique_adjective(
        tokens, position, language
    ):
        return True
    if token.lower in language.determiners:
        position -= 1
        if (
            position >= 0
            and token.lower in language.genitive_articles
            and _is_plain_noun(tokens[position])
        ):
            same = tokens[position].sentence == token.sentence
            return same and tokens[position].lower not in language.cue_nouns
    return (
        position >= 0
        and tokens[position].lower in language.prepositions
        and not _is_named_source(tokens, position + 1, last, language)
    )


def _article_position(tokens: list[Token], first: int, language: Language) -> int:
    """Return the token before a phrase's adjectives, numbers and first nouns: "Partei- und …"."""
    position = first - 1
    while position >= max(0, first - _MAX_MODIFIERS):
        token = tokens[position]
        if (
            token.lower in language.conjunctions
            and position > 1
            and tokens[position - 1].kind == "-"
        ):
            position -= 3
        elif token.kind == "#" or (
            token.kind == "w"
            and token.lower.endswith(language.adjective_endings)
            and token.lower not in language.function_words
            and token.lower not in language.cue_words
        ):
            position -= 1
        else:
            return position
    return -1


def _has_oblique_adjective(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether the adjective after an article shows its case: "der alten Zeitung"."""
    following = tokens[position + 1 : position + 3]
    return (
        tokens[position].lower in language.genitive_articles
        and [token.kind for token in following] == ["w", "N"]
        and following[0].lower.endswith(language.oblique_adjective_endings)
        and following[0].lower not in language.function_words
    )


def _is_plain_noun(token: Token) -> bool:
    """Return whether a token has a capital and is no possessive."""
    return token.kind == "N" and not token.possessive


def _is_named_source(tokens: list[Token], first: int, last: int, language: Language) -> bool:
    """Return whether a source phrase precedes a phrase, or a source postposition follows it."""
    return follows_source_phrase(tokens, first, language) or starts_source_postposition(
        tokens, last + 1, language
    )
