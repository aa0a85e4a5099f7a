"""Which stretches are utterances by their own look, whoever may have spoken them."""

from tuireader.quotes.cues import CUES, path
from tuireader.quotes.marks import Stretch
from tuireader.quotes.reading import Reading

_STOPS = ".!?…"
_ENDS = (".", "!", "?", "…", ",", "-", "–", "—")
_PAUSES = (",", ";", "-", "–", "—")
_LONG, _LONG_WIDE = 3, 5
"""Words, or letters of a script without spaces, that are more than a name of a thing has."""
_BREAK = 14
"""Tokens at most that break an utterance in two."""


def is_utterance(text: str, reading: Reading, place: int, stretch: Stretch) -> bool:
    """Whether a stretch that nobody is named for is an utterance all the same.

    It opens a paragraph or a sentence, or stands behind a colon or a verb of saying, and
    ends as a sentence does.
    """
    if stretch.dash or stretch.interrupted:
        return True
    words = text[stretch.start : stretch.end].strip()
    if reading.language.lists_all and not reading.aside and _is_long(words):
        return True
    outside = not reading.language.learnt and _stops_behind(reading, place)
    if reading.aside or not (words.endswith(_ENDS) or outside):
        return False
    several = len(words.split(None, 1)) > 1
    if _begins(reading, place):
        return several or len(reading.tokens) == 1 or words[-1] in _STOPS[1:]
    whole = words[:1].isupper() and (words[-1] in _STOPS or outside)
    return several and whole and _is_led(reading, place)


def _stops_behind(reading: Reading, place: int) -> bool:
    """Whether the stop of the sentence stands behind the closing mark."""
    return place + 1 == len(reading.tokens) or reading.tokens[place + 1].kind == "."


def _is_long(words: str) -> bool:
    """Whether a stretch is longer than most names of things; some scripts have no spaces."""
    wide = sum(letter >= "\u2e80" for letter in words)
    return wide >= _LONG_WIDE or len(words.split(None, _LONG)) >= _LONG


def _begins(reading: Reading, place: int) -> bool:
    """Whether a paragraph or a sentence begins with the stretch at a place."""
    return not place or reading.tokens[place - 1].kind in (".", "Q")


def _is_led(reading: Reading, place: int) -> bool:
    """Whether a colon stands before, or a comma and a verb of saying."""
    before = path(reading.shapes, max(0, place - 6), place)
    return before.endswith(":") or (before.endswith(",") and before[-2:-1] in CUES)


def is_resumed(text: str, reading: Reading, first: int, place: int) -> bool:
    """Whether the stretch at a place goes on with the one at the first, broken by its cue."""
    opened = text[: reading.tokens[first].end - 1].rstrip()[-1:]
    ahead = reading.tokens[place - 1].kind
    if place - first > _BREAK or opened not in _PAUSES or ahead not in (",", ";", "-"):
        return False
    way = path(reading.shapes, first + 1, place)
    return way.strip(",;-").replace("w", "").replace("p", "") in ("SM", "MS", "TM", "MT")
