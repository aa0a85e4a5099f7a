"""Finds the page in a web archive of Safari (`.webarchive`), which is a property list."""

import plistlib
from struct import error as struct_error
from typing import Any
from xml.parsers.expat import ExpatError

from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import link_target
from tuireader.sources.saved_pages.resource import Resource

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


def page_of_webarchive(data: bytes, location: str) -> Resource:
    """Return the main page; raise SourceError if the archive is damaged or has no page."""
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
