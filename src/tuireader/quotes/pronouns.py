"""Whom a pronoun means."""

from collections.abc import Sequence

from tuireader.quotes.focus import spoken_of, spoken_of_before
from tuireader.quotes.identities import People, Person
from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_LEAST = -6.0
"""What somebody must weigh more than to be meant."""
_SPOKE = 1.5
"""What it weighs that somebody was the last to be quoted."""
_ORDER = (1.5, 0.0, -0.4)
"""What it weighs to be named first, second or later in a sentence."""
_OBJECT, _TOLD, _OWNER = -2.0, -0.5, -0.85
"""What it weighs to stand behind a preposition, to be told something, to own something."""
_PERSON, _QUOTED, _THING = 2.5, 0.8, -0.75
"""What it weighs to be known for a human being, for a speaker, or for neither."""
_GENDER = 0.8
_PLACED = -3.0
"""What it weighs that mostly a preposition of place stands before a name."""
_COUNT = 0.15
"""What each time weighs that somebody is named, up to six."""
_BODY_REACH = 4.0
"""What distance may cost before a body that was named is forgotten."""
_DESCRIBED = -0.7
"""What a description weighs beside a name."""


class Pronouns:
    """The pronouns of an article, each resolved with those before it known.

    A sentence that begins with "he" keeps him in mind as one with his name does.
    """

    def __init__(self, readings: Sequence[Reading], people: People, language: Language) -> None:
        """Resolve the pronouns with which sentences begin, in order."""
        self._readings = readings
        self._people = people
        self._language = language
        self._subjects: dict[tuple[int, int], Person | Mention | None] = {}
        self._most: dict[str, Person | None] = {}
        for reading in readings:
            for mention, order in () if reading.aside else spoken_of(reading):
                if mention.kind is MentionKind.PRONOUN and not order:
                    self._subjects[reading.number, mention.first] = self.antecedent(mention, None)

    def antecedent(self, mention: Mention, spoke: Person | None) -> Person | Mention | None:
        """Whom a pronoun stands for: a person, or the description of one; `spoke` spoke last.

        What is said of somebody in an earlier sentence weighs by its place in it, by how
        near it is, and by what is known of them.
        """
        language = self._language
        if mention.words[0] in language.first or mention.words[0] in language.first_plural:
            return None
        agrees = spoke is not None and _agrees(spoke, mention, language)
        best: Person | Mention | None = spoke if agrees else None
        top = _LEAST
        for other, order, reading, cost in spoken_of_before(mention, self._readings):
            who = self._who(other, mention)
            if isinstance(who, Person):
                score = _weight(who, other, order, reading, mention.gender) - cost
                if who is spoke:
                    score += _SPOKE
            elif who is not None:
                score = _place(other, order, reading) + _DESCRIBED + (who.gender != "") - cost
            if who is not None and score > top:
                best, top = who, score
        return best or self._anybody(mention.gender)

    def body_before(self, mention: Mention) -> Person | None:
        """The body that was spoken of before a mention such as "the company"; None if none was."""
        best, top = None, -_BODY_REACH
        for other, order, reading, cost in spoken_of_before(mention, self._readings):
            if other.kind is not MentionKind.NAME or other.placed:
                continue
            who = self._people.of_name(other)
            if who.person or who.placed * 2 > who.count or not (who.says or who.count > 1):
                continue
            score = _place(other, order, reading) - cost
            if score > top:
                best, top = who, score
        return best

    def _anybody(self, gender: str) -> Person | None:
        """Whoever is named most of those that a pronoun shows the sex of."""
        if gender and gender not in self._most:
            fitting = [who for who in self._people.all() if who.person and who.gender == gender]
            self._most[gender] = max(fitting, key=lambda person: person.count, default=None)
        return self._most.get(gender)

    def _who(self, other: Mention, mention: Mention) -> Person | Mention | None:
        """Whom an earlier mention is of, if the pronoun can stand for them."""
        if other.kind is MentionKind.PRONOUN:
            if other.gender != mention.gender:
                return None
            return self._subjects.get((other.paragraph, other.first))
        if other.kind is MentionKind.DESCRIPTION:
            return other if _describes(other, mention, self._language) else None
        person = self._people.of_name(other)
        noun = other.noun and not person.person
        return None if noun or not _agrees(person, mention, self._language) else person


def _describes(other: Mention, mention: Mention, language: Language) -> bool:
    """Whether a description is of somebody whom the pronoun can stand for."""
    if not mention.gender:
        return other.head in language.impersonal
    if other.gender and other.gender != mention.gender:
        return False
    bare = other.words[0].lower() not in language.determiners
    return language.is_human(other.head) and not bare


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


def _place(mention: Mention, order: int, reading: Reading) -> float:
    """What its place in its sentence says for a mention."""
    score = _ORDER[min(order, 2)]
    before = reading.shapes[mention.outer - 1] if mention.outer else "^"
    if before == "p":
        score += _OBJECT
    elif before == "T":
        # Who is told something does not tell it.
        score += _TOLD
    if reading.tokens[mention.last].possessive:
        score += _OWNER
    return score


def _weight(person: Person, mention: Mention, order: int, reading: Reading, gender: str) -> float:
    score = _place(mention, order, reading)
    if person.person:
        score += _PERSON
    elif person.says:
        score += _QUOTED
    elif gender:
        score += _THING
    if gender and person.gender == gender:
        score += _GENDER
    if person.placed * 2 > person.count:
        score += _PLACED
    return score + min(person.count, 6) * _COUNT


def _agrees(person: Person, mention: Mention, language: Language) -> bool:
    if mention.gender and person.gender and mention.gender != person.gender:
        return False
    if mention.words[0] in language.plural or mention.words[0] in language.neuter:
        return not person.person
    return person.person or not any(word.lower() in language.organisations for word in person.words)
