"""Where the pages of a printed or paged source begin, as named places of a text."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuireader.domain.article import NamedPlace
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIX = "page:"
_LONGEST = 20
"""Code points that the number of a page has at most."""


def mark_page(before: "_Element", number: str) -> None:
    """Put an anchor before an element of HTML: a page with a number, as printed, begins there."""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    parent = before.getparent()
    number = sanitize_line(number)
    if parent is not None and 0 < len(number) <= _LONGEST:
        parent.insert(parent.index(before), etree.Element("a", id=f"{_PREFIX}{number}"))


def page_anchor(number: str) -> str:
    """Return the id of an element at which a page begins, by the page's number."""
    return f"{_PREFIX}{sanitize_line(number)[:_LONGEST]}"


def pages_in(places: Iterable[NamedPlace], length: int) -> tuple[NamedPlace, ...]:
    """Return the pages among the named places of a text of some code points, by their numbers."""
    found = [
        NamedPlace(place.name.removeprefix(_PREFIX), min(place.offset, length))
        for place in places
        if place.name.startswith(_PREFIX)
    ]
    return tuple(sorted(found, key=lambda place: place.offset))
