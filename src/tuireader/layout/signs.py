"""The signs that a terminal has: which of our characters it shows, and what replaces others."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import assert_never

from tuireader.layout.border import has_box_drawing, locale_charset
from tuireader.layout.cells import cell_width, next_grapheme


class SignSet(StrEnum):
    """A set of characters that a terminal can show, or a screen reader can speak."""

    FULL = "full"
    """All of them."""
    CONSOLE = "console"
    """Letters and punctuation in UTF-8, but only ASCII for signs: the Linux console."""
    ASCII = "ascii"
    """ASCII for signs and punctuation: vt100, dumb, and locales without UTF-8."""
    SEVEN_BIT = "7-bit"
    """ASCII for letters, too: the locale C."""
    SPOKEN = "spoken"
    """No signs, because a screen reader would speak or spell each."""


CONSOLES = ("linux", "cons25")
"""How the names (TERM) of consoles that show UTF-8 without our signs begin."""

_SIGNS = {
    "▶": ">",
    "▷": "-",
    "▏": "|",
    "▎": "|",
    "▌": "|",
    "┊": ":",
    "▣": "#",
    "◆": "#",
    "◇": "#",
    "✎": "n",
    "≠": "!",
    "●": "o",
    "◐": "-",
    "○": ".",
    "★": "*",
    "☆": "*",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "▲": "^",
    "▼": "v",
    "▔": "-",
    "▁": "_",
    "⏎": "<",
}
"""What stands for a sign in terminals that do not have it."""

_PUNCTUATION = {
    "…": ".",
    "•": "*",
    "·": "-",
    "¶": "P",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "\xa0": " ",
}
"""What stands for punctuation in terminals that have only ASCII."""

_LETTERS = {
    "ß": "s",
    "æ": "a",
    "Æ": "A",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
}
"""What stands for a letter that is not one of ASCII with an accent."""

_UNKNOWN = "?"
"""What stands for each cell of a character that nothing else stands for."""

_HORIZONTAL, _VERTICAL = "─━┄┅┈┉╌╍═╴╶╸╺╼╾", "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"

_BOX, _BLOCKS = range(0x2500, 0x2580), range(0x2580, 0x25A0)

_UNSPOKEN = re.compile("[─-▟\ue000-\uf8ff\U000f0000-\U0010fffd▣▶▷◆◇✎]")
"""Box drawing, block elements, private use, and the signs of the program; all have one cell."""

_WIDE_SIGN = "🔎"
"""A sign of two cells in Textual's palette."""


def sign_set(environment: Mapping[str, str], *, accessible: bool = False) -> SignSet:
    """Return the set of signs for a terminal, from TERM and the locale.

    If `accessible`, it is that for a screen reader, whatever the terminal has.
    """
    if accessible:
        return SignSet.SPOKEN
    if has_box_drawing(environment):
        return SignSet.FULL
    if locale_charset(environment) == "ascii":
        return SignSet.SEVEN_BIT
    is_console = environment.get("TERM", "").startswith(CONSOLES)
    if is_console and has_box_drawing({**environment, "TERM": ""}):
        return SignSet.CONSOLE
    return SignSet.ASCII


@cache
def _table(signs: SignSet) -> Mapping[int, str]:
    """Return what stands for each character that a set does not have, by code point."""
    match signs:
        case SignSet.FULL | SignSet.SPOKEN:
            return {}
        case SignSet.CONSOLE | SignSet.ASCII | SignSet.SEVEN_BIT:
            from tuireader.layout.small_caps import LETTERS  # noqa: PLC0415 - not for most

            lines = dict.fromkeys(_BOX, "+") | dict.fromkeys(_BLOCKS, "#")
            lines |= {ord(sign): "-" for sign in _HORIZONTAL}
            lines |= {ord(sign): "|" for sign in _VERTICAL}
            ours = _SIGNS if signs is SignSet.CONSOLE else _SIGNS | _PUNCTUATION
            return lines | LETTERS | {ord(sign): instead for sign, instead in ours.items()}
        case _:
            assert_never(signs)


def shown_text(text: str, signs: SignSet) -> str:
    """Return a text with the signs of a set, in as many cells.

    >>> shown_text("▶ 3 of 40 · read…", SignSet.ASCII)
    '> 3 of 40 - read.'
    """
    if signs is SignSet.FULL or text.isascii():
        return text
    text = text.replace(_WIDE_SIGN, "  ")
    if signs is SignSet.SPOKEN:
        return _UNSPOKEN.sub(" ", text)
    text = text.translate(_table(signs))
    return _in_ascii(text) if signs is SignSet.SEVEN_BIT and not text.isascii() else text


def _in_ascii(text: str) -> str:
    """Return a text in ASCII and in as many cells: letters without accents, else question marks."""
    parts, at = [], 0
    while at < len(text):
        end = next_grapheme(text, at)
        character = text[at:end]
        base = unicodedata.normalize("NFKD", _LETTERS.get(character, character))[:1]
        cells = cell_width(character)
        parts.append(base if base.isascii() and cells == 1 else _UNKNOWN * cells)
        at = end
    return "".join(parts)
