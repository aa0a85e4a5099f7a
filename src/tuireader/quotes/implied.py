"""The subject that a verb of saying leaves out: Spanish "dijo", Italian "ha aggiunto"."""

from bisect import bisect_left

from tuireader.quotes.cues import VERBS
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_REACH = 12
"""Tokens behind the verb within which its subject would stand."""
_SENTENCE = 60
"""Tokens ahead of the verb within which its subject is looked for."""
_ENDS = (",", ".", ":", ";", "Q", "-", "(")


def implied_subject(reading: Reading, place: int) -> Mention | None:
    """A pronoun in the place of the verb that says who spoke a stretch, if it has no subject.

    The verb stands right behind the stretch, or right before it with nothing but a colon
    or "that" between.
    """
    if not reading.language.subjectless:
        return None
    verb = _behind(reading, place)
    if verb is None:
        verb = _before(reading, place)
    if verb is None:
        return None
    token = reading.tokens[verb]
    return Mention(
        MentionKind.PRONOUN, verb, verb, verb, reading.number, token.start, token.end, ("",)
    )


def _behind(reading: Reading, place: int) -> int | None:
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


def _is_object(reading: Reading, mention: Mention) -> bool:
    """Whether a preposition stands before a mention, or before its article."""
    place = mention.outer - 1
    if place >= 0 and reading.tokens[place].lower in reading.language.determiners:
        place -= 1
    return place >= 0 and reading.shapes[place] in ("p", "t")


def _before(reading: Reading, place: int) -> int | None:
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
