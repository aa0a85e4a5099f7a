"""Reads the annotations in a PDF file, as Zotero, Okular and other viewers write them."""

import ctypes
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tuireader.domain.bookmark import Colour
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    nearest_colour,
    paragraphs,
    position_of,
)
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_MOST_PAGES = 20_000
_MOST_ANNOTATIONS = 20_000
_MOST_QUADS = 2_000
_MOST_COMPARED = 20_000_000
"""How often a letter is compared with an area of a page; areas beyond this have no words."""
_LONGEST_TEXT = 200_000
"""The longest note that is read completely, in bytes of UTF-16."""
_NOTES = frozenset({1, 3})
"""The subtypes of annotations that are notes: Text, FreeText."""
_SHAPES = frozenset({4, 5, 6, 7, 8, 13, 14, 15})
"""The subtypes of annotations that are drawings, stamps and insertion marks."""
_MARKUP = frozenset({9, 10, 11, 12})
"""The subtypes of annotations that mark text: Highlight, Underline, Squiggly, StrikeOut."""
_HYPHENS = "\ufffe\x02\xad"
_STAMP = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?)?", re.ASCII
)


class Quad(NamedTuple):
    """A rectangle on a page in points, measured from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def has(self, x: float, bottom: float, top: float) -> bool:
        """Return whether a letter is inside, or on the line of text that the rectangle marks.

        `x` is the middle of the letter, `bottom` and `top` are its edges, in points.
        """
        if not self.left <= x <= self.right:
            return False
        is_on_line = bottom <= (self.bottom + self.top) / 2 <= top
        return is_on_line or self.bottom <= (bottom + top) / 2 <= self.top


class PdfWords:
    """An open PDF file, from which words are read by their places; a context manager."""

    def __init__(self, data: bytes, location: str) -> None:
        """Open a PDF file.

        Args:
            data: The content of the file.
            location: Its path, for messages.

        Raises:
            SourceError: The file is damaged or protected by a password, or pypdfium2 is not
                installed.
        """
        with missing_extra("pdf", location):
            from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - an extra, and 35 ms
        try:
            self.pdf: PdfDocument = PdfDocument(data)
        except PdfiumError as error:
            reason = "it is damaged, or protected by a password"
            raise SourceError(location, reason) from error
        self.page_count = min(len(self.pdf), _MOST_PAGES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.pdf.close()

    def page(self, number: int) -> "PdfPage | None":
        """Return the page with a number from 0; None if it does not exist or is damaged."""
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - an extra, and 35 ms

        try:
            return self.pdf[number] if 0 <= number < self.page_count else None
        except PdfiumError:
            return None

    def label(self, number: int) -> str:
        """Return the printed label of the page with a number from 0, such as "iv".

        It is the number from 1 if the file states none.
        """
        return sanitize_line(self.pdf.get_page_label(number) or "") or str(number + 1)

    @property
    def title(self) -> str:
        """The title in the metadata; "" if there is none."""
        return clean_line_of(self.pdf.get_metadata_value("Title"))

    @property
    def author(self) -> str:
        """The author in the metadata; "" if there is none."""
        return clean_line_of(self.pdf.get_metadata_value("Author"))


def words_in(page: "PdfPage", areas: Sequence[Sequence[Quad]]) -> list[str]:
    """Return the words of a page in each of several areas, in the order of the areas.

    Each area is a list of rectangles, usually one for each line. A letter belongs to a rectangle if
    its middle is between left and right, and if it is on the same line. Words that are hyphenated
    at the end of a line are joined. "" for an area without words.
    """
    text = page.get_textpage()
    try:
        letters = list(_letters(text))
    finally:
        text.close()
    most = max(1, _MOST_COMPARED // (len(letters) + 1))
    found = [_joined(letters, quads[:_MOST_QUADS]) for quads in areas[:most]]
    return found + [""] * (len(areas) - len(found))


def _letters(text: "PdfTextPage") -> Iterator[tuple[str, float, float, float]]:
    """Yield each character of a page with its middle, bottom and top, in points."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    for number in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(number, loose=True)
        code = raw.FPDFText_GetUnicode(text, number)
        yield chr(code), (left + right) / 2, bottom, top


def _joined(letters: list[tuple[str, float, float, float]], quads: Sequence[Quad]) -> str:
    """Return the characters inside any of the rectangles as one line; "" if there are none.

    `letters` has each character with its middle, bottom and top.
    """
    box = (
        min((quad.left for quad in quads), default=0.0),
        min((quad.bottom for quad in quads), default=0.0),
        max((quad.right for quad in quads), default=0.0),
        max((quad.top for quad in quads), default=0.0),
    )
    found: list[str] = []
    gap, hyphenated = False, False
    for char, x, bottom, top in letters:
        if char in _HYPHENS:
            hyphenated = bool(found)
        elif char.isspace():
            gap = True
        elif (box[0] <= x <= box[2] and bottom <= box[3] and box[1] <= top) and any(
            quad.has(x, bottom, top) for quad in quads
        ):
            found += [" ", char] if gap and found and not hyphenated else [char]
            gap, hyphenated = False, False
        else:
            gap, hyphenated = True, False
    return sanitize_line("".join(found))


@dataclass(frozen=True, slots=True)
class _Annotation:
    """An annotation of a page as it is in the file."""

    subtype: int
    note: str
    created: dt.datetime | None
    colour: Colour
    quads: tuple[Quad, ...]
    replies_to: int
    """The number of the annotation on the same page that it replies to; -1 if it is no reply."""


def _read(file: ExportFile) -> ImportedItems:
    """Read a PDF file: yield one item, the file with the annotations of all its pages.

    Drawings without a note are left out. Raises SourceError if the file is damaged.
    """
    highlights: list[Highlight] = []
    drawings = 0
    with PdfWords(file.data, file.path) as words:
        for number in range(words.page_count):
            page = words.page(number)
            if page is None:
                continue
            annotations = _annotations(page)
            drawings += sum(
                each.subtype in _SHAPES and not each.note for each in annotations.values()
            )
            if annotations:
                highlights += _highlights(page, annotations, words.label(number))
            page.close()
            if len(highlights) >= _MOST_ANNOTATIONS:
                break
        title, author = words.title or file.stem or "Untitled", words.author
    if drawings:
        yield LeftOut("drawing", drawings)
    yield ImportItem(title=title, author=author, file=file.path, highlights=tuple(highlights))


def _annotations(page: "PdfPage") -> dict[int, _Annotation]:
    """Return the annotations of a page by their numbers, without links and form fields."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    found = {}
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        handle = raw.FPDFPage_GetAnnot(page, number)
        if not handle:
            continue
        try:
            subtype = raw.FPDFAnnot_GetSubtype(handle)
            if subtype in _NOTES | _SHAPES | _MARKUP:
                found[number] = _annotation(page, handle, subtype)
        finally:
            raw.FPDFPage_CloseAnnot(handle)
    return found


def _annotation(page: "PdfPage", handle: Any, subtype: int) -> _Annotation:
    """Return the annotation that a PDFium handle refers to."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    replies_to = -1
    parent = raw.FPDFAnnot_GetLinkedAnnot(handle, b"IRT")
    if parent:
        replies_to = raw.FPDFPage_GetAnnotIndex(page, parent)
        raw.FPDFPage_CloseAnnot(parent)
    stamp = _string(handle, b"CreationDate") or _string(handle, b"M")
    return _Annotation(
        subtype=subtype,
        note=clean_text_of(_string(handle, b"Contents")),
        created=pdf_moment(stamp),
        colour=_colour(handle),
        quads=tuple(_quads(handle)) if subtype in _MARKUP else (),
        replies_to=replies_to,
    )


def _string(handle: Any, key: bytes) -> str:
    """Return the text that an annotation has under a key; "" if there is none."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    size = min(raw.FPDFAnnot_GetStringValue(handle, key, None, 0), _LONGEST_TEXT)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(_LONGEST_TEXT if size == _LONGEST_TEXT else size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(handle, key, pointer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _colour(handle: Any) -> Colour:
    """Return the highlight colour nearest to an annotation's; NONE if PDFium states none."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    parts = [ctypes.c_uint() for _ in range(4)]
    kind = raw.FPDFANNOT_COLORTYPE_Color
    if not raw.FPDFAnnot_GetColor(handle, kind, *map(ctypes.byref, parts)):
        return Colour.NONE
    return nearest_colour("#{:02x}{:02x}{:02x}".format(*(part.value & 255 for part in parts[:3])))


def _quads(handle: Any) -> Iterator[Quad]:
    """Yield the rectangles of the lines that an annotation marks, in points."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    for number in range(min(raw.FPDFAnnot_CountAttachmentPoints(handle), _MOST_QUADS)):
        points = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(handle, number, ctypes.byref(points)):
            xs = points.x1, points.x2, points.x3, points.x4
            ys = points.y1, points.y2, points.y3, points.y4
            yield Quad(min(xs), min(ys), max(xs), max(ys))


def _highlights(
    page: "PdfPage", annotations: dict[int, _Annotation], label: str
) -> Iterator[Highlight]:
    """Yield the annotations of a page as highlights, each with the replies to it.

    `label` is the printed label of the page.
    """
    marked = [number for number, each in annotations.items() if each.quads]
    areas = [annotations[number].quads for number in marked]
    words = dict(zip(marked, words_in(page, areas) if areas else (), strict=True))
    found: dict[int, Highlight] = {}
    for number, each in annotations.items():
        note, own = each.note, words.get(number, "")
        # Some viewers fill the note with the words that are marked.
        if note and "".join(note.split()) == "".join(own.split()):
            note = ""
        if each.replies_to in found:
            parent = found[each.replies_to]
            found[each.replies_to] = replace(parent, note=paragraphs(parent.note, note))
        elif own or note or each.quads:
            found[number] = Highlight(
                words=own,
                note=note,
                colour=each.colour,
                created=each.created,
                position=position_of(page=label),
            )
    yield from found.values()


def pdf_moment(stamp: str) -> dt.datetime | None:
    """Parse a time as in PDF files, "D:20240301101112+01'00'"; None if it is not one.

    A time without a zone is taken as UTC.
    """
    found = _STAMP.match(stamp)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    offset = dt.timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        zone = dt.timezone(-offset if found[7] == "-" else offset)
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _has_annotations(file: ExportFile) -> bool:
    """Return whether a file is a PDF with an annotation that can be imported.

    Links and form fields do not count. Raises SourceError if the PDF is damaged.
    """
    if not file.is_pdf:
        return False
    with PdfWords(file.data, file.path) as words:
        for number in range(words.page_count):
            page = words.page(number)
            if page is not None:
                found = _annotations(page)
                page.close()
                if found:
                    return True
    return False


FORMATS = (
    ExportFormat(
        service="PDF annotations",
        programs="annotated PDF files of Zotero, Okular and other viewers",
        kind="PDF",
        recognises=_has_annotations,
        read=_read,
    ),
)
