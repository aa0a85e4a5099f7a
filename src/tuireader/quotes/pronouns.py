"""Whom a pronoun means."""

from collections.abc import Iterator, Sequence

from tuireader.quotes.cues import VERBS
from tuireader.quotes.features import governs
from tuireader.quotes.identities import People, Person
from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_REACH = 5
"""Paragraphs of prose that are looked back over."""
_FURTHEST = 15
"""Paragraphs that are looked back over, captions and headings counted."""
_SENTENCES = 14
"""Sentences that are looked back over."""
_LEAST = -6.0
"""What somebody must weigh more than to be meant."""
_PHRASE = 5
"""Words between an owner and what is owned, at most."""
_SPOKE = 1.0
"""What it weighs that somebody was the last to be quoted."""
_DESCRIBED = 0.3
"""What a description weighs beside a name."""


def antecedent(
    mention: Mention,
    readings: Sequence[Reading],
    *,
    people: People,
    language: Language,
    spoke: Person | None,
) -> Person | Mention | None:
    """Whom a pronoun stands for: a person, or the description of one; `spoke` spoke last.

    What is said of somebody in an earlier sentence weighs by its place in it, by how near
    it is, and by what is known of them.
    """
    if mention.words[0] in language.first or mention.words[0] in language.first_plural:
        return None
    best: Person | Mention | None = spoke if spoke and _agrees(spoke, mention, language) else None
    top = _LEAST
    for other, order, reading, cost in _before(mention, readings):
        if other.kind is MentionKind.DESCRIPTION:
            if not _describes(other, mention, language):
                continue
            who: Person | Mention = other
            score = _place(other, order, reading) + _DESCRIBED + (other.gender != "") - cost
        else:
            who = person = people.of_name(other)
            if (other.noun and not person.person) or not _agrees(person, mention, language):
                continue
            score = _weight(person, other, order, reading, mention.gender) - cost
            if person is spoke:
                score += _SPOKE
        if score > top:
            best, top = who, score
    return best or _anybody(mention, people)


def _anybody(mention: Mention, people: People) -> Person | None:
    """Whoever is named most of those that a pronoun shows the sex of."""
    if not mention.gender:
        return None
    fitting = [who for who in people.all() if who.person and who.gender == mention.gender]
    return max(fitting, key=lambda person: person.count, default=None)


def _describes(other: Mention, mention: Mention, language: Language) -> bool:
    """Whether a description is of somebody whom the pronoun can stand for."""
    if not mention.gender:
        return other.head in language.impersonal
    if other.gender and other.gender != mention.gender:
        return False
    return language.is_role(other.head) and other.head not in language.impersonal


def relative_to(
    mention: Mention, readings: Sequence[Reading], language: Language
) -> Mention | None:
    """What a relative pronoun ("who") goes with: the mention just before it."""
    if mention.words[0] not in language.relative:
        return None
    reading = readings[mention.paragraph]
    earlier = [
        other
        for other in reading.mentions
        if other.last < mention.first
        and not other.inside
        and other.kind is not MentionKind.PRONOUN
        and reading.tokens[other.first].sentence == reading.tokens[mention.first].sentence
    ]
    return earlier[-1] if earlier else None


def _before(
    mention: Mention, readings: Sequence[Reading]
) -> Iterator[tuple[Mention, int, Reading, float]]:
    """The names and descriptions before a pronoun, the nearest paragraph's first.

    Each with its number in its sentence and what its distance costs.
    """
    back = sentences = 0
    inserted = _is_inserted(mention, readings[mention.paragraph])
    for place in range(mention.paragraph, max(-1, mention.paragraph - _FURTHEST), -1):
        reading = readings[place]
        if reading.aside or not reading.tokens:
            continue
        here = place == mention.paragraph
        limit = reading.tokens[mention.first if here else -1].sentence
        for other, order in _names(reading):
            if here and other.first >= mention.first:
                break
            its = reading.tokens[other.first].sentence
            if here and inserted and its == limit:
                # Whoever is spoken of within the words is seldom who says them.
                continue
            cost = (sentences + limit - its) * 0.9 + back * 0.6
            yield other, order, reading, cost + 0.3 if here and its == limit else cost
        sentences += limit + 1
        back += 1
        if back > _REACH or sentences > _SENTENCES:
            return


def _names(reading: Reading) -> list[tuple[Mention, int]]:
    """The names and descriptions of a paragraph, each with its number in its sentence.

    What stands beside another, or only says whose somebody is, counts as one with it:
    "Spain's trade minister, Ada Ruiz, said …" begins with Ada Ruiz.
    """
    result = []
    sentence, order = -1, 0
    previous: Mention | None = None
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        if its != sentence:
            order, previous = 0, None
        elif previous is not None and not _goes_with(previous, mention, reading):
            order += 1
        sentence, previous = its, mention
        if mention.kind is not MentionKind.PRONOUN and not mention.inside:
            result.append((mention, order))
    return result


def _goes_with(one: Mention, other: Mention, reading: Reading) -> bool:
    """Whether two mentions that follow each other are parts of one phrase."""
    between = reading.tokens[one.last + 1 : other.outer]
    if reading.tokens[one.last].possessive or one.inside or other.first <= one.last:
        return len(between) < _PHRASE and all(token.kind in "wN" for token in between)
    return [token.kind for token in between] in ([","], [",", "#", ","])


def _is_inserted(mention: Mention, reading: Reading) -> bool:
    """Whether a pronoun and its verb are put into or behind a sentence: "…, he said, …"."""
    shapes = reading.shapes
    before = shapes[mention.first - 1] if mention.first else ""
    following = [letter for letter in shapes[mention.last + 1 : mention.last + 6] if letter]
    if before not in (",", "Q", "-") or following[:1] not in (["S"], ["T"]):
        return False
    return before == "Q" or following[1:2] in ([], [","], ["."])


def _place(mention: Mention, order: int, reading: Reading) -> float:
    """What its place in its sentence says for a mention."""
    score = 1.5 if order == 0 else 0.0 if order == 1 else -0.4
    before = reading.shapes[mention.outer - 1] if mention.outer else "^"
    if before == "p":
        score -= 1.0
    elif before == "T":
        # Who is told something does not tell it.
        score -= 1.5
    if reading.tokens[mention.last].possessive:
        score -= 0.6
    elif governs(reading, mention)[0][:1] in VERBS:
        score += 1.5
    return score


def _weight(person: Person, mention: Mention, order: int, reading: Reading, gender: str) -> float:
    score = _place(mention, order, reading)
    if person.person:
        score += 1.5
    elif person.says:
        score += 0.8
    elif gender:
        score -= 1.0
    if gender and person.gender == gender:
        score += 0.8
    if person.placed * 2 > person.count:
        score -= 2.5
    return score + min(person.count, 6) * 0.15


def _agrees(person: Person, mention: Mention, language: Language) -> bool:
    if mention.gender and person.gender and mention.gender != person.gender:
        return False
    if mention.words[0] in language.plural or mention.words[0] in language.neuter:
        return not person.person
    return person.person or not any(word.lower() in language.organisations for word in person.words)
