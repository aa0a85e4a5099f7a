"""HTML taken apart without a parser, for where a glance at its words is enough.

Each function takes time linear in the text, however the tags are nested or left open.
"""

import re
from collections.abc import Iterator
from functools import lru_cache


def parts_of(html: str) -> Iterator[tuple[str, str]]:
    """The words before each tag, with the tag; the last words have an empty one."""
    at = 0
    while (start := html.find("<", at)) >= 0 and (end := html.find(">", start)) >= 0:
        yield html[at:start], html[start : end + 1]
        at = end + 1
    yield html[at:], ""


def without_tags(html: str, instead: str) -> str:
    """The words without the tags, each of which is replaced."""
    return instead.join(words for words, _ in parts_of(html))


def without_elements(html: str, names: tuple[str, ...], instead: str = "") -> str:
    """The HTML without its comments and without elements of these names and what is in them.

    An element or a comment that is never closed stays.
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
    """What opens a comment or an element, and by its name what closes it."""
    closings = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in names}
    closings[""] = re.compile("-->")
    return re.compile(rf"<(?:({'|'.join(names)})\b|!--)", re.IGNORECASE), closings
