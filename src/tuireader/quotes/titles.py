"""What stands ahead of a name: titles, offices, the letters of a body."""

from collections.abc import Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.language_file import first_names
from tuireader.quotes.nouns import begins
from tuireader.quotes.tokens import Token

_INITIALS = 2
"""Letters at most in an initial with its full stop."""
_REACH = 6
"""Words in lower case that are looked at ahead of a name for its bearer's office."""


def offices(tokens: Sequence[Token], place: int, language: Language, *, titled: bool) -> int:
    """Where the words in lower case begin that say what the bearer is.

    With `titled`, the article of an office in capitals is one of them.
    """
    before = place - 1
    office = place - _is_what(tokens, before, language)
    while before >= 0 and place - before <= _REACH and tokens[before].kind == "w":
        word = tokens[before].lower
        if language.is_role(word) or word in language.titles:
            office = before
        elif word[-1] in "'’" or word in language.function or word in language.cues:
            if (office < place or titled) and word in language.determiners:
                office = before
            break
        before -= 1
    return office


def _is_what(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word is any noun with its article, which says what the bearer of a name is."""
    return (
        language.noun_first
        and place > 0
        and tokens[place].kind == "w"
        and tokens[place - 1].lower in language.definite
        and tokens[place].lower not in language.function
        and tokens[place].lower not in language.cues
    )


def after_titles(tokens: Sequence[Token], place: int, end: int, language: Language) -> int:
    """Where the name itself begins in a run of capital words [place, end]."""
    first = place
    if _is_acronym(tokens, place, end, language):
        first = place + 1
    for index in range(first, end):
        word, following = tokens[index].lower, tokens[index + 1]
        named = following.kind == "N" or following.lower in language.particles
        if named and (
            word in language.titles
            or (
                language.is_role(word)
                and (
                    (index == place and index + 1 < end and begins(tokens, place))
                    or following.lower in first_names()
                    or (language.nouns_capital and not language.is_body(word))
                )
            )
        ):
            first = index + 1
    return first


def _is_acronym(tokens: Sequence[Token], place: int, end: int, language: Language) -> bool:
    """Whether a run begins with letters that stand for an office or a body: "MEC", "NBA"."""
    word = tokens[place].word
    return (
        end > place
        and 3 <= len(word) <= 5
        and word.isalpha()
        and word.isupper()
        and not tokens[place + 1].word.isupper()
        and tokens[place + 1].lower.rstrip(".") not in language.suffix
        and (
            tokens[place + 1].lower in first_names()
            or (end == place + 1 and not language.is_role(tokens[end].lower))
        )
    )


def at_given_name(tokens: Sequence[Token], first: int, end: int, language: Language) -> int:
    """Where the given name stands, if something else is ahead of it ("Texas Ted Cruz")."""
    names = first_names()
    if tokens[first].lower in names or len(tokens[first].word) <= _INITIALS:
        return first
    for index in range(first + 1, end):
        word = tokens[index].lower
        given = word in names and word not in language.particles
        if given and tokens[index - 1].lower not in names:
            return index
    return first
