"""Resolves descriptions such as "a high-level defector" and "the mayor" to entities."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ParsedParagraph

_MAX_PARAGRAPHS_AHEAD = 4
"""The most paragraphs between an indefinite description and the name that it introduces."""


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
        self._document_phrases: dict[str, Sequence[str]] = {}
        self._unnamed_referents: dict[str, int] = {}
        """The number of the paragraph in which each noun introduces somebody without a name."""
        for paragraph in paragraphs:
            for mention in paragraph.mentions:
                if mention.kind is MentionKind.NAME:
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
            for mention, described, in_apposition in _predications_in(paragraph, language):
                if in_apposition:
                    self._appositions[paragraph.number, described.first] = entities.of_name(mention)
                self._add_predication(mention, described.head, described.words, paragraph.number)

    def _add_name(self, mention: Mention, paragraph: ParsedParagraph) -> None:
        """Record a name's first paragraph, and its roles as predications."""
        entity = self._entities.of_name(mention)
        self._first_paragraphs.setdefault(entity.name, paragraph.number)
        for role in mention.roles:
            if self._language.is_role(role) or role in self._language.titles:
                self._add_predication(mention, role, (), paragraph.number)

    def _add_predication(
        self, mention: Mention, noun: str, words: Sequence[str], number: int
    ) -> None:
        """Record that the article calls an entity by a noun; a human role makes it a person."""
        entity = self._entities.of_name(mention)
        names = frozenset(word.lower() for word in words[1:] if word[:1].isupper())
        self._predications[noun].append(Predication(entity, number, names))
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
        predications = self._predications_of(mention.head)
        if not predications:
            return self._organisation(mention) or (focus() if self._may_be_focus(mention) else None)
        names = frozenset(word.lower() for word in mention.words[1:] if word[:1].isupper())
        definite = mention.words[0].lower() in self._language.definite_articles
        indefinite = mention.words[0].lower() in self._language.indefinite_articles
        # A headline has no articles: "says mayor".
        bare = len(mention.words) == 1 and self._language.is_human(mention.head)
        if not (definite or indefinite or bare):
            return None
        matches: dict[str, Entity] = {}
        for item in predications:
            if names and item.names and not names & item.names:
                continue
            first = self._first_paragraphs[item.entity.name]
            if (
                indefinite
                and not mention.paragraph_number
                < first
                <= mention.paragraph_number + _MAX_PARAGRAPHS_AHEAD
            ):
                continue
            matches[item.entity.name] = item.entity
        if len(matches) > 1 and definite:
            focused = focus()
            return focused if focused and focused.name in matches else None
        return next(iter(matches.values())) if matches else None

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
            mention.words[0].lower() in self._language.definite_articles
            and (
                self._language.is_epithet(mention.head)
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


def _predications_in(
    paragraph: ParsedParagraph, language: Language
) -> Iterator[tuple[Mention, Mention, bool]]:
    """Yield each name with a description that the paragraph applies to it.

    The third value says whether the two stand in apposition.
    """
    subject: Mention | None = None
    sentence = -1
    previous: Mention | None = None
    for mention in paragraph.mentions:
        if mention.nested:
            continue
        sentence_number = paragraph.tokens[mention.first].sentence
        if sentence_number != sentence:
            sentence, previous = sentence_number, None
            subject = mention if mention.kind is not MentionKind.PRONOUN else None
        if previous is not None and _are_in_apposition(paragraph, previous, mention):
            if mention.kind is MentionKind.DESCRIPTION:
                yield previous, mention, True
            elif mention.kind is MentionKind.NAME and previous.kind is MentionKind.DESCRIPTION:
                yield mention, previous, True
        elif (
            subject is not None
            and subject.kind is not mention.kind
            and _is_predicate(paragraph, mention, language)
        ):
            display_text = subject.kind is MentionKind.NAME
            yield (subject, mention, False) if display_text else (mention, subject, False)
        previous = mention


def _are_in_apposition(paragraph: ParsedParagraph, first: Mention, second: Mention) -> bool:
    """Return whether a name and a description have only a comma, or an age in commas, between."""
    within = {
        position
        for mention in paragraph.mentions
        if mention.nested and first.last < mention.first and mention.last < second.outer
        for position in range(mention.outer, mention.last + 1)
    }
    positions = (
        position for position in range(first.last + 1, second.outer) if position not in within
    )
    kinds = [paragraph.tokens[position].kind for position in positions]
    if kinds[:1] == ["("] and ")" in kinds:
        del kinds[: kinds.index(")") + 1]
    kinds_of_mentions = {first.kind, second.kind}
    return kinds in ([","], [",", "#", ","]) and kinds_of_mentions == {
        MentionKind.NAME,
        MentionKind.DESCRIPTION,
    }


def _is_predicate(paragraph: ParsedParagraph, mention: Mention, language: Language) -> bool:
    """Return whether a copula precedes a mention, directly or before one more word."""
    if mention.kind is MentionKind.PRONOUN:
        return False
    before = paragraph.tokens[mention.outer - 1 : mention.outer] if mention.outer else ()
    if before and before[0].lower in language.copulas:
        return True
    earlier = paragraph.tokens[mention.outer - 2 : mention.outer - 1]
    return bool(
        before
        and earlier
        and before[0].lower in language.intervening_words
        and earlier[0].lower in language.copulas
    )
