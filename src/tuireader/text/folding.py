"""Folds text for searching: which characters count as equal (case, accents, forms, quotes)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

IGNORED = (
    "\xad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1ace\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20f0"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
"""The inside of a regular expression's class: accents, points and zero-width characters.

The vowel signs of Indic scripts and the voicing marks of kana are not in it:
without them a word is another word.
"""

_IGNORED = re.compile(f"[{IGNORED}]+")

_SAME = {
    "'": "‘’‚‛‹›ʹʻʼʽˈ`´′＇",
    '"': "“”„‟«»″〝〞＂",
    "-": "‐‑‒–—―−﹘﹣－⁃",
    "/": "⁄∕",
    "o": "øØ",
    "l": "łŁ",
    "d": "đĐ",
    "h": "ħĦ",
    "t": "ŧŦ",
    "i": "ı",
    "ae": "æÆǽǼǣǢ",
    "oe": "œŒ",
}
"""Characters that readers treat as equal but Unicode's decomposition and case folding do not."""

# The blocks in which characters have case, decompositions or the entries above;
# the Hangul syllables are made by composition instead.
_RANGES = (
    (0x0041, 0x0590),
    (0x0620, 0x06D5),
    (0x0900, 0x1100),
    (0x13A0, 0x1400),
    (0x1B00, 0x1B50),
    (0x1C80, 0x2330),
    (0x2460, 0x2500),
    (0x2A00, 0x2AE0),
    (0x2C00, 0x3400),
    (0xA640, 0xA800),
    (0xAB30, 0xABC0),
    (0xF900, 0x10000),
    (0x10400, 0x105C0),
    (0x10780, 0x107C0),
    (0x10C80, 0x10CC0),
    (0x118A0, 0x118C0),
    (0x16E40, 0x16E60),
    (0x1D400, 0x1D800),
    (0x1E900, 0x1E930),
    (0x1EE00, 0x1EEC0),
    (0x1F100, 0x1F260),
    (0x1FBF0, 0x1FBFA),
    (0x2F800, 0x2FA20),
)
_MAX_FOLDED_LENGTH = 4
"""The most folded characters that one character may stand for."""


class FoldingTable(NamedTuple):
    """The characters that a folded character or string may stand for."""

    single: dict[str, str]
    """The characters that fold to one character, by that character."""
    several: dict[str, str]
    """The characters that fold to two to four (ligatures, "ß", fractions), by these."""


@cache
def _same() -> dict[str, str]:
    """Return the folded form of each character in `_SAME`."""
    return {character: folded for folded, forms in _SAME.items() for character in forms}


def fold(text: str) -> str:
    """Return text without case, accents and compatibility forms; slow for long texts.

    "Café" gives "cafe", "ß" gives "ss". The result may have more or fewer characters than the text,
    and is "" if the text has accents only.
    """
    return "".join(map(_folded, text))


def _folded(character: str) -> str:
    """Return what one character folds to: lower case, without accents, in its basic form."""
    from unicodedata import normalize  # noqa: PLC0415 - a table of 1 MB, not needed to start

    same = _same()
    if character in same:
        return same[character]
    parts = normalize("NFKD", character)
    if parts[:1] == " ":
        return character
    # Remove marks first: case folding turns the Greek iota subscript into a letter.
    parts = normalize("NFKD", _IGNORED.sub("", parts).casefold())
    return _IGNORED.sub("", "".join([same.get(part, part) for part in parts]))


@cache
def folding_table() -> FoldingTable:
    """Return the characters that stand for a folded character or string.

    It is the inverse of `fold` for the alphabets of `_RANGES`; built on the first call, which takes
    a moment, then cached. Characters that fold to themselves are left out.
    """
    single: dict[str, str] = {}
    several: dict[str, str] = {}
    for first, last in _RANGES:
        characters = "".join(map(chr, range(first, last)))
        for character, folded in zip(characters, _each_folded(characters), strict=True):
            if folded != character and 1 <= len(folded) <= _MAX_FOLDED_LENGTH:
                table = single if len(folded) == 1 else several
                table[folded] = table.get(folded, "") + character
    return FoldingTable(single, several)


def _each_folded(characters: str) -> Iterator[str]:
    """Yield what each of many characters folds to, as `_folded` returns it, but 8 times as fast."""
    from unicodedata import normalize  # noqa: PLC0415 - as above

    # The separator is changed by none of the steps, and nothing combines across it.
    separator, same = "\0", _same()
    basic = normalize("NFKD", separator.join(characters))
    cased = normalize("NFKD", _IGNORED.sub("", basic).casefold())
    plain = _IGNORED.sub("", cased.translate({ord(key): form for key, form in same.items()}))
    parts = (text.split(separator) for text in (basic, plain))
    for character, decomposed, folded in zip(characters, *parts, strict=True):
        if character in same:
            yield same[character]
        else:
            yield character if decomposed.startswith(" ") else folded
