"""Which mention spoke the words of each stretch, or that nobody did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tuireader.quotes import features
from tuireader.quotes.around import Around, bucket
from tuireader.quotes.capitals import may_be_noun, nobody_in_capitals
from tuireader.quotes.cues import path
from tuireader.quotes.identities import People
from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention
from tuireader.quotes.reading import Reading

_NEAR = 10
"""Mentions looked at on either side of a stretch in its paragraph."""
_EARLIER = 2
"""Paragraphs before that are looked at."""
_PER_PARAGRAPH = 6


class LinkKind(StrEnum):
    """What a stretch is linked to."""

    MENTION = "mention"
    CARRIED = "carried"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
    """Speech, but nobody is named for it."""


@dataclass(frozen=True, slots=True)
class Link:
    """What one stretch is linked to, and by which mention its speaker is named."""

    kind: LinkKind
    mention: Mention | None = None
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to link a stretch, with the features that speak for it."""

    kind: LinkKind
    mention: Mention | None
    features: list[str]


@dataclass(frozen=True, slots=True)
class Before:
    """What is known when a stretch is linked: the link before, and where it stood."""

    link: Link
    paragraph: int
    place: int
    closed: bool


def candidates(
    text: str,
    readings: Sequence[Reading],
    index: int,
    place: int,
    *,
    people: People,
    before: Before | None,
) -> list[Candidate]:
    """The ways to link the stretch at a place of the reading with the index."""
    reading = readings[index]
    around = Around(text, reading, place)
    result = [_nobody(around, before)]
    if before is not None and before.link.mention is not None:
        result.append(_carried(around, before))
    for mention, order in _near(reading, place):
        if may_be_noun(mention, people):
            continue
        result.append(
            Candidate(
                LinkKind.MENTION, mention, features.of_mention(around, mention, order, people)
            )
        )
    for earlier in _earlier(readings, index):
        outside = [
            mention
            for mention in earlier.mentions
            if not (mention.inside or may_be_noun(mention, people))
        ]
        for order, mention in enumerate(outside[:_PER_PARAGRAPH]):
            found = features.of_earlier(around, earlier, mention, order, people)
            result.append(Candidate(LinkKind.MENTION, mention, found))
    return result


def _near(reading: Reading, place: int) -> Iterator[tuple[Mention, int]]:
    """The nearest mentions of the paragraph, each with its number in its sentence."""
    before: list[tuple[Mention, int]] = []
    after: list[tuple[Mention, int]] = []
    sentence, order = -1, 0
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        order = order + 1 if its == sentence else 0
        sentence = its
        if mention.inside:
            order -= 1
            continue
        (before if mention.first < place else after).append((mention, order))
    yield from before[-_NEAR:]
    yield from after[:_NEAR]


def _earlier(readings: Sequence[Reading], index: int) -> Iterator[Reading]:
    if readings[index].aside:
        return
    found = 0
    for earlier in range(index - 1, max(-1, index - 6), -1):
        if not readings[earlier].aside and readings[earlier].tokens:
            yield readings[earlier]
            found += 1
            if found == _EARLIER:
                return


def _nobody(around: Around, before: Before | None) -> Candidate:
    case = _case(around.words, around.reading.language)
    previous = before.link.kind.value if before else "none"
    near = before is not None and before.paragraph == around.reading.number
    place = around.place
    lead = _lead(around.reading, place)
    aside = around.reading.aside
    found = [
        "nobody",
        f"nobody {around.shape}",
        f"nobody {around.shape} {around.cued}",
        f"nobody {case} {around.shape[0]}",
        f"nobody {case} {around.cued}",
        f"nobody edge {around.before} {around.after}",
        f"nobody edge {around.before} {around.cued}",
        f"nobody edge {around.after[:1]} {around.cued} {around.end}",
        f"nobody lead {lead} {around.shape[0]} {around.after[:1]}",
        f"nobody lead {lead} {around.shape[:2]}",
        f"nobody lead {lead} {around.cued}",
        f"nobody lead {lead} {around.end}",
        f"nobody cued {around.cued}",
        f"nobody {previous} {near}",
        f"nobody {previous} {near} {around.shape[0]} {around.cued}",
        f"nobody aside {aside} {around.cued}",
        f"nobody tail {around.tail >= 0}",
        f"nobody tail {around.tail >= 0} {around.shape[0]} {around.after[:1]}",
    ]
    if around.reading.language.nouns_capital:
        found += nobody_in_capitals(around)
    if lead == "'" and _is_coined(around):
        found.append("nobody coined")
    return Candidate(LinkKind.NOBODY, None, found)


def _is_coined(around: Around) -> bool:
    """Whether a few words are somebody's and begin a sentence: "Roe's “war on waste” had…"."""
    reading, place = around.reading, around.place
    following = reading.tokens[place + 1 : place + 2]
    before = reading.tokens[max(0, place - 4) : place]
    short = len(around.words) <= 4 and around.end == "0"
    begins = len(before) < 4 or before[0].sentence != around.sentence
    return short and begins and bool(following) and following[0].kind == "w"


def _lead(reading: Reading, place: int) -> str:
    """What stands right before a stretch: ' for a possessive, a for an article, or its shape."""
    if not place:
        return "^"
    if reading.tokens[place - 1].possessive:
        return "'"
    if not reading.shapes[place - 1] and reading.tokens[place - 1].kind not in "wN":
        return "-"
    return reading.shapes[place - 1] or "a"


def _case(words: Sequence[str], language: Language) -> str:
    """T if all words of weight have capitals as in a title, t if several, else l."""
    heavy = [word for word in words if len(word) > 3]
    titled = sum(word[:1].isupper() for word in heavy)
    if titled > 1 and titled == len(heavy) and len(words) < 12:
        return "T"
    if titled == len(heavy) == 1 and len(words) > 1 and not language.nouns_capital:
        return "T"
    return "t" if titled > 1 else "1" if titled == len(heavy) else "l"


def _carried(around: Around, before: Before) -> Candidate:
    away = around.reading.number - before.paragraph
    same = away == 0
    shapes = around.reading.shapes
    way = path(shapes, before.place + 1, around.place) if same else f"P{min(away, 4)}"
    if len(way) > 7:
        way = way[:3] + "…" + way[-3:]
    mention = before.link.mention
    kind = mention.kind.value if mention else ""
    at = "same" if same else f"P{min(away, 4)}"
    gap = bucket(around.place - before.place) if same else "-"
    lead = around.place == 0
    closed = before.closed
    return Candidate(
        LinkKind.CARRIED,
        mention,
        [
            "carried",
            f"carried {at} {kind}",
            f"carried {at} {around.cued}",
            f"carried {at} {around.cued} {around.shape}",
            f"carried {at} {around.before} {around.after}",
            f"carried {at} {around.after} {around.cued}",
            f"carried {at} {before.link.kind.value} {around.shape}",
            f"carried {at} {lead} {around.cued} {around.end}",
            f"carried {at} {closed} {lead}",
            f"carried way {way}",
            f"carried way {way[-2:]} {around.after} {around.cued}",
            f"carried gap {gap} {around.cued}",
            f"carried tail {around.tail >= 0}",
        ],
    )


def choose(found: Sequence[Candidate], weights: Mapping[str, float]) -> Link:
    """The link whose features weigh most."""
    best, first, second = found[0], float("-inf"), float("-inf")
    get = weights.get
    for candidate in found:
        score = 0.0
        for name in candidate.features:
            score += get(name, 0.0)
        if score > first:
            best, first, second = candidate, score, first
        elif score > second:
            second = score
    return Link(best.kind, best.mention, first - second)
