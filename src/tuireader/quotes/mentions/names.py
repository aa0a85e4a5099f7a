"""Finds names among the tokens of a paragraph, with the titles and offices before them."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from tuireader.quotes.lexicon.common_words import (
    are_common_nouns,
    begins_sentence,
    is_given_name,
    is_separate_noun,
    name_start_after_nouns,
)
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names, is_known_given_name
from tuireader.quotes.mentions.syntax import starts_source_phrase
from tuireader.quotes.tokens import Token

_MAX_INITIAL = 2
"""The most characters of an initial, its full stop included."""
_MAX_OFFICE_WORDS = 6
"""The most words in lower case before a name that are examined for an office."""


def office_start(
    tokens: list[Token], position: int, language: Language, *, with_article: bool
) -> int:
    """Return the first token of the office in lower case before a name, else the name's own.

    With `with_article`, the article of an office in capitals belongs to it.
    """
    before = position - 1
    office = position - _is_noun_with_article(tokens, before, language)
    while before >= 0 and position - before <= _MAX_OFFICE_WORDS and tokens[before].kind == "w":
        word = tokens[before].lower
        if language.is_role(word) or word in language.titles:
            office = before
        elif word[-1] in "'’" or word in language.function_words or word in language.cue_words:
            if (office < position or with_article) and word in language.determiners:
                office = before
            break
        before -= 1
    if not language.noun_first:
        while 0 < office < position and _is_modifier(tokens[office - 1], language):
            # "Democratic presidential candidate Ada Moor" is one phrase.
            office -= 1
    return office


def _is_modifier(token: Token, language: Language) -> bool:
    """Return whether a word says nothing else of an office: "former", "presidential"."""
    return token.kind == "w" and token.lower in language.description_modifiers


def _is_noun_with_article(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a word is a noun after an article, which names a person's role."""
    return (
        language.noun_first
        and position > 0
        and tokens[position].kind == "w"
        and tokens[position - 1].lower in language.definite_articles
        and tokens[position].lower not in language.function_words
        and tokens[position].lower not in language.cue_words
    )


def skip_titles(tokens: list[Token], position: int, end: int, language: Language) -> int:
    """Return where the name itself begins in a run of capitalised words [position, end]."""
    first = position
    if tokens[position].word.isupper() and language.is_organisation_noun(tokens[end].lower):
        # "TD Economics", "RBC Capital"
        return first
    if _is_acronym(tokens, position, end, language):
        first = position + 1
    for index in range(first, end):
        word, following = tokens[index].lower, tokens[index + 1]
        named = following.kind == "N" or following.lower in language.name_particles
        if named and (
            word in language.titles
            or (
                language.is_role(word)
                and (
                    (index == position and index + 1 < end and begins_sentence(tokens, position))
                    or following.lower in first_names()
                    or (language.capital_nouns and not language.is_organisation_noun(word))
                )
            )
        ):
            first = index + 1
    return first


def _is_acronym(tokens: list[Token], position: int, end: int, language: Language) -> bool:
    """Return whether a run begins with the letters of an office or organisation: "MEC", "NBA"."""
    word = tokens[position].word
    return (
        end > position
        and 3 <= len(word) <= 5
        and word.isalpha()
        and word.isupper()
        and not tokens[position + 1].word.isupper()
        and tokens[position + 1].lower.rstrip(".") not in language.name_suffixes
        and (
            tokens[position + 1].lower in first_names()
            or (end == position + 1 and not language.is_role(tokens[end].lower))
        )
    )


def given_name_index(tokens: list[Token], first: int, end: int, language: Language) -> int:
    """Return the position of the given name, if other words precede it: "Texas Ted Cruz"."""
    names = first_names()
    if tokens[first].lower in names or len(tokens[first].word) <= _MAX_INITIAL:
        return first
    for index in range(first + 1, end):
        word = tokens[index].lower
        given = is_known_given_name(word) and word not in language.name_particles
        if given and tokens[index - 1].lower not in names:
            return index
    return first


class NameMention(NamedTuple):
    """The tokens [first, last] of a name, with its titles."""

    outer: int
    """The first token of its phrase, with offices in lower case and an article."""
    capital: int
    """The first token of its capitalised titles."""
    first: int
    last: int
    roles: tuple[str, ...]
    gender: str


def name_mentions_in(
    tokens: list[Token], language: Language, common: Container[str] = ()
) -> Iterator[NameMention]:
    """Yield the names of a paragraph, in order.

    `common` holds words that are no names (see `common_words_in`).
    """
    position = 0
    count = len(tokens)
    while position < count:
        if tokens[position].kind == "N" and not _is_function_word(tokens, position, language):
            if _is_opening_verb(tokens, position, language):
                position += 1
                continue
            end = _end_of_run(tokens, position, language, common)
            after_office = _name_after_office(tokens, position, end, language, common)
            if after_office is not None:
                yield after_office
                position = after_office.last + 1
                continue
            office = _is_office(tokens, position, end, language)
            if not (office or are_common_nouns(tokens, position, end, language, common)):
                first = name_start_after_nouns(tokens, position, end, language, common)
                yield _name_mention(tokens, first, end, language)
            position = end + 1
        else:
            position += 1


def _is_inner_particle(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a word is a particle of names, such as "von", and begins no sentence."""
    token = tokens[position]
    return (
        position > 0
        and token.lower in language.name_particles
        and tokens[position - 1].sentence == token.sentence
    )


def _is_function_word(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a capitalised word is no name, anywhere or at a sentence's beginning."""
    token = tokens[position]
    if _is_inner_particle(tokens, position, language):
        return False
    if token.lower in language.subject_pronouns or token.lower in language.determiners:
        return True
    if begins_sentence(tokens, position) and starts_source_phrase(tokens, position, language):
        return True
    if (
        token.lower in language.cue_words
        and begins_sentence(tokens, position)
        and not token.word.isupper()
    ):
        # "Said" in "Said Ellis" is a given name.
        return token.lower not in first_names()
    if token.lower not in language.function_words:
        return False
    is_before_name = position + 1 < len(tokens) and tokens[position + 1].kind == "N"
    is_given_name = token.lower in first_names() and not begins_sentence(tokens, position)
    # "Will Mead", "Prime Minister": a given name or a title, though also another word.
    return not (is_before_name and (is_given_name or token.lower in language.titles))


def _name_after_office(
    tokens: list[Token], position: int, end: int, language: Language, common: Container[str]
) -> NameMention | None:
    """Return the name after an office and its department: "US Secretary of State Ada Moor"."""
    start = end + 2
    if len(tokens) > start and tokens[start].lower in language.definite_articles:
        # "CEO of the Harbour Council Edwin Sorrel"
        start += 1
    if (
        start >= len(tokens)
        or tokens[end].lower not in language.titles
        or tokens[end + 1].lower not in language.of_prepositions
        or tokens[start].kind != "N"
    ):
        return None
    last = _end_of_run(tokens, start, language, common)
    first = given_name_index(tokens, start, last, language)
    for index in range(start, last):
        if tokens[index].lower in language.titles and index >= first:
            # "Chief of Army Staff General Asim Munir"
            first = index + 1
    if first == start:
        return None
    return _name_mention(tokens, first, last, language)._replace(
        outer=office_start(tokens, position, language, with_article=False),
        capital=position,
        roles=tuple(token.lower for token in tokens[position : end + 1]),
    )


def _is_opening_verb(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a capitalised word is a verb that begins a sentence: "Hosting Cook was …"."""
    word = tokens[position].lower
    return (
        begins_sentence(tokens, position)
        and not tokens[position].word.isupper()
        and bool(language.opening_endings)
        and word.endswith(language.opening_endings)
        and word not in first_names()
    )


def _is_office(tokens: list[Token], position: int, end: int, language: Language) -> bool:
    """Return whether a run is an office and no name: "the Prime Minister", "the PAHO Director".

    An article, or whoever has such an officer ("the company's CEO"), precedes it.
    """
    if not position:
        return False
    before, last = tokens[position - 1], tokens[end].lower
    if before.possessive or before.lower in language.possessives:
        return end == position and last in language.titles
    if before.lower not in language.definite_articles:
        return False
    run = tokens[position : end + 1]
    if last in language.roles and all(
        token.lower in language.titles or token.lower in language.departments for token in run
    ):
        return True
    officer = last in language.titles and last in language.roles
    return (
        officer
        and not language.capital_nouns
        and end == position + 1
        and tokens[position].word.isupper()
    )


def _end_of_run(
    tokens: list[Token], position: int, language: Language, common: Container[str]
) -> int:
    """Return the index of the last token (inclusive) of a run of capitalised words.

    The run begins at `position`. `common` holds words that are no names, which may end it.
    """
    end = position
    last = len(tokens) - 1
    while end < last:
        if tokens[end].possessive:
            break
        following = tokens[end + 1]
        if (
            following.kind == "N"
            and not _ends_run(tokens, end + 1, language)
            and not is_separate_noun(tokens, end + 1, language, common)
        ):
            end += 1
        elif (step := _particle_steps(tokens, position, end, language)) > 0:
            end += step
        else:
            break
    return end


def _ends_run(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether the capitalised word at the position cannot continue a run."""
    token = tokens[position]
    if _is_inner_particle(tokens, position, language):
        return False
    if token.lower in language.subject_pronouns:
        return True
    return token.sentence != tokens[position - 1].sentence or (
        token.lower in language.function_words and token.lower not in language.titles
    )


def _particle_steps(tokens: list[Token], first: int, end: int, language: Language) -> int:
    """Return how many tokens continue a name across its particles ("van der"), or 0."""
    following = tokens[end + 1]
    rest = tokens[end + 2 : end + 4]
    if not rest:
        return 0
    if _joins_department(tokens, first, end, language):
        return 2
    if following.word == "&" or (
        following.lower in language.name_particles
        # "Jan Smit van het instituut": his employer, not his name.
        and (
            not language.verb_second
            or is_given_name(tokens[end])
            or (end == first and not language.capital_nouns)
        )
    ):
        if rest[0].kind == "N" and not _ends_run(tokens, end + 2, language):
            return 2
        if rest[0].lower in language.name_particles and len(rest) > 1 and rest[1].kind == "N":
            return 3
    return _steps_to_body(tokens, first, end, language)


def _steps_to_body(tokens: list[Token], first: int, end: int, language: Language) -> int:
    """Return how many tokens continue a body's name after "of" ("of the Arts"), or 0."""
    rest = tokens[end + 2 : end + 4]
    heads = language.organisation_words
    if tokens[end + 1].lower not in language.of_prepositions or heads.isdisjoint(
        token.lower for token in tokens[first : end + 1]
    ):
        return 0
    if rest[0].kind == "N":
        return 2
    article = rest[0].lower in language.definite_articles
    return 3 if article and len(rest) > 1 and rest[1].kind == "N" else 0


def _joins_department(tokens: list[Token], first: int, end: int, language: Language) -> bool:
    """Return whether "and" joins what a body is for: "the Department of Roads and Bridges"."""
    following = tokens[end + 1 : end + 4]
    return (
        len(following) == 3
        and following[0].lower in language.conjunctions
        and following[1].kind == "N"
        and not is_given_name(following[1])
        and tokens[first].lower in language.organisation_words
        and any(token.lower in language.of_prepositions for token in tokens[first:end])
        and (language.is_role(following[2].lower) or following[2].lower in language.say_verbs)
    )


def _name_mention(tokens: list[Token], position: int, end: int, language: Language) -> NameMention:
    """Return the name in a run [position, end], its titles split off."""
    first = skip_titles(tokens, position, end, language)
    given = given_name_index(tokens, first, end, language)
    if given > first and position and not language.capital_nouns:
        # "on Twitter Anna Berg said"
        position = given if tokens[position - 1].lower in language.prepositions else position
    first = given
    roles = [token.lower for token in tokens[position:first]]
    gender = ""
    for role in roles:
        if role in language.masculine_titles:
            gender = "m"
        elif role in language.feminine_titles:
            gender = "f"
        elif language.feminine_role_endings:
            gender = language.gender_of(role) or gender
    if not gender and end > first:
        gender = first_names().get(tokens[first].lower, "")
    outer = office_start(
        tokens, position, language, with_article=language.capital_nouns and first > position
    )
    roles[:0] = [token.lower for token in tokens[outer:position]]
    return NameMention(outer, position, first, end, tuple(roles), gender)
