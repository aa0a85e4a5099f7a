"""Builds quotations from attributed spans, and decides which spans are utterances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind
from tuireader.quotes.attribution.confidence import Evidence, probability_of, reason_of
from tuireader.quotes.attribution.model import LinkKind, SpeakerLink
from tuireader.quotes.mentions.mention import NAME, PRONOUN
from tuireader.quotes.parse import CUE_TAGS, VERB_TAGS, ParsedParagraph, tag_path
from tuireader.quotes.polarity import is_nobodys, polarity_of
from tuireader.quotes.quoted_spans import QuotedSpan
from tuireader.quotes.tokens import is_caseless

_MAX_INQUIT = 14
"""The most tokens that an inquit inside an utterance has."""
_MAX_DATELINE = 12
"""The most tokens of a dateline: "Roma, 21 mar. (Agenzia) –"."""
_SENTENCE_ENDS = ".!?…"
_UTTERANCE_ENDS = (".", "!", "?", "…", ",", "-", "–", "—")
_CASELESS_ENDS = (*_UTTERANCE_ENDS, "。", "！", "？", "，", "؟", "।")
"""What an utterance in a script without capitals may end with."""
_PAUSES = (",", ";", "-", "–", "—")
_MIN_WORDS, _MIN_CJK_LETTERS = 3, 5
"""The fewest words of a long span, and its fewest letters in a script without spaces."""


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """One quoted span with its link and the name of its speaker."""

    span: QuotedSpan
    paragraph: ParsedParagraph
    position: int
    link: SpeakerLink
    speaker: str
    named: bool
    """Whether the article names the speaker."""
    evidence: Evidence
    """What the probability of the speaker is computed from."""
    rivals: tuple[tuple[str, float], ...] = ()
    """Others who may have said it, with their shares; "" stands for nobody."""
    facts: tuple[str, ...] = ()
    """What speaks for the mention, in a few words each."""


def assemble_quotes(
    text: str, parts: Iterable[AttributedSpan], *, unattributed: bool = False
) -> tuple[Quote, ...]:
    """Return the quotations of attributed spans, in the order of the text.

    Spans that an inquit or a paragraph break separates are one quotation: “In winter we
    sleep,” he said. “In summer we bake.” With `unattributed`, spans that are no speech
    are returned too, without a speaker.
    """
    groups: list[list[AttributedSpan]] = []
    for part in parts:
        if part.link.kind is LinkKind.UNATTRIBUTED and not unattributed:
            continue
        if groups and _continues(text, groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(_quote_of(text, group) for group in groups)


def _continues(text: str, group: Sequence[AttributedSpan], part: AttributedSpan) -> bool:
    """Return whether a span belongs to the same quotation as the group of spans before it."""
    last = group[-1]
    if part.link.kind is LinkKind.UNATTRIBUTED or last.speaker != part.speaker:
        return False
    if part.span.continues:
        return True
    return (
        (part.link.kind is LinkKind.CONTINUED or part.link.mention == last.link.mention)
        and part.paragraph is last.paragraph
        and _is_full_utterance(text, last)
        and _is_full_utterance(text, part)
        and _is_inquit_only(part.paragraph, last.position, part.position)
    )


def _is_inquit_only(paragraph: ParsedParagraph, first: int, second: int) -> bool:
    """Return whether only an inquit stands between two tokens: who speaks, to whom and where."""
    if second - first > _MAX_INQUIT:
        return False
    between = paragraph.tokens[first + 1 : second]
    stops = [token for token in between if token.kind == "."]
    if len(stops) > 1 or (stops and stops[0] is not between[-1]):
        return False
    path = tag_path(paragraph.tags, first + 1, second).replace(",", "").replace(".", "")
    cues = sum(letter in VERB_TAGS for letter in path)
    return cues == 1 and path.count("M") <= 2 and not set(path) & set("kst:Q")


def _is_full_utterance(text: str, part: AttributedSpan) -> bool:
    """Return whether a span is an utterance by itself and not a few words of one."""
    words = part.span
    content = text[words.start : words.end].strip(" '‘’“”\"\xa0")
    if not content:
        return False
    if content[-1] in ".,!?…—–-;" and len(content.split(None, 3)) > 1:
        return True
    if is_caseless(content) and content.endswith(_CASELESS_ENDS) and _is_long(content):
        return True
    tags, position = part.paragraph.tags, part.position
    before = tags[position - 1] if position else "^"
    after = tags[position + 1] if position + 1 < len(tags) else "$"
    starts = content[0].isupper() or content[0].isdigit() or is_caseless(content)
    return starts and (before in ("^", ":", ",", ".", "Q") or position == 0) and after in ",.$QMS"


def _quote_of(text: str, group: Sequence[AttributedSpan]) -> Quote:
    """Return the quotation that a group of spans forms; the first span gives its speaker."""
    first = group[0]
    link = first.link
    if first.speaker and not first.span.label and is_nobodys(first.paragraph, first.position):
        # "Nobody on the board said “…”": not even the board.
        first = replace(first, speaker="")
    spans = tuple(Passage(part.span.start, part.span.end).trimmed(text) for part in group)
    if not first.speaker:
        confidence = Confidence.UNKNOWN
    elif first.span.label:
        confidence = Confidence.NAMED
    elif link.kind is LinkKind.CONTINUED:
        confidence = Confidence.CARRIED_ON
    elif link.mention is None:
        confidence = Confidence.UNKNOWN
    elif link.mention.kind is NAME:
        confidence = Confidence.NAMED
    elif link.mention.kind is PRONOUN:
        confidence = Confidence.PRONOUN
    else:
        confidence = Confidence.DESCRIBED
    mention = link.mention
    return Quote(
        spans=spans,
        kind=QuoteKind.DIRECT
        if any(_is_full_utterance(text, part) for part in group)
        else QuoteKind.PARTIAL,
        confidence=confidence,
        speaker=first.speaker,
        probability=probability_of(first.evidence) if first.speaker else 0.0,
        reason=reason_of(first.evidence, first.rivals, first.facts),
        mention=Passage(mention.start, mention.end) if mention and first.speaker else None,
        cue=_cue_of(first),
        polarity=Polarity.SAID
        if first.link.kind is LinkKind.UNATTRIBUTED
        else polarity_of(first.paragraph, first.position),
    )


def _cue_of(part: AttributedSpan) -> Passage | None:
    """Return the passage of the cue that is nearest to the speaker and the span, if any.

    The mention must stand in the span's own paragraph.
    """
    mention = part.link.mention
    paragraph = part.paragraph
    if mention is None or mention.paragraph_number != paragraph.number:
        return None
    tags, tokens = paragraph.tags, paragraph.tokens
    sentences = {tokens[mention.first].sentence, tokens[part.position].sentence}
    low, high = sorted((mention.first, part.position))
    near = [mention.last + 1, mention.last + 2, mention.last + 3, mention.outer - 1]
    beside = [part.position + step for step in (1, -1, 2, -2, 3, -3, 4)]
    if mention.first > part.position:
        near = [mention.outer - 1, *near[:3]]
    positions = [*near, *range(low, high), *beside]
    for position in positions:
        if (
            0 <= position < len(tags)
            and tags[position] in CUE_TAGS
            and (tokens[position].sentence in sentences)
        ):
            start = position
            if tags[position] == "A":
                while start and not tags[start - 1] and tokens[start - 1].kind in "wN":
                    start -= 1
            return Passage(tokens[start].start, tokens[position].end)
    return None


def is_utterance(text: str, paragraph: ParsedParagraph, position: int, span: QuotedSpan) -> bool:
    """Return whether a span for which no speaker was found is an utterance.

    An utterance begins a paragraph or a sentence, or follows a colon or a verb of saying, and
    ends as a sentence does.
    """
    if span.dash or span.interrupted:
        return True
    words = text[span.start : span.end].strip()
    language = paragraph.language
    if (language.list_unattributed or language.caseless) and not paragraph.outside_prose:
        return _is_listed(paragraph, position, words)
    outside = not paragraph.language.trained_weights and _ends_after_mark(paragraph, position)
    if paragraph.outside_prose or not (words.endswith(_UTTERANCE_ENDS) or outside):
        return False
    several = len(words.split(None, 1)) > 1
    if _starts_sentence(paragraph, position):
        return several or len(paragraph.tokens) == 1 or words[-1] in _SENTENCE_ENDS[1:]
    whole = words[:1].isupper() and (words[-1] in _SENTENCE_ENDS or outside)
    return several and whole and _is_introduced(paragraph, position)


def _is_listed(paragraph: ParsedParagraph, position: int, words: str) -> bool:
    """Return whether a span counts as speech where few cues, or no capitals, tell speech.

    It is long, and no title. Where the cues are known, it is a sentence or stands near one.
    """
    before = paragraph.tokens[position - 1].lower if position else ""
    if not _is_long(words) or before in paragraph.language.naming_words:
        return False
    return (
        paragraph.language.list_unattributed
        or words.endswith(_CASELESS_ENDS)
        or _is_beside_cue(paragraph, position)
        or (_starts_sentence(paragraph, position) and _ends_after_mark(paragraph, position))
    )


def _ends_after_mark(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether the sentence's full stop stands after the closing quotation mark."""
    return position + 1 == len(paragraph.tokens) or paragraph.tokens[position + 1].kind == "."


def _is_long(words: str) -> bool:
    """Return whether a span is longer than most titles and names; some scripts have no spaces."""
    wide = sum(letter >= "\u2e80" for letter in words)
    return wide >= _MIN_CJK_LETTERS or len(words.split(None, _MIN_WORDS)) >= _MIN_WORDS


def _starts_sentence(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether a paragraph, its text after a dateline or a sentence begins at a position."""
    if not position or paragraph.tokens[position - 1].kind in (".", "Q"):
        return True
    if paragraph.language.trained_weights:
        return False
    before = paragraph.tags[:position]
    return before[-1] == "-" and position <= _MAX_DATELINE and not CUE_TAGS.intersection(before)


def _is_beside_cue(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether a verb of saying stands near a span in its sentence."""
    sentence = paragraph.tokens[position].sentence
    first = max(0, position - _MAX_INQUIT)
    near = range(first, min(len(paragraph.tags), position + _MAX_INQUIT))
    return any(
        paragraph.tags[other] in VERB_TAGS and paragraph.tokens[other].sentence == sentence
        for other in near
    )


def _is_introduced(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether a colon precedes the span, or a verb of saying and a comma."""
    before = tag_path(paragraph.tags, max(0, position - 6), position)
    return before.endswith(":") or (before.endswith(",") and before[-2:-1] in CUE_TAGS)


def is_resumed(text: str, paragraph: ParsedParagraph, first: int, position: int) -> bool:
    """Return whether the span at `position` resumes the one at `first` after an inquit."""
    last_character = text[: paragraph.tokens[first].end - 1].rstrip()[-1:]
    before_kind = paragraph.tokens[position - 1].kind
    if (
        position - first > _MAX_INQUIT
        or last_character not in _PAUSES
        or before_kind not in (",", ";", "-")
    ):
        return False
    path = tag_path(paragraph.tags, first + 1, position)
    return path.strip(",;-").replace("w", "").replace("p", "") in ("SM", "MS", "TM", "MT")
