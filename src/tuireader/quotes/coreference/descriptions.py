"""Who is meant by a description: "a high-level defector", "the mayor"."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ParsedParagraph

_AHEAD = 4
"""Paragraphs within which an indefinite description's bearer must be named."""


@dataclass(frozen=True, slots=True)
class Predication:
    """That the article says of somebody that they are something."""

    person: Entity
    paragraph: int
    names: frozenset[str]
    """Words with a capital in the description: where and for whom."""


class DescriptionResolver:
    """What an article says its people are, by noun."""

    def __init__(
        self, readings: Iterable[ParsedParagraph], people: Entities, language: Language
    ) -> None:
        """Gather the descriptions that stand beside a name or are said of one."""
        self._language = language
        self._people = people
        self._known: defaultdict[str, list[Predication]] = defaultdict(list)
        self._beside: dict[tuple[int, int], Entity] = {}
        self._first: dict[str, int] = {}
        self._bodies: defaultdict[str, list[Entity]] | None = None
        self._documents: dict[str, Sequence[str]] = {}
        self._unnamed: dict[str, int] = {}
        """By noun, the paragraph in which somebody without a name is introduced by it."""
        for reading in readings:
            for mention in reading.mentions:
                if mention.kind is MentionKind.NAME:
                    self._name(mention, reading)
                    continue
                if mention.words[0].lower() in language.indefinite_articles:
                    self._unnamed.setdefault(mention.head, reading.number)
                if (
                    len(mention.words) == 2
                    and mention.words[0].lower() in language.definite_articles
                ):
                    self._documents.setdefault(
                        mention.head, (mention.words[0].lower(), mention.head)
                    )
            for mention, described, beside in _said_of(reading, language):
                if beside:
                    self._beside[reading.number, described.first] = people.of_name(mention)
                self._add(mention, described.head, described.words, reading.number)

    def _name(self, mention: Mention, reading: ParsedParagraph) -> None:
        person = self._people.of_name(mention)
        self._first.setdefault(person.name, reading.number)
        for role in mention.roles:
            if self._language.is_role(role) or role in self._language.titles:
                self._add(mention, role, (), reading.number)

    def _add(self, mention: Mention, noun: str, words: Sequence[str], number: int) -> None:
        person = self._people.of_name(mention)
        names = frozenset(word.lower() for word in words[1:] if word[:1].isupper())
        self._known[noun].append(Predication(person, number, names))
        if self._language.is_human(noun) and not self._language.is_organisation_name(person.words):
            person.person = True

    def meant(self, mention: Mention, focus: Callable[[], Entity | None]) -> Entity | None:
        """The person a description stands for.

        That is whom the article says it of, if it is one only, or of several the one in
        the focus; whoever is in the focus for what can be said of anybody ("the Scot").
        """
        beside = self._beside.get((mention.paragraph, mention.first))
        if beside is not None:
            return beside
        known = self._known.get(mention.head)
        if not known:
            return self._body(mention) or (focus() if self._may_be_focus(mention) else None)
        names = frozenset(word.lower() for word in mention.words[1:] if word[:1].isupper())
        definite = mention.words[0].lower() in self._language.definite_articles
        indefinite = mention.words[0].lower() in self._language.indefinite_articles
        # In a headline no article stands: "says mayor".
        bare = len(mention.words) == 1 and self._language.is_human(mention.head)
        if not (definite or indefinite or bare):
            return None
        fitting: dict[str, Entity] = {}
        for item in known:
            if names and item.names and not names & item.names:
                continue
            first = self._first[item.person.name]
            if indefinite and not mention.paragraph < first <= mention.paragraph + _AHEAD:
                continue
            fitting[item.person.name] = item.person
        if len(fitting) > 1 and definite:
            spoken_of = focus()
            return spoken_of if spoken_of and spoken_of.name in fitting else None
        return next(iter(fitting.values())) if fitting else None

    def _may_be_focus(self, mention: Mention) -> bool:
        """Whether a description can be said of anybody, and nobody without a name was called so."""
        short = len(mention.words) == 2
        return (
            mention.words[0].lower() in self._language.definite_articles
            and (
                self._language.is_epithet(mention.head)
                or (short and mention.head in self._language.generic_organisations)
            )
            and self._unnamed.get(mention.head, mention.paragraph) >= mention.paragraph
        )

    def _body(self, mention: Mention) -> Entity | None:
        """The body that "the department" is, if the article names one of that kind only."""
        short = (
            len(mention.words) == 2 and mention.words[0].lower() in self._language.definite_articles
        )
        if not short or mention.head not in self._language.organisation_words:
            return None
        if self._bodies is None:
            self._bodies = defaultdict(list)
            for person in self._people.all():
                if len(person.words) > 1:
                    self._bodies[person.words[-1].lower()].append(person)
        fitting = [
            person
            for person in self._bodies[mention.head]
            if self._first.get(person.name, mention.paragraph) <= mention.paragraph
        ]
        return fitting[0] if len(fitting) == 1 else None

    def named(self, mention: Mention, text: str) -> str:
        """A description as it is shown: of "their report", "the report" or "report" is left."""
        words = text[mention.start : mention.end].split()
        language = self._language
        if words[0].lower() in language.possessives and mention.head in language.cue_nouns:
            return " ".join(self._documents.get(mention.head) or words[1:])
        return " ".join(words)


def _said_of(
    reading: ParsedParagraph, language: Language
) -> Iterator[tuple[Mention, Mention, bool]]:
    """A name, a description that is said of it, and whether the two stand side by side."""
    subject: Mention | None = None
    sentence = -1
    previous: Mention | None = None
    for mention in reading.mentions:
        if mention.inside:
            continue
        its = reading.tokens[mention.first].sentence
        if its != sentence:
            sentence, previous = its, None
            subject = mention if mention.kind is not MentionKind.PRONOUN else None
        if previous is not None and _side_by_side(reading, previous, mention):
            if mention.kind is MentionKind.DESCRIPTION:
                yield previous, mention, True
            elif mention.kind is MentionKind.NAME and previous.kind is MentionKind.DESCRIPTION:
                yield mention, previous, True
        elif (
            subject is not None
            and subject.kind is not mention.kind
            and _is_predicate(reading, mention, language)
        ):
            named = subject.kind is MentionKind.NAME
            yield (subject, mention, False) if named else (mention, subject, False)
        previous = mention


def _side_by_side(reading: ParsedParagraph, first: Mention, second: Mention) -> bool:
    """Whether nothing but a comma, or an age between commas, stands between."""
    within = {
        place
        for mention in reading.mentions
        if mention.inside and first.last < mention.first and mention.last < second.outer
        for place in range(mention.outer, mention.last + 1)
    }
    places = (place for place in range(first.last + 1, second.outer) if place not in within)
    kinds = [reading.tokens[place].kind for place in places]
    if kinds[:1] == ["("] and ")" in kinds:
        del kinds[: kinds.index(")") + 1]
    kinds_of_mentions = {first.kind, second.kind}
    return kinds in ([","], [",", "#", ","]) and kinds_of_mentions == {
        MentionKind.NAME,
        MentionKind.DESCRIPTION,
    }


def _is_predicate(reading: ParsedParagraph, mention: Mention, language: Language) -> bool:
    if mention.kind is MentionKind.PRONOUN:
        return False
    before = reading.tokens[mention.outer - 1 : mention.outer] if mention.outer else ()
    if before and before[0].lower in language.copulas:
        return True
    earlier = reading.tokens[mention.outer - 2 : mention.outer - 1]
    return bool(
        before
        and earlier
        and before[0].lower in language.intervening_words
        and earlier[0].lower in language.copulas
    )
