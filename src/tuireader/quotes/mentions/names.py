"""What stands ahead of a name: titles, offices, the letters of a body.

Names among the tokens of a paragraph, with the titles and offices ahead of them.

How names are written: in capitals throughout, as initials, with apostrophes.
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tuireader.quotes.lexicon.common_words import (
    are_common,
    begins_sentence,
    is_given_name,
    is_separate_noun,
    name_start_after_nouns,
)
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.syntax import starts_source_phrase
from tuireader.quotes.tokens import Token

_INITIALS = 2
"""Letters at most in an initial with its full stop."""
_REACH = 6
"""Words in lower case that are looked at ahead of a name for its bearer's office."""


def office_starts(tokens: Sequence[Token], place: int, language: Language, *, titled: bool) -> int:
    """Where the words in lower case begin that say what the bearer is.

    With `titled`, the article of an office in capitals is one of them.
    """
    before = place - 1
    office = place - _is_what(tokens, before, language)
    while before >= 0 and place - before <= _REACH and tokens[before].kind == "w":
        word = tokens[before].lower
        if language.is_role(word) or word in language.titles:
            office = before
        elif word[-1] in "'’" or word in language.function_words or word in language.cue_words:
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
        and tokens[place - 1].lower in language.definite_articles
        and tokens[place].lower not in language.function_words
        and tokens[place].lower not in language.cue_words
    )


def skip_titles(tokens: Sequence[Token], place: int, end: int, language: Language) -> int:
    """Where the name itself begins in a run of capital words [place, end]."""
    first = place
    if _is_acronym(tokens, place, end, language):
        first = place + 1
    for index in range(first, end):
        word, following = tokens[index].lower, tokens[index + 1]
        named = following.kind == "N" or following.lower in language.name_particles
        if named and (
            word in language.titles
            or (
                language.is_role(word)
                and (
                    (index == place and index + 1 < end and begins_sentence(tokens, place))
                    or following.lower in first_names()
                    or (language.capital_nouns and not language.is_organisation_noun(word))
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
        and tokens[place + 1].lower.rstrip(".") not in language.name_suffixes
        and (
            tokens[place + 1].lower in first_names()
            or (end == place + 1 and not language.is_role(tokens[end].lower))
        )
    )


def given_name_index(tokens: Sequence[Token], first: int, end: int, language: Language) -> int:
    """Where the given name stands, if something else is ahead of it ("Texas Ted Cruz")."""
    names = first_names()
    if tokens[first].lower in names or len(tokens[first].word) <= _INITIALS:
        return first
    for index in range(first + 1, end):
        word = tokens[index].lower
        given = word in names and word not in language.name_particles
        if given and tokens[index - 1].lower not in names:
            return index
    return first


class NameMention(NamedTuple):
    """Tokens [first, last] of a name."""

    outer: int
    """Where its phrase begins, offices in lower case and an article taken in."""
    capital: int
    """Where its titles in capitals begin."""
    first: int
    last: int
    roles: tuple[str, ...]
    gender: str


def name_mentions_in(
    tokens: Sequence[Token], language: Language, common: Container[str] = ()
) -> Iterator[NameMention]:
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
                first = name_start_after_nouns(tokens, place, end, language, common)
                yield _name(tokens, first, end, language)
            place = end + 1
        else:
            place += 1


def _is_function(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a word with a capital is a common one, at a sentence's beginning or anywhere."""
    token = tokens[place]
    if (
        place
        and token.lower in language.name_particles
        and tokens[place - 1].sentence == token.sentence
    ):
        return False
    if token.lower in language.subject_pronouns or token.lower in language.determiners:
        return True
    if begins_sentence(tokens, place) and starts_source_phrase(tokens, place, language):
        return True
    if (
        token.lower in language.cue_words
        and begins_sentence(tokens, place)
        and not token.word.isupper()
    ):
        # Not in "Said Ellis".
        return token.lower not in first_names()
    return token.lower in language.function_words and not (
        token.lower in language.titles and place + 1 < len(tokens) and tokens[place + 1].kind == "N"
    )


def _behind_office(
    tokens: Sequence[Token], place: int, end: int, language: Language, common: Container[str]
) -> NameMention | None:
    """The name behind an office with what it is of: "US Secretary of State Ada Moor"."""
    following = tokens[end + 1 : end + 3]
    if (
        len(following) < 2
        or tokens[end].lower not in language.titles
        or following[0].lower not in language.of_prepositions
        or following[1].kind != "N"
    ):
        return None
    last = _run(tokens, end + 2, language, common)
    first = given_name_index(tokens, end + 2, last, language)
    if first == end + 2:
        return None
    return _name(tokens, first, last, language)._replace(
        outer=office_starts(tokens, place, language, titled=False),
        capital=place,
        roles=tuple(token.lower for token in tokens[place : end + 1]),
    )


def _opens_clause(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a capital word is the verb that a sentence begins with: "Hosting Cook was …"."""
    word = tokens[place].lower
    return (
        begins_sentence(tokens, place)
        and not tokens[place].word.isupper()
        and bool(language.opening_endings)
        and word.endswith(language.opening_endings)
        and word not in first_names()
    )


def _is_office(tokens: Sequence[Token], place: int, end: int, language: Language) -> bool:
    """Whether a run is no name but an office with its article: "the Prime Minister"."""
    return (
        place > 0
        and tokens[place - 1].lower in language.definite_articles
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
            and not is_separate_noun(tokens, end + 1, language, common)
        ):
            end += 1
        elif (step := _joined(tokens, place, end, language)) > 0:
            end += step
        else:
            break
    return end


def _breaks(tokens: Sequence[Token], place: int, language: Language) -> bool:
    token = tokens[place]
    if (
        place
        and token.lower in language.name_particles
        and tokens[place - 1].sentence == token.sentence
    ):
        return False
    if token.lower in language.subject_pronouns:
        return True
    return token.sentence != tokens[place - 1].sentence or (
        token.lower in language.function_words and token.lower not in language.titles
    )


def _joined(tokens: Sequence[Token], first: int, end: int, language: Language) -> int:
    """How many tokens to step over small words that a name takes in, else 0."""
    following = tokens[end + 1]
    rest = tokens[end + 2 : end + 4]
    if not rest:
        return 0
    if following.word == "&" or (
        following.lower in language.name_particles
        # "Jan Smit van het instituut": where he is from, not his name.
        and (
            not language.verb_second
            or is_given_name(tokens[end])
            or (end == first and not language.capital_nouns)
        )
    ):
        if rest[0].kind == "N" and not _breaks(tokens, end + 2, language):
            return 2
        if rest[0].lower in language.name_particles and len(rest) > 1 and rest[1].kind == "N":
            return 3
    heads = language.organisation_words
    if following.lower not in language.of_prepositions or heads.isdisjoint(
        token.lower for token in tokens[first : end + 1]
    ):
        return 0
    if rest[0].kind == "N":
        return 2
    article = rest[0].lower in language.definite_articles
    return 3 if article and len(rest) > 1 and rest[1].kind == "N" else 0


def _name(tokens: Sequence[Token], place: int, end: int, language: Language) -> NameMention:
    """Split a run into titles and the name itself."""
    first = skip_titles(tokens, place, end, language)
    given = given_name_index(tokens, first, end, language)
    if given > first and place and not language.capital_nouns:
        # "on Twitter Anna Berg said"
        place = given if tokens[place - 1].lower in language.prepositions else place
    first = given
    roles = [token.lower for token in tokens[place:first]]
    gender = ""
    for role in roles:
        if role in language.masculine_titles:
            gender = "m"
        elif role in language.feminine_titles:
            gender = "f"
        elif language.feminine_role_endings:
            gender = language.gender_of(role) or gender
    if not gender:
        gender = first_names().get(tokens[first].lower, "") if end > first else ""
    outer = office_starts(tokens, place, language, titled=language.capital_nouns and first > place)
    roles[:0] = [token.lower for token in tokens[outer:place]]
    return NameMention(outer, place, first, end, tuple(roles), gender)


def trim_apostrophe(words: Sequence[str]) -> str:
    """A name as it is written: nothing stands behind an apostrophe that joins."""
    return " ".join(words).replace("' ", "'").replace("’ ", "’")


def _is_loud(word: str) -> bool:
    """Whether a word is in capitals throughout and too long for the letters of a body."""
    return len(word) > 3 and word.isupper()


def title_case_name(name: str) -> str:
    """A name that is written in capitals throughout as it is written otherwise."""
    return " ".join(word.title() if _is_loud(word) else word for word in name.split())


def plain_given_name(word: str) -> str:
    """A given name that is shouted, as the first word of an article may be, as it is written."""
    return word.title() if _is_loud(word) and word.lower() in first_names() else word


def is_initial(word: str) -> bool:
    """Whether a word of a name is its first letter only."""
    return len(word) == 1 or word.endswith(".")
