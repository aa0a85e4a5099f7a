"""Extracts the quotations of an article: who said what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.quotes.assemble import AttributedSpan, assemble_quotes, is_resumed, is_utterance
from tuireader.quotes.attribution.candidates import link_candidates
from tuireader.quotes.attribution.features import governing_verb
from tuireader.quotes.attribution.model import (
    LinkKind,
    PreviousAttribution,
    SpeakerLink,
    best_link,
    load_weights,
)
from tuireader.quotes.attribution.subjects import (
    back_referring_subject,
    following_subject,
    null_subject,
    reported_subject,
    source_after_colon,
    subject_before_colon,
    subject_before_final_verb,
)
from tuireader.quotes.coreference.descriptions import DescriptionResolver
from tuireader.quotes.coreference.entities import Entities, Entity
from tuireader.quotes.coreference.gender import learn_from_ages, learn_from_pronouns
from tuireader.quotes.coreference.pronouns import PronounResolver, antecedent_of_relative
from tuireader.quotes.dialogue import dash_dialogue, labelled_speech, split_at_inquits
from tuireader.quotes.lexicon.common_words import common_words_in
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import language_for
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import ParsedParagraph, parse_paragraph
from tuireader.quotes.quoted_spans import (
    Paragraph,
    QuotedSpan,
    paragraphs_of,
    quoted_spans,
    sections_of,
)
from tuireader.quotes.soft_hyphens import VisibleText
from tuireader.quotes.unspaced_names import KnownNames

Item = TypeVar("Item")
_WITHOUT_SPEAKER = (LinkKind.UNATTRIBUTED, LinkKind.UNKNOWN)
_SPANS_PER_PAUSE = 16
"""The number of spans that are linked between two calls of `pause`."""


def extract(
    article: Article,
    pause: Callable[[], None] | None = None,
    *,
    unattributed: bool = False,
) -> tuple[Quote, ...]:
    """Return the quotations of an article, in the order of its text.

    Args:
        article: its language decides which word lists are used.
        pause: is called every few hundredths of a second; it may sleep, or raise to stop.
        unattributed: whether to return words in quotation marks that are no speech, too.
    """
    weights = load_weights()
    visible = VisibleText(article)
    return visible.restored(
        quote
        for parsed in parse_sections(visible.article, pause or _no_pause)
        for quote in assemble_quotes(
            visible.article.text, parsed.attribute_spans(weights), unattributed=unattributed
        )
    )


def parse_sections(article: Article, pause: Callable[[], None]) -> Iterator["ParsedArticle"]:
    """Yield the parsed sections of an article; only a very long one has more than one.

    Sections bound the memory. Names are not known from one section to the next.
    """
    for section in sections_of(paragraphs_of(article)):
        yield ParsedArticle(article, pause, section)


def _no_pause() -> None:
    """Do nothing; the default for `pause`."""


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
        prose = [paragraph for paragraph in self.paragraphs if not paragraph.is_title_case]
        titles = [paragraph for paragraph in self.paragraphs if paragraph.is_title_case]
        self.entities = Entities(
            (mention for paragraph in _with_pauses(prose, pause) for mention in paragraph.mentions),
            self.language,
            (
                mention
                for paragraph in _with_pauses(titles, pause)
                for mention in paragraph.mentions
            ),
        )
        learn_from_ages(_with_pauses(self.paragraphs, pause), self.entities)
        learn_from_pronouns(_with_pauses(self.paragraphs, pause), self.entities, self.language)
        self.pronouns = PronounResolver(self.paragraphs, self.entities, self.language)
        self.descriptions = DescriptionResolver(
            _with_pauses(self.paragraphs, pause), self.entities, self.language
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

    def attribute_spans(self, weights: Mapping[str, float]) -> Iterator[AttributedSpan]:
        """Yield each span with its link and its speaker, in order."""
        previous: PreviousAttribution | None = None
        last: SpeakerLink | None = None
        speaker: Entity | str | None = None
        positions = list(self.quoted_positions())
        for number, (paragraph_index, position, span) in enumerate(positions):
            if number % _SPANS_PER_PAUSE == 0:
                self.pause()
            if span.label:
                link, speaker = SpeakerLink(LinkKind.MENTION), self.speaker_of_label(span.label)
            elif span.continues and last is not None:
                link = (
                    last
                    if last.kind in _WITHOUT_SPEAKER
                    else SpeakerLink(LinkKind.CONTINUED, last.mention)
                )
            elif subject := self._subject_by_syntax(paragraph_index, position):
                link = SpeakerLink(LinkKind.MENTION, subject)
            else:
                link = self.link_span(paragraph_index, position, span, previous, weights)
                if not self._is_stated(link.mention, paragraph_index):
                    link = self._link_of_last_paragraph(positions, number) or link
            if link.kind is LinkKind.MENTION and link.mention is not None:
                last_speaker = speaker if isinstance(speaker, Entity) else None
                referent = self.speaker_of(link.mention, last_speaker)
                if referent or not self.may_mean_described_speaker(link.mention, speaker):
                    speaker = referent
            named = isinstance(speaker, Entity)
            last, nameless = link, link.kind in _WITHOUT_SPEAKER
            name = "" if nameless else speaker_name(speaker)
            yield AttributedSpan(
                span, self.paragraphs[paragraph_index], position, link, name, named
            )
            if not nameless:
                previous = PreviousAttribution(link, paragraph_index, position, span.closed, name)

    def _subject_by_syntax(self, paragraph_index: int, position: int) -> Mention | None:
        """Return the speaker of a span whom its sentence shows without doubt, if any."""
        paragraph = self.paragraphs[paragraph_index]
        return (
            null_subject(paragraph, position)
            or reported_subject(paragraph, position)
            or source_after_colon(paragraph, position)
            or subject_before_final_verb(paragraph, position)
            or subject_before_colon(paragraph, position)
            or back_referring_subject(self.paragraphs, paragraph_index, position)
        )

    def _is_stated(self, mention: Mention | None, paragraph_index: int) -> bool:
        """Return whether a mention is in a span's own paragraph, or the subject of a cue."""
        if mention is None or mention.paragraph_number == paragraph_index:
            return mention is not None
        verb, _ = governing_verb(self.paragraphs[mention.paragraph_number], mention)
        return verb[:1] in ("S", "T", "A")

    def _link_of_last_paragraph(
        self, positions: Sequence[tuple[int, int, QuotedSpan]], first: int
    ) -> SpeakerLink | None:
        """Return the link to the speaker who is named after the last paragraph of a speech.

        The speech begins with the span `first` and may go on over several paragraphs. None if
        it does not, or if no verb of saying with a subject follows it.
        """
        last = first
        while last + 1 < len(positions) and positions[last + 1][2].continues:
            last += 1
        if last == first:
            return None
        number, position, _ = positions[last]
        subject = following_subject(self.paragraphs[number], position)
        return SpeakerLink(LinkKind.MENTION, subject) if subject else None

    def may_mean_described_speaker(self, mention: Mention, speaker: Entity | str | None) -> bool:
        """Return whether an unresolved pronoun may mean the described person who spoke last."""
        language = self.language
        others = (
            language.first_person
            | language.first_person_plural
            | language.plural_pronouns
            | language.neuter_pronouns
        )
        pronoun = mention.kind is MentionKind.PRONOUN and mention.words[0] not in others
        return pronoun and isinstance(speaker, str) and bool(speaker)

    def link_span(
        self,
        paragraph_index: int,
        position: int,
        span: QuotedSpan,
        previous: PreviousAttribution | None,
        weights: Mapping[str, float],
    ) -> SpeakerLink:
        """Return the best link of a span; an utterance has a speaker if there is a candidate."""
        text, paragraphs = self.article.text, self.paragraphs
        candidates = link_candidates(
            text, paragraphs, paragraph_index, position, entities=self.entities, previous=previous
        )
        link = best_link(candidates, weights)
        if link.kind is not LinkKind.UNATTRIBUTED:
            return link
        paragraph = paragraphs[paragraph_index]
        if (
            previous is not None
            and previous.paragraph_number == paragraph_index
            and is_resumed(text, paragraph, previous.position, position)
        ):
            return SpeakerLink(LinkKind.CONTINUED, previous.link.mention)
        if not is_utterance(text, paragraph, position, span):
            return link
        if self.language.list_unattributed or self.language.caseless:
            return SpeakerLink(LinkKind.UNKNOWN)
        others = [
            other
            for other in candidates[1:]
            if not span.dash
            or (other.mention and other.mention.paragraph_number == paragraph_index)
        ]
        return best_link(others, weights) if others else SpeakerLink(LinkKind.UNKNOWN)

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
        if mention.kind is MentionKind.NAME:
            return self.entities.of_name(mention)
        if mention.kind is MentionKind.PRONOUN:
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
        return entity


def speaker_name(speaker: Entity | str | None) -> str:
    """Return the name of a speaker; "" if there is none."""
    if isinstance(speaker, Entity):
        return speaker.name
    return speaker or ""


def extract_all(article: Article, pause: Callable[[], None] | None = None) -> tuple[Quote, ...]:
    """Return all quoted spans of an article as quotations, in the order of the text.

    Those that are no speech have `unattributed` set. `pause` is as for `extract`.
    """
    weights = load_weights()
    visible = VisibleText(article)
    text = visible.article.text
    every: list[Quote] = []
    for parsed in parse_sections(visible.article, pause or _no_pause):
        parts = list(parsed.attribute_spans(weights))
        every += assemble_quotes(text, parts)
        nobody = [part for part in parts if part.link.kind is LinkKind.UNATTRIBUTED]
        others = assemble_quotes(text, nobody, unattributed=True)
        every += (replace(quote, unattributed=True) for quote in others)
    return visible.restored(sorted(every, key=lambda quote: quote.start))
