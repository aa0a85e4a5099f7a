"""Text elements of feeds: titles, summaries and contents, in all ways that feeds mark them up."""

import binascii
import re
from base64 import b64decode
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tuireader.sources.feeds.titles import (
    html_of_text,
    title_of_html,
    title_of_rss,
    title_of_text,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_HTML = frozenset({"html", "text/html", "application/octet-stream"})
_XHTML = frozenset({"xhtml", "application/xhtml+xml"})
_TEXT = frozenset({"text", "plain", "text/plain"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
_PERHAPS_TAG = re.compile(r"<[A-Za-z/!]")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_REFERENCE = re.compile(r"(<[A-Za-z][^<>]{0,500}?\s(?:href|src)\s?=\s?[\"'])([^\"'<>]{0,2000})")


def title_of(element: "_Element", *, atom: bool) -> str:
    """Return the text of a title element, as plain text in one line; empty if it has none.

    Args:
        element: The title.
        atom: Whether it is of Atom, where the `type` says what it is and the default is text.
    """
    kind, value = _content(element, atom=atom)
    if kind == "html":
        return title_of_html(value)
    return title_of_text(value) if kind == "text" else title_of_rss(value)


def html_of(element: "_Element", *, atom: bool) -> str:
    """Return the content of a summary or content element as HTML.

    `atom` is that of `title_of`. Empty if it has no text, or is a picture or other data.
    """
    kind, value = _content(element, atom=atom)
    if kind == "text" or (value and not _PERHAPS_TAG.search(value)):
        # Without a tag, line ends are the only layout that it can have.
        return html_of_text(value) if kind == "text" else _with_lines(value)
    base = _base_of(element)
    return _REFERENCE.sub(lambda link: link[1] + _joined(base, link[2]), value) if base else value


def _with_lines(html: str) -> str:
    """Return HTML that has no tags, with its line ends kept as `<br>`."""
    return html_of_text(html).replace("&amp;", "&") if "\n" in html else html


def _content(element: "_Element", *, atom: bool) -> tuple[str, str]:
    """Return an element's kind ("html", "text" or "unknown") and its value.

    "unknown" is for formats that do not say whether it is HTML. `atom` is that of `title_of`. The
    value is empty if there is none.
    """
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    mode = (element.get("mode") or "").lower()
    if len(element):
        return "html", _inner_html(element)
    value = (element.text or "").strip()
    in_base64 = mode == "base64" or _is_base64(kind)
    if in_base64:
        value = _from_base64(value, kind)
    if kind in _HTML:
        # In Atom 0.3, what is not escaped is XML, and a "<" in it is a character.
        return ("text" if mode == "xml" else "html"), value
    if kind in _XHTML or kind.endswith(("+xml", "/xml")):
        return "text" if mode != "escaped" else "html", value
    if kind in _TEXT and atom:
        return "text", value
    if atom and not kind and not in_base64:
        return "text", value
    return "unknown", value


def _is_base64(kind: str) -> bool:
    """Return whether content of a media type is in Base64 (RFC 4287, 4.1.3.3)."""
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _from_base64(value: str, kind: str) -> str:
    """Return the text in Base64; empty if it is a picture, a sound, or other data.

    `kind` is its media type; a text type whose value is not Base64 is returned as it is.
    """
    try:
        data = b64decode("".join(value.split()))
        text = data.decode("utf-8")
    except (binascii.Error, ValueError):
        is_text = kind in _HTML | _XHTML | _TEXT | {""} or kind.startswith("text/")
        return value if is_text else ""
    return text.strip()


def _inner_html(element: "_Element") -> str:
    """Return what is inside an element as HTML, without namespaces."""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for feeds

    for inner in element.iterdescendants():
        if isinstance(inner.tag, str):
            inner.tag = inner.tag.rpartition("}")[2].rpartition(":")[2].lower()
            # So that it is not written as `<p/>`, which is an open tag in HTML.
            if inner.text is None and inner.tag not in _VOID:
                inner.text = ""
    etree.cleanup_namespaces(element)
    children = (str(etree.tostring(child, encoding="unicode")) for child in element)
    return (escape(element.text or "", quote=False) + "".join(children)).strip()


def _base_of(element: "_Element") -> str:
    """Return the base URL that `xml:base` gives an element; empty if there is none."""
    bases = [
        found for found in (e.get(_XML_BASE) for e in (element, *element.iterancestors())) if found
    ]
    base = ""
    for found in reversed(bases):
        base = _joined(base, found)
    return base


def _joined(base: str, reference: str) -> str:
    """Return the URL of a reference resolved against a base; the reference if that fails."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return reference
