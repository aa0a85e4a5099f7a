"""Scans HTML and XML without parsing them: tags, the prolog, and limits on elements and attributes.

Each function takes linear time, even for crafted text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tuireader.domain.errors import SourceError
from tuireader.text.lazy_pattern import lazy_pattern


def parts_of(html: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of the text before each tag and the tag; the last pair has an empty tag.

    Text without tags gives one pair.
    """
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

    Args:
        html: The source text.
        names: The elements' names in lower case.
        instead: What replaces each of them.

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
    """Return the pattern that opens a comment or element, and the closing pattern by name.

    The closing pattern of a comment has the name "".
    """
    closings = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in names}
    closings[""] = re.compile("-->")
    return re.compile(rf"<(?:({'|'.join(names)})\b|!--)", re.IGNORECASE), closings


MAX_ELEMENTS = 200_000
"""Elements that a page may have; all text of one with so many is read in three seconds."""
MAX_SEARCHED_ELEMENTS = 30_000
"""Elements in which an article is looked for: trafilatura takes quadratic time."""
MAX_ATTRIBUTES = 500
"""Attributes that an element may have: libxml2 compares each with all before it."""

_ATTRIBUTE = r"[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_ATTRIBUTES = lazy_pattern(_ATTRIBUTE)
_TAG = lazy_pattern(rf"<[a-zA-Z][^\s>/]*+((?:[\s/]*+{_ATTRIBUTE})*+)")
_START = lazy_pattern(r"<[a-zA-Z]")


def check_attributes(markup: str, location: str, *, is_html: bool = False) -> None:
    """Raise SourceError if an element has more than MAX_ATTRIBUTES attributes.

    Args:
        markup: The source text.
        location: The location that the error names.
        is_html: Whether comments, scripts and styles are left out, as in HTML: "a<b" in a
            script opens no element.
    """
    if not _has_long_tag(markup):
        return
    if not is_html or _has_long_tag(without_elements(markup, ("script", "style"))):
        raise SourceError(location, f"an element in it has more than {MAX_ATTRIBUTES} attributes")


def _has_long_tag(markup: str) -> bool:
    """Return whether a tag in the markup has more than MAX_ATTRIBUTES attributes."""
    for tag in _TAG.finditer(markup):
        start, end = tag.span(1)
        if end - start < 2 * MAX_ATTRIBUTES:
            continue
        if sum(1 for _ in _ATTRIBUTES.finditer(markup, start, end)) > MAX_ATTRIBUTES:
            return True
    return False


def check_elements(markup: str, location: str) -> None:
    """Raise SourceError, which names `location`, if there are more than MAX_ELEMENTS elements."""
    if has_more_elements(markup, MAX_ELEMENTS):
        raise SourceError(location, f"it has more than {MAX_ELEMENTS:,} elements")


def has_more_elements(markup: str, most: int) -> bool:
    """Return whether markup has more than `most` elements, scripts and styles left out."""
    if markup.count("<") <= most:
        return False
    bare = without_elements(markup, ("script", "style"))
    return sum(1 for _ in _START.finditer(bare)) > most


_BLANKS = lazy_pattern(r"\s*+")
_DOCTYPE = lazy_pattern(r"<!DOCTYPE", re.IGNORECASE)
_INSIDE = lazy_pattern(r"[>\[]")
_SUBSET_END = lazy_pattern(r"\]\s*+>")


def behind_remarks(text: str, at: int = 0) -> int:
    """Return the offset behind white space, comments and processing instructions.

    `at` is the offset to start from; it is returned if there are none. The end of the text if one
    of them is not closed.
    """
    while True:
        at = _behind_blanks(text, at)
        if text.startswith("<?", at):
            end = text.find("?>", at + 2) + len("?>")
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4) + len("-->")
        else:
            return at
        if end <= at:
            return len(text)
        at = end


def root_at(text: str) -> int:
    """Return the offset of the root element; the end of the text if the prolog is not closed."""
    at = behind_remarks(text)
    if not _DOCTYPE.match(text, at):
        return at
    end = doctype_end(text, at)
    return len(text) if end < 0 else behind_remarks(text, end)


def doctype_in(text: str, within: int) -> int:
    """Return the offset of the document type declaration; -1 if there is none.

    `within` is the number of code points at the start in which it is searched.
    """
    found = _DOCTYPE.search(text, 0, within)
    return found.start() if found else -1


def doctype_end(text: str, at: int) -> int:
    """Return the offset behind the document type declaration that starts at `at`.

    -1 if it is not closed.
    """
    end = _INSIDE.search(text, at)
    if end and end[0] == "[":
        end = _SUBSET_END.search(text, end.end())
    return end.end() if end else -1


def _behind_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
