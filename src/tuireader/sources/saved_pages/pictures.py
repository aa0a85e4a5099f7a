"""Finds the pictures that are inside a saved page: MHTML, web archives of Safari, SingleFile."""

import re
from base64 import b64decode
from urllib.parse import unquote_to_bytes, urljoin

from tuireader.sources.mail.mime import leaves_of, parse_message
from tuireader.sources.saved_pages.browser_files import (
    is_webarchive,
    page_of_mhtml,
    resource_of_webarchive,
)

ENDINGS = (".mht", ".mhtml", ".webarchive")
"""The ends of the names of files that hold a page with its pictures."""

_DATA_URL = re.compile(rb"data:[a-z]{1,20}/[\w.+-]{1,60};base64,[A-Za-z0-9+/=]{200,}+")
_NUMBERED = re.compile(r"data:,picture-(\d{1,6})")


def without_pictures(page: bytes) -> bytes:
    """Return the HTML of a page with a short name for each picture that is inside of it."""
    number = 0

    def name(_found: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        return f"data:,picture-{number}".encode()

    return _DATA_URL.sub(name, page)


def is_inside(target: str) -> bool:
    """Return whether a target is a name that `without_pictures` gave to a picture."""
    return _NUMBERED.fullmatch(target) is not None


def picture_inside(saved: bytes, name: str, target: str, address: str) -> bytes:
    """Return the bytes of a picture of a saved page; b"" if it is not inside.

    Args:
        saved: The file's content.
        name: Its path, which errors name.
        target: The picture as the page names it.
        address: The address of the page; empty if it is unknown.

    Raises SourceError if the file is damaged.
    """
    is_page = not name.lower().endswith(ENDINGS)
    if numbered := _NUMBERED.fullmatch(target):
        page = saved if is_page else _page(saved, name)
        return _numbered(page, int(numbered[1]))
    wanted = {target, urljoin(address, target)}
    if is_page:
        return b""
    if is_webarchive(saved):
        return resource_of_webarchive(saved, wanted)
    for part in leaves_of(parse_message(saved), name):
        by_id = f"cid:{part.header('Content-ID').strip('<> ')}"
        if part.header("Content-Location") in wanted or by_id == target:
            return part.content()
    return b""


def _page(saved: bytes, name: str) -> bytes:
    """Return the HTML of a page in MHTML; b"" for a web archive, whose pictures are no data."""
    return b"" if is_webarchive(saved) else page_of_mhtml(saved, name).data


def _numbered(page: bytes, number: int) -> bytes:
    """Return the picture with a number, from 1, that is in a page as a `data:` URL; else b""."""
    for count, found in enumerate(_DATA_URL.finditer(page), 1):
        if count == number:
            data = unquote_to_bytes(found[0].partition(b",")[2])
            return b64decode(data + b"=" * (-len(data) % 4))
    return b""
