"""XML and XHTML from outside, parsed without entities, external references or the network."""

import re
from html.entities import html5
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.limits import check_attributes, check_elements
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.prolog import doctype_end, doctype_in

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE_WITHIN = 100_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_STATED = re.compile(rb"\A[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{2,40})[\"']")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_xml(data: bytes, location: str) -> "_Element":
    """The root of a document, mended where it is ill-formed.

    Raises SourceError if it declares entities or holds no element.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    text = _prepared(data, location)
    # Deep trees are let through, for without entities the text bounds what they take.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    root = etree.fromstring(text, parser) if text.strip() else None
    if root is None:
        raise SourceError(location, "it holds no XML")
    return root


def parse_xhtml(data: bytes, location: str) -> "_Element":
    """The root of an XHTML document, read as HTML if it is not well-formed; errors as above."""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    text = _prepared(data, location)
    check_elements(text, location)
    strict = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        return etree.fromstring(text, strict)
    except etree.XMLSyntaxError:
        return parse_html(text, location)


def parse_html(text: str, location: str) -> "_Element":
    """The root of a page or of a piece of one.

    Raises SourceError if it is empty, nested too deep, or has too many elements or attributes.
    """
    from lxml import etree, html  # noqa: PLC0415 - 20 ms, and only for markup

    check_attributes(text, location)
    check_elements(text, location)
    lenient = html.HTMLParser(no_network=True, huge_tree=True)
    root: _Element | None
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text, count=1), parser=lenient)
    except (etree.ParserError, ValueError):
        root = None
    if any("depth" in error.message for error in lenient.error_log):
        raise SourceError(location, "it is nested too deep")
    if root is None:
        raise SourceError(location, "it holds no text")
    return root


def _prepared(data: bytes, location: str) -> str:
    """The document's text with HTML's named characters in place, and no document type."""
    text = _NOT_XML.sub("", _text(data, location))
    check_attributes(text, location)
    start = doctype_in(text, _DOCTYPE_WITHIN)
    if start >= 0:
        end = doctype_end(text, start)
        # One that is not closed may be taken for one by a parser that mends it.
        if "<!ENTITY" in text[start : end if end >= 0 else len(text)].upper():
            raise SourceError(location, "it declares XML entities, which are refused")
        text = text[:start] + text[end:] if end >= 0 else text
    return _ENTITY.sub(_character, _DECLARATION.sub("", text, count=1))


def _text(data: bytes, location: str) -> str:
    stated = _STATED.match(data[:200])
    if stated:
        try:
            return data.decode(stated[1].decode("ascii"))
        except (LookupError, ValueError):
            pass
    return decode_text(data, location)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _XML_OWN:
        return found[0]
    character = html5.get(f"{name};")
    return character if character and character not in "<&" else f"&amp;{name};"
