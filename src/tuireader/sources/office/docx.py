"""Reads Word documents (.docx) by mammoth: headings, lists, tables, notes and comments."""

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.html.parser import parse_xml
from tuireader.sources.html.scanner import check_elements
from tuireader.sources.office.equations import with_equations
from tuireader.sources.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PARTS = 60_000_000
"""All XML parts together, in bytes after decompression."""
LARGEST_PART = 30_000_000
_BACK_LINK = re.compile(r' ?<a href="#(?:footnote|endnote|comment)-ref-[^"<>]{0,60}">↑</a>')
_BROKEN = (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError)
"""What mammoth raises for parts that are missing or ill-formed."""
_PICTURES = "word/media/"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Quotations'] => blockquote:fresh
p[style-name='Block Text'] => blockquote:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
r[style-name='Verbatim Char'] => code
comment-reference => sup
"""
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a Word document, with its tracked changes as accepted.

    Raises SourceError, which names `location`, if it is damaged or too large, and
    ModuleNotFoundError without mammoth.
    """
    from xml.parsers.expat import ExpatError  # noqa: PLC0415 - only for what mammoth raises

    import mammoth  # noqa: PLC0415 - an extra, and 30 ms

    archive = ZipArchive(BytesIO(data), location)
    _check(archive, location)
    try:
        found = mammoth.convert_to_html(
            BytesIO(with_equations(data, archive, _PICTURES, location)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_no_picture),
        )
    except RecursionError as error:
        raise SourceError(location, "nested too deeply") from error
    except (*_BROKEN, ExpatError) as error:
        raise SourceError(location, "it is damaged, or not a Word document") from error
    core = _core(archive, location)
    return DocumentContent(
        html=_BACK_LINK.sub("", str(found.value)),
        title=_stated(core, "title"),
        author=_stated(core, "creator"),
    )


def _check(archive: ZipArchive, location: str) -> None:
    """Raise SourceError if the XML parts are too large or declare entities.

    `location` is named in the error.
    """
    if "word/document.xml" not in archive and not any(
        name.startswith("word/document") for name in archive
    ):
        raise SourceError(location, "it is damaged, or not a Word document")
    parts = [name for name in archive if not name.lower().startswith(_PICTURES)]
    if sum(archive.size(name) for name in parts) > LARGEST_PARTS:
        raise SourceError(location, f"its parts are larger than {LARGEST_PARTS // 1_000_000} MB")
    for name in parts:
        if not name.lower().endswith((".xml", ".rels")):
            continue
        if archive.size(name) > LARGEST_PART:
            raise SourceError(location, f"“{name}” is larger than {LARGEST_PART // 1_000_000} MB")
        part = archive.read(name)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise SourceError(location, "it declares XML entities, which are refused")
        check_elements(part.decode("utf-8", "replace"), location)


def _no_picture(_image: Any) -> dict[str, str]:
    """Return no attributes for a picture, so that only mammoth's description is kept."""
    return {"src": ""}


def _core(archive: ZipArchive, location: str) -> "_Element | None":
    """Return the root of a document's metadata; None if there is none that can be read."""
    try:
        return parse_xml(archive.read("docProps/core.xml"), location)
    except SourceError:
        return None


def _stated(core: "_Element | None", name: str) -> str:
    element = None if core is None else core.find(f"{_DUBLIN_CORE}{name}")
    return "" if element is None else (element.text or "")
