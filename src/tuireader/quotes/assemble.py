"""Stretches and their links put together as quotations.

Which stretches are utterances by their own look, whoever may have spoken them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.quotes.attribution.model import LinkKind, SpeakerLink
from tuireader.quotes.mentions.mentions import MentionKind
from tuireader.quotes.parse import CUES, VERBS, ParsedParagraph, tag_path
from tuireader.quotes.quote_marks import QuotedSpan

_BREAK = 14
"""Tokens at most that break an utterance in two."""


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """One stretch with its link and the name of its speaker."""

    stretch: QuotedSpan
    reading: ParsedParagraph
    place: int
    link: SpeakerLink
    speaker: str
    named: bool
    """Whether the speaker is somebody whom the article names."""


def assemble_quotes(
    text: str, parts: Iterable[AttributedSpan], *, unattributed: bool = False
) -> tuple[Quote, ...]:
    """The quotations in the order of the text; an utterance that is broken is one."""
    groups: list[list[AttributedSpan]] = []
    for part in parts:
        if part.link.kind is LinkKind.NOBODY and not unattributed:
            continue
        if groups and _goes_on(text, groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(_quote(text, group) for group in groups)


def _goes_on(text: str, group: Sequence[AttributedSpan], part: AttributedSpan) -> bool:
    last = group[-1]
    if part.link.kind is LinkKind.NOBODY or last.speaker != part.speaker:
        return False
    if part.stretch.continues:
        return True
    return (
        (part.link.kind is LinkKind.CARRIED or part.link.mention == last.link.mention)
        and part.reading is last.reading
        and _is_whole(text, last)
        and _is_whole(text, part)
        and _only_says(part.reading, last.place, part.place)
    )


def _only_says(reading: ParsedParagraph, first: int, second: int) -> bool:
    """Whether nothing but who speaks, to whom and where stands between two stretches."""
    if second - first > _BREAK:
        return False
    between = reading.tokens[first + 1 : second]
    stops = [token for token in between if token.kind == "."]
    if len(stops) > 1 or (stops and stops[0] is not between[-1]):
        return False
    way = tag_path(reading.shapes, first + 1, second).replace(",", "").replace(".", "")
    cues = sum(letter in VERBS for letter in way)
    return cues == 1 and way.count("M") <= 2 and not set(way) & set("kst:Q")


def _is_whole(text: str, part: AttributedSpan) -> bool:
    """Whether a stretch is an utterance by itself and not some words of one."""
    words = part.stretch
    content = text[words.start : words.end].strip(" '‘’“”\"\xa0")
    if not content:
        return False
    if content[-1] in ".,!?…—–-;" and len(content.split(None, 3)) > 1:
        return True
    shapes, place = part.reading.shapes, part.place
    before = shapes[place - 1] if place else "^"
    after = shapes[place + 1] if place + 1 < len(shapes) else "$"
    starts = content[0].isupper() or content[0].isdigit()
    return starts and (before in ("^", ":", ",", ".", "Q") or place == 0) and after in ",.$QMS"


def _quote(text: str, group: Sequence[AttributedSpan]) -> Quote:
    first = group[0]
    link = first.link
    spans = tuple(Passage(part.stretch.start, part.stretch.end).trimmed(text) for part in group)
    if not first.speaker:
        confidence = Confidence.UNKNOWN
    elif first.stretch.label:
        confidence = Confidence.NAMED
    elif link.kind is LinkKind.CARRIED:
        confidence = Confidence.CARRIED_ON
    elif link.mention is None:
        confidence = Confidence.UNKNOWN
    elif link.mention.kind is MentionKind.NAME:
        confidence = Confidence.NAMED
    elif link.mention.kind is MentionKind.PRONOUN:
        confidence = Confidence.PRONOUN
    else:
        confidence = Confidence.DESCRIBED
    mention = link.mention
    return Quote(
        spans=spans,
        kind=QuoteKind.DIRECT
        if any(_is_whole(text, part) for part in group)
        else QuoteKind.PARTIAL,
        confidence=confidence,
        speaker=first.speaker,
        mention=Passage(mention.start, mention.end) if mention and first.speaker else None,
        cue=_cue(first),
    )


def _cue(part: AttributedSpan) -> Passage | None:
    """The verb or phrase of saying nearest to the speaker and the stretch."""
    mention = part.link.mention
    reading = part.reading
    if mention is None or mention.paragraph != reading.number:
        return None
    shapes, tokens = reading.shapes, reading.tokens
    sentences = {tokens[mention.first].sentence, tokens[part.place].sentence}
    low, high = sorted((mention.first, part.place))
    near = [mention.last + 1, mention.last + 2, mention.last + 3, mention.outer - 1]
    beside = [part.place + step for step in (1, -1, 2, -2, 3, -3, 4)]
    if mention.first > part.place:
        near = [mention.outer - 1, *near[:3]]
    places = [*near, *range(low, high), *beside]
    for place in places:
        if (
            0 <= place < len(shapes)
            and shapes[place] in CUES
            and (tokens[place].sentence in sentences)
        ):
            start = place
            if shapes[place] == "A":
                while start and not shapes[start - 1] and tokens[start - 1].kind in "wN":
                    start -= 1
            return Passage(tokens[start].start, tokens[place].end)
    return None


_STOPS = ".!?…"
_ENDS = (".", "!", "?", "…", ",", "-", "–", "—")
_PAUSES = (",", ";", "-", "–", "—")
_LONG, _LONG_WIDE = 3, 5
"""Words, or letters of a script without spaces, that are more than a name of a thing has."""


def is_utterance(text: str, reading: ParsedParagraph, place: int, stretch: QuotedSpan) -> bool:
    """Whether a stretch that nobody is named for is an utterance all the same.

    It opens a paragraph or a sentence, or stands behind a colon or a verb of saying, and
    ends as a sentence does.
    """
    if stretch.dash or stretch.interrupted:
        return True
    words = text[stretch.start : stretch.end].strip()
    if reading.language.list_unattributed and not reading.aside and _is_long(words):
        return True
    outside = not reading.language.trained_weights and _stops_behind(reading, place)
    if reading.aside or not (words.endswith(_ENDS) or outside):
        return False
    several = len(words.split(None, 1)) > 1
    if _begins(reading, place):
        return several or len(reading.tokens) == 1 or words[-1] in _STOPS[1:]
    whole = words[:1].isupper() and (words[-1] in _STOPS or outside)
    return several and whole and _is_led(reading, place)


def _stops_behind(reading: ParsedParagraph, place: int) -> bool:
    """Whether the stop of the sentence stands behind the closing mark."""
    return place + 1 == len(reading.tokens) or reading.tokens[place + 1].kind == "."


def _is_long(words: str) -> bool:
    """Whether a stretch is longer than most names of things; some scripts have no spaces."""
    wide = sum(letter >= "\u2e80" for letter in words)
    return wide >= _LONG_WIDE or len(words.split(None, _LONG)) >= _LONG


def _begins(reading: ParsedParagraph, place: int) -> bool:
    """Whether a paragraph or a sentence begins with the stretch at a place."""
    return not place or reading.tokens[place - 1].kind in (".", "Q")


def _is_led(reading: ParsedParagraph, place: int) -> bool:
    """Whether a colon stands before, or a comma and a verb of saying."""
    before = tag_path(reading.shapes, max(0, place - 6), place)
    return before.endswith(":") or (before.endswith(",") and before[-2:-1] in CUES)


def is_resumed(text: str, reading: ParsedParagraph, first: int, place: int) -> bool:
    """Whether the stretch at a place goes on with the one at the first, broken by its cue."""
    opened = text[: reading.tokens[first].end - 1].rstrip()[-1:]
    ahead = reading.tokens[place - 1].kind
    if place - first > _BREAK or opened not in _PAUSES or ahead not in (",", ";", "-"):
        return False
    way = tag_path(reading.shapes, first + 1, place)
    return way.strip(",;-").replace("w", "").replace("p", "") in ("SM", "MS", "TM", "MT")
