"""Whom a pronoun means."""

from collections.abc import Sequence

from tuireader.quotes.identities import People, Person
from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_REACH = 5
"""Paragraphs that are looked back over."""


def antecedent(
    mention: Mention,
    readings: Sequence[Reading],
    index: int,
    people: People,
    language: Language,
    spoke: Person | None,
) -> Person | None:
    """The person that a pronoun of the reading with the index stands for.

    `spoke` is who spoke last. Names in an earlier sentence weigh by their place in
    it, by how near it is, and by what is known of their bearers.
    """
    if mention.words[0] in language.first or mention.words[0] in language.first_plural:
        return None
    scores: dict[str, tuple[float, Person]] = {}
    back = 0
    sentences = 0
    for place in range(index, -1, -1):
        reading = readings[place]
        if reading.aside or not reading.tokens:
            continue
        here = place == index
        limit = reading.tokens[mention.first].sentence if here else reading.tokens[-1].sentence
        for other, order in _names(reading):
            its = reading.tokens[other.first].sentence
            if here and other.first >= mention.first:
                continue
            person = people.of_name(other)
            if not _agrees(person, mention, language):
                continue
            away = sentences + (limit - its)
            score = _weight(person, other, order, reading) - away * 0.9 - back * 0.6
            if here and its == limit:
                score -= 0.3
            if person is spoke:
                score += 2.0
            if person.name not in scores or scores[person.name][0] < score:
                scores[person.name] = (score, person)
        sentences += limit + 1
        back += 1
        if back > _REACH or sentences > 14:
            break
    if scores:
        return max(scores.values(), key=lambda pair: pair[0])[1]
    return spoke


def _names(reading: Reading) -> list[tuple[Mention, int]]:
    result = []
    sentence, order = -1, 0
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        order = order + 1 if its == sentence else 0
        sentence = its
        if mention.kind is MentionKind.NAME and not mention.inside:
            result.append((mention, order))
    return result


def _weight(person: Person, mention: Mention, order: int, reading: Reading) -> float:
    score = 1.5 if order == 0 else 0.0 if order == 1 else -0.4
    before = reading.shapes[mention.outer - 1] if mention.outer else "^"
    if before == "p":
        score -= 1.0
    if reading.tokens[mention.last].possessive:
        score -= 0.6
    if person.person:
        score += 1.5
    elif person.says:
        score += 0.8
    if person.placed * 2 > person.count:
        score -= 1.5
    following = reading.shapes[mention.last + 1 : mention.last + 2]
    if following and following[0] and following[0] in "STC":
        score += 1.0
    return score + min(person.count, 6) * 0.15


def _agrees(person: Person, mention: Mention, language: Language) -> bool:
    if mention.gender and person.gender and mention.gender != person.gender:
        return False
    if mention.words[0] in language.plural or mention.words[0] in language.neuter:
        return not person.person
    return person.person or not any(
        word.lower() in language.organisations for word in person.words
    )
