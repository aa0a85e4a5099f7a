"""The verb of a subject where a language puts it second or last: German and Dutch clauses.

"In Bonn sagte die Ministerin am Montag: …", "hat die Ministerin im Rundfunk gesagt: …",
"wie die Ministerin am Montag mitteilte".

The subject that a verb of saying leaves out: Spanish "dijo", Italian "ha aggiunto".
"""

from bisect import bisect_left

from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import CUES, VERBS, ParsedParagraph

_STOPS = (",", ":", ";", "Q", "k")
_SENTENCE = 60
"""Tokens ahead of a verb within which its sentence is looked at."""
_CLAUSE_REACH = 14
"""Tokens behind a subject within which its verb must stand."""


def verb_of_clause(reading: ParsedParagraph, mention: Mention) -> str:
    """The letter of the verb of saying that a mention is the subject of; empty if there is none."""
    if not reading.language.verb_second or mention.governed:
        return ""
    return _before(reading, mention) or _last(reading, mention)


def _before(reading: ParsedParagraph, mention: Mention) -> str:
    """The verb that stands right before, with no other subject before it in its clause."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[mention.outer].sentence
    place = mention.outer - 1
    while place >= 0 and not shapes[place] and tokens[place].sentence == sentence:
        place -= 1
    if place < 0 or tokens[place].sentence != sentence or shapes[place] not in CUES:
        return ""
    near = shapes[max(0, place - _CLAUSE_REACH) : place]
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


def _clause(reading: ParsedParagraph, verb: int) -> int:
    """Where the clause of a verb begins; an apposition of its subject is part of it."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[verb].sentence
    first = verb
    while first > verb - _SENTENCE and first and tokens[first - 1].sentence == sentence:
        first -= 1
    if shapes[verb - 1] == "," and tokens[first].lower not in reading.language.subordinators:
        return first
    clause = verb
    while clause > first and shapes[clause - 1] not in _STOPS:
        clause -= 1
    return clause


def _last(reading: ParsedParagraph, mention: Mention) -> str:
    """The verb that ends the clause which the subject begins."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[mention.last].sentence
    last = ""
    for place in range(mention.last + 1, min(len(shapes), mention.last + _CLAUSE_REACH)):
        letter = shapes[place]
        if letter == "Q" and tokens[place - 1].lower in reading.language.call_particles:
            # "… als „…“ bezeichnet hat"
            continue
        if tokens[place].sentence != sentence or letter in (",", ":", ";", ".", "Q", "k", "-"):
            break
        if letter == "M":
            return ""
        if letter:
            last = letter
    return last if last in CUES else ""


_REACH = 12
"""Tokens behind the verb within which its subject would stand."""
_ENDS = (",", ".", ":", ";", "Q", "-", "(")


def null_subject(reading: ParsedParagraph, place: int) -> Mention | None:
    """A pronoun in the place of the verb that says who spoke a stretch, if it has no subject.

    The verb stands right behind the stretch, or right before it with nothing but a colon
    or "that" between.
    """
    if not reading.language.null_subject:
        return None
    verb = _behind(reading, place)
    if verb is None:
        verb = _token_before(reading, place)
    if verb is None:
        return None
    token = reading.tokens[verb]
    return Mention(
        MentionKind.PRONOUN, verb, verb, verb, reading.number, token.start, token.end, ("",)
    )


def _behind(reading: ParsedParagraph, place: int) -> int | None:
    """The verb behind the stretch, if no subject follows in its clause."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[place].sentence
    if place and tokens[place - 1].sentence == sentence and shapes[place + 1 : place + 2] != [","]:
        # "La palabra «crisis» se repite": the stretch is no speech of its own.
        return None
    verb = place + 1
    while (
        verb < len(shapes) and shapes[verb] in ("", ",", "-") and tokens[verb].sentence == sentence
    ):
        verb += 1
    if verb >= len(shapes) or shapes[verb] not in VERBS or tokens[verb].sentence != sentence:
        return None
    end = verb + 1
    while end < min(len(shapes), verb + _REACH):
        if shapes[end] in _ENDS or tokens[end].sentence != sentence:
            break
        end += 1
    first = bisect_left(reading.mentions, verb + 1, key=lambda mention: mention.first)
    subjects = (
        mention
        for mention in reading.mentions[first : first + _REACH]
        if verb < mention.first < end
        and not mention.inside
        and not _is_object(reading, mention)
        and mention.kind is not MentionKind.PRONOUN
    )
    if next(subjects, None) is not None or "M" in shapes[verb + 1 : verb + 2]:
        return None
    return verb


def _is_object(reading: ParsedParagraph, mention: Mention) -> bool:
    """Whether a preposition stands before a mention, or before its article."""
    place = mention.outer - 1
    if place >= 0 and reading.tokens[place].lower in reading.language.determiners:
        place -= 1
    return place >= 0 and reading.shapes[place] in ("p", "t")


def _token_before(reading: ParsedParagraph, place: int) -> int | None:
    """The verb before the stretch, if no subject stands before it in its sentence."""
    shapes, tokens = reading.shapes, reading.tokens
    sentence = tokens[place].sentence
    verb = place - 1
    while verb >= 0 and shapes[verb] in ("", ":", "t") and tokens[verb].sentence == sentence:
        verb -= 1
    if verb < 0 or shapes[verb] not in VERBS or tokens[verb].sentence != sentence:
        return None
    for before in range(verb - 1, max(-1, verb - _SENTENCE), -1):
        if tokens[before].sentence != sentence:
            break
        if shapes[before] in ("M", "Q", "t", "s"):
            return None
    return verb
