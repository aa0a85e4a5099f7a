"""Asks a terminal for the colour of its background (OSC 11), and reads the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from textual.message import Message

from tuireader.layout.border import PLAIN_TERMINALS

QUESTION = "\x1b]11;?\x1b\\"
"""The control sequence that asks; a terminal that does not know it answers nothing."""

ANSWER_TIME = 1.0
"""Seconds after which an answer is for the next start only: the colours would change too late."""

LIGHT = 0.5
"""The lightness from 0 to 1 from which a background is light."""

_ANSWER = re.compile(
    r"\x1b\]11;rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?",
    re.IGNORECASE,
)
_WEIGHTS = 0.299, 0.587, 0.114


@dataclass
class GroundTold(Message):
    """The terminal has told its background."""

    is_light: bool
    in_time: bool
    """Whether it did so within `ANSWER_TIME`."""


class GroundProbe:
    """Asks a terminal for its background, and knows the answer from other reports."""

    def __init__(self) -> None:
        """Create a probe that has not asked."""
        self._asked: float | None = None
        """When it was asked, in seconds of a clock; None if no answer is waited for."""

    def question(self, environment: Mapping[str, str]) -> str:
        """Return the control sequence that asks; "" if it would be drawn as text."""
        if environment.get("TERM", "dumb").startswith(PLAIN_TERMINALS):
            return ""
        self._asked = monotonic()
        return QUESTION

    def answer(self, sequence: str) -> GroundTold | None:
        """Return what a control string without its end tells; None if it is no answer."""
        found = _ANSWER.fullmatch(sequence) if self._asked is not None else None
        if found is None or self._asked is None:
            return None
        in_time = monotonic() - self._asked <= ANSWER_TIME
        self._asked = None
        parts = (int(digits, 16) / (16 ** len(digits) - 1) for digits in found.groups())
        lightness = sum(map(float.__mul__, _WEIGHTS, parts))
        return GroundTold(lightness >= LIGHT, in_time)
