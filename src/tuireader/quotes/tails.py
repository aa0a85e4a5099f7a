"""What follows the noun of a description: "of the city", "close to the family"."""

from collections.abc import Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.language_file import first_names
from tuireader.quotes.tokens import Token


def tail(tokens: Sequence[Token], last: int, taken: set[int], language: Language) -> int:
    """The last token of "of the city" and the like behind the noun."""
    while last + 2 < len(tokens):
        if tokens[last + 1].lower in language.modifier and last + 3 < len(tokens):
            # "close to the family", "familiar with the plan"
            if tokens[last + 2].lower not in language.preposition:
                break
            end = _phrase(tokens, last + 3, taken, language)
            if end is None:
                break
            last = end
            continue
        if tokens[last + 1].lower not in language.tail:
            break
        following = tokens[last + 2]
        close = tokens[last + 1].lower in language.of
        if not (
            close
            or following.kind == "N"
            or following.lower in language.determiners
            or (language.nouns_capital and following.lower not in language.function)
        ):
            break
        end = _phrase(tokens, last + 2, taken, language)
        if end is None:
            break
        last = end
    return last


def _names_somebody(tokens: Sequence[Token], place: int) -> bool:
    """Whether a given name and another word with a capital stand at a place."""
    following = tokens[place + 1 : place + 2]
    return tokens[place].lower in first_names() and bool(following) and following[0].kind == "N"


def _phrase(tokens: Sequence[Token], place: int, taken: set[int], language: Language) -> int | None:
    end = None
    for index in range(place, min(place + 7, len(tokens))):
        token = tokens[index]
        if token.kind not in "wN#":
            break
        word = token.lower
        if end is not None and tokens[place].kind == "N" and token.kind == "w":
            if language.is_role(word):
                end = index
            break
        if language.noun_first and end is not None and _names_somebody(tokens, index):
            break
        if index > place or word not in language.determiners:
            if index not in taken and (
                (word in language.function and token.kind == "w") or word in language.cues
            ):
                break
            end = index
        if token.possessive:
            end = None
    return end
