"""Splits HTML into words and tags without a parser, where a rough look is enough.

Each function takes linear time, even for nested or unclosed tags.
"""

import re
from collections.abc import Iterator
from functools import lru_cache


def parts_of(html: str) -> Iterator[tuple[str, str]]:
    """Return pairs of the text before each tag and the tag; the last pair has an empty tag."""
    at = 0
    while (start := html.find("<", at)) >= 0 and (end := html.find(">", start)) >= 0:
        yield html[at:start], html[start : end + 1]
        at = end + 1
    yield html[at:], ""


def without_tags(html: str, instead: str) -> str:
    """Return HTML with each tag replaced by `instead`."""
    return instead.join(words for words, _ in parts_of(html))


def without_elements(html: str, names: tuple[str, ...], instead: str = "") -> str:
    """Return HTML without comments, and without the elements of some names and their content.

    An element or a comment that is never closed stays; `instead` replaces what is removed.
    """
    opening, closings = _patterns(names)
    pieces: list[str] = []
    at, unclosed = 0, set()
    for found in opening.finditer(html):
        name = (found[1] or "").lower()
        if found.start() < at or name in unclosed:
            continue
        closing = closings[name].search(html, found.end())
        if closing is None:
            unclosed.add(name)
            continue
        pieces.append(html[at : found.start()])
        at = closing.end()
    pieces.append(html[at:])
    return instead.join(pieces)


@lru_cache(maxsize=8)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return the pattern that opens a comment or an element, and the closing pattern by name."""
    closings = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in names}
    closings[""] = re.compile("-->")
    return re.compile(rf"<(?:({'|'.join(names)})\b|!--)", re.IGNORECASE), closings
