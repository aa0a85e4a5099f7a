"""Resolves pronouns by the salience of the mentions before them."""

from collections.abc import Callable, Iterator, Sequence

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mention import DESCRIPTION, NAME, PRONOUN, Mention
from tuireader.quotes.parse import ParsedParagraph

_MAX_PROSE_PARAGRAPHS = 5
"""The most paragraphs of running text that are searched backwards."""
_MAX_PARAGRAPHS = 15
"""The most paragraphs that are searched backwards, with captions and headings."""
_MAX_SENTENCES = 14
"""The most sentences that are searched backwards."""
_MAX_PHRASE_GAP = 5
"""The most words between a possessive and its noun."""
_PER_SENTENCE, _PER_PARAGRAPH, _SAME_SENTENCE = 2.4, 1.1, 0.3
"""The cost of a sentence, a paragraph, and of the pronoun's own sentence."""
_MIN_SALIENCE = -6.0
"""The salience that an antecedent must exceed."""
_LAST_SPEAKER = 1.5
"""The salience of the last speaker."""
_BY_ORDER = (1.5, 0.0, -0.4)
"""The salience of the first, the second and a later mention in a sentence."""
_PREPOSITIONAL, _ADDRESSEE, _POSSESSOR = -2.0, -0.5, -0.85
"""The salience of standing after a preposition, of being told something, of a possessive."""
_SAYER = 0.6
"""The salience of the subject of a verb of saying further on in a sentence."""
_HUMAN, _SPEAKER, _UNKNOWN = 2.5, 0.8, -0.75
"""The salience of a human being, of a speaker, and of an entity known as neither."""
_THING = -2.5
"""The salience of what is known as neither, for a verb of saying without a subject."""
_GENDER = 0.8
_LOCATIVE = -3.0
"""The salience of a name that mostly follows a preposition of place."""
_PER_MENTION = 0.15
"""The salience of each mention, up to six."""
_MAX_ORGANISATION_COST = 4.0
"""The cost of distance beyond which "the company" does not refer to an organisation."""
_DESCRIPTION = -0.7
"""The salience of a description compared with a name."""


def antecedents_before(
    mention: Mention,
    paragraphs: Sequence[ParsedParagraph],
    antecedents: dict[int, list[tuple[Mention, int]]],
) -> Iterator[tuple[Mention, int, ParsedParagraph, float]]:
    """Yield the possible antecedents of a pronoun, the nearest paragraph's first.

    Each comes with its rank in its sentence, its paragraph, and the cost of its distance.
    `antecedents` keeps those of each paragraph, by its number.
    """
    prose_count = sentence_count = 0
    inserted = _is_in_inquit(mention, paragraphs[mention.paragraph_number])
    own = mention.paragraph_number
    for number in range(own, max(-1, own - _MAX_PARAGRAPHS), -1):
        paragraph = paragraphs[number]
        if paragraph.outside_prose or not paragraph.tokens:
            continue
        is_own_paragraph = number == own
        limit = paragraph.tokens[mention.first if is_own_paragraph else -1].sentence
        inside = antecedents.get(number)
        if inside is None:
            inside = antecedents[number] = antecedents_in(paragraph)
        for other, order in inside:
            if is_own_paragraph and other.first >= mention.first:
                break
            sentence_number = paragraph.tokens[other.first].sentence
            if is_own_paragraph and inserted and sentence_number == limit:
                # A person in the quoted words is seldom the one who says them.
                continue
            sentences = sentence_count + limit - sentence_number
            cost = sentences * _PER_SENTENCE + prose_count * _PER_PARAGRAPH
            if is_own_paragraph and sentence_number == limit:
                cost += _SAME_SENTENCE
            yield other, order, paragraph, cost
        sentence_count += limit + 1
        prose_count += 1
        if prose_count > _MAX_PROSE_PARAGRAPHS or sentence_count > _MAX_SENTENCES:
            return


def antecedents_in(paragraph: ParsedParagraph) -> list[tuple[Mention, int]]:
    """Return the mentions of a paragraph that may be antecedents, with their ranks in a sentence.

    Pronouns count if they begin a sentence and show a gender. Mentions of one phrase share
    a rank: "Spain's trade minister, Ada Ruiz, said …" begins with Ada Ruiz.
    """
    result = []
    sentence, order = -1, 0
    previous: Mention | None = None
    for mention in paragraph.mentions:
        sentence_number = paragraph.tokens[mention.first].sentence
        if sentence_number != sentence:
            order, previous = 0, None
        elif previous is not None and not _is_same_phrase(previous, mention, paragraph):
            order += 1
        sentence, previous = sentence_number, mention
        is_candidate = mention.kind is not PRONOUN or (mention.gender and not order)
        if is_candidate and not mention.nested:
            result.append((mention, order))
    return result


def _is_same_phrase(first: Mention, other: Mention, paragraph: ParsedParagraph) -> bool:
    """Return whether two mentions that follow each other are parts of one phrase."""
    between = paragraph.tokens[first.last + 1 : other.outer]
    if paragraph.tokens[first.last].possessive or first.nested or other.first <= first.last:
        return len(between) < _MAX_PHRASE_GAP and all(token.kind in "wN" for token in between)
    return [token.kind for token in between] in ([","], [",", "#", ","])


def _is_in_inquit(mention: Mention, paragraph: ParsedParagraph) -> bool:
    """Return whether a pronoun is the subject of an inquit: "…, he said, …"."""
    tags = paragraph.tags
    before = tags[mention.first - 1] if mention.first else ""
    following = [tag for tag in tags[mention.last + 1 : mention.last + 6] if tag]
    if before not in (",", "Q", "-") or following[:1] not in (["S"], ["T"]):
        return False
    return before == "Q" or following[1:2] in ([], [","], ["."])


class PronounResolver:
    """Resolves the pronouns of one article, each with the help of those before it.

    A pronoun that begins a sentence counts for its entity as the name would.
    """

    def __init__(
        self,
        paragraphs: Sequence[ParsedParagraph],
        entities: Entities,
        language: Language,
        describe: Callable[[Mention], Entity | None],
    ) -> None:
        """Keep the article; `describe` returns the entity that a description stands for."""
        self._paragraphs = paragraphs
        self._describe = describe
        self._entities = entities
        self._language = language
        self._resolved: dict[tuple[int, int], Entity | Mention | None] = {}
        self._by_gender: dict[str, Entity | None] = {}
        self._antecedents: dict[int, list[tuple[Mention, int]]] = {}

    def resolve_openings(self) -> None:
        """Resolve, in order, the pronouns with which sentences begin."""
        for paragraph in self._paragraphs:
            for mention, order in () if paragraph.outside_prose else antecedents_in(paragraph):
                if mention.kind is PRONOUN and not order:
                    self._resolved[paragraph.number, mention.first] = self.antecedent(mention, None)

    def antecedent(self, mention: Mention, last_speaker: Entity | None) -> Entity | Mention | None:
        """Return what a pronoun stands for: an entity, or the mention of a description, or None.

        Earlier mentions are ranked by their place in the sentence, by their distance, and by
        what is known of their entities. `last_speaker` is whoever was quoted last.
        """
        language = self._language
        if (
            mention.words[0] in language.first_person
            or mention.words[0] in language.first_person_plural
        ):
            return None
        agrees = last_speaker is not None and _agrees(last_speaker, mention, language)
        best: Entity | Mention | None = last_speaker if agrees else None
        best_score = _MIN_SALIENCE
        for other, order, paragraph, cost in antecedents_before(
            mention, self._paragraphs, self._antecedents
        ):
            entity = self._entity_of(other, mention)
            if isinstance(entity, Entity):
                score = _salience(entity, other, order, paragraph, mention) - cost
                if entity is last_speaker:
                    score += _LAST_SPEAKER
            elif entity is not None:
                score = (
                    _syntactic_salience(other, order, paragraph)
                    + _DESCRIPTION
                    + (entity.gender != "")
                    - cost
                )
            if entity is not None and score > best_score:
                best, best_score = entity, score
        return best or self._most_frequent(mention.gender)

    def organisation_before(self, mention: Mention) -> Entity | None:
        """Return the most salient organisation before a mention such as "the company", or None."""
        best, best_score = None, -_MAX_ORGANISATION_COST
        for other, order, paragraph, cost in antecedents_before(
            mention, self._paragraphs, self._antecedents
        ):
            if other.kind is not NAME or other.locative:
                continue
            entity = self._entities.of_name(other)
            if (
                entity.is_person
                or entity.locative_count * 2 > entity.count
                or not (entity.cue_count or entity.count > 1)
            ):
                continue
            score = _syntactic_salience(other, order, paragraph) - cost
            if score > best_score:
                best, best_score = entity, score
        return best

    def _most_frequent(self, gender: str) -> Entity | None:
        """Return the person of a gender who is mentioned most often, or None."""
        if gender and gender not in self._by_gender:
            fitting = [
                entity
                for entity in self._entities.all()
                if entity.is_person and entity.gender == gender
            ]
            self._by_gender[gender] = max(fitting, key=lambda entity: entity.count, default=None)
        return self._by_gender.get(gender)

    def _entity_of(self, other: Mention, mention: Mention) -> Entity | Mention | None:
        """Return the entity that an earlier mention refers to, if the pronoun agrees with it.

        For a description that agrees, return its mention.
        """
        if other.kind is PRONOUN:
            if other.gender != mention.gender:
                return None
            return self._resolved.get((other.paragraph_number, other.first))
        if other.kind is DESCRIPTION:
            if not _description_agrees(other, mention, self._language):
                return None
            described = self._describe(other)
            agrees = described is not None and _agrees(described, mention, self._language)
            return described if agrees else other
        entity = self._entities.of_name(other)
        noun = other.common_noun and not entity.is_person
        return None if noun or not _agrees(entity, mention, self._language) else entity


def is_dropped(mention: Mention) -> bool:
    """Return whether a mention is the subject that a verb lacks: Spanish "dijo"."""
    return mention.words == ("",)


def _description_agrees(other: Mention, mention: Mention, language: Language) -> bool:
    """Return whether a pronoun can stand for a description."""
    if is_dropped(mention):
        return language.is_human(other.head) and other.words[0].lower() in language.determiners
    if not mention.gender:
        return other.head in language.impersonal_roles
    if other.gender and other.gender != mention.gender:
        return False
    bare = other.words[0].lower() not in language.determiners
    return language.is_human(other.head) and not bare


def antecedent_of_relative(
    mention: Mention, paragraphs: Sequence[ParsedParagraph], language: Language
) -> Mention | None:
    """Return the antecedent of a relative pronoun ("who"): the mention just before it, or None."""
    if mention.words[0] not in language.relative_pronouns:
        return None
    paragraph = paragraphs[mention.paragraph_number]
    earlier = [
        other
        for other in paragraph.mentions
        if other.last < mention.first
        and not other.nested
        and other.kind is not PRONOUN
        and paragraph.tokens[other.first].sentence == paragraph.tokens[mention.first].sentence
    ]
    return earlier[-1] if earlier else None


def _syntactic_salience(mention: Mention, order: int, paragraph: ParsedParagraph) -> float:
    """Return the part of a mention's salience that its place in the sentence gives."""
    score = _BY_ORDER[min(order, 2)]
    before = paragraph.tags[mention.outer - 1] if mention.outer else "^"
    if before == "p" or (before == "k" and _is_second_object(mention, paragraph)):
        score += _PREPOSITIONAL
    elif before == "T":
        # The addressee is not the speaker.
        score += _ADDRESSEE
    if paragraph.tokens[mention.last].possessive:
        score += _POSSESSOR
    if mention.beside_cue and order:
        score += _SAYER
    return score


def _is_second_object(mention: Mention, paragraph: ParsedParagraph) -> bool:
    """Return whether a mention is joined to one after a preposition: "of Roe and Quist"."""
    tags = paragraph.tags
    ahead = [other for other in range(mention.outer - 1) if tags[other]][-1:]
    first = next((other for other in paragraph.mentions if [other.last] == ahead), None)
    return first is not None and first.outer > 0 and tags[first.outer - 1] == "p"


def _salience(
    entity: Entity, mention: Mention, order: int, paragraph: ParsedParagraph, pronoun: Mention
) -> float:
    """Return the salience of a name's mention as antecedent of a pronoun, distance not counted."""
    gender = pronoun.gender
    if is_dropped(pronoun) and mention.beside_cue:
        # "Si è detto d'accordo Rossi. «…», ha aggiunto."
        order = 0
    score = _syntactic_salience(mention, order, paragraph)
    if entity.is_person:
        score += _HUMAN
    elif entity.cue_count:
        score += _SPEAKER
    elif is_dropped(pronoun):
        score += _THING
    elif gender:
        score += _UNKNOWN
    if gender and entity.gender == gender:
        score += _GENDER
    if entity.locative_count * 2 > entity.count:
        score += _LOCATIVE
    return score + min(entity.count, 6) * _PER_MENTION


def _agrees(entity: Entity, mention: Mention, language: Language) -> bool:
    """Return whether a pronoun agrees with an entity in gender and number."""
    if mention.gender and entity.gender and mention.gender != entity.gender:
        return False
    if mention.words[0] in language.plural_pronouns or mention.words[0] in language.neuter_pronouns:
        return not entity.is_person
    return entity.is_person or not any(
        word.lower() in language.organisation_words for word in entity.words
    )
