"""Parses an article into spans, paragraphs and entities, and says whom a mention refers to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from tuireader.domain.article import Article
from tuireader.quotes.coreference.descriptions import DescriptionResolver
from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.coreference.gender import learn_from_ages, learn_from_pronouns
from tuireader.quotes.coreference.pronouns import PronounResolver, antecedent_of_relative
from tuireader.quotes.dialogue import dash_dialogue, labelled_speech, split_at_inquits
from tuireader.quotes.lexicon.common_words import common_words_in
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import language_for
from tuireader.quotes.mentions.mention import NAME, PRONOUN, Mention
from tuireader.quotes.parse import ParsedParagraph, parse_paragraph
from tuireader.quotes.quoted_spans import (
    Paragraph,
    QuotedSpan,
    paragraphs_of,
    quoted_spans,
    sections_of,
)
from tuireader.quotes.unspaced_names import KnownNames

Item = TypeVar("Item")


def parse_sections(article: Article, pause: Callable[[], None]) -> Iterator["ParsedArticle"]:
    """Yield the parsed sections of an article; only a very long one has more than one.

    Sections bound the memory. Names are not known from one section to the next.
    """
    for section in sections_of(paragraphs_of(article)):
        yield ParsedArticle(article, pause, section)


def _with_pauses(items: Iterable[Item], pause: Callable[[], None]) -> Iterator[Item]:
    """Yield the items, with a call of `pause` before each."""
    for item in items:
        pause()
        yield item


def _speech_spans(
    text: str, paragraphs: list[Paragraph], language: Language, pause: Callable[[], None]
) -> list[QuotedSpan]:
    """Return all spans of speech; in a paragraph with a dash or a label, marks do not count."""
    marked = list(
        split_at_inquits(text, quoted_spans(text, _with_pauses(paragraphs, pause)), language)
    )
    spoken = dash_dialogue(text, paragraphs, language)
    labels = labelled_speech(text, paragraphs, language)
    if not (spoken or labels):
        return marked
    spoken |= {number: [span] for number, span in labels.items()}
    kept = [span for span in marked if span.paragraph_number not in spoken]
    kept += [span for found in spoken.values() for span in found]
    return sorted(kept, key=lambda span: span.start)


class ParsedArticle:
    """An article, or a section of it, parsed into spans, paragraphs and entities."""

    def __init__(
        self,
        article: Article,
        pause: Callable[[], None],
        section: Sequence[Paragraph] | None = None,
        language: Language | None = None,
    ) -> None:
        """Parse the paragraphs; if they have no quoted span, nothing is parsed.

        Args:
            article: the article.
            pause: as for `extract`.
            section: the paragraphs to parse; None means all.
            language: overrides the article's own language.

        """
        self.article = article
        self.language = language or language_for(article.language, article.text)
        paragraphs = list(paragraphs_of(article) if section is None else section)
        self.pause = pause
        self.spans = _speech_spans(article.text, paragraphs, self.language, pause)
        self.paragraphs = self._parse(paragraphs) if self.spans else []
        self.entities = self._entities_in_paragraphs()
        learn_from_ages(_with_pauses(self.paragraphs, pause), self.entities)
        learn_from_pronouns(_with_pauses(self.paragraphs, pause), self.entities, self.language)
        self.descriptions = DescriptionResolver(
            _with_pauses(self.paragraphs, pause), self.entities, self.language
        )
        self._described: dict[tuple[int, int], Entity | None] = {}
        self.pronouns = PronounResolver(
            self.paragraphs, self.entities, self.language, self._described_before
        )
        self.pronouns.resolve_openings()

    def _entities_in_paragraphs(self) -> Entities:
        """Return the entities of the article; names in headings are added to those of the text."""
        prose: list[ParsedParagraph] = []
        titles: list[ParsedParagraph] = []
        for paragraph in self.paragraphs:
            (titles if paragraph.is_title_case else prose).append(paragraph)
        return Entities(
            (
                mention
                for paragraph in _with_pauses(prose, self.pause)
                for mention in paragraph.mentions
            ),
            self.language,
            (
                mention
                for paragraph in _with_pauses(titles, self.pause)
                for mention in paragraph.mentions
            ),
        )

    def _parse(self, paragraphs: Sequence[Paragraph]) -> list[ParsedParagraph]:
        """Parse each paragraph, together with the quoted spans in it."""
        text = self.article.text
        words = text[paragraphs[0].start : paragraphs[-1].end]
        common = common_words_in(words, self.language)
        known = KnownNames()
        by_paragraph: dict[int, list[tuple[int, QuotedSpan]]] = {}
        for number, span in enumerate(self.spans):
            by_paragraph.setdefault(span.paragraph_number, []).append((number, span))
        return [
            parse_paragraph(
                text,
                paragraph,
                number,
                by_paragraph.get(number, ()),
                self.language,
                common=common,
                known=known,
            )
            for number, paragraph in enumerate(_with_pauses(paragraphs, self.pause))
        ]

    def quoted_positions(self) -> Iterator[tuple[int, int, QuotedSpan]]:
        """Yield each span with the number of its paragraph and the position of its token there."""
        for paragraph_index, paragraph in enumerate(self.paragraphs):
            for position, token in enumerate(paragraph.tokens):
                if token.span_number >= 0:
                    yield paragraph_index, position, self.spans[token.span_number]

    def speaker_of_label(self, label: str) -> Entity | str:
        """Return the speaker whom the label before a speech in an interview names."""
        if label in self.language.question_labels:
            return self.article.author
        if label in self.language.answer_labels:
            entities = [entity for entity in self.entities.all() if entity.is_person]
            return max(entities, key=lambda entity: entity.count, default="")
        words = label.title().split()
        return self.entities.of_words(tuple(words)) or (
            " ".join(words) if len(words) > 1 else label
        )

    def speaker_of(self, mention: Mention, last_speaker: Entity | None) -> Entity | str | None:
        """Return the speaker whom a mention refers to; a description may stay a string.

        `last_speaker` is whoever was quoted last. None means that a pronoun is not resolved.
        """
        if mention.kind is NAME:
            return self.entities.of_name(mention)
        if mention.kind is PRONOUN:
            if mention.words[0] in self.language.first_person and self.article.author:
                return self.article.author
            nearest = antecedent_of_relative(mention, self.paragraphs, self.language)
            if nearest is not None:
                return self.speaker_of(nearest, last_speaker)
            return self._antecedent(mention, last_speaker)
        entity = self.descriptions.resolve(
            mention, lambda: self._entity_in_focus(mention, last_speaker)
        )
        return entity or self.descriptions.display_text(mention, self.article.text)

    def way_of(self, mention: Mention) -> str:
        """Return how a mention stands for a speaker, in a word for the table of confidence."""
        if mention.kind is NAME:
            return "name"
        if mention.kind is PRONOUN:
            language = self.language
            if mention.words[0] in language.first_person:
                return "first person"
            if mention.words[0] in language.relative_pronouns:
                return "relative"
            return f"pronoun {'gender' if mention.gender else 'none'}"
        entity = self.descriptions.resolve(mention, lambda: None)
        return "description named" if entity else "description"

    def _described_before(self, mention: Mention) -> Entity | None:
        """Return the entity that a description before a pronoun stands for, or None."""
        key = mention.paragraph_number, mention.first
        if key not in self._described:
            # While it is examined, it stands for nobody.
            self._described[key] = None
            self._described[key] = self.descriptions.resolve(
                mention, lambda: self._entity_in_focus(mention, None)
            )
        return self._described[key]

    def _antecedent(self, mention: Mention, last_speaker: Entity | None) -> Entity | str | None:
        """Return the speaker that a pronoun, or a mention like one, refers to; None if unknown."""
        antecedent = self.pronouns.antecedent(mention, last_speaker)
        if isinstance(antecedent, Mention):
            return self.speaker_of(antecedent, last_speaker)
        return antecedent

    def _entity_in_focus(self, mention: Mention, last_speaker: Entity | None) -> Entity | None:
        """Return the entity that "the Scot" or "the company" may refer to, or None."""
        if mention.head in self.language.generic_organisations:
            return self.pronouns.organisation_before(mention)
        entity = self._antecedent(mention, last_speaker)
        if not isinstance(entity, Entity) or self.language.is_organisation_name(entity.words):
            return None
        return entity if entity.is_person or entity.cue_count else None


def speaker_name(speaker: Entity | str | None) -> str:
    """Return the name of a speaker; "" if there is none."""
    if isinstance(speaker, Entity):
        return speaker.name
    return speaker or ""
