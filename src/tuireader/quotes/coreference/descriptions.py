"""Resolves descriptions such as "a high-level defector" and "the mayor" to entities."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.coreference.predications import predications_in
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.offices import is_office, may_be_same_person
from tuireader.quotes.mentions.mention import NAME, Mention
from tuireader.quotes.parse import ParsedParagraph

_MAX_PARAGRAPHS_AHEAD = 4
"""The most paragraphs between an indefinite description and the name that it introduces."""
_MAX_NAMING_PARAGRAPHS = 2
"""The most paragraphs with names before a description that are examined for its referent."""
_MAX_PARAGRAPHS_BACK = 6
"""The most paragraphs before a description that are examined for names."""


@dataclass(frozen=True, slots=True)
class Predication:
    """A statement of the article that an entity is something: "Tom Reed, a retired baker"."""

    entity: Entity
    paragraph_number: int
    names: frozenset[str]
    """The capitalised words of the description, in lower case: where and for whom."""


class DescriptionResolver:
    """Resolves the descriptions of one article to the entities to which it applies them."""

    def __init__(
        self, paragraphs: Iterable[ParsedParagraph], entities: Entities, language: Language
    ) -> None:
        """Collect the descriptions that the article applies to names."""
        self._language = language
        self._entities = entities
        self._predications: defaultdict[str, list[Predication]] = defaultdict(list)
        self._appositions: dict[tuple[int, int], Entity] = {}
        self._first_paragraphs: dict[str, int] = {}
        self._organisations: defaultdict[str, list[Entity]] | None = None
        self._nouns: defaultdict[str, set[str]] = defaultdict(set)
        """The nouns by which the article calls each entity, by its name."""
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        """The words of the descriptions of each entity, in lower case."""
        self._places: defaultdict[str, set[str]] = defaultdict(set)
        """The capitalised words of the descriptions of each entity, in lower case."""
        self._names: defaultdict[int, list[tuple[int, Entity]]] = defaultdict(list)
        """The names of each paragraph of running text, with their positions."""
        self._document_phrases: dict[str, Sequence[str]] = {}
        self._unnamed_referents: dict[str, int] = {}
        """The number of the paragraph in which each noun introduces somebody without a name."""
        for paragraph in paragraphs:
            for mention in paragraph.mentions:
                if mention.kind is NAME:
                    self._add_name(mention, paragraph)
                    continue
                if mention.words[0].lower() in language.indefinite_articles:
                    self._unnamed_referents.setdefault(mention.head, paragraph.number)
                if (
                    len(mention.words) == 2
                    and mention.words[0].lower() in language.definite_articles
                ):
                    self._document_phrases.setdefault(
                        mention.head, (mention.words[0].lower(), mention.head)
                    )
            for mention, described, in_apposition in predications_in(paragraph, language):
                if in_apposition:
                    self._appositions[paragraph.number, described.first] = entities.of_name(mention)
                self._add_predication(mention, described.head, described.words, paragraph.number)

    def _add_name(self, mention: Mention, paragraph: ParsedParagraph) -> None:
        """Record a name's first paragraph, and its roles as predications."""
        entity = self._entities.of_name(mention)
        self._first_paragraphs.setdefault(entity.name, paragraph.number)
        if not (mention.nested or paragraph.outside_prose):
            self._names[paragraph.number].append((mention.first, entity))
        titles = [
            role
            for role in mention.roles
            if self._language.is_role(role) or role in self._language.titles
        ]
        for role in titles:
            self._add_predication(mention, role, (), paragraph.number)
        following = paragraph.tokens[mention.last + 1 : mention.last + 3]
        prefixes = self._language.party_prefixes
        if prefixes and len(following) == 2 and following[1].lower.startswith(prefixes):
            # A party and a state in brackets: Reade (D-Nev.).
            for noun in self._language.party_member:
                self._add_predication(mention, noun, (), paragraph.number)
        if mention.outer < mention.first:
            phrase = paragraph.tokens[mention.outer : mention.first]
            self._places[entity.name] |= self._places_in([token.word for token in phrase])

    def _add_predication(
        self, mention: Mention, noun: str, words: Sequence[str], number: int
    ) -> None:
        """Record that the article calls an entity by a noun.

        `words` are the words of the description, none for a title before a name; `number` is the
        number of its paragraph. A noun for people makes the entity a person.
        """
        entity = self._entities.of_name(mention)
        names = frozenset(word.lower() for word in words[1:] if word[:1].isupper())
        self._predications[noun].append(Predication(entity, number, names))
        self._nouns[entity.name].add(noun)
        self._words[entity.name].update(word.lower() for word in words)
        if names:
            self._places[entity.name] |= self._places_in(words[1:])
        if self._language.is_human(noun) and not self._language.is_organisation_name(entity.words):
            entity.is_person = True

    def resolve(self, mention: Mention, focus: Callable[[], Entity | None]) -> Entity | None:
        """Return the entity that a description stands for, or None.

        That is the only entity to which the article applies the description; of several, the
        one in focus. A description of anybody ("the Scot") stands for the entity in focus.
        `focus` is called only if needed.
        """
        in_apposition = self._appositions.get((mention.paragraph_number, mention.first))
        if in_apposition is not None:
            return in_apposition
        mention = self._without_genitive(mention)
        predications = self._predications_of(mention.head)
        if not predications:
            return (
                self._organisation(mention)
                or self._entity_of_kind(mention, focus)
                or (focus() if self._may_be_focus(mention) else None)
            )
        names = frozenset(word.lower() for word in mention.words[1:] if word[:1].isupper())
        definite = self._has_definite_article(mention)
        indefinite = mention.words[0].lower() in self._language.indefinite_articles
        # A headline has no articles: "says mayor".
        bare = len(mention.words) == 1 and self._language.is_human(mention.head)
        if not (definite or indefinite or bare):
            return None
        matches = {
            item.entity.name: item.entity
            for item in predications
            if (not names or not item.names or names & item.names)
            and (not indefinite or self._is_named_later(item.entity, mention))
        }
        if len(matches) > 1 and definite:
            focused = focus()
            return focused if focused and focused.name in matches else None
        if matches or not definite:
            return next(iter(matches.values()), None)
        return self._entity_of_kind(mention, focus)

    def _is_named_later(self, entity: Entity, mention: Mention) -> bool:
        """Return whether an entity is first named shortly after an indefinite description."""
        first = self._first_paragraphs[entity.name]
        ahead = first - mention.paragraph_number
        return 0 < ahead <= _MAX_PARAGRAPHS_AHEAD

    def _entity_of_kind(
        self, mention: Mention, focus: Callable[[], Entity | None]
    ) -> Entity | None:
        """Return the only person named shortly before to whom an office may belong, or None.

        Of several it is the one in focus.

        "The governor" may be "Gov. Chris Carter", and "the politician" any minister.
        """
        language, noun = self._language, mention.head
        if not self._is_definite(mention) or not is_office(noun, language):
            return None
        own = mention.paragraph_number
        if self._unnamed_referents.get(noun, own + 1) <= own:
            return None
        places = self._places_in(mention.words[1:])
        modifiers = self._limiting_words(mention)
        gender = self._gender_of(mention)
        matches: dict[str, Entity] = {}
        for entity in self._entities_before(mention):
            known = self._places[entity.name]
            if (
                may_be_same_person(noun, self._nouns[entity.name], language)
                and not (gender and entity.gender and gender != entity.gender)
                and (not places or bool(places & known))
                and modifiers <= self._words[entity.name]
            ):
                matches[entity.name] = entity
        if len(matches) > 1:
            focused = focus()
            return focused if focused and focused.name in matches else None
        return next(iter(matches.values()), None)

    def _limiting_words(self, mention: Mention) -> set[str]:
        """Return the words before the noun that say what it is the head of: "the band leader"."""
        language = self._language
        if not language.description_modifiers or language.verb_second:
            # Where compounds are written in one word, it is in the noun.
            return set()
        return {
            word
            for word in mention.words[1:-1]
            if word.islower()
            and word not in language.description_modifiers
            and not language.is_epithet(word)
            and word != mention.head
        }

    def _places_in(self, words: Iterable[str]) -> set[str]:
        """Return the words of a description that name a place or a body, in lower case.

        Where every noun has a capital, these are not known.
        """
        language = self._language
        if language.capital_nouns:
            return set()
        places = {word.lower() for word in words if word[:1].isupper()}
        return {
            word
            for word in places
            if word not in language.organisation_words
            and word not in language.departments
            and word not in language.titles
        }

    def _is_definite(self, mention: Mention) -> bool:
        """Return whether a description has a definite article, or an ending for it."""
        return self._has_definite_article(mention) or (
            len(mention.words) == 1
            and mention.head.endswith(self._language.definite_endings)
            and bool(self._language.definite_endings)
        )

    def _has_definite_article(self, mention: Mention) -> bool:
        """Return whether a description begins with a definite article, in any case."""
        article = mention.words[0].lower()
        language = self._language
        return article in language.definite_articles or (
            article in language.oblique_articles and article not in language.indefinite_articles
        )

    def _without_genitive(self, mention: Mention) -> Mention:
        """Return a description with its head in the nominative: "des Ministers" as "Minister"."""
        language, head = self._language, mention.head
        if not (language.genitive_endings and self._has_definite_article(mention)):
            return mention
        for ending in language.genitive_endings:
            stem = head.removesuffix(ending)
            if stem != head and (language.is_epithet(stem) or is_office(stem, language)):
                return mention.with_head(stem)
        return mention

    def _gender_of(self, mention: Mention) -> str:
        """Return the gender that a description shows by its noun or its article, or ""."""
        article = mention.words[0].lower()
        if mention.gender:
            return mention.gender
        if article in self._language.feminine_articles:
            return "f"
        return "m" if article in self._language.masculine_articles else ""

    def _entities_before(self, mention: Mention) -> Iterator[Entity]:
        """Yield the entities named before a mention, in its paragraph and the two before it."""
        own = mention.paragraph_number
        found = 0
        for number in range(own, max(-1, own - _MAX_PARAGRAPHS_BACK), -1):
            names = self._names.get(number)
            if names is None:
                continue
            for position, entity in names:
                if number < own or position < mention.first:
                    yield entity
            found += number < own
            if found == _MAX_NAMING_PARAGRAPHS:
                return

    def _predications_of(self, noun: str) -> Sequence[Predication]:
        """Return the predications with a noun, or else with the noun without a definite ending."""
        for ending in ("", *self._language.definite_endings):
            if noun.endswith(ending) and (
                found := self._predications.get(noun.removesuffix(ending))
            ):
                return found
        return ()

    def _may_be_focus(self, mention: Mention) -> bool:
        """Return whether a description may stand for the entity in focus.

        Its noun must fit anybody, and must not have introduced somebody without a name before.
        """
        short = len(mention.words) == 2
        return (
            self._has_definite_article(mention)
            and (
                self._language.is_epithet(mention.head)
                or any(map(self._language.is_age, mention.words[1:]))
                or (short and mention.head in self._language.generic_organisations)
            )
            and self._unnamed_referents.get(mention.head, mention.paragraph_number)
            >= mention.paragraph_number
        )

    def _organisation(self, mention: Mention) -> Entity | None:
        """Return the organisation that "the department" stands for, if only one name fits."""
        short = (
            len(mention.words) == 2 and mention.words[0].lower() in self._language.definite_articles
        )
        if not short or mention.head not in self._language.organisation_words:
            return None
        if self._organisations is None:
            self._organisations = defaultdict(list)
            for entity in self._entities.all():
                if len(entity.words) > 1:
                    self._organisations[entity.words[-1].lower()].append(entity)
        matches = [
            entity
            for entity in self._organisations[mention.head]
            if self._first_paragraphs.get(entity.name, mention.paragraph_number)
            <= mention.paragraph_number
        ]
        return matches[0] if len(matches) == 1 else None

    def display_text(self, mention: Mention, text: str) -> str:
        """Return a description as it is shown; "their report" becomes "the report" or "report"."""
        words = text[mention.start : mention.end].split()
        language = self._language
        if words[0].lower() in language.possessives and mention.head in language.cue_nouns:
            return " ".join(self._document_phrases.get(mention.head) or words[1:])
        return " ".join(words)
