"""Whom a text has been speaking of before a place, and how far back.

Whom a pronoun means.
"""

from collections.abc import Iterator, Sequence

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ParsedParagraph

_REACH = 5
"""Paragraphs of prose that are looked back over."""
_FURTHEST = 15
"""Paragraphs that are looked back over, captions and headings counted."""
_SENTENCES = 14
"""Sentences that are looked back over."""
_PHRASE = 5
"""Words between an owner and what is owned, at most."""
_PER_SENTENCE, _PER_PARAGRAPH, _SAME_SENTENCE = 2.4, 1.1, 0.3
"""What distance costs."""


def antecedents_before(
    mention: Mention, readings: Sequence[ParsedParagraph]
) -> Iterator[tuple[Mention, int, ParsedParagraph, float]]:
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
        for other, order in antecedents_in(reading):
            if here and other.first >= mention.first:
                break
            its = reading.tokens[other.first].sentence
            if here and inserted and its == limit:
                # Whoever is spoken of within the words is seldom who says them.
                continue
            cost = (sentences + limit - its) * _PER_SENTENCE + back * _PER_PARAGRAPH
            yield other, order, reading, cost + _SAME_SENTENCE if here and its == limit else cost
        sentences += limit + 1
        back += 1
        if back > _REACH or sentences > _SENTENCES:
            return


def antecedents_in(reading: ParsedParagraph) -> list[tuple[Mention, int]]:
    """The mentions of a paragraph that tell whom it is about, each with its number in its sentence.

    Of the pronouns, those that begin a sentence and show a sex.

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
        telling = mention.kind is not MentionKind.PRONOUN or (mention.gender and not order)
        if telling and not mention.inside:
            result.append((mention, order))
    return result


def _goes_with(one: Mention, other: Mention, reading: ParsedParagraph) -> bool:
    """Whether two mentions that follow each other are parts of one phrase."""
    between = reading.tokens[one.last + 1 : other.outer]
    if reading.tokens[one.last].possessive or one.inside or other.first <= one.last:
        return len(between) < _PHRASE and all(token.kind in "wN" for token in between)
    return [token.kind for token in between] in ([","], [",", "#", ","])


def _is_inserted(mention: Mention, reading: ParsedParagraph) -> bool:
    """Whether a pronoun and its verb are put into or behind a sentence: "…, he said, …"."""
    shapes = reading.shapes
    before = shapes[mention.first - 1] if mention.first else ""
    following = [letter for letter in shapes[mention.last + 1 : mention.last + 6] if letter]
    if before not in (",", "Q", "-") or following[:1] not in (["S"], ["T"]):
        return False
    return before == "Q" or following[1:2] in ([], [","], ["."])


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


class PronounResolver:
    """The pronouns of an article, each resolved with those before it known.

    A sentence that begins with "he" keeps him in mind as one with his name does.
    """

    def __init__(
        self, readings: Sequence[ParsedParagraph], people: Entities, language: Language
    ) -> None:
        """Resolve the pronouns with which sentences begin, in order."""
        self._readings = readings
        self._people = people
        self._language = language
        self._subjects: dict[tuple[int, int], Entity | Mention | None] = {}
        self._most: dict[str, Entity | None] = {}
        for reading in readings:
            for mention, order in () if reading.aside else antecedents_in(reading):
                if mention.kind is MentionKind.PRONOUN and not order:
                    self._subjects[reading.number, mention.first] = self.antecedent(mention, None)

    def antecedent(self, mention: Mention, spoke: Entity | None) -> Entity | Mention | None:
        """Whom a pronoun stands for: a person, or the description of one; `spoke` spoke last.

        What is said of somebody in an earlier sentence weighs by its place in it, by how
        near it is, and by what is known of them.
        """
        language = self._language
        if (
            mention.words[0] in language.first_person
            or mention.words[0] in language.first_person_plural
        ):
            return None
        agrees = spoke is not None and _agrees(spoke, mention, language)
        best: Entity | Mention | None = spoke if agrees else None
        top = _LEAST
        for other, order, reading, cost in antecedents_before(mention, self._readings):
            who = self._who(other, mention)
            if isinstance(who, Entity):
                score = _weight(who, other, order, reading, mention.gender) - cost
                if who is spoke:
                    score += _SPOKE
            elif who is not None:
                score = _place(other, order, reading) + _DESCRIBED + (who.gender != "") - cost
            if who is not None and score > top:
                best, top = who, score
        return best or self._anybody(mention.gender)

    def body_before(self, mention: Mention) -> Entity | None:
        """The body that was spoken of before a mention such as "the company"; None if none was."""
        best, top = None, -_BODY_REACH
        for other, order, reading, cost in antecedents_before(mention, self._readings):
            if other.kind is not MentionKind.NAME or other.placed:
                continue
            who = self._people.of_name(other)
            if who.person or who.placed * 2 > who.count or not (who.says or who.count > 1):
                continue
            score = _place(other, order, reading) - cost
            if score > top:
                best, top = who, score
        return best

    def _anybody(self, gender: str) -> Entity | None:
        """Whoever is named most of those that a pronoun shows the sex of."""
        if gender and gender not in self._most:
            fitting = [who for who in self._people.all() if who.person and who.gender == gender]
            self._most[gender] = max(fitting, key=lambda person: person.count, default=None)
        return self._most.get(gender)

    def _who(self, other: Mention, mention: Mention) -> Entity | Mention | None:
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
        return other.head in language.impersonal_roles
    if other.gender and other.gender != mention.gender:
        return False
    bare = other.words[0].lower() not in language.determiners
    return language.is_human(other.head) and not bare


def antecedent_of_relative(
    mention: Mention, readings: Sequence[ParsedParagraph], language: Language
) -> Mention | None:
    """What a relative pronoun ("who") goes with: the mention just before it."""
    if mention.words[0] not in language.relative_pronouns:
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


def _place(mention: Mention, order: int, reading: ParsedParagraph) -> float:
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


def _weight(
    person: Entity, mention: Mention, order: int, reading: ParsedParagraph, gender: str
) -> float:
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


def _agrees(person: Entity, mention: Mention, language: Language) -> bool:
    if mention.gender and person.gender and mention.gender != person.gender:
        return False
    if mention.words[0] in language.plural_pronouns or mention.words[0] in language.neuter_pronouns:
        return not person.person
    return person.person or not any(
        word.lower() in language.organisation_words for word in person.words
    )
