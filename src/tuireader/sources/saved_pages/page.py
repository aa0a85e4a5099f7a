"""Reads pages that a browser has saved, each as the article of its address."""

import re
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import LARGEST_PAGE, link_target, read_page, read_whole_page
from tuireader.sources.html.selectors import Sites
from tuireader.sources.saved_pages.browser_files import (
    Resource,
    is_webarchive,
    page_of_mhtml,
    page_of_webarchive,
)
from tuireader.sources.saved_pages.pictures import without_pictures

if TYPE_CHECKING:
    from tuireader.domain.article import Article

LARGEST_SAVED = 100_000_000
"""The largest saved page in bytes, with its pictures."""
_HEAD = 4_000
_COMMENT = re.compile(
    rb"<!--\s{0,20}(?:Page saved with SingleFile\s{1,20}url:\s{0,20}|saved from url=\(\d{1,5}\))"
    rb"(https?://[^\s<>]{1,2000})",
)


def read_saved_page(
    stream: BinaryIO, location: str, *, whole: bool = False, sites: Sites = ()
) -> "Article":
    """Return the article of an MHTML file or of a web archive of Safari.

    Args:
        stream: The open file.
        location: The location of the article.
        whole: Whether all text of the page is shown, with what is around the article.
        sites: The sites for which the settings say where on a page the article is.

    Raises SourceError if the file is too large or damaged, or has no page.
    """
    data = _read(stream, location)
    page = (page_of_webarchive if is_webarchive(data) else page_of_mhtml)(data, location)
    return _article(page, location, whole=whole, sites=sites)


def read_saved_html(
    stream: BinaryIO,
    location: str,
    *,
    whole: bool = False,
    sites: Sites = (),
    charset: str = "",
) -> "Article":
    """Read the article of an HTML file; its arguments and errors are those of `read_saved_page`.

    `charset` is the encoding that the reader chose; empty if none.

    A page that SingleFile or Internet Explorer has saved is the article of the address that
    its first comment names, and the pictures that are inside of it do not count for its size.
    """
    data = _read(stream, location)
    page = Resource(data=data, address=saved_address(data), charset=charset)
    return _article(page, location, whole=whole, sites=sites)


def saved_address(data: bytes) -> str:
    """Return the web address that a browser has noted in a page that it saved.

    It is searched in the first bytes; empty if there is none.
    """
    found = _COMMENT.search(data[:_HEAD])
    return link_target("", found[1].decode("utf-8", "replace")) if found else ""


def _read(stream: BinaryIO, location: str) -> bytes:
    """Return the bytes of a file; raise SourceError, which names `location`, if it is too large."""
    data = stream.read(LARGEST_SAVED + 1)
    if len(data) > LARGEST_SAVED:
        raise SourceError(location, f"it is larger than {LARGEST_SAVED // 1_000_000} MB")
    return data


def _article(page: Resource, location: str, *, whole: bool, sites: Sites) -> "Article":
    """Return the article of a saved page, or all its text if `whole`.

    Raises SourceError if it has no text.
    """
    data = without_pictures(page.data)
    if len(data) > LARGEST_PAGE:
        raise SourceError(location, f"it is larger than {LARGEST_PAGE // 1_000_000} MB")
    if whole:
        return read_whole_page(data, location, address=page.address, charset=page.charset)
    return read_page(data, location, address=page.address, charset=page.charset, sites=sites)
