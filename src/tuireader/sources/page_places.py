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
    """Insert an anchor before an element of HTML, at which a page of the source begins.

    `number` is the page number as printed. Nothing is inserted if that is blank or longer than 20
    code points, or if the element has no parent.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    parent = before.getparent()
    number = sanitize_line(number)
    if parent is not None and 0 < len(number) <= _LONGEST:
        parent.insert(parent.index(before), etree.Element("a", id=f"{_PREFIX}{number}"))


def page_anchor(number: str) -> str:
    """Return the id of the anchor at which a page begins, for its number as printed.

    A number of more than 20 code points is cut; a blank one gives "page:".
    """
    return f"{_PREFIX}{sanitize_line(number)[:_LONGEST]}"


def pages_in(places: Iterable[NamedPlace], length: int) -> tuple[NamedPlace, ...]:
    """Return the named places at which pages begin, by offset, each named by its page number.

    Args:
        places: All named places of a text.
        length: The text's length in code points; later places are moved to its end.

    Empty if no place is a page.
    """
    found = [
        NamedPlace(place.name.removeprefix(_PREFIX), min(place.offset, length))
        for place in places
        if place.name.startswith(_PREFIX)
    ]
    return tuple(sorted(found, key=lambda place: place.offset))
