"""Reads a document into an article: what all kinds of documents have in common."""

import re
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.sources.documents.kinds import DocumentKind, document_kind_of, needed_extra
from tuireader.sources.html.parser import parse_generated_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.page_places import pages_in
from tuireader.sources.plaintext.encoding import decode, guess_notice
from tuireader.sources.plaintext.reader import read_text
from tuireader.sources.plaintext.title import title_of
from tuireader.text.dates import stated_date
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_DOCUMENT = 50_000_000
"""The largest document that is read, in bytes."""
_HEAD = 2_048
_WEB = ("http://", "https://", "mailto:", "gemini://", "doi:")
_READERS = {
    DocumentKind.DOCX: "office.docx",
    DocumentKind.ODT: "office.odt",
    DocumentKind.FLAT_ODT: "office.odt",
    DocumentKind.RTF: "office.rtf",
    DocumentKind.FICTION_BOOK: "xml.fb2",
    DocumentKind.TEI: "xml.tei",
    DocumentKind.JATS: "xml.jats",
    DocumentKind.NEWS: "xml.news",
    DocumentKind.DOCBOOK: "xml.docbook",
    DocumentKind.ALTO: "xml.alto",
    DocumentKind.XML: "xml.unknown",
    DocumentKind.RST: "markup.rst",
    DocumentKind.ORG: "markup.org",
    DocumentKind.JUPYTER: "markup.jupyter",
    DocumentKind.MAN: "markup.man",
    DocumentKind.GEMTEXT: "markup.gemtext",
    DocumentKind.ASCIIDOC: "markup.asciidoc",
}
"""The module of each kind; its function `read(data, location)` returns the content."""
_LIGHT_MARKUP = frozenset(
    {
        DocumentKind.RST,
        DocumentKind.ORG,
        DocumentKind.MAN,
        DocumentKind.GEMTEXT,
        DocumentKind.ASCIIDOC,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """What a reader of a kind of document returns: its content as HTML, and its metadata.

    Metadata that is not stated is empty. `guessed_encoding` is empty if the encoding is certain.
    """

    html: "str | _Element"
    title: str = ""
    author: str = ""
    outlet: str = ""
    date: str = ""
    """The day, month or year of publication, as the document states it."""
    language: str = ""
    address: str = ""
    """The web address that the document states as its own."""
    guessed_encoding: str = ""
    notices: tuple[str, ...] = ()


def read_document(stream: BinaryIO, location: str, encoding: str = "") -> Article:
    """Return the article of a document.

    Args:
        stream: The open file, at its start.
        location: The location of the article.
        encoding: The encoding that the reader chose, empty to detect it; it counts for light
            markup only, since other kinds state their own.

    A file that is no known kind is read as plain text. Raises SourceError if it is damaged, too
    large, has no text, or needs an optional dependency.
    """
    data = stream.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        raise SourceError(location, f"it is larger than {LARGEST_DOCUMENT // 1_000_000} MB")
    kind = document_kind_of(location, data[:_HEAD])
    if kind is None:
        return read_text(BytesIO(data), location, encoding=encoding)
    if encoding and kind in _LIGHT_MARKUP:
        data = decode(data, location, encoding).text.encode("utf-8", "replace")
    reader = import_module(f"tuireader.sources.{_READERS[kind]}")
    with missing_extra(needed_extra(kind), location):
        document: DocumentContent = reader.read(data, location)
    return _article(document, location)


def _article(document: DocumentContent, location: str) -> Article:
    """Return the article of a document's content; raise SourceError if it has no text."""
    html = document.html
    if isinstance(html, str) and not html.strip():
        raise SourceError(location, "it has no text")
    root = parse_generated_html(html, location) if isinstance(html, str) else html
    builder = HtmlRenderer(_target).render(root)
    text_builder = builder.text_builder
    text = text_builder.text()
    if not text:
        raise SourceError(location, "it has no text")
    return Article(
        location=location,
        text=text,
        blocks=text_builder.blocks(),
        title=title_of(sanitize_line(document.title), text_builder.first, location),
        date=stated_date(document.date),
        outlet=sanitize_line(document.outlet),
        author=sanitize_line(document.author),
        language=_language(document.language) or language_of(text),
        source=document.address if document.address.startswith(_WEB[:2]) else "",
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
        places=tuple(builder.places),
        pages=pages_in(builder.places, len(text)),
        notices=(*guess_notice(document.guessed_encoding), *document.notices),
    )


def _target(href: str) -> tuple[str, str]:
    """Return the target of a link, and the name of a place in the document; one is empty.

    Both are empty for a link that is neither an address nor a place.
    """
    href = href.strip()
    if href.startswith("#"):
        return "", sanitize_line(href[1:])
    return (sanitize_line(href), "") if href.lower().startswith(_WEB) else ("", "")


def _language(stated: str) -> str:
    """Return the ISO 639-1 code of a stated language; empty if it is not one."""
    found = re.match(r"([A-Za-z]{2})(?:[-_]|\Z)", stated.strip())
    return found[1].lower() if found else ""
