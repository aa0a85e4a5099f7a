"""What decides between names and nouns, and between words and titles, where nouns have capitals.

The ways to link a stretch without a mention of its own: nobody's words, or carried on.

The ways to link a stretch: the mentions around it, who spoke before, or nobody.
"""

from collections.abc import Iterator, Sequence

from tuireader.quotes.attribution import features
from tuireader.quotes.attribution.context import (
    QuoteContext,
    last_subject_codes,
    mention_code,
    size_class,
)
from tuireader.quotes.attribution.model import LinkCandidate, LinkKind, PreviousAttribution
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention
from tuireader.quotes.parse import ParsedParagraph, tag_path

_ENDS = tuple(".,!?…")
_OFTEN = 3
"""Mentions that show that a word is a name where every noun has a capital."""
_FEW = 3
"""Words at most that may be the name of a thing."""


def may_be_noun(mention: Mention, people: Entities) -> bool:
    """Whether a mention is a common noun for all that is known, or no subject."""
    if not (mention.noun or mention.governed):
        return False
    person = people.of_name(mention)
    if person.person:
        return False
    return mention.governed or not (person.sure or person.says or person.count >= _OFTEN)


def unattributed_capital_features(around: QuoteContext) -> list[str]:
    """What the first letter says where every noun has a capital: names of things have one."""
    many = "one" if len(around.words) < 2 else "few" if len(around.words) <= _FEW else "many"
    small = "upper" if around.shape[1] == "U" else "small"
    found = ["nobody capitals"]
    sentence = around.before.endswith(":") or " ".join(around.words).endswith(_ENDS)
    if small == "upper" and many != "many" and around.before[-1:] in ("p", "A"):
        found.append("nobody capitals placed")
    if small == "small" or not sentence:
        found.append(f"nobody capitals {small} {many}")
    if around.reported:
        found.append(f"nobody reported {small}")
    if around.apposed and (small == "upper" or many == "one"):
        found.append("nobody apposed")
    return found


def unattributed_candidate(
    around: QuoteContext, before: PreviousAttribution | None
) -> LinkCandidate:
    """That a stretch is nobody's words: a title, a nickname, a doubt."""
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
    found += features.unattributed_hints(around, before)
    if around.reading.language.capital_nouns:
        found += unattributed_capital_features(around)
    if lead == "'" and _is_coined(around):
        found.append("nobody coined")
    return LinkCandidate(LinkKind.NOBODY, None, found)


def _is_coined(around: QuoteContext) -> bool:
    """Whether a few words are somebody's and begin a sentence: "Roe's “war on waste” had…"."""
    reading, place = around.reading, around.place
    following = reading.tokens[place + 1 : place + 2]
    before = reading.tokens[max(0, place - 4) : place]
    short = len(around.words) <= 4 and around.end == "0"
    begins = len(before) < 4 or before[0].sentence != around.sentence
    return short and begins and bool(following) and following[0].kind == "w"


def _lead(reading: ParsedParagraph, place: int) -> str:
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
    if titled == len(heavy) == 1 and len(words) > 1 and not language.capital_nouns:
        return "T"
    return "t" if titled > 1 else "1" if titled == len(heavy) else "l"


def continuation_candidate(
    around: QuoteContext, before: PreviousAttribution, held: str
) -> LinkCandidate:
    """That whoever spoke before goes on; `held` says who holds the floor since (see `floor`)."""
    away = around.reading.number - before.paragraph
    same = away == 0
    shapes = around.reading.shapes
    way = tag_path(shapes, before.place + 1, around.place) if same else f"P{min(away, 4)}"
    if len(way) > 7:
        way = way[:3] + "…" + way[-3:]
    mention = before.link.mention
    kind = mention.kind.value if mention else ""
    at = "same" if same else f"P{min(away, 4)}"
    gap = size_class(around.place - before.place) if same else "-"
    lead = around.place == 0
    closed = before.closed
    return LinkCandidate(
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
            f"carried held {held}",
            f"carried held {at} {held} {lead}",
            f"carried held {held} {around.cued}",
            f"carried said {at} {held[0]} {around.cued} {around.end}",
        ],
    )


_NEAR = 10
"""Mentions looked at on either side of a stretch in its paragraph."""
_EARLIER = 2
"""Paragraphs before that are looked at."""
_PER_PARAGRAPH = 6


def link_candidates(
    text: str,
    readings: Sequence[ParsedParagraph],
    index: int,
    place: int,
    *,
    people: Entities,
    before: PreviousAttribution | None,
) -> list[LinkCandidate]:
    """The ways to link the stretch at a place of the reading with the index."""
    reading = readings[index]
    around = QuoteContext(text, reading, place)
    result = [unattributed_candidate(around, before)]
    if before is not None and before.link.mention is not None:
        held = last_subject_codes(
            readings, (before.paragraph, before.place), (index, place), people, before.speaker
        )
        result.append(continuation_candidate(around, before, held))
    for mention, order in _near(reading, place):
        if not may_be_noun(mention, people):
            found = features.same_paragraph_features(around, mention, order, people)
            side = "A" if mention.first > place else "B"
            found.append(f"same {side} {_same(mention, people, before)} {around.cued}")
            result.append(LinkCandidate(LinkKind.MENTION, mention, found))
    for earlier in _earlier(readings, index):
        for order, mention in enumerate(_outside(earlier, people)[:_PER_PARAGRAPH]):
            found = features.earlier_paragraph_features(around, earlier, mention, order, people)
            same = _same(mention, people, before)
            found += features.discourse_features(around, earlier, mention, same, people)
            result.append(LinkCandidate(LinkKind.MENTION, mention, found))
    return result


def _same(mention: Mention, people: Entities, before: PreviousAttribution | None) -> str:
    """Whether a mention names who spoke before, in a letter; - if nobody did."""
    return mention_code(mention, people, before.speaker) if before else "-"


def _outside(reading: ParsedParagraph, people: Entities) -> list[Mention]:
    return [
        mention
        for mention in reading.mentions
        if not (mention.inside or may_be_noun(mention, people))
    ]


def _near(reading: ParsedParagraph, place: int) -> Iterator[tuple[Mention, int]]:
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


def _earlier(readings: Sequence[ParsedParagraph], index: int) -> Iterator[ParsedParagraph]:
    if readings[index].aside:
        return
    found = 0
    for earlier in range(index - 1, max(-1, index - 6), -1):
        if not readings[earlier].aside and readings[earlier].tokens:
            yield readings[earlier]
            found += 1
            if found == _EARLIER:
                return
