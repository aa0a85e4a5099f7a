"""Who said what in an article: the parts of the engine put in a row.

All that a list of an article's quotations shows: also nobody's words, and who is named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.assemble import AttributedSpan, assemble_quotes, is_resumed, is_utterance
from tuireader.quotes.attribution.candidates import link_candidates
from tuireader.quotes.attribution.model import LinkKind, PreviousAttribution, SpeakerLink, best_link
from tuireader.quotes.attribution.subjects import null_subject
from tuireader.quotes.attribution.weights import load_weights
from tuireader.quotes.coreference.descriptions import DescriptionResolver
from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.coreference.gender import learn_from_ages, learn_from_pronouns
from tuireader.quotes.coreference.pronouns import PronounResolver, antecedent_of_relative
from tuireader.quotes.dialogue import dash_dialogue, labelled_speech, split_at_inquits
from tuireader.quotes.lexicon.common_words import common_words_in
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import language_for
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.paragraphs import Paragraph, paragraphs_of, sections_of
from tuireader.quotes.parse import ParsedParagraph, parse_paragraph
from tuireader.quotes.quote_marks import QuotedSpan, quoted_spans

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
        for desk in parsed_articles(article, pause or _go_on)
        for quote in assemble_quotes(
            article.text, desk.attributed(weights), unattributed=unattributed
        )
    )


def parsed_articles(article: Article, pause: Callable[[], None]) -> Iterator["ParsedArticle"]:
    """An article laid out for linking, a long one section by section, so that memory stays bounded.

    Who is named in one section is not known in the next.
    """
    for section in sections_of(paragraphs_of(article)):
        yield ParsedArticle(article, pause, section)


def _go_on() -> None:
    """Do nothing between paragraphs."""


def _each(items: Iterable[Item], pause: Callable[[], None]) -> Iterator[Item]:
    """The items, with a pause before each."""
    for item in items:
        pause()
        yield item


def _stretches(
    text: str, paragraphs: list[Paragraph], language: Language, pause: Callable[[], None]
) -> list[QuotedSpan]:
    """All stretches of speech in order; a dash or a label outweighs marks in its paragraph."""
    marked = list(split_at_inquits(text, quoted_spans(text, _each(paragraphs, pause)), language))
    spoken = dash_dialogue(text, paragraphs, language)
    labels = labelled_speech(text, paragraphs, language)
    if not (spoken or labels):
        return marked
    spoken |= {number: [stretch] for number, stretch in labels.items()}
    kept = [stretch for stretch in marked if stretch.paragraph not in spoken]
    kept += [stretch for found in spoken.values() for stretch in found]
    return sorted(kept, key=lambda stretch: stretch.start)


class ParsedArticle:
    """An article, or a section of one, laid out for linking: its stretches, readings and people."""

    def __init__(
        self,
        article: Article,
        pause: Callable[[], None],
        section: Sequence[Paragraph] | None = None,
        language: Language | None = None,
    ) -> None:
        """Read the paragraphs, all by default; nothing is read if there is no quotation mark."""
        self.article = article
        self.language = language or language_for(article.language, article.text)
        paragraphs = list(paragraphs_of(article) if section is None else section)
        self.stretches: list[QuotedSpan] = _stretches(
            article.text, paragraphs, self.language, pause
        )
        self.pause = pause
        self.readings: list[ParsedParagraph] = []
        if self.stretches:
            words = article.text[paragraphs[0].start : paragraphs[-1].end]
            common = common_words_in(words, self.language)
            by_paragraph: dict[int, list[tuple[int, QuotedSpan]]] = {}
            for number, stretch in enumerate(self.stretches):
                by_paragraph.setdefault(stretch.paragraph, []).append((number, stretch))
            for number, paragraph in enumerate(_each(paragraphs, pause)):
                inside = by_paragraph.get(number, ())
                self.readings.append(
                    parse_paragraph(
                        article.text, paragraph, number, inside, self.language, common=common
                    )
                )
        prose = [reading for reading in self.readings if not reading.titled]
        titles = [reading for reading in self.readings if reading.titled]
        self.people = Entities(
            (mention for reading in _each(prose, pause) for mention in reading.mentions),
            self.language,
            (mention for reading in _each(titles, pause) for mention in reading.mentions),
        )
        learn_from_ages(_each(self.readings, pause), self.people)
        learn_from_pronouns(_each(self.readings, pause), self.people, self.language)
        self.pronouns = PronounResolver(self.readings, self.people, self.language)
        self.descriptions = DescriptionResolver(
            _each(self.readings, pause), self.people, self.language
        )

    def places(self) -> Iterator[tuple[int, int, QuotedSpan]]:
        """Each stretch with the number of its reading and the place of its token there."""
        for index, reading in enumerate(self.readings):
            for place, token in enumerate(reading.tokens):
                if token.stretch >= 0:
                    yield index, place, self.stretches[token.stretch]

    def attributed(self, weights: Mapping[str, float]) -> Iterator[AttributedSpan]:
        """Each stretch with its link and its speaker, in order."""
        before: PreviousAttribution | None = None
        last: SpeakerLink | None = None
        speaker: Entity | str | None = None
        for number, (index, place, stretch) in enumerate(self.places()):
            if number % _OFTEN == 0:
                self.pause()
            if stretch.label:
                link, speaker = SpeakerLink(LinkKind.MENTION), self.labelled(stretch.label)
            elif stretch.continues and last is not None:
                link = (
                    last if last.kind in _NAMELESS else SpeakerLink(LinkKind.CARRIED, last.mention)
                )
            elif subject := null_subject(self.readings[index], place):
                link = SpeakerLink(LinkKind.MENTION, subject)
            else:
                link = self.linked(index, place, stretch, before, weights)
            if link.kind is LinkKind.MENTION and link.mention is not None:
                spoke = speaker if isinstance(speaker, Entity) else None
                found = self.speaker_of(link.mention, spoke)
                if found or not self.is_described(link.mention, speaker):
                    speaker = found
            named = isinstance(speaker, Entity)
            last, nameless = link, link.kind in _NAMELESS
            name = "" if nameless else speaker_name(speaker)
            yield AttributedSpan(stretch, self.readings[index], place, link, name, named)
            if not nameless:
                before = PreviousAttribution(link, index, place, stretch.closed, name)

    def is_described(self, mention: Mention, speaker: Entity | str | None) -> bool:
        """Whether a pronoun that means nobody named can mean the described who spoke last."""
        language = self.language
        others = (
            language.first_person
            | language.first_person_plural
            | language.plural_pronouns
            | language.neuter_pronouns
        )
        pronoun = mention.kind is MentionKind.PRONOUN and mention.words[0] not in others
        return pronoun and isinstance(speaker, str) and bool(speaker)

    def linked(
        self,
        index: int,
        place: int,
        stretch: QuotedSpan,
        before: PreviousAttribution | None,
        weights: Mapping[str, float],
    ) -> SpeakerLink:
        """What a stretch is linked to; what looks like speech is somebody's if anybody is there."""
        text, readings = self.article.text, self.readings
        found = link_candidates(text, readings, index, place, people=self.people, before=before)
        link = best_link(found, weights)
        if link.kind is not LinkKind.NOBODY:
            return link
        reading = readings[index]
        if (
            before is not None
            and before.paragraph == index
            and is_resumed(text, reading, before.place, place)
        ):
            return SpeakerLink(LinkKind.CARRIED, before.link.mention)
        if not is_utterance(text, reading, place, stretch):
            return link
        if self.language.list_unattributed:
            return SpeakerLink(LinkKind.UNKNOWN)
        others = [
            other
            for other in found[1:]
            if not stretch.dash or (other.mention and other.mention.paragraph == index)
        ]
        return best_link(others, weights) if others else SpeakerLink(LinkKind.UNKNOWN)

    def labelled(self, label: str) -> Entity | str:
        """Who is meant by the label ahead of a speech in an interview."""
        if label in self.language.question_labels:
            return self.article.author
        if label in self.language.answer_labels:
            people = [person for person in self.people.all() if person.person]
            return max(people, key=lambda person: person.count, default="")
        words = label.title().split()
        return self.people.of_words(tuple(words)) or (" ".join(words) if len(words) > 1 else label)

    def speaker_of(self, mention: Mention, spoke: Entity | None) -> Entity | str | None:
        """Who is meant by a mention."""
        if mention.kind is MentionKind.NAME:
            return self.people.of_name(mention)
        if mention.kind is MentionKind.PRONOUN:
            if mention.words[0] in self.language.first_person and self.article.author:
                return self.article.author
            nearest = antecedent_of_relative(mention, self.readings, self.language)
            if nearest is not None:
                return self.speaker_of(nearest, spoke)
            return self._antecedent(mention, spoke)
        meant = self.descriptions.meant(mention, lambda: self._focus(mention, spoke))
        return meant or self.descriptions.named(mention, self.article.text)

    def _antecedent(self, mention: Mention, spoke: Entity | None) -> Entity | str | None:
        """Who was spoken of before a mention, by name or by a description."""
        found = self.pronouns.antecedent(mention, spoke)
        return self.speaker_of(found, spoke) if isinstance(found, Mention) else found

    def _focus(self, mention: Mention, spoke: Entity | None) -> Entity | None:
        """Of whom a text that says "the Scot" or "the company" has just spoken."""
        if mention.head in self.language.generic_organisations:
            return self.pronouns.body_before(mention)
        found = self._antecedent(mention, spoke)
        if not isinstance(found, Entity) or self.language.is_organisation_name(found.words):
            return None
        return found


def speaker_name(speaker: Entity | str | None) -> str:
    """What a speaker is called; empty if there is none."""
    if isinstance(speaker, Entity):
        return speaker.name
    return speaker or ""


def extract_all(article: Article, pause: Callable[[], None] | None = None) -> tuple[Quote, ...]:
    """The quotations in the order of the text, and among them, marked so, what is nobody's words.

    `pause` is as for `extract`.
    """
    weights = load_weights()
    every: list[Quote] = []
    for desk in parsed_articles(article, pause or (lambda: None)):
        parts = list(desk.attributed(weights))
        every += assemble_quotes(article.text, parts)
        nobody = [part for part in parts if part.link.kind is LinkKind.NOBODY]
        others = assemble_quotes(article.text, nobody, unattributed=True)
        every += (replace(quote, unattributed=True) for quote in others)
    return tuple(sorted(every, key=lambda quote: quote.start))


def names_in_article(article: Article, pause: Callable[[], None] | None = None) -> tuple[str, ...]:
    """Everybody and everything that an article names, the people first, then by how often."""
    people = [
        person
        for desk in parsed_articles(article, pause or (lambda: None))
        for person in desk.people.all()
    ]
    ranked = sorted(people, key=lambda person: (not person.person, -person.count))
    return tuple(dict.fromkeys(person.name for person in ranked if person.name))
