"""Names among the tokens of a paragraph, with the titles and offices ahead of them."""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tuireader.quotes.citing import opens_source
from tuireader.quotes.language import Language
from tuireader.quotes.language_file import first_names
from tuireader.quotes.nouns import are_common, begins, behind_nouns, is_apart, is_given
from tuireader.quotes.titles import after_titles, at_given_name, offices
from tuireader.quotes.tokens import Token


class Name(NamedTuple):
    """Tokens [first, last] of a name."""

    outer: int
    """Where its phrase begins, offices in lower case and an article taken in."""
    capital: int
    """Where its titles in capitals begin."""
    first: int
    last: int
    roles: tuple[str, ...]
    gender: str


def names_in(
    tokens: Sequence[Token], language: Language, common: Container[str] = ()
) -> Iterator[Name]:
    """The names of a paragraph in order.

    `common` holds words that the article also writes without a capital.
    """
    place = 0
    count = len(tokens)
    while place < count:
        if tokens[place].kind == "N" and not _is_function(tokens, place, language):
            if _opens_clause(tokens, place, language):
                place += 1
                continue
            end = _run(tokens, place, language, common)
            behind = _behind_office(tokens, place, end, language, common)
            if behind is not None:
                yield behind
                place = behind.last + 1
                continue
            office = _is_office(tokens, place, end, language)
            if not (office or are_common(tokens, place, end, language, common)):
                first = behind_nouns(tokens, place, end, language, common)
                yield _name(tokens, first, end, language)
            place = end + 1
        else:
            place += 1


def _is_function(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word with a capital is a common one, at a sentence's beginning or anywhere."""
    token = tokens[place]
    if place and token.lower in language.particles and tokens[place - 1].sentence == token.sentence:
        return False
    if token.lower in language.pronouns or token.lower in language.determiners:
        return True
    if begins(tokens, place) and opens_source(tokens, place, language):
        return True
    if token.lower in language.cues and begins(tokens, place) and not token.word.isupper():
        # Not in "Said Ellis".
        return token.lower not in first_names()
    return token.lower in language.function and not (
        token.lower in language.titles and place + 1 < len(tokens) and tokens[place + 1].kind == "N"
    )


def _behind_office(
    tokens: Sequence[Token], place: int, end: int, language: Language, common: Container[str]
) -> Name | None:
    """The name behind an office with what it is of: "US Secretary of State Ada Moor"."""
    following = tokens[end + 1 : end + 3]
    if (
        len(following) < 2
        or tokens[end].lower not in language.titles
        or following[0].lower not in language.of
        or following[1].kind != "N"
    ):
        return None
    last = _run(tokens, end + 2, language, common)
    first = at_given_name(tokens, end + 2, last, language)
    if first == end + 2:
        return None
    return _name(tokens, first, last, language)._replace(
        outer=offices(tokens, place, language, titled=False),
        capital=place,
        roles=tuple(token.lower for token in tokens[place : end + 1]),
    )


def _opens_clause(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a capital word is the verb that a sentence begins with: "Hosting Cook was …"."""
    word = tokens[place].lower
    return (
        begins(tokens, place)
        and not tokens[place].word.isupper()
        and bool(language.opening_endings)
        and word.endswith(language.opening_endings)
        and word not in first_names()
    )


def _is_office(tokens: Sequence[Token], place: int, end: int, language: Language) -> bool:
    """Whether a run is no name but an office with its article: "the Prime Minister"."""
    return (
        place > 0
        and tokens[place - 1].lower in language.definite
        and tokens[end].lower in language.roles
        and all(
            token.lower in language.titles or token.lower in language.departments
            for token in tokens[place : end + 1]
        )
    )


def _run(tokens: Sequence[Token], place: int, language: Language, common: Container[str]) -> int:
    """The last token of the run of capital words that begins at the place."""
    end = place
    last = len(tokens) - 1
    while end < last:
        if tokens[end].possessive:
            break
        following = tokens[end + 1]
        if (
            following.kind == "N"
            and not _breaks(tokens, end + 1, language)
            and not is_apart(tokens, end + 1, language, common)
        ):
            end += 1
        elif (step := _joined(tokens, place, end, language)) > 0:
            end += step
        else:
            break
    return end


def _breaks(tokens: Sequence[Token], place: int, language: Language) -> bool:
    token = tokens[place]
    if place and token.lower in language.particles and tokens[place - 1].sentence == token.sentence:
        return False
    if token.lower in language.pronouns:
        return True
    return token.sentence != tokens[place - 1].sentence or (
        token.lower in language.function and token.lower not in language.titles
    )


def _joined(tokens: Sequence[Token], first: int, end: int, language: Language) -> int:
    """How many tokens to step over small words that a name takes in, else 0."""
    following = tokens[end + 1]
    rest = tokens[end + 2 : end + 4]
    if not rest:
        return 0
    if following.word == "&" or (
        following.lower in language.particles
        # "Jan Smit van het instituut": where he is from, not his name.
        and (
            not language.verb_second
            or is_given(tokens[end])
            or (end == first and not language.nouns_capital)
        )
    ):
        if rest[0].kind == "N" and not _breaks(tokens, end + 2, language):
            return 2
        if rest[0].lower in language.particles and len(rest) > 1 and rest[1].kind == "N":
            return 3
    heads = language.organisations
    if following.lower not in language.of or heads.isdisjoint(
        token.lower for token in tokens[first : end + 1]
    ):
        return 0
    if rest[0].kind == "N":
        return 2
    article = rest[0].lower in language.definite
    return 3 if article and len(rest) > 1 and rest[1].kind == "N" else 0


def _name(tokens: Sequence[Token], place: int, end: int, language: Language) -> Name:
    """Split a run into titles and the name itself."""
    first = after_titles(tokens, place, end, language)
    given = at_given_name(tokens, first, end, language)
    if given > first and place and not language.nouns_capital:
        # "on Twitter Anna Berg said"
        place = given if tokens[place - 1].lower in language.preposition else place
    first = given
    roles = [token.lower for token in tokens[place:first]]
    gender = ""
    for role in roles:
        if role in language.title_masculine:
            gender = "m"
        elif role in language.title_feminine:
            gender = "f"
        elif language.feminine_endings:
            gender = language.gender_of(role) or gender
    if not gender:
        gender = first_names().get(tokens[first].lower, "") if end > first else ""
    outer = offices(tokens, place, language, titled=language.nouns_capital and first > place)
    roles[:0] = [token.lower for token in tokens[outer:place]]
    return Name(outer, place, first, end, tuple(roles), gender)
