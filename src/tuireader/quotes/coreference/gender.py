"""Learns from an article's ages and pronouns which entities are people, and their gender."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mention import NAME, PRONOUN, Mention
from tuireader.quotes.parse import ParsedParagraph

_YOUNGEST, _OLDEST = 5, 110
"""The years between which a number after a name is an age."""
_CONFIDENT_VOTES = 2
"""The number of pronouns that outweigh the gender of a given name."""


def learn_from_ages(paragraphs: Iterable[ParsedParagraph], entities: Entities) -> None:
    """Mark the entities that have an age in the article as people."""
    for paragraph in paragraphs:
        for mention in paragraph.mentions:
            if mention.kind is NAME and _has_age(paragraph, mention):
                entities.of_name(mention).is_person = True


def learn_from_pronouns(
    paragraphs: Iterable[ParsedParagraph], entities: Entities, language: Language
) -> None:
    """Set the gender of entities whom "he" or "she" follows with no other subject between."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_name: dict[str, Entity] = {}
    for paragraph in paragraphs:
        if paragraph.outside_prose:
            continue
        for mention, gender in _names_before_pronouns(paragraph):
            entity = entities.of_name(mention)
            by_name[entity.name] = entity
            votes[entity.name][gender] += 1
    for name, counts in votes.items():
        entity = by_name[name]
        if any(word.lower() in language.organisation_words for word in entity.words):
            continue
        (gender, most), *rest = counts.most_common(2)
        if rest and rest[0][1] * 2 > most:
            continue
        if not entity.gender or (most >= _CONFIDENT_VOTES and not entity.has_gendered_title):
            entity.gender = gender
            entity.is_person = entity.is_person or entity.cue_count > 0 or most >= _CONFIDENT_VOTES


def _has_age(paragraph: ParsedParagraph, mention: Mention) -> bool:
    """Return whether an age follows a name: "Ada Moor, 58, …", "Ada Moor (58)"."""
    following = paragraph.tokens[mention.last + 1 : mention.last + 4]
    if len(following) < 3 or following[0].kind + following[2].kind not in (",,", "()"):
        return False
    return following[1].word.isdecimal() and _YOUNGEST <= int(following[1].word) <= _OLDEST


def _names_before_pronouns(paragraph: ParsedParagraph) -> Iterator[tuple[Mention, str]]:
    """Yield each name that begins a sentence, with the gender of the pronoun that follows it."""
    subject: Mention | None = None
    sentence = -1
    for mention in paragraph.mentions:
        sentence_number = paragraph.tokens[mention.first].sentence
        if mention.kind is PRONOUN:
            if mention.gender and subject is not None:
                if sentence_number - paragraph.tokens[subject.first].sentence <= 1:
                    yield subject, mention.gender
                subject = None
        elif mention.kind is NAME and not mention.nested:
            opens = sentence_number != sentence and not paragraph.tokens[mention.last].possessive
            subject = mention if opens and not mention.locative else None
        elif mention.gender:
            subject = None
        sentence = sentence_number
