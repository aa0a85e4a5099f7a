"""Parses untrusted XML and HTML, without entities, external references or network access."""

import re
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.html.scanner import check_attributes, check_elements, doctype_end, doctype_in
from tuireader.sources.plaintext.encoding import decode_as, decode_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE_WITHIN = 100_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_STATED = re.compile(rb"\A[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{2,40})[\"']")
_WINDOWS_REFERENCE = re.compile(r"&#(?:1(?:2[89]|[345][0-9])|[xX]0{0,4}[89][0-9A-Fa-f]);")
_BOM = b"\xef\xbb\xbf"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_xml(data: bytes, location: str, *, repair: bool = True) -> "_Element":
    """Return the root of an XML document, which is repaired if it is ill-formed.

    Args:
        data: The document.
        location: The location that errors name.
        repair: Whether an ill-formed or very deep document is repaired, which drops what is too
            deep; if not, it is refused.

    Raises SourceError if it declares entities, has no element, or is refused.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    text = _prepared(data, location)
    # Deep trees are allowed: without entities, their size is limited by the text.
    parser = etree.XMLParser(
        recover=repair, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text, parser) if text.strip() else None
    except ValueError:  # a second declaration that states an encoding
        root = None
    except etree.XMLSyntaxError as error:
        raise SourceError(location, "ill-formed, or nested too deeply") from error
    if root is None:
        raise SourceError(location, "not an XML document")
    return root


def parse_xhtml(data: bytes, location: str) -> "_Element":
    """Return the root of an XHTML document, parsed as HTML if it is ill-formed.

    Raises SourceError, which names `location`, if it declares entities, is empty, or is nested too
    deeply.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    text = _prepared(data, location)
    check_elements(text, location)
    strict = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        return etree.fromstring(text, strict)
    except (etree.XMLSyntaxError, ValueError):
        return parse_html(text, location)


def parse_html(text: str, location: str) -> "_Element":
    """Return the root, `html`, of an HTML page or fragment.

    Raises SourceError, which names `location`, if it is empty, nested too deeply, or has too many
    elements or attributes.
    """
    from lxml import etree, html  # noqa: PLC0415 - 20 ms, and only for markup

    check_attributes(text, location, is_html=True)
    check_elements(text, location)
    text = _WINDOWS_REFERENCE.sub(lambda number: unescape(number[0]), text)
    lenient = html.HTMLParser(no_network=True, huge_tree=True)
    root: _Element | None
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text, count=1), parser=lenient)
    except (etree.ParserError, ValueError):
        root = None
    if any("depth" in error.message for error in lenient.error_log):
        raise SourceError(location, "nested too deeply")
    if root is None:
        raise SourceError(location, "it has no text")
    return root


def parse_generated_html(html: str, location: str) -> "_Element":
    """Return the root of HTML that tuireader has made from another kind of text.

    The white space between the cells and rows of its tables is removed: it would be shown. Raises
    the errors of `parse_html`.
    """
    root = parse_html(f"<body>{html}</body>", location)
    for element in root.iter("td", "th", "tr", "thead", "tbody", "tfoot", "table"):
        if element.tag != "table" and element.tail and element.tail.isspace():
            element.tail = None
        if element.tag not in {"td", "th"} and element.text and element.text.isspace():
            element.text = None
    return root


def _prepared(data: bytes, location: str) -> str:
    """Return an XML document's text, ready for the parser.

    HTML's named characters are replaced, and the DOCTYPE, the declaration and invalid characters
    are removed. Raises SourceError if it declares entities or has too many attributes.
    """
    text = _NOT_XML.sub("", _text(data, location))
    check_attributes(text, location)
    start = doctype_in(text, _DOCTYPE_WITHIN)
    if start >= 0:
        end = doctype_end(text, start)
        # A parser that repairs the document may accept a DOCTYPE that is not closed.
        if "<!ENTITY" in text[start : end if end >= 0 else len(text)].upper():
            raise SourceError(location, "it declares XML entities, which are refused")
        text = text[:start] + text[end:] if end >= 0 else text
    return _ENTITY.sub(_character, _DECLARATION.sub("", text, count=1))


def _text(data: bytes, location: str) -> str:
    """Return a document decoded in the encoding that it states, or that its bytes suggest.

    Raises SourceError if it is not text.
    """
    # A byte order mark counts more than the declaration, as in browsers.
    stated = None if data.startswith(_BOM) else _STATED.match(data[:200])
    text = decode_as(data, stated[1].decode("ascii")) if stated else None
    return decode_text(data, location) if text is None else text


def _character(found: re.Match[str]) -> str:
    """Return the character for a match of an HTML entity.

    Entities of XML itself stay; unknown ones are escaped, so that they are shown as written.
    """
    name = found[1]
    if name in _XML_OWN:
        return found[0]
    character = html5.get(f"{name};")
    return character if character and character not in "<&" else f"&amp;{name};"
