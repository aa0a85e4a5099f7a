"""The kinds of documents that hold one article each, and how a file of each is recognised."""

from enum import StrEnum

from tuireader.sources.html.scanner import root_at
from tuireader.text.lazy_pattern import lazy_pattern


class DocumentKind(StrEnum):
    """A kind of document; its value is the name that messages use."""

    DOCX = "Word document"
    ODT = "OpenDocument text"
    FLAT_ODT = "OpenDocument text in one XML file"
    RTF = "Rich Text document"
    FICTION_BOOK = "FictionBook"
    TEI = "TEI edition"
    JATS = "JATS article"
    NEWS = "news item in XML"
    DOCBOOK = "DocBook document"
    ALTO = "ALTO page"
    XML = "XML document"
    RST = "reStructuredText"
    ORG = "Org document"
    JUPYTER = "Jupyter notebook"
    MAN = "man page"
    GEMTEXT = "gemtext"
    ASCIIDOC = "AsciiDoc"


DOCUMENT_ENDINGS = {
    ".docx": DocumentKind.DOCX,
    ".docm": DocumentKind.DOCX,
    ".dotx": DocumentKind.DOCX,
    ".odt": DocumentKind.ODT,
    ".ott": DocumentKind.ODT,
    ".fodt": DocumentKind.FLAT_ODT,
    ".rtf": DocumentKind.RTF,
    ".fb2": DocumentKind.FICTION_BOOK,
    ".fb2.zip": DocumentKind.FICTION_BOOK,
    ".fbz": DocumentKind.FICTION_BOOK,
    ".tei": DocumentKind.TEI,
    ".nxml": DocumentKind.JATS,
    ".nitf": DocumentKind.NEWS,
    ".dbk": DocumentKind.DOCBOOK,
    ".docbook": DocumentKind.DOCBOOK,
    ".rst": DocumentKind.RST,
    ".rest": DocumentKind.RST,
    ".org": DocumentKind.ORG,
    ".ipynb": DocumentKind.JUPYTER,
    ".gmi": DocumentKind.GEMTEXT,
    ".gemini": DocumentKind.GEMTEXT,
    ".adoc": DocumentKind.ASCIIDOC,
    ".asciidoc": DocumentKind.ASCIIDOC,
    ".man": DocumentKind.MAN,
    ".1": DocumentKind.MAN,
    ".2": DocumentKind.MAN,
    ".3": DocumentKind.MAN,
    ".4": DocumentKind.MAN,
    ".5": DocumentKind.MAN,
    ".6": DocumentKind.MAN,
    ".7": DocumentKind.MAN,
    ".8": DocumentKind.MAN,
}

_NEEDS = {DocumentKind.DOCX: "office", DocumentKind.RST: "office"}
"""The optional dependencies of a kind."""

_ROOT = lazy_pattern(r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,60})(?=[\s/>])")
_ROOTS = {
    "FictionBook": DocumentKind.FICTION_BOOK,
    "TEI": DocumentKind.TEI,
    "TEI.2": DocumentKind.TEI,
    "teiCorpus": DocumentKind.TEI,
    "nitf": DocumentKind.NEWS,
    "newsItem": DocumentKind.NEWS,
    "NewsML": DocumentKind.NEWS,
    "newsMessage": DocumentKind.NEWS,
    "alto": DocumentKind.ALTO,
    "pmc-articleset": DocumentKind.JATS,
}
_DOCBOOK_ROOTS = frozenset(
    ["book", "chapter", "section", "refentry", "set", "part", "sect1", "preface", "appendix"]
)
_DOCBOOK_NAMES = ("docbook.org/ns/docbook", "//OASIS//DTD DocBook", "docbookx.dtd", "DocBook")
_MAN_PAGE = lazy_pattern(r"(?:['.]\\\"|'\\\"|\.(?:TH|Dd|SH|Sh|so|ds|de|if|ie|nr)\b)")
_ZIP, _WORD, _CONTENT_TYPES = b"PK\x03\x04", b"word/", b"[Content_Types].xml"
_ODT_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_BOM = b"\xef\xbb\xbf"


def document_kind_of_name(path: str) -> DocumentKind | None:
    """Return the kind of document that a path's extension stands for; None for others."""
    name = path[path.rfind("/") + 1 :].lower().removesuffix(".gz")
    if name.endswith(".fb2.zip"):
        return DocumentKind.FICTION_BOOK
    at = name.rfind(".")
    return DOCUMENT_ENDINGS.get(name[at:]) if at > 0 else None


def document_kind_of(path: str, head: bytes) -> DocumentKind | None:
    """Return the kind of a document: by its first bytes if they are conclusive, else by its name.

    `path` may be empty. None if it is not a document of these kinds.
    """
    named = document_kind_of_name(path)
    if head.startswith(_ZIP):
        return _packed_kind(head, named)
    if head.startswith(b"{\\rtf"):
        return DocumentKind.RTF
    text = head.removeprefix(_BOM).decode("latin-1")
    if text.lstrip().startswith("<") and named is not DocumentKind.JUPYTER:
        found = xml_kind(text)
        return (named or found) if found is DocumentKind.XML else found or named
    if named is DocumentKind.MAN:
        return named if _MAN_PAGE.match(text.lstrip()) else None
    return named


def _packed_kind(head: bytes, named: DocumentKind | None) -> DocumentKind | None:
    """Return the kind of a document in a zip archive; None if it is not a document.

    `named` is the kind that its name stands for, or None.
    """
    if _ODT_MIMETYPE in head[:120]:
        return DocumentKind.ODT
    if named in {DocumentKind.DOCX, DocumentKind.ODT, DocumentKind.FICTION_BOOK}:
        return named
    return DocumentKind.DOCX if _CONTENT_TYPES in head and _WORD in head else None


def xml_kind(text: str) -> DocumentKind | None:
    """Return the kind of an XML document, from its beginning; None if it is not XML.

    `DocumentKind.XML` is one whose root element is not known.
    """
    at = root_at(text)
    found = _ROOT.match(text, at)
    if not found:
        return None
    prolog, name = text[:at], found[1]
    tag = text[at : text.find(">", at) + 1 or len(text)]
    if kind := _ROOTS.get(name):
        return kind
    if name == "document" and "opendocument" in tag:
        return DocumentKind.FLAT_ODT
    docbook = any(mark in prolog or mark in tag for mark in _DOCBOOK_NAMES)
    if docbook or (name in _DOCBOOK_ROOTS and "xmlns=" not in tag and name == "refentry"):
        return DocumentKind.DOCBOOK
    if name == "article":
        return DocumentKind.JATS
    return DocumentKind.XML if prolog.lstrip().startswith("<?xml") else None


def needed_extra(kind: DocumentKind) -> str:
    """Return the name of the optional dependencies that reading a kind needs; empty if none."""
    return _NEEDS.get(kind, "")
