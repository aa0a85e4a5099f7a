"""A colour and a letter for each speaker of an article, the same wherever quotations are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tuireader.domain.quote import Quote

COLOURS = 6
"""How many colours there are for speakers; further speakers share them."""

_FIRST_WIDE = "\u1100"
"""The first letter that takes two cells; such letters have no room beside a text."""

NOBODY = "?"
"""The letter of quotations whose speaker is unknown."""


@dataclass(frozen=True, slots=True)
class SpeakerSign:
    """How a speaker is marked."""

    colour: int
    """The number of the colour, from 1 to `COLOURS`; 0 for nobody."""
    letter: str
    """A letter or digit that no other speaker of the article has, as far as there are enough."""


UNKNOWN = SpeakerSign(0, NOBODY)
"""The sign of quotations whose speaker is unknown."""


def speaker_signs(quotes: Iterable[Quote]) -> Mapping[str, SpeakerSign]:
    """Return the sign of each speaker by name, in the order of their first quotations.

    The letter is the initial of the last name, or of another part of the name if somebody else
    has it, then any letter of the name, then a digit. Quotations without a speaker are left out.
    """
    signs: dict[str, SpeakerSign] = {}
    used: set[str] = set()
    for quote in quotes:
        if quote.speaker and quote.speaker not in signs:
            letter = _letter(quote.speaker, used)
            used.add(letter)
            signs[quote.speaker] = SpeakerSign(len(signs) % COLOURS + 1, letter)
    return signs


def _letter(name: str, used: set[str]) -> str:
    """Return a letter for a name that is not among those used; "*" if there is none left."""
    initials = [part[0] for part in reversed(name.split())]
    wanted = (letter.upper() for letter in (*initials, *name, *"123456789"))
    free = (letter for letter in wanted if letter.isalnum() and letter < _FIRST_WIDE)
    return next((letter for letter in free if letter not in used), "*")
