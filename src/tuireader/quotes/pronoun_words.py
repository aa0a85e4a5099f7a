"""Which words are pronouns that can name a speaker."""

from collections.abc import Iterator, Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.tokens import Token


def pronouns_in(tokens: Sequence[Token], language: Language) -> Iterator[int]:
    """The places of the pronouns that can be a subject."""
    for place, token in enumerate(tokens):
        if token.kind not in "wN" or token.lower not in language.pronouns:
            continue
        if language.first_capital and token.lower in language.first and token.word.islower():
            continue
        if _is_article(tokens, place, language):
            continue
        if token.lower in language.neuter and not _cue_near(tokens, place, language):
            continue
        yield place


def gender_of(word: str, language: Language) -> str:
    """What a pronoun shows of the sex: m, f or nothing."""
    if word in language.masculine:
        return "m"
    return "f" if word in language.feminine else ""


def _is_article(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a pronoun is an article here: Dutch "het"."""
    following = tokens[place + 1 : place + 2]
    return (
        tokens[place].lower in language.definite
        and bool(following)
        and following[0].kind in "wN"
        and following[0].lower not in language.cues
        and following[0].lower not in language.function
    )


def _cue_near(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a verb of saying stands beside a place, or one word after it."""
    near = (place - 1, place + 1, place + 2)
    return any(0 <= at < len(tokens) and tokens[at].lower in language.say for at in near)
