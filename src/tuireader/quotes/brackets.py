"""The verb of a subject where a language puts it second or last: German and Dutch clauses.

"In Bonn sagte die Ministerin am Montag: …", "hat die Ministerin im Rundfunk gesagt: …",
"wie die Ministerin am Montag mitteilte".
"""

from bisect import bisect_left

from tuireader.quotes.cues import CUES
from tuireader.quotes.mentions import Mention
from tuireader.quotes.reading import Reading

_STOPS = (",", ":", ";", "Q", "k")
_SENTENCE = 60
"""Tokens ahead of a verb within which its sentence is looked at."""
_REACH = 14
"""Tokens behind a subject within which its verb must stand."""


def bracketed(reading: Reading, mention: Mention) -> str:
    """The letter of the verb of saying that a mention is the subject of; empty if there is none."""
    if not reading.language.verb_second or mention.governed:
        return ""
    return _before(reading, mention) or _last(reading, mention)


def _before(reading: Reading, mention: Mention) -> str:
    """The verb that stands right before, with no other subject before it in its clause."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[mention.outer].sentence
    place = mention.outer - 1
    while place >= 0 and not shapes[place] and tokens[place].sentence == sentence:
        place -= 1
    if place < 0 or tokens[place].sentence != sentence or shapes[place] not in CUES:
        return ""
    near = shapes[max(0, place - _REACH) : place]
    ahead = [letter for letter in near if letter not in ("", ",")]
    if ahead[-1:] == ["Q"]:
        # "…", said she: as in every language.
        return ""
    clause = _clause(reading, place)
    others = reading.mentions
    for number in range(bisect_left(others, clause, key=_first), len(others)):
        other = others[number]
        if other.first >= place:
            break
        if not (other.noun or other.governed or other.inside):
            return ""
    return shapes[place]


def _first(mention: Mention) -> int:
    return mention.first


def _clause(reading: Reading, verb: int) -> int:
    """Where the clause of a verb begins; an apposition of its subject is part of it."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[verb].sentence
    first = verb
    while first > verb - _SENTENCE and first and tokens[first - 1].sentence == sentence:
        first -= 1
    if shapes[verb - 1] == "," and tokens[first].lower not in reading.language.subordinator:
        return first
    clause = verb
    while clause > first and shapes[clause - 1] not in _STOPS:
        clause -= 1
    return clause


def _last(reading: Reading, mention: Mention) -> str:
    """The verb that ends the clause which the subject begins."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[mention.last].sentence
    last = ""
    for place in range(mention.last + 1, min(len(shapes), mention.last + _REACH)):
        letter = shapes[place]
        if letter == "Q" and tokens[place - 1].lower in reading.language.called:
            # "… als „…“ bezeichnet hat"
            continue
        if tokens[place].sentence != sentence or letter in (",", ":", ";", ".", "Q", "k", "-"):
            break
        if letter == "M":
            return ""
        if letter:
            last = letter
    return last if last in CUES else ""
