"""Finds the page in the files of browsers: MHTML (RFC 2557) and Safari's webarchives."""

import plistlib
from collections.abc import Collection
from dataclasses import dataclass
from struct import error as struct_error
from typing import Any
from xml.parsers.expat import ExpatError

from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import link_target
from tuireader.sources.mail.mime import Part, leaves_of, parse_message

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A page as a browser has saved it, with what the file states about it."""

    data: bytes
    """The HTML, as bytes."""
    address: str = ""
    """Its web address; empty if the file does not state it."""
    charset: str = ""
    """Its charset as the file states it outside of the HTML; empty if it does not."""


def page_of_mhtml(data: bytes, location: str) -> Resource:
    """Return the page in an MHTML file; raise SourceError if there is none.

    It is the part that the file names as the first to show, else the first that is HTML. `location`
    is the path that errors name.
    """
    message = parse_message(data)
    pages = [part for part in leaves_of(message, location) if part.kind in _PAGES]
    if not pages:
        raise SourceError(location, "it contains no page")
    start = str(message.headers.get_param("start", ""))
    named = (part for part in pages if start and part.header("Content-ID") == start)
    page = next(named, pages[0])
    stated = _address(page) or message.header("Snapshot-Content-Location") or _address(message)
    return Resource(data=page.content(), address=link_target("", stated), charset=page.charset)


def _address(part: Part) -> str:
    """Return the web address that a part states as its own; empty if it states none."""
    return part.header("Content-Location")


_BROKEN = (
    plistlib.InvalidFileException,
    ExpatError,
    struct_error,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    MemoryError,
)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def is_webarchive(data: bytes) -> bool:
    """Return whether data is a property list, binary or in XML, and no MHTML."""
    return data.startswith(b"bplist") or data.lstrip().startswith((b"<?xml", b"<!DOCTYPE plist"))


def resource_of_webarchive(data: bytes, addresses: Collection[str]) -> bytes:
    """Return the resource of a web archive of Safari that has one of some addresses; else b""."""
    try:
        for resource in plistlib.loads(data).get("WebSubresources", ()):
            content = resource.get("WebResourceData")
            if resource.get("WebResourceURL") in addresses and isinstance(content, bytes):
                return content
    except _BROKEN:
        return b""
    return b""


def page_of_webarchive(data: bytes, location: str) -> Resource:
    """Return the main page of a web archive of Safari.

    Raises SourceError, which names `location`, if the archive is damaged or has no page.
    """
    try:
        found = plistlib.loads(data)
        main: dict[str, Any] = found["WebMainResource"]
        content, kind = main["WebResourceData"], str(main.get("WebResourceMIMEType", "text/html"))
    except _BROKEN as error:
        raise SourceError(location, "it is damaged, or not a web archive of Safari") from error
    if kind not in _PAGES or not isinstance(content, bytes):
        raise SourceError(location, "it contains no page")
    return Resource(
        data=content,
        address=link_target("", str(main.get("WebResourceURL", ""))),
        charset=str(main.get("WebResourceTextEncodingName", "")),
    )
