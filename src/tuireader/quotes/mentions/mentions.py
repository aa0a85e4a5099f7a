"""Which words are pronouns that can name a speaker.

What names a possible speaker: names, pronouns and descriptions, outside the marks.
"""

from collections.abc import Container, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import first_names
from tuireader.quotes.mentions.names import NameMention, name_mentions_in
from tuireader.quotes.mentions.noun_phrases import descriptions_in
from tuireader.quotes.mentions.syntax import is_object
from tuireader.quotes.tokens import Token


def pronouns_in(tokens: Sequence[Token], language: Language) -> Iterator[int]:
    """The places of the pronouns that can be a subject."""
    for place, token in enumerate(tokens):
        if token.kind not in "wN" or token.lower not in language.subject_pronouns:
            continue
        if (
            language.capital_first_person
            and token.lower in language.first_person
            and token.word.islower()
        ):
            continue
        if _is_article(tokens, place, language):
            continue
        if token.lower in language.neuter_pronouns and not _cue_near(tokens, place, language):
            continue
        yield place


def gender_of(word: str, language: Language) -> str:
    """What a pronoun shows of the sex: m, f or nothing."""
    if word in language.masculine_pronouns:
        return "m"
    return "f" if word in language.feminine_pronouns else ""


def _is_article(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a pronoun is an article here: Dutch "het"."""
    following = tokens[place + 1 : place + 2]
    return (
        tokens[place].lower in language.definite_articles
        and bool(following)
        and following[0].kind in "wN"
        and following[0].lower not in language.cue_words
        and following[0].lower not in language.function_words
    )


def _cue_near(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether a verb of saying stands beside a place, or one word after it."""
    near = (place - 1, place + 1, place + 2)
    return any(0 <= at < len(tokens) and tokens[at].lower in language.say_verbs for at in near)


class MentionKind(StrEnum):
    """How a mention names somebody."""

    NAME = "n"
    PRONOUN = "p"
    DESCRIPTION = "d"


class Mention(NamedTuple):
    """Tokens [first, last] of a paragraph that name somebody."""

    kind: MentionKind
    outer: int
    """The first token of its phrase: a title, an office, an article."""
    first: int
    """Its first token, without titles."""
    last: int
    paragraph: int
    start: int
    """Where its words begin in the text, titles taken in, in code points."""
    end: int
    words: tuple[str, ...]
    """A name without titles; a pronoun; a description with its article."""
    roles: tuple[str, ...] = ()
    """Titles and offices ahead of a name, in lower case."""
    gender: str = ""
    head: str = ""
    """The noun of a description, in lower case."""
    placed: bool = False
    """Whether a preposition of place stands before it."""
    says: bool = False
    """Whether a verb of saying stands beside it."""
    inside: bool = False
    """Whether it is part of another phrase: "Chancellor X of Germany", "(R-Ohio)"."""
    noun: bool = False
    """Whether it may be a common noun, in a language that gives every noun a capital."""
    governed: bool = False
    """Whether an article or a preposition shows that it is no subject."""


def mentions_in(
    tokens: Sequence[Token], paragraph: int, language: Language, common: Container[str] = ()
) -> list[Mention]:
    """The mentions of a paragraph in order; none overlaps another.

    `common` holds words that the article also writes without a capital.
    """
    names = {name.first: name for name in _names(tokens, paragraph, language, common)}
    found = [*names.values(), *_pronouns(tokens, paragraph, language)]
    taken = {place for mention in found for place in range(mention.first, mention.last + 1)}
    offices = {place for name in names.values() for place in range(name.outer, name.first)}
    for first, last, head in descriptions_in(tokens, taken, language):
        if _is_office(tokens, first, last, offices) or is_object(tokens, first, last, language):
            continue
        name = names.get(first + 1)
        if (
            name is not None
            and _is_whole(name, last, language)
            and tokens[first].lower in language.definite_articles
        ):
            # "the State Department" is a name.
            found[found.index(name)] = name._replace(outer=first)
            continue
        found.append(
            Mention(
                MentionKind.DESCRIPTION,
                first,
                first,
                last,
                paragraph,
                tokens[first].start,
                tokens[last].end,
                tuple(token.word for token in tokens[first : last + 1]),
                gender=language.gender_of(head),
                head=head,
            )
        )
    found.sort(key=lambda mention: (mention.first, -mention.last))
    return _nested(found, tokens, language)


def _is_whole(name: Mention, last: int, language: Language) -> bool:
    """Whether a description that ends at a token is a name with its article."""
    return name.last == last or (name.last > last and not language.capital_nouns)


def _is_office(tokens: Sequence[Token], first: int, last: int, offices: set[int]) -> bool:
    """Whether a description is what stands ahead of a name: "planetary geologist Ada Moor"."""
    if tokens[first].kind == "w":
        return last in offices
    return offices.issuperset(range(first, last + 1))


def _nested(found: list[Mention], tokens: Sequence[Token], language: Language) -> list[Mention]:
    """The same mentions, those that are part of another phrase marked."""
    result: list[Mention] = []
    covered = -1
    previous: Mention | None = None
    for mention in found:
        if previous is not None and _is_affiliation(previous, mention, tokens):
            # "Ohio State University professor Paul Beck" is Paul Beck.
            result[-1] = result[-1]._replace(inside=True)
        before = tokens[mention.outer - 1] if mention.outer else None
        inside = mention.first <= covered or (
            before is not None
            and (
                before.kind == "("
                or (
                    previous is not None
                    and previous.last == mention.outer - 2
                    and _is_of(before.lower, previous, language)
                )
            )
        )
        covered = max(covered, mention.last)
        previous = mention
        result.append(mention._replace(inside=True) if inside else mention)
    return result


def _is_of(word: str, previous: Mention, language: Language) -> bool:
    """Whether a preposition says whence or of what the mention before it is."""
    if previous.kind is MentionKind.NAME:
        return word in language.of_prepositions or word in language.locative_prepositions
    return previous.inside and word in language.locative_prepositions


def _is_affiliation(name: Mention, bearer: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a name does no more than say where the bearer of the next one belongs."""
    return (
        name.kind is bearer.kind is MentionKind.NAME
        and name.last == bearer.outer - 1
        and tokens[bearer.outer].kind == "w"
        and not tokens[name.last].possessive
        and bool(bearer.roles)
    )


def _names(
    tokens: Sequence[Token], paragraph: int, language: Language, common: Container[str]
) -> Iterator[Mention]:
    for name in name_mentions_in(tokens, language, common):
        if _is_source_word(tokens, name, language):
            continue
        object_ = is_object(tokens, name.outer, name.last, language)
        says = _says(tokens, name.outer - 1, language) or _says(tokens, name.last + 1, language)
        yield Mention(
            MentionKind.NAME,
            name.outer,
            name.first,
            name.last,
            paragraph,
            tokens[name.capital].start,
            tokens[name.last].start + len(tokens[name.last].word),
            tuple(token.word for token in tokens[name.first : name.last + 1]),
            roles=name.roles,
            gender=name.gender,
            placed=name.outer > 0
            and tokens[name.outer - 1].lower in language.locative_prepositions,
            says=says and not object_,
            noun=language.capital_nouns
            and not _is_surely_name(tokens, name)
            and (object_ or _may_be_noun(tokens, name, language)),
            governed=object_,
        )


def _is_source_word(tokens: Sequence[Token], name: NameMention, language: Language) -> bool:
    """Whether a run is the noun of a phrase of source: "nach Angaben der Polizei"."""
    if not language.capital_nouns:
        return False
    before = [token.lower for token in tokens[max(0, name.last - 3) : name.last + 1]]
    return any(
        tuple(before[-size:]) == phrase[:size]
        for phrase in language.source_phrases
        for size in range(2, len(phrase) + 1)
    )


def _is_surely_name(tokens: Sequence[Token], name: NameMention) -> bool:
    """Whether a title, a given name or capitals throughout show a name."""
    words = tokens[name.first : name.last + 1]
    return bool(
        name.gender or name.roles or words[0].word.isupper() or words[0].lower in first_names()
    )


def _may_be_noun(tokens: Sequence[Token], name: NameMention, language: Language) -> bool:
    """Whether one word, or what stands before, leaves open that it is a common noun."""
    before = tokens[name.outer - 1].lower if name.outer else ""
    following = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
    return (
        (name.first == name.last and not {before, following} & language.cue_words)
        or before in language.locative_prepositions
        or before in language.copulas
        or (
            before.endswith(language.adjective_endings)
            and before not in language.function_words
            and before not in language.cue_words
        )
    )


def _says(tokens: Sequence[Token], place: int, language: Language) -> bool:
    return 0 <= place < len(tokens) and tokens[place].lower in language.say_verbs


def _pronouns(tokens: Sequence[Token], paragraph: int, language: Language) -> Iterator[Mention]:
    for place in pronouns_in(tokens, language):
        token = tokens[place]
        yield Mention(
            MentionKind.PRONOUN,
            place,
            place,
            place,
            paragraph,
            token.start,
            token.end,
            (token.lower,),
            gender=gender_of(token.lower, language),
        )
