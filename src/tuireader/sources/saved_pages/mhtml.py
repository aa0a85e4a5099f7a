"""Finds the page in an MHTML file (RFC 2557), as Chrome, Edge and Internet Explorer save it."""

from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import link_target
from tuireader.sources.mail.mime import Part, leaves_of, parse_message
from tuireader.sources.saved_pages.resource import Resource

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def page_of_mhtml(data: bytes, location: str) -> Resource:
    """Return the page; raise SourceError if there is none.

    It is the part that the file names as the first to show, else the first that is HTML.
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
    """Return the address that a part states as its own."""
    return part.header("Content-Location")
