"""The feeds that a page names in its head."""

import re
from html import unescape

from tuireader.sources.html import link_target

_HEAD = 200_000
"""Bytes of a page in which its head is looked for."""
_LINK = re.compile(rb"<link\b([^>]{1,2000}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![a-z])([a-z]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_OF_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)


def feed_named_in(page: bytes, address: str) -> str:
    """The address of the first feed of its articles that a page names; empty if it names none."""
    for found in _LINK.findall(page[:_HEAD]):
        said = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
            for match in _ATTRIBUTE.finditer(found.decode("utf-8", "replace"))
        }
        named = "alternate" in said.get("rel", "").lower().split()
        if not named or said.get("type", "").strip().lower() not in _FEEDS:
            continue
        href = said.get("href", "")
        if href and not _OF_COMMENTS.search(f"{said.get('title', '')} {href}"):
            return link_target(address, href)
    return ""
