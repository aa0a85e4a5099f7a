"""Markup over which a parser would take too long is refused before it is parsed."""

import re

from tuireader.domain.errors import SourceError
from tuireader.sources.tags import without_elements

MOST_ELEMENTS = 200_000
"""All of a page that has so many is read in some three seconds."""
MOST_SEARCHED = 30_000
"""Elements in which an article is looked for: trafilatura takes quadratic time."""
MOST_ATTRIBUTES = 500
"""libxml2 compares each attribute of an element with all before it."""

_ATTRIBUTE = r"[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<[a-zA-Z][^\s>/]*+((?:[\s/]*+{_ATTRIBUTE})*+)")
_START = re.compile(r"<[a-zA-Z]")


def check_attributes(markup: str, location: str, *, is_html: bool = False) -> None:
    """Raise SourceError if an element has more attributes than are read in good time.

    In HTML, comments, scripts and styles are left out: "a<b" in a script opens no element.
    """
    if not _has_long_tag(markup):
        return
    if not is_html or _has_long_tag(without_elements(markup, ("script", "style"))):
        raise SourceError(location, f"an element in it has more than {MOST_ATTRIBUTES} attributes")


def _has_long_tag(markup: str) -> bool:
    """Return whether a tag has more than MOST_ATTRIBUTES attributes."""
    for tag in _TAG.finditer(markup):
        start, end = tag.span(1)
        if end - start < 2 * MOST_ATTRIBUTES:
            continue
        if sum(1 for _ in _ATTRIBUTES.finditer(markup, start, end)) > MOST_ATTRIBUTES:
            return True
    return False


def check_elements(markup: str, location: str) -> None:
    """Raise SourceError if there are more elements than are read in good time."""
    if has_more_elements(markup, MOST_ELEMENTS):
        raise SourceError(location, f"it has more than {MOST_ELEMENTS:,} elements")


def has_more_elements(markup: str, most: int) -> bool:
    """Whether there are more elements than that, scripts and styles left out."""
    if markup.count("<") <= most:
        return False
    bare = without_elements(markup, ("script", "style"))
    return sum(1 for _ in _START.finditer(bare)) > most
