"""Who is meant by a description: "a high-level defector", "the mayor"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tuireader.quotes.identities import People, Person
from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_AHEAD = 4
"""Paragraphs within which an indefinite description's bearer must be named."""


@dataclass(frozen=True, slots=True)
class Known:
    """That the article says of somebody that they are something."""

    person: Person
    paragraph: int
    names: frozenset[str]
    """Words with a capital in the description: where and for whom."""


class Descriptions:
    """What an article says its people are, by noun."""

    def __init__(self, readings: Iterable[Reading], people: People, language: Language) -> None:
        """Gather the descriptions that stand beside a name or are said of one."""
        self._language = language
        self._people = people
        self._known: defaultdict[str, list[Known]] = defaultdict(list)
        self._beside: dict[tuple[int, int], Person] = {}
        self._first: dict[str, int] = {}
        self._documents: dict[str, Sequence[str]] = {}
        for reading in readings:
            for mention in reading.mentions:
                if mention.kind is MentionKind.NAME:
                    self._name(mention, reading)
                elif len(mention.words) == 2 and mention.words[0].lower() in language.definite:
                    self._documents.setdefault(
                        mention.head, (mention.words[0].lower(), mention.head)
                    )
            for mention, described, beside in _said_of(reading, language):
                if beside:
                    self._beside[reading.number, described.first] = people.of_name(mention)
                self._add(mention, described.head, described.words, reading.number)

    def _name(self, mention: Mention, reading: Reading) -> None:
        person = self._people.of_name(mention)
        self._first.setdefault(person.name, reading.number)
        for role in mention.roles:
            if self._language.is_role(role) or role in self._language.titles:
                self._add(mention, role, (), reading.number)

    def _add(self, mention: Mention, noun: str, words: Sequence[str], number: int) -> None:
        person = self._people.of_name(mention)
        names = frozenset(word.lower() for word in words[1:] if word[:1].isupper())
        self._known[noun].append(Known(person, number, names))

    def meant(self, mention: Mention) -> Person | None:
        """The person a description stands for, if the article says so of one only."""
        beside = self._beside.get((mention.paragraph, mention.first))
        if beside is not None:
            return beside
        known = self._known.get(mention.head)
        if not known:
            return self._body(mention)
        names = frozenset(word.lower() for word in mention.words[1:] if word[:1].isupper())
        definite = mention.words[0].lower() in self._language.definite
        indefinite = mention.words[0].lower() in self._language.indefinite
        if not (definite or indefinite):
            return None
        fitting: dict[str, Person] = {}
        for item in known:
            if names and item.names and not names & item.names:
                continue
            first = self._first[item.person.name]
            if indefinite and not mention.paragraph < first <= mention.paragraph + _AHEAD:
                continue
            fitting[item.person.name] = item.person
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _body(self, mention: Mention) -> Person | None:
        """The body that "the department" is, if the article names one of that kind only."""
        short = len(mention.words) == 2 and mention.words[0].lower() in self._language.definite
        if not short or mention.head not in self._language.organisations:
            return None
        fitting = [
            person
            for person in self._people.all()
            if len(person.words) > 1
            and person.words[-1].lower() == mention.head
            and self._first.get(person.name, mention.paragraph) <= mention.paragraph
        ]
        return fitting[0] if len(fitting) == 1 else None

    def named(self, mention: Mention, text: str) -> str:
        """A description as it is shown: of "their report", "the report" or "report" is left."""
        words = text[mention.start : mention.end].split()
        language = self._language
        if words[0].lower() in language.possessive and mention.head in language.cue_noun:
            return " ".join(self._documents.get(mention.head) or words[1:])
        return " ".join(words)


def _said_of(reading: Reading, language: Language) -> Iterator[tuple[Mention, Mention, bool]]:
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
            subject = mention if mention.kind is MentionKind.NAME else None
        if previous is not None and _side_by_side(reading, previous, mention):
            if mention.kind is MentionKind.DESCRIPTION:
                yield previous, mention, True
            elif mention.kind is MentionKind.NAME and previous.kind is MentionKind.DESCRIPTION:
                yield mention, previous, True
        elif (
            subject is not None
            and mention.kind is MentionKind.DESCRIPTION
            and _is_predicate(reading, mention, language)
        ):
            yield subject, mention, False
        previous = mention


def _side_by_side(reading: Reading, first: Mention, second: Mention) -> bool:
    """Whether nothing but a comma, or an age between commas, stands between."""
    kinds = [token.kind for token in reading.tokens[first.last + 1 : second.outer]]
    if kinds[:1] == ["("] and ")" in kinds:
        del kinds[: kinds.index(")") + 1]
    kinds_of_mentions = {first.kind, second.kind}
    return kinds in ([","], [",", "#", ","]) and kinds_of_mentions == {
        MentionKind.NAME,
        MentionKind.DESCRIPTION,
    }


def _is_predicate(reading: Reading, mention: Mention, language: Language) -> bool:
    before = reading.tokens[mention.first - 1 : mention.first]
    if before and before[0].lower in language.copula:
        return True
    earlier = reading.tokens[mention.first - 2 : mention.first - 1]
    return bool(
        before
        and earlier
        and before[0].lower in language.between
        and earlier[0].lower in language.copula
    )
