"""The widths that a terminal gives to joined characters: what is asked of it, and the answers."""

import re
from dataclasses import astuple, dataclass, fields
from typing import NamedTuple

MAX_CELLS = 16
"""The widest answer that is believed, in cells."""

UNUSUAL = re.compile(
    "[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f00-\u109f"
    "\u1780-\u17ff\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
"""A character whose width differs between terminals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalWidths:
    """The cells that a terminal gives to joined characters."""

    mark: int = 0
    """The cells of a combining accent."""
    joiner: int = 0
    """The cells of a zero-width joiner by itself."""
    joins: bool = True
    """Whether the character after a zero-width joiner takes no cell."""
    selector: bool = True
    """Whether an emoji variation selector makes a narrow character two cells wide."""
    keycap: int = 2
    """The cells of a digit with a selector and a keycap."""
    lone_flag: int = 1
    """The cells of a regional indicator by itself."""
    flag: int = 2
    """The cells of two regional indicators."""
    modifier: int = 0
    """The cells of a skin tone after an emoji."""
    vowel: int = 0
    """The cells of a spacing vowel sign of Devanagari and the scripts like it."""
    conjunct: bool = False
    """Whether two consonants joined by a virama are as wide as the first."""
    tamil_vowel: int = 0
    """The cells of a spacing vowel sign of Tamil."""
    thai_am: int = 1
    """The cells of the Thai and Lao vowel sign am."""


STANDARD = TerminalWidths()
"""The widths that Rich and Textual assume, for a screen that is no terminal."""

WIDEST = TerminalWidths(
    joiner=1, joins=False, lone_flag=2, flag=4, modifier=2, vowel=1, tamil_vowel=1
)
"""The widest that is usual, for a terminal that was not measured: nothing reaches too far."""


class Probe(NamedTuple):
    """A text whose width is measured: `base` is the part of it that needs no measuring."""

    name: str
    text: str
    base: int
    """The cells of the characters before the one in question."""


PROBES = (
    Probe("mark", "e\u0301", 1),
    Probe("joiner", "a\u200db", 2),
    Probe("joins", "👩\u200d🚀", 2),
    Probe("selector", "❤\ufe0f", 1),
    Probe("keycap", "1\ufe0f\u20e3", 0),
    Probe("lone_flag", "🇩", 0),
    Probe("flag", "🇩🇪", 0),
    Probe("modifier", "👍🏽", 2),
    Probe("vowel", "कि", 1),
    Probe("conjunct", "क\u094dष", 1),
    Probe("tamil_vowel", "தி", 1),
    Probe("thai_am", "กำ", 1),
)
"""The texts that are measured, one for each field of `TerminalWidths`, in their order."""


def measured(cells: tuple[int, ...]) -> TerminalWidths | None:
    """Return the widths of a terminal from the cells that each of `PROBES` took.

    None if there is not one number for each, or one is not from 0 to `MAX_CELLS`.
    """
    if len(cells) != len(PROBES) or not all(0 <= number <= MAX_CELLS for number in cells):
        return None
    beyond = {
        probe.name: max(0, number - probe.base) for probe, number in zip(PROBES, cells, strict=True)
    }
    return TerminalWidths(
        mark=beyond["mark"],
        joiner=beyond["joiner"],
        joins=beyond["joins"] == 0,
        selector=beyond["selector"] > 0,
        keycap=beyond["keycap"],
        lone_flag=beyond["lone_flag"],
        flag=beyond["flag"],
        modifier=beyond["modifier"],
        vowel=beyond["vowel"],
        conjunct=beyond["conjunct"] == 0,
        tamil_vowel=beyond["tamil_vowel"],
        thai_am=beyond["thai_am"],
    )


def to_numbers(widths: TerminalWidths) -> list[int]:
    """Return the widths as numbers, to be stored."""
    return [int(value) for value in astuple(widths)]


def from_numbers(numbers: object) -> TerminalWidths | None:
    """Return the widths that `to_numbers` stored; None for anything else."""
    names = [field.name for field in fields(TerminalWidths)]
    if not isinstance(numbers, list) or len(numbers) != len(names):
        return None
    if not all(isinstance(value, int) and 0 <= value <= MAX_CELLS for value in numbers):
        return None
    stored = dict(zip(names, numbers, strict=True))
    flags = {name: bool(stored.pop(name)) for name in ("joins", "selector", "conjunct")}
    return TerminalWidths(**stored, **flags)
