"""Extracts the lines of a PDF page, with their fonts, their places and their links."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tuireader.sources.pdf.running_lines import Page, PdfLine, PdfLink
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_BOLD = 600
_HYPHENS = "\ufffe\x02\xad"
_MOST_LINKS = 2_000
"""Links of a page that are read; more are ignored."""
_LONG_ADDRESS = 4_000
_WEB = ("http://", "https://", "mailto:", "ftp://", "doi:")
_FEWEST_IN_COLUMN = 3
_SINGLE = 0.7
"""The share of a page's lines that are single characters if it is written in columns."""


class _Area(NamedTuple):
    """A link on a page: its rectangle in points, and where it leads."""

    left: float
    bottom: float
    right: float
    top: float
    target: str
    page: int


def page_lines(document: "PdfDocument", page: "PdfPage", text: "PdfTextPage", number: int) -> Page:
    """Return the lines of a page in reading order; none for a page without text.

    Columns of vertical writing are lines too: their places are those of a page that was turned by a
    quarter, so that the first column is the highest line. `number` is the page's number from 0.
    """
    areas = list(_link_areas(document, page))
    lines = [replace(line, page=number) for line in _lines(text, areas, page.get_height())]
    return tuple(_with_columns(lines, page.get_height()))


def _lines(text: "PdfTextPage", areas: list[_Area], height: float) -> Iterator[PdfLine]:
    """Yield the lines of a page; a line whose last word is hyphenated is marked as such.

    `areas` are the page's links; `height` is its height in points.
    """
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    chars: list[str] = []
    places: list[int] = []
    for number in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, number))
        ends = char in "\r\n"
        if not ends and char not in _HYPHENS:
            chars.append(char)
            places.append(number)
            continue
        if line := _line(text, chars, places, areas, height, hyphen=char in _HYPHENS):
            yield line
        chars, places = [], []
    if line := _line(text, chars, places, areas, height, hyphen=False):
        yield line


def _line(
    page: "PdfTextPage",
    chars: list[str],
    places: list[int],
    areas: list[_Area],
    height: float,
    *,
    hyphen: bool,
) -> PdfLine | None:
    """Return the line of some characters, with position and font; None if it is blank.

    `places` are the characters' indexes in the page, `areas` the page's links, `height` is its
    height in points, and `hyphen` tells whether the line's last word is hyphenated.
    """
    text = sanitize_line("".join(chars))
    inked = [place for char, place in zip(chars, places, strict=True) if not char.isspace()]
    if not text or not inked:
        return None
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    first, last = page.get_charbox(inked[0], loose=True), page.get_charbox(inked[-1], loose=True)
    middle = page.get_charbox(inked[len(inked) // 2], loose=True)
    if not hyphen and len(text) > 2 and text[-1] in "-\u2010" and text[-2].isalpha():
        text, hyphen = text[:-1], True
    line = PdfLine(
        text=text,
        left=first[0],
        right=last[2],
        base=first[1],
        size=middle[3] - middle[1],
        bold=raw.FPDFText_GetFontWeight(page, inked[len(inked) // 2]) >= _BOLD,
        hyphen=hyphen,
        links=tuple(_links(page, chars, places, areas, (first, last))),
    )
    size = middle[2] - middle[0]
    tall = first[3] - last[1] > 2.5 * size and abs(last[0] - first[0]) < 0.6 * size
    return _turned(line, first[3], last[1], size, height) if len(inked) > 1 and tall else line


def _turned(line: PdfLine, top: float, bottom: float, size: float, height: float) -> PdfLine:
    """Return a column of vertical writing as a line of a page that was turned by a quarter.

    `top` and `bottom` are the column's ends, `size` its font size, `height` that of the page: all
    in points.
    """
    return replace(
        line,
        text=_upright(line.text),
        base=line.left,
        left=height - top,
        right=height - bottom,
        size=size,
    )


def _upright(text: str) -> str:
    """Return a text with the signs of vertical writing replaced by the usual ones."""
    return "".join(
        unicodedata.normalize("NFKC", char)
        if "\ufe10" <= char <= "\ufe19" or "\ufe30" <= char <= "\ufe48"
        else char
        for char in text
    )


def _with_columns(lines: list[PdfLine], height: float) -> Iterator[PdfLine]:
    """Yield the lines; if most are single wide characters, each column of them as one line.

    `height` is the page's height in points.
    """
    single = [line for line in lines if len(line.text) == 1 and line.text >= "\u2e80"]
    if len(single) < 2 * _FEWEST_IN_COLUMN or len(single) < _SINGLE * len(lines):
        yield from lines
        return
    for is_single, group in groupby(lines, key=lambda line: len(line.text) <= 2):
        run = list(group)
        if not is_single:
            yield from run
            continue
        for column in _columns(run):
            first, last = column[0], column[-1]
            joined = replace(first, text="".join(line.text for line in column))
            top, bottom = first.base + first.size, last.base
            yield _turned(joined, top, bottom, first.size, height)


def _columns(run: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield the columns of lines of one character, each from its top to its bottom."""
    column: list[PdfLine] = []
    for line in run:
        above = column[-1] if column else None
        if above and (
            abs(line.left - above.left) > 0.8 * line.size
            or line.base > above.base - 0.2 * line.size
        ):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _link_areas(document: "PdfDocument", page: "PdfPage") -> Iterator[_Area]:
    """Yield the links of a page, to addresses and to other pages; nothing if there are none."""
    import ctypes  # noqa: PLC0415 - only for PDF files

    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        rectangle = raw.FS_RECTF()
        if not raw.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        target, number = _address(document, link), -1
        if not target:
            destination = raw.FPDFLink_GetDest(document, link)
            number = raw.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
        if target or number >= 0:
            yield _Area(
                rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, target, number
            )


def _address(document: "PdfDocument", link: object) -> str:
    """Return the web address of a link; empty if it leads elsewhere."""
    import ctypes  # noqa: PLC0415 - only for PDF files

    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= _LONG_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    address = sanitize_line(buffer.value.decode("utf-8", "replace"))
    return address if address.lower().startswith(_WEB) else ""


Box = tuple[float, float, float, float]


def _links(
    page: "PdfTextPage",
    chars: list[str],
    places: list[int],
    areas: list[_Area],
    ends: tuple[Box, Box],
) -> Iterator[PdfLink]:
    """Yield the links of a line: its characters whose middle is in the area of one.

    `chars` and `places` are those of `_line`; `ends` are the boxes of the first and last character.
    """
    first, last = ends
    low, high = min(first[1], last[1]), max(first[3], last[3])
    for area in areas:
        if area.bottom > high or area.top < low or area.left > last[2] or area.right < first[0]:
            continue
        inside = [
            number
            for number, (char, place) in enumerate(zip(chars, places, strict=True))
            if not char.isspace() and _is_in(area, page.get_charbox(place, loose=True))
        ]
        if inside:
            start, end = _offset(chars, inside[0]), _offset(chars, inside[-1]) + 1
            yield PdfLink(start, end, area.target, area.page)


def _is_in(area: _Area, box: Box) -> bool:
    """Return whether the middle of a character, given by its box, is in an area."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area.left <= across <= area.right and area.bottom <= up <= area.top


def _offset(chars: list[str], number: int) -> int:
    """Return the offset of the character with an index in the cleaned text of its line."""
    return len(sanitize_line("".join([*chars[:number], "x"]))) - 1
