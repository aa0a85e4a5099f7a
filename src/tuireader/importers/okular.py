"""Reads the annotations that Okular keeps beside a document, and its document archives (XML)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import LARGEST, ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    nearest_colour,
    parse_moment,
    position_of,
)
from tuireader.importers.pdf_annotations import PdfWords, Quad, words_in
from tuireader.sources.html.parser import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_DOCUMENT = re.compile(r"<!DOCTYPE documentInfo>|<documentInfo\b")
_BOOKMARK, _TEXT, _HIGHLIGHT = "0", "1", "4"
_NOUNS = {"2": "line", "3": "drawing", "5": "stamp", "6": "drawing", "8": "insertion mark"}
_CORNERS = "abcd"


def _read(file: ExportFile) -> ImportedItems:
    """Read the annotations of a document: yield its item, and what is left out.

    Okular writes where a highlight is on its page, but not its words. These are read from the
    document if it is an available PDF; otherwise highlights are left out. Raises SourceError if the
    XML is not valid.
    """
    root = parse_xml(file.data, file.path)
    path = unquote(clean_line_of(root.get("url")).removeprefix("file://"))
    highlights: list[Highlight] = []
    words = _open_document(file, path)
    try:
        for page in root.iter("page"):
            number = int(page.get("number")) if (page.get("number") or "").isdecimal() else 0
            for found in _page_annotations(page, number, words):
                if isinstance(found, LeftOut):
                    yield found
                else:
                    highlights.append(found)
        title = words.title if words else ""
    finally:
        if words:
            words.__exit__(None, None, None)
    name = Path(path).stem or file.stem
    yield ImportItem(title=title or name, file=path, highlights=tuple(highlights))


def _open_document(file: ExportFile, path: str) -> PdfWords | None:
    """Return the PDF that the annotations belong to; None if it is not available.

    It is in the same archive as `file`, or on the disk at `path`.
    """
    data = next((each for name, each in file.members.items() if name.endswith(".pdf")), b"")
    try:
        if not data and path.startswith("/") and Path(path).stat().st_size <= LARGEST:
            data = Path(path).read_bytes()
        return PdfWords(data, path) if data.startswith(b"%PDF-") else None
    except (OSError, ValueError, SourceError):
        return None


def _page_annotations(
    page: "_Element", number: int, words: PdfWords | None
) -> Iterator[Highlight | LeftOut]:
    """Yield the annotations of a page, and what of them is left out.

    `number` is the page's number from 0; `words` is the document, or None.
    """
    annotations = list(page.iter("annotation"))
    marked = [each for each in annotations if each.get("type") == _HIGHLIGHT]
    texts = dict(zip(marked, _marked_words(marked, number, words), strict=True))
    for each in annotations:
        base = each.find("base")
        kind = each.get("type") or ""
        if base is None:
            continue
        own, note = texts.get(each, ""), _note(each)
        if "".join(own.split()) == "".join(note.split()):
            note = ""
        if own or note:
            yield Highlight(
                words=own,
                note=note,
                colour=nearest_colour(base.get("color")),
                created=parse_moment(base.get("creationDate") or base.get("modifyDate")),
                position=position_of(page=words.label(number) if words else number + 1),
            )
        if kind == _HIGHLIGHT and not own:
            yield LeftOut("highlight whose document is not here")
        elif kind in _NOUNS and not note:
            yield LeftOut(_NOUNS[kind])


def _note(annotation: "_Element") -> str:
    """Return the user's text of an annotation; "" if it has none."""
    base, text = annotation.find("base"), annotation.find(".//escapedText")
    stated = base.get("contents") if base is not None else ""
    return clean_text_of(stated) or clean_text_of(text.text if text is not None else "")


def _marked_words(annotations: list["_Element"], number: int, words: PdfWords | None) -> list[str]:
    """Return the words of each highlight of a page, in the given order.

    All are "" if the document (`words`) or its page with this number from 0 is not available.
    """
    page = words.page(number) if words and annotations else None
    if page is None:
        return [""] * len(annotations)
    width, height = page.get_size()
    try:
        return words_in(page, [list(_quads(each, width, height)) for each in annotations])
    finally:
        page.close()


def _quads(annotation: "_Element", width: float, height: float) -> Iterator[Quad]:
    """Yield the rectangles of a highlight in points; invalid ones are left out.

    Okular writes them as fractions of the page's width and height, which are in points.
    """
    for quad in annotation.iter("quad"):
        try:
            xs = [float(quad.get(f"{corner}x", "")) * width for corner in _CORNERS]
            ys = [(1 - float(quad.get(f"{corner}y", ""))) * height for corner in _CORNERS]
        except ValueError:
            continue
        yield Quad(min(xs), min(ys), max(xs), max(ys))


FORMATS = (
    ExportFormat(
        service="Okular",
        kind="docdata XML",
        recognises=lambda file: bool(_DOCUMENT.search(file.head)),
        read=_read,
    ),
)
