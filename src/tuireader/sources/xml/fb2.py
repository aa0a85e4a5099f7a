"""Reads FictionBook, the XML format of e-books (FB2), also inside a zip archive."""

from io import BytesIO
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
    HEADING,
    LINE,
    SECTION,
    SKIP,
    XmlVocabulary,
    find,
    find_words,
    local_name,
    parse_document,
    to_html,
    words_of,
)
from tuireader.sources.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element is in HTML if that depends on what is around it.

    `name` is its name without namespace. None if the table of names decides.
    """
    parent = element.getparent()
    if name == "title":
        return HEADING
    if name == "p" and parent is not None and local_name(parent) == "title":
        return LINE
    if name == "a" and element.get("type") == "note":
        return "a"
    return None


_VOCABULARY = XmlVocabulary(
    tags={
        "description": SKIP,
        "binary": SKIP,
        "section": SECTION,
        "subtitle": "h4",
        "p": "p",
        "v": LINE,
        "stanza": "p",
        "poem": "div",
        "cite": "blockquote",
        "epigraph": "blockquote",
        "text-author": "p",
        "date": "p",
        "emphasis": "em",
        "strong": "strong",
        "code": "code",
        "sub": "sub",
        "sup": "sup",
        "a": "a",
        "empty-line": "br",
        "table": "table",
        "tr": "tr",
        "td": "td",
        "th": "th",
        "annotation": "div",
    },
    choose=_choose,
    base_level=1,
)


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a book; its notes stand at the end, and their marks lead to them.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    if data.startswith(b"PK"):
        data = _unpacked(data, location)
    root = parse_document(data, location)
    info = find(root, "title-info")
    info = root if info is None else info
    authors = [
        " ".join(
            part
            for part in (
                find_words(author, name) for name in ("first-name", "middle-name", "last-name")
            )
            if part
        )
        or find_words(author, "nickname")
        for author in info.findall("{*}author")
    ]
    date = find(info, "date")
    for paragraph in root.iter("{*}title"):
        # Several lines of one title are one heading.
        for line in list(paragraph)[:-1]:
            line.tail = " "
    return DocumentContent(
        html=to_html(root, _VOCABULARY, location),
        title=find_words(info, "book-title"),
        author=", ".join(filter(None, authors)),
        outlet=find_words(root, "publish-info/publisher"),
        date="" if date is None else date.get("value") or words_of(date),
        language=find_words(info, "lang"),
    )


def _unpacked(data: bytes, location: str) -> bytes:
    """Return the book in a zip archive.

    Raises SourceError, which names `location`, if it is no archive or has no book.
    """
    archive = ZipArchive(BytesIO(data), location)
    for name in archive:
        if name.lower().endswith(".fb2"):
            return archive.read(name)
    raise SourceError(location, "it holds no FictionBook")
