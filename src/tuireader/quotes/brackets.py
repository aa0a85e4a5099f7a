"""The verb of a subject where a language puts it second or last: German and Dutch clauses.

"In Bonn sagte die Ministerin am Montag: …", "hat die Ministerin im Rundfunk gesagt: …",
"wie die Ministerin am Montag mitteilte".
"""

from tuireader.quotes.cues import CUES
from tuireader.quotes.mentions import Mention
from tuireader.quotes.reading import Reading

_STOPS = (",", ":", ";", "Q", "k")
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
    ahead = [letter for letter in shapes[:place] if letter not in ("", ",")]
    if ahead[-1:] == ["Q"]:
        # "…", said she: as in every language.
        return ""
    clause = _clause(reading, place)
    subjects = (
        other
        for other in reading.mentions
        if clause <= other.first < place and not (other.noun or other.governed or other.inside)
    )
    if next(subjects, None) is not None:
        return ""
    return shapes[place]


def _clause(reading: Reading, verb: int) -> int:
    """Where the clause of a verb begins; an apposition of its subject is part of it."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[verb].sentence
    first = verb
    while first and tokens[first - 1].sentence == sentence:
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
