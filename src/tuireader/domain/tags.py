"""What a tag is: its characters and length, how tags are typed and shown, which are the same.

A tag is one line of text without commas and double quotes, which separate and enclose tags
where several are typed. It may contain single spaces, as tags of other services do.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

MAX_TAG_LENGTH = 255
"""The most code points of a tag; the longest that a supported service allows (Pinboard)."""

_SEPARATORS = ',"'
_LINE_CONTROLS = "\t\n\v\f\r\x85"
"""Control characters that separate words, as white space does."""
_JOINERS = "\u200c\u200d"
"""Format characters that change how letters or emoji are shown."""
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]+"
)
"""Marks on a letter that do not make another tag; the vowel signs of Indic scripts do."""
_TYPED = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<bare>[^\s,"]+)')


# Cached, because a notebook has few different tags, and reading it normalizes them all.
@lru_cache(maxsize=4096)
def normalize_tag(text: str) -> str:
    """Return the tag that a text stands for; "" if nothing is left of it.

    Commas, double quotes and runs of white space become one space. Number signs and spaces at
    the start, spaces at the end, and control and invisible characters are removed, letters are
    composed (NFC), and what is longer than `MAX_TAG_LENGTH` is cut. Idempotent.
    """
    text = text if text.isascii() and text.isprintable() else _printable(text)
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return " ".join(text.split()).lstrip("# ")[:MAX_TAG_LENGTH].rstrip()


def unique_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Normalize texts as tags; return each tag once, in its first spelling, in the given order.

    Texts of which nothing is left are dropped. Empty if there are no tags.
    """
    tags: dict[str, str] = {}
    for text in texts:
        if tag := normalize_tag(text):
            tags.setdefault(tag_key(tag), tag)
    return tuple(tags.values())


@lru_cache(maxsize=4096)
def tag_key(tag: str) -> str:
    """Return a key that is equal for tags that differ in case or accents only.

    `tag` is normalized.
    """
    return tag.lower() if tag.isascii() else _folded(tag)


def has_tag(tags: Iterable[str], tag: str) -> bool:
    """Return whether a tag is among `tags`, which are normalized.

    `tag` may be written as the user types it; case and accents do not matter.
    """
    key = tag_key(normalize_tag(tag))
    return any(tag_key(each) == key for each in tags)


def parse_tags(typed: str) -> tuple[str, ...]:
    """Return the tags in a line that the user typed, each once; () if there are none.

    Tags are separated by spaces or commas, and may begin with a number sign. One that contains
    spaces is enclosed in double quotes.

    >>> parse_tags('sea, #harbour "climate change"')
    ('sea', 'harbour', 'climate change')
    """
    return unique_tags(found["quoted"] or found["bare"] or "" for found in _TYPED.finditer(typed))


def format_tags(tags: Iterable[str], sign: str = "") -> str:
    """Return tags as one line that `parse_tags` reads back; "" for no tags.

    Each begins with `sign`, and is in double quotes if it contains a space.

    >>> format_tags(("sea", "climate change"), "#")
    '#sea #"climate change"'
    """
    return " ".join(f'{sign}"{tag}"' if " " in tag else f"{sign}{tag}" for tag in tags)


def _printable(text: str) -> str:
    """Return a text composed (Unicode NFC), without control and invisible characters."""
    from unicodedata import category  # noqa: PLC0415 - a table of 1 MB, not needed to start

    kept = (
        " " if letter in _LINE_CONTROLS else letter
        for letter in text
        if letter in _LINE_CONTROLS
        or letter in _JOINERS
        or category(letter) not in {"Cc", "Cf", "Cs"}
    )
    return _composed("".join(kept))


def _folded(text: str) -> str:
    """Return a text without case, and without accents and the points of Hebrew and Arabic."""
    from unicodedata import normalize  # noqa: PLC0415 - a table of 1 MB, not needed to start

    # Folded twice, because a decomposed capital, such as İ, has other small letters.
    plain = _ACCENTS.sub("", normalize("NFD", normalize("NFD", text).casefold()))
    return normalize("NFC", plain)


def _composed(text: str) -> str:
    """Return a text in Unicode NFC, in which letters and their accents are one character."""
    from unicodedata import normalize  # noqa: PLC0415 - a table of 1 MB, not needed to start

    return normalize("NFC", text)
