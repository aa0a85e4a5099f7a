"""Parses the XML document of a feed; repairs what authors of feeds usually get wrong."""

import re
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.html.scanner import behind_remarks, check_attributes, doctype_end
from tuireader.sources.plaintext.encoding import decode_cp1252

if TYPE_CHECKING:
    from lxml.etree import _Element

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{0,31});|(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)?)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_C1_CONTROL = re.compile("[\x80-\x9f]")
_TAG = re.compile(r"<[A-Za-z]")
_ROOT = re.compile(r"<\?xml\b|<(?:\w{1,20}:)?(?:rss|feed|RDF|opml|channel)\b", re.IGNORECASE)
_WARNINGS = 20_000
"""Characters of warnings that may stand before the document."""
_TEXTS = "title|description|summary|content|content:encoded|itunes:summary|media:description"
_OPAQUE = re.compile(rf"<({_TEXTS}|subtitle|tagline|abstract)(?:\s[^<>]{{0,500}})?>")
_NOT_OPAQUE = re.compile(r"<!\[CDATA\[|<(?:item|entry|channel|image)\b")
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,500}>")
_DOCTYPE = "<!DOCTYPE"
_GENERAL_ENTITY = re.compile(r"<!ENTITY\s++(?!%)", re.IGNORECASE)
"""Parameter entities (`%`) are harmless: without a DTD, no document can refer to them."""


def parse_document(text: str, location: str) -> tuple["_Element", bool]:
    """Return the root element of a feed's XML document, and whether it is well-formed.

    Undeclared entities of HTML and stray ampersands are repaired and do not count. Raises
    SourceError, which names `location`, if it declares entities or has no element.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for feeds

    check_attributes(text, location)
    text = _repaired(text, location)
    if not text:
        raise SourceError(location, "not a readable feed")
    try:
        return etree.fromstring(text, _parser(recover=False)), True
    except etree.XMLSyntaxError:
        pass
    root = etree.fromstring(_with_opaque_texts(text), _parser(recover=True))
    if root is None:
        raise SourceError(location, "not a readable feed")
    return root, False


def _parser(*, recover: bool) -> "etree.XMLParser":  # type: ignore[name-defined] # noqa: F821 - imported where used
    """Return a parser that expands nothing, loads nothing, and stops at a depth of 256.

    `recover` tells whether it goes on after errors.
    """
    from lxml import etree  # noqa: PLC0415 - as above

    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )


def _repaired(text: str, location: str) -> str:
    """Return the document from its first tag on, with HTML's entities replaced.

    Raises SourceError, which names `location`, if it declares entities.
    """
    text = _C1_CONTROL.sub(_western, _NOT_XML.sub("", text))
    text = text[_start_of(text) :]
    text = _DECLARATION.sub("", text, count=1)
    start = behind_remarks(text)
    if text[start : start + len(_DOCTYPE)].upper() == _DOCTYPE:
        end = doctype_end(text, start)
        if _GENERAL_ENTITY.search(text, start, end if end >= 0 else len(text)):
            raise SourceError(location, "it declares XML entities, which are refused")
        text = text[:start] + text[end:] if end >= 0 else text
    return _with_characters(text).strip()


def _start_of(text: str) -> int:
    """Return the offset at which the document starts; a program's warnings may stand before it.

    If no start of a feed is found, the offset of the first "<", or 0.
    """
    start = max(text.find("<"), 0)
    if _TAG.match(text, start) and not _ROOT.match(text, start):
        found = _ROOT.search(text, start, start + _WARNINGS)
        return found.start() if found else start
    return start


def _with_opaque_texts(text: str) -> str:
    """Return the document with unescaped HTML in titles and texts escaped.

    Such HTML could end the feed's own elements.
    """
    pieces: list[str] = []
    at, unclosed = 0, set[str]()
    for found in _OPAQUE.finditer(text):
        name = found[1]
        if found.start() < at or name in unclosed:
            continue
        end = text.find(f"</{name}", found.end())
        if end < 0:
            unclosed.add(name)
            continue
        inner = text[found.end() : end]
        if "<" in inner and not _NOT_OPAQUE.search(inner) and "xhtml" not in found[0]:
            pieces += (text[at : found.end()], escape(inner, quote=False))
            at = end
    return "".join([*pieces, text[at:]])


def _with_characters(text: str) -> str:
    """Return the document with HTML's named characters and stray ampersands replaced.

    CDATA sections are not changed.
    """
    pieces: list[str] = []
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        pieces += (_AMPERSAND.sub(_character, text[at:start]), text[start : end + len(_CDATA_END)])
        at = end + len(_CDATA_END)
    cut = text.find(_CDATA, at)
    if cut >= 0:
        # What was cut off is text up to its end.
        return "".join([*pieces, _AMPERSAND.sub(_character, text[at:cut]), text[cut:], _CDATA_END])
    return "".join([*pieces, _AMPERSAND.sub(_character, text[at:])])


def _western(found: re.Match[str]) -> str:
    """Return the character of Windows-1252 whose number a control character has."""
    return decode_cp1252(found[0].encode("latin-1"))


def _character(found: re.Match[str]) -> str:
    """Return the replacement for a match of an ampersand and the name or number behind it."""
    name, number = found[1], found[2]
    if number:
        return _numbered(number)
    if not name:
        return "&amp;"
    if name in _XML_OWN:
        return found[0]
    character = html5.get(f"{name};")
    return character if character and character not in "<&" else f"&amp;{name};"


def _numbered(reference: str) -> str:
    """Return a character reference (`#233;`) with its "&"; Windows-1252 numbers as browsers do."""
    digits = reference[1:-1]
    code = int(digits[1:], 16) if digits[:1] in {"x", "X"} else int(digits)
    if 0x80 <= code <= 0x9F:
        return decode_cp1252(bytes([code]))
    is_xml = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0x10FFFF
    return f"&#{code};" if is_xml and code not in {0xFFFE, 0xFFFF} else ""
