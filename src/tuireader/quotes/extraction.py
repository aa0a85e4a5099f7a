"""Who said what in an article: the parts of the engine put in a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.candidates import candidates
from tuireader.quotes.described import Descriptions
from tuireader.quotes.dialogue import dash_stretches, labelled, parted
from tuireader.quotes.genders import learn_genders, note_ages
from tuireader.quotes.identities import People, Person
from tuireader.quotes.implied import implied_subject
from tuireader.quotes.language import Language
from tuireader.quotes.language_file import language_for
from tuireader.quotes.links import Before, Link, LinkKind, choose
from tuireader.quotes.marks import Stretch, stretches_of
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.paragraphs import Paragraph, paragraphs_of, sections_of
from tuireader.quotes.pronouns import Pronouns, relative_to
from tuireader.quotes.quotations import Attributed, quotations
from tuireader.quotes.reading import Reading, read
from tuireader.quotes.utterances import is_resumed, is_utterance
from tuireader.quotes.vocabulary import common_words
from tuireader.quotes.weights import load_weights

Item = TypeVar("Item")
_NAMELESS = (LinkKind.NOBODY, LinkKind.UNKNOWN)
_OFTEN = 16
"""Stretches that are linked without a pause."""


def extract(
    article: Article,
    pause: Callable[[], None] | None = None,
    *,
    unattributed: bool = False,
) -> tuple[Quote, ...]:
    """The quotations of an article in the order of its text.

    `pause` is called every few hundredths of a second: it may sleep, or raise to give
    up. With `unattributed`, words in quotation marks that are nobody's are given too.
    """
    weights = load_weights()
    return tuple(
        quote
        for desk in desks(article, pause or _go_on)
        for quote in quotations(article.text, desk.attributed(weights), unattributed=unattributed)
    )


def desks(article: Article, pause: Callable[[], None]) -> Iterator["Desk"]:
    """An article laid out for linking, a long one section by section, so that memory stays bounded.

    Who is named in one section is not known in the next.
    """
    for section in sections_of(paragraphs_of(article)):
        yield Desk(article, pause, section)


def _go_on() -> None:
    """Do nothing between paragraphs."""


def _each(items: Iterable[Item], pause: Callable[[], None]) -> Iterator[Item]:
    """The items, with a pause before each."""
    for item in items:
        pause()
        yield item


def _stretches(
    text: str, paragraphs: list[Paragraph], language: Language, pause: Callable[[], None]
) -> list[Stretch]:
    """All stretches of speech in order; a dash or a label outweighs marks in its paragraph."""
    marked = list(parted(text, stretches_of(text, _each(paragraphs, pause)), language))
    spoken = dash_stretches(text, paragraphs, language)
    labels = labelled(text, paragraphs, language)
    if not (spoken or labels):
        return marked
    spoken |= {number: [stretch] for number, stretch in labels.items()}
    kept = [stretch for stretch in marked if stretch.paragraph not in spoken]
    kept += [stretch for found in spoken.values() for stretch in found]
    return sorted(kept, key=lambda stretch: stretch.start)


class Desk:
    """An article, or a section of one, laid out for linking: its stretches, readings and people."""

    def __init__(
        self,
        article: Article,
        pause: Callable[[], None],
        section: Sequence[Paragraph] | None = None,
    ) -> None:
        """Read the paragraphs, all by default; nothing is read if there is no quotation mark."""
        self.article = article
        self.language: Language = language_for(article.language, article.text)
        paragraphs = list(paragraphs_of(article) if section is None else section)
        self.stretches: list[Stretch] = _stretches(article.text, paragraphs, self.language, pause)
        self.pause = pause
        self.readings: list[Reading] = []
        if self.stretches:
            words = article.text[paragraphs[0].start : paragraphs[-1].end]
            common = common_words(words, self.language)
            by_paragraph: dict[int, list[tuple[int, Stretch]]] = {}
            for number, stretch in enumerate(self.stretches):
                by_paragraph.setdefault(stretch.paragraph, []).append((number, stretch))
            for number, paragraph in enumerate(_each(paragraphs, pause)):
                inside = by_paragraph.get(number, ())
                self.readings.append(
                    read(article.text, paragraph, number, inside, self.language, common=common)
                )
        prose = [reading for reading in self.readings if not reading.titled]
        titles = [reading for reading in self.readings if reading.titled]
        self.people = People(
            (mention for reading in _each(prose, pause) for mention in reading.mentions),
            self.language,
            (mention for reading in _each(titles, pause) for mention in reading.mentions),
        )
        note_ages(_each(self.readings, pause), self.people)
        learn_genders(_each(self.readings, pause), self.people, self.language)
        self.pronouns = Pronouns(self.readings, self.people, self.language)
        self.descriptions = Descriptions(_each(self.readings, pause), self.people, self.language)

    def places(self) -> Iterator[tuple[int, int, Stretch]]:
        """Each stretch with the number of its reading and the place of its token there."""
        for index, reading in enumerate(self.readings):
            for place, token in enumerate(reading.tokens):
                if token.stretch >= 0:
                    yield index, place, self.stretches[token.stretch]

    def attributed(self, weights: Mapping[str, float]) -> Iterator[Attributed]:
        """Each stretch with its link and its speaker, in order."""
        before: Before | None = None
        last: Link | None = None
        speaker: Person | str | None = None
        for number, (index, place, stretch) in enumerate(self.places()):
            if number % _OFTEN == 0:
                self.pause()
            if stretch.label:
                link, speaker = Link(LinkKind.MENTION), self.labelled(stretch.label)
            elif stretch.continues and last is not None:
                link = last if last.kind in _NAMELESS else Link(LinkKind.CARRIED, last.mention)
            elif subject := implied_subject(self.readings[index], place):
                link = Link(LinkKind.MENTION, subject)
            else:
                link = self.linked(index, place, stretch, before, weights)
            if link.kind is LinkKind.MENTION and link.mention is not None:
                spoke = speaker if isinstance(speaker, Person) else None
                found = self.speaker_of(link.mention, spoke)
                if found or not self.is_described(link.mention, speaker):
                    speaker = found
            named = isinstance(speaker, Person)
            last, nameless = link, link.kind in _NAMELESS
            name = "" if nameless else name_of(speaker)
            yield Attributed(stretch, self.readings[index], place, link, name, named)
            if not nameless:
                before = Before(link, index, place, stretch.closed, name)

    def is_described(self, mention: Mention, speaker: Person | str | None) -> bool:
        """Whether a pronoun that means nobody named can mean the described who spoke last."""
        language = self.language
        others = language.first | language.first_plural | language.plural | language.neuter
        pronoun = mention.kind is MentionKind.PRONOUN and mention.words[0] not in others
        return pronoun and isinstance(speaker, str) and bool(speaker)

    def linked(
        self,
        index: int,
        place: int,
        stretch: Stretch,
        before: Before | None,
        weights: Mapping[str, float],
    ) -> Link:
        """What a stretch is linked to; what looks like speech is somebody's if anybody is there."""
        text, readings = self.article.text, self.readings
        found = candidates(text, readings, index, place, people=self.people, before=before)
        link = choose(found, weights)
        if link.kind is not LinkKind.NOBODY:
            return link
        reading = readings[index]
        if (
            before is not None
            and before.paragraph == index
            and is_resumed(text, reading, before.place, place)
        ):
            return Link(LinkKind.CARRIED, before.link.mention)
        if not is_utterance(text, reading, place, stretch):
            return link
        if self.language.lists_all:
            return Link(LinkKind.UNKNOWN)
        others = [
            other
            for other in found[1:]
            if not stretch.dash or (other.mention and other.mention.paragraph == index)
        ]
        return choose(others, weights) if others else Link(LinkKind.UNKNOWN)

    def labelled(self, label: str) -> Person | str:
        """Who is meant by the label ahead of a speech in an interview."""
        if label in self.language.question:
            return self.article.author
        if label in self.language.answer:
            people = [person for person in self.people.all() if person.person]
            return max(people, key=lambda person: person.count, default="")
        words = label.title().split()
        return self.people.of_words(tuple(words)) or (" ".join(words) if len(words) > 1 else label)

    def speaker_of(self, mention: Mention, spoke: Person | None) -> Person | str | None:
        """Who is meant by a mention."""
        if mention.kind is MentionKind.NAME:
            return self.people.of_name(mention)
        if mention.kind is MentionKind.PRONOUN:
            if mention.words[0] in self.language.first and self.article.author:
                return self.article.author
            nearest = relative_to(mention, self.readings, self.language)
            if nearest is not None:
                return self.speaker_of(nearest, spoke)
            return self._antecedent(mention, spoke)
        meant = self.descriptions.meant(mention, lambda: self._focus(mention, spoke))
        return meant or self.descriptions.named(mention, self.article.text)

    def _antecedent(self, mention: Mention, spoke: Person | None) -> Person | str | None:
        """Who was spoken of before a mention, by name or by a description."""
        found = self.pronouns.antecedent(mention, spoke)
        return self.speaker_of(found, spoke) if isinstance(found, Mention) else found

    def _focus(self, mention: Mention, spoke: Person | None) -> Person | None:
        """Of whom a text that says "the Scot" or "the company" has just spoken."""
        if mention.head in self.language.bodies:
            return self.pronouns.body_before(mention)
        found = self._antecedent(mention, spoke)
        if not isinstance(found, Person) or self.language.names_body(found.words):
            return None
        return found


def name_of(speaker: Person | str | None) -> str:
    """What a speaker is called; empty if there is none."""
    if isinstance(speaker, Person):
        return speaker.name
    return speaker or ""
