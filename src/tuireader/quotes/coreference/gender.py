"""Who is a human being, and a man or a woman, as far as an article's ages and pronouns show it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ParsedParagraph

_YOUNGEST, _OLDEST = 5, 110
"""Years between which a number behind a name is an age."""
_SURE = 2
"""Pronouns that outweigh what a given name says."""


def learn_from_ages(readings: Iterable[ParsedParagraph], people: Entities) -> None:
    """Note that whoever has an age is a human being."""
    for reading in readings:
        for mention in reading.mentions:
            if mention.kind is MentionKind.NAME and _has_age(reading, mention):
                people.of_name(mention).person = True


def learn_from_pronouns(
    readings: Iterable[ParsedParagraph], people: Entities, language: Language
) -> None:
    """Note the sex of those people whom a "he" or "she" follows with nobody between."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_name: dict[str, Entity] = {}
    for reading in readings:
        if reading.aside:
            continue
        for mention, gender in _followed(reading):
            person = people.of_name(mention)
            by_name[person.name] = person
            votes[person.name][gender] += 1
    for name, counts in votes.items():
        person = by_name[name]
        if any(word.lower() in language.organisation_words for word in person.words):
            continue
        (gender, most), *rest = counts.most_common(2)
        if rest and rest[0][1] * 2 > most:
            continue
        if not person.gender or (most >= _SURE and not person.titled):
            person.gender = gender
            person.person = person.person or person.says > 0 or most >= _SURE


def _has_age(reading: ParsedParagraph, mention: Mention) -> bool:
    """Whether somebody's age stands behind a name: "Ada Moor, 58, …", "Ada Moor (58)"."""
    behind = reading.tokens[mention.last + 1 : mention.last + 4]
    if len(behind) < 3 or behind[0].kind + behind[2].kind not in (",,", "()"):
        return False
    return behind[1].word.isdecimal() and _YOUNGEST <= int(behind[1].word) <= _OLDEST


def _followed(reading: ParsedParagraph) -> Iterator[tuple[Mention, str]]:
    """Each name that opens a sentence and the sex of the pronoun that follows it."""
    subject: Mention | None = None
    sentence = -1
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        if mention.kind is MentionKind.PRONOUN:
            if mention.gender and subject is not None:
                if its - reading.tokens[subject.first].sentence <= 1:
                    yield subject, mention.gender
                subject = None
        elif mention.kind is MentionKind.NAME and not mention.inside:
            opens = its != sentence and not reading.tokens[mention.last].possessive
            subject = mention if opens and not mention.placed else None
        elif mention.gender:
            subject = None
        sentence = its
