"""Stretches and their links put together as quotations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuireader.domain.passage import Passage
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.quotes.cues import CUES, VERBS, path
from tuireader.quotes.links import Link, LinkKind
from tuireader.quotes.marks import Stretch
from tuireader.quotes.mentions import MentionKind
from tuireader.quotes.reading import Reading

_BREAK = 14
"""Tokens at most that break an utterance in two."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """One stretch with its link and the name of its speaker."""

    stretch: Stretch
    reading: Reading
    place: int
    link: Link
    speaker: str
    named: bool
    """Whether the speaker is somebody whom the article names."""


def quotations(
    text: str, parts: Iterable[Attributed], *, unattributed: bool = False
) -> tuple[Quote, ...]:
    """The quotations in the order of the text; an utterance that is broken is one."""
    groups: list[list[Attributed]] = []
    for part in parts:
        if part.link.kind is LinkKind.NOBODY and not unattributed:
            continue
        if groups and _goes_on(text, groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(_quote(text, group) for group in groups)


def _goes_on(text: str, group: Sequence[Attributed], part: Attributed) -> bool:
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


def _only_says(reading: Reading, first: int, second: int) -> bool:
    """Whether nothing but who speaks, to whom and where stands between two stretches."""
    if second - first > _BREAK:
        return False
    between = reading.tokens[first + 1 : second]
    stops = [token for token in between if token.kind == "."]
    if len(stops) > 1 or (stops and stops[0] is not between[-1]):
        return False
    way = path(reading.shapes, first + 1, second).replace(",", "").replace(".", "")
    cues = sum(letter in VERBS for letter in way)
    return cues == 1 and way.count("M") <= 2 and not set(way) & set("kst:Q")


def _is_whole(text: str, part: Attributed) -> bool:
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


def _quote(text: str, group: Sequence[Attributed]) -> Quote:
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


def _cue(part: Attributed) -> Passage | None:
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
