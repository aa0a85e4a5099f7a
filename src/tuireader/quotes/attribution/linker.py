"""Links each quoted span of an article to its speaker, and says how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tuireader.quotes.assemble import AttributedSpan, is_resumed, is_utterance
from tuireader.quotes.attribution.candidates import earlier_candidates, near_candidates
from tuireader.quotes.attribution.confidence import Evidence, Rule, probability_of
from tuireader.quotes.attribution.context import SpanContext
from tuireader.quotes.attribution.features import governing_verb
from tuireader.quotes.attribution.model import (
    LinkCandidate,
    LinkKind,
    PreviousAttribution,
    ScoredCandidates,
    SpeakerLink,
    Weights,
    likely_candidates,
    scored_candidates,
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
from tuireader.quotes.coreference.entities import Entity
from tuireader.quotes.coreference.pronouns import is_dropped
from tuireader.quotes.mentions.mention import PRONOUN, Mention
from tuireader.quotes.parse import ACCORDING, CUE_TAGS, ParsedParagraph
from tuireader.quotes.parsed_article import ParsedArticle, speaker_name
from tuireader.quotes.quoted_spans import QuotedSpan

_WITHOUT_SPEAKER = (LinkKind.UNATTRIBUTED, LinkKind.UNKNOWN)
_SPANS_PER_PAUSE = 16
"""The number of spans that are linked between two calls of `pause`."""
_CLEAR = 0.97
"""The share above which nobody else is considered."""

Speaker = Entity | str | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """The link of a span, the speaker whom it gives, and what the ranking said."""

    link: SpeakerLink
    speaker: Speaker
    rule: Rule = Rule.RANKED
    share: float = 1.0
    """The share of all candidates that name the speaker."""
    rivals: tuple[tuple[str, float], ...] = ()
    """Others with their shares, the highest first; "" stands for nobody."""


class SpanLinker:
    """Links the spans of one parsed article, in order."""

    def __init__(self, parsed: ParsedArticle, weights: Weights) -> None:
        """Keep the article and the weights of the features."""
        self._parsed = parsed
        self._weights = weights
        self._positions = list(parsed.quoted_positions())
        self._speaker: Speaker = None
        self._previous: PreviousAttribution | None = None
        self._last: AttributedSpan | None = None

    def attribute_spans(self) -> Iterator[AttributedSpan]:
        """Yield each span with its link and its speaker, in order."""
        for number, (paragraph_index, position, span) in enumerate(self._positions):
            if number % _SPANS_PER_PAUSE == 0:
                self._parsed.pause()
            choice = self._choice(number)
            nameless = choice.link.kind in _WITHOUT_SPEAKER
            if not nameless:
                self._speaker = choice.speaker
            part = AttributedSpan(
                span,
                self._parsed.paragraphs[paragraph_index],
                position,
                choice.link,
                "" if nameless else speaker_name(choice.speaker),
                isinstance(self._speaker, Entity),
                evidence=self._evidence(choice),
                rivals=choice.rivals,
                facts=self._facts(choice.link, paragraph_index, position),
            )
            yield part
            self._last = part
            if not nameless:
                self._previous = PreviousAttribution(
                    choice.link, paragraph_index, position, span.closed, part.speaker
                )

    def _evidence(self, choice: _Choice) -> Evidence:
        """Return what the probability of a choice is computed from."""
        link, mention = choice.link, choice.link.mention
        before = 1.0
        if link.kind is LinkKind.CONTINUED and self._last is not None:
            before = probability_of(self._last.evidence)
        return Evidence(
            choice.rule,
            choice.share,
            self._parsed.way_of(mention) if link.kind is LinkKind.MENTION and mention else "",
            trained=self._parsed.language.trained_weights,
            before=before,
            nobody=link.kind is LinkKind.UNATTRIBUTED,
        )

    def _facts(self, link: SpeakerLink, paragraph_index: int, position: int) -> tuple[str, ...]:
        """Return what speaks for a mention in a few words each: its verb, and where it stands."""
        mention = link.mention
        if link.kind is LinkKind.CONTINUED:
            return ("the speaker before goes on",)
        if link.kind is not LinkKind.MENTION or mention is None:
            return ()
        paragraph = self._parsed.paragraphs[mention.paragraph_number]
        verb, before = governing_verb(paragraph, mention)
        role = (
            "named as the source"
            if before == ACCORDING
            else "subject of a verb of saying"
            if verb[:1] in CUE_TAGS
            else "no verb of saying"
        )
        distance = paragraph_index - mention.paragraph_number
        if distance:
            where = "in an earlier paragraph" if distance > 0 else "in a later paragraph"
        else:
            tokens = paragraph.tokens
            same = tokens[mention.first].sentence == tokens[position].sentence
            where = "in the same sentence" if same else "in the same paragraph"
        return role, where

    def _choice(self, number: int) -> _Choice:
        """Return the link of a span with its speaker."""
        paragraph_index, position, span = self._positions[number]
        if span.label:
            speaker = self._parsed.speaker_of_label(span.label)
            return _Choice(SpeakerLink(LinkKind.MENTION), speaker, Rule.LABEL)
        if span.continues and self._last is not None:
            link = self._last.link
            if link.kind not in _WITHOUT_SPEAKER:
                link = SpeakerLink(LinkKind.CONTINUED, link.mention)
            return _Choice(link, self._speaker, Rule.NEXT_PARAGRAPH)
        rule, subject = self._subject_by_syntax(paragraph_index, position)
        if subject is None:
            choice = self._ranked(paragraph_index, position, span)
            if self._is_stated(choice.link.mention, paragraph_index):
                return choice
            rule, subject = Rule.LAST_PARAGRAPH, self._subject_of_last_paragraph(number)
            if subject is None:
                return choice
        return _Choice(SpeakerLink(LinkKind.MENTION, subject), self._referent(subject), rule)

    def _referent(self, mention: Mention) -> Speaker:
        """Return the speaker whom a mention refers to, perhaps the last one."""
        parsed, last = self._parsed, self._speaker
        if is_dropped(mention) and isinstance(last, str) and self._spoke_just_before(mention):
            # "…", diz a garota. "…", diz em áudio.
            return last
        referent = parsed.speaker_of(mention, last if isinstance(last, Entity) else None)
        if referent or not self._may_mean_described_speaker(mention):
            return referent
        return last

    def _spoke_just_before(self, mention: Mention) -> bool:
        """Return whether somebody was quoted in a mention's paragraph or the one before."""
        previous = self._previous
        return previous is not None and previous.paragraph_number >= mention.paragraph_number - 1

    def _subject_by_syntax(
        self, paragraph_index: int, position: int
    ) -> tuple[Rule, Mention | None]:
        """Return the speaker of a span whom its sentence shows without doubt, if any."""
        paragraphs = self._parsed.paragraphs
        paragraph = paragraphs[paragraph_index]
        if subject := null_subject(paragraph, position):
            return Rule.NO_SUBJECT, subject
        if subject := reported_subject(paragraph, position):
            return Rule.REPORTED, subject
        if subject := source_after_colon(paragraph, position):
            return Rule.HEADLINE, subject
        if subject := subject_before_final_verb(paragraph, position):
            return Rule.FINAL_VERB, subject
        if subject := subject_before_colon(paragraph, position):
            return Rule.VERB_BEFORE, subject
        return Rule.BACK_REFERENCE, back_referring_subject(paragraphs, paragraph_index, position)

    def _is_stated(self, mention: Mention | None, paragraph_index: int) -> bool:
        """Return whether a mention is near a span: in its paragraph, or ends another with a cue."""
        if mention is None or mention.paragraph_number == paragraph_index:
            return mention is not None
        paragraph = self._parsed.paragraphs[mention.paragraph_number]
        verb, _ = governing_verb(paragraph, mention)
        last = paragraph.tokens[mention.last].sentence == paragraph.tokens[-1].sentence
        return last and verb[:1] in ("S", "T", "A")

    def _subject_of_last_paragraph(self, first: int) -> Mention | None:
        """Return the speaker who is named after the last paragraph of a speech, or None.

        The speech begins with the span `first` and may go on over several paragraphs. None if
        it does not, or if no verb of saying with a subject follows it.
        """
        positions = self._positions
        last = first
        while last + 1 < len(positions) and positions[last + 1][2].continues:
            last += 1
        if last == first:
            return None
        number, position, _ = positions[last]
        return following_subject(self._parsed.paragraphs[number], position)

    def _may_mean_described_speaker(self, mention: Mention) -> bool:
        """Return whether an unresolved pronoun may mean the described person who spoke last."""
        language = self._parsed.language
        others = (
            language.first_person
            | language.first_person_plural
            | language.plural_pronouns
            | language.neuter_pronouns
        )
        pronoun = mention.kind is PRONOUN and mention.words[0] not in others
        return pronoun and isinstance(self._speaker, str) and bool(self._speaker)

    def _ranked(self, paragraph_index: int, position: int, span: QuotedSpan) -> _Choice:
        """Return the most probable speaker of a span; an utterance has one if there is any."""
        parsed, previous = self._parsed, self._previous
        text, paragraph = parsed.article.text, parsed.paragraphs[paragraph_index]
        context = SpanContext(text, paragraph, position)
        around = parsed.paragraphs, paragraph_index, parsed.entities, previous
        candidates = scored_candidates(near_candidates(context, *around), self._weights)
        share, best = likely_candidates(candidates)[0]
        if best.kind is LinkKind.UNATTRIBUTED or share <= _CLEAR:
            # What stands in other paragraphs seldom matters beside a clear speaker.
            candidates += scored_candidates(earlier_candidates(context, *around), self._weights)
        choice = self._most_probable(candidates)
        if self._is_guess(choice.link, paragraph, position):
            return _Choice(SpeakerLink(LinkKind.UNKNOWN), None)
        if choice.link.kind is not LinkKind.UNATTRIBUTED:
            return choice
        if (
            previous is not None
            and previous.paragraph_number == paragraph_index
            and is_resumed(text, paragraph, previous.position, position)
        ):
            link = SpeakerLink(LinkKind.CONTINUED, previous.link.mention)
            return _Choice(link, self._speaker, Rule.RESUMED)
        if not is_utterance(text, paragraph, position, span):
            return choice
        others = [
            (score, other)
            for score, other in candidates[1:]
            if not span.dash
            or (other.mention and other.mention.paragraph_number == paragraph_index)
        ]
        if parsed.language.list_unattributed or parsed.language.caseless or not others:
            return _Choice(SpeakerLink(LinkKind.UNKNOWN), None)
        return replace(self._most_probable(others), rule=Rule.UTTERANCE)

    def _is_guess(self, link: SpeakerLink, paragraph: ParsedParagraph, position: int) -> bool:
        """Return whether a mention has little to do with a span, in a language without a file.

        It is in another sentence, and not the subject of a verb of saying.
        """
        mention = link.mention
        if mention is None or link.kind is not LinkKind.MENTION:
            return False
        if not self._parsed.language.list_unattributed:
            return False
        own = self._parsed.paragraphs[mention.paragraph_number]
        near = own is paragraph and (
            own.tokens[mention.first].sentence == own.tokens[position].sentence
        )
        return not near and governing_verb(own, mention)[0][:1] not in CUE_TAGS

    def _most_probable(self, candidates: ScoredCandidates) -> _Choice:
        """Return the speaker whom the candidates with the highest share in all name."""
        likely = likely_candidates(candidates)
        share, best = likely[0]
        if share > _CLEAR:
            return _Choice(
                SpeakerLink(best.kind, best.mention), self._speaker_of(best), share=share
            )
        groups: dict[str | None, tuple[float, LinkCandidate, Speaker]] = {}
        for share, candidate in likely:
            speaker = self._speaker_of(candidate)
            nobody = candidate.kind is LinkKind.UNATTRIBUTED
            key = None if nobody else speaker_name(speaker)
            known = groups.get(key)
            groups[key] = (
                (known[0] + share, known[1], known[2]) if known else (share, candidate, speaker)
            )
        ordered = sorted(groups.items(), key=lambda item: item[1][0], reverse=True)
        share, best, speaker = ordered[0][1]
        rivals = tuple((key or "", other[0]) for key, other in ordered[1:])
        return _Choice(SpeakerLink(best.kind, best.mention), speaker, share=share, rivals=rivals)

    def _speaker_of(self, candidate: LinkCandidate) -> Speaker:
        """Return the speaker whom a candidate stands for."""
        if candidate.kind is LinkKind.MENTION and candidate.mention is not None:
            return self._referent(candidate.mention)
        return self._speaker
