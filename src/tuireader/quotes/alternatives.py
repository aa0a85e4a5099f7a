"""The ways to link a stretch without a mention of its own: nobody's words, or carried on."""

from collections.abc import Sequence

from tuireader.quotes import hints
from tuireader.quotes.around import Around, bucket
from tuireader.quotes.capitals import nobody_in_capitals
from tuireader.quotes.cues import path
from tuireader.quotes.language import Language
from tuireader.quotes.links import Before, Candidate, LinkKind
from tuireader.quotes.reading import Reading


def nobody(around: Around, before: Before | None) -> Candidate:
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
    found += hints.of_nobody(around, before)
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


def carried(around: Around, before: Before, held: str) -> Candidate:
    """That whoever spoke before goes on; `held` says who holds the floor since (see `floor`)."""
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
            f"carried held {held}",
            f"carried held {at} {held} {lead}",
            f"carried held {held} {around.cued}",
            f"carried said {at} {held[0]} {around.cued} {around.end}",
        ],
    )
