"""The metadata of an HTML page: its title, date, author, site and URL."""

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tuireader.domain.dates import ArticleDate
from tuireader.sources.html.publication_date import publication_date
from tuireader.sources.html.scanner import without_elements, without_tags
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_HEAD = 2_000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """The metadata of a page; fields that it does not state are empty."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    date: ArticleDate | None = None
    address: str = ""
    """The URL that it was fetched from, or that it states."""


def page_metadata(tree: "HtmlElement", page: str, address: str) -> PageMetadata:
    """Return the metadata that a page states.

    Args:
        tree: The page.
        page: Its source text.
        address: The URL that it was fetched from; empty for a file, whose own URL is used.

    It calls trafilatura's single steps, because its own function spends most of its time on tags,
    licences, and a search for the date that most pages state.
    """
    from trafilatura import metadata as extractor  # noqa: PLC0415 - an extra, and 130 ms

    saved = _SAVED_FROM.search(page[:_HEAD])
    found = _stated(tree, extractor)
    found.title = found.title or extractor.extract_title(tree)
    found.author = found.author or extractor.extract_author(tree)
    found.url = found.url or extractor.extract_url(tree, address or (saved[1] if saved else None))
    found.sitename = _site(
        found.sitename or extractor.extract_sitename(tree) or "", found.url or ""
    )
    found.clean_and_trim()
    return PageMetadata(
        title=sanitize_line(found.title or ""),
        author=sanitize_line((found.author or "").replace("; ", ", ")),
        outlet=sanitize_line(found.sitename or ""),
        date=publication_date(tree, page, found.url or "", _today()),
        address=address or sanitize_line(found.url or ""),
    )


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def _stated(tree: "HtmlElement", extractor: Any) -> Any:
    """Return the metadata that the page's head states in meta elements and JSON-LD.

    `extractor` is trafilatura's module for metadata; the result is its object, with None for what
    is not stated.
    """
    found = extractor.examine_meta(tree)
    if found.author and " " not in found.author:
        found.author = None
    # The JSON may have any shape; what was read before an error is used.
    with suppress(AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        found = extractor.extract_meta_json(tree, found)
    return found


def _site(name: str, address: str) -> str:
    """Return a site's name with a capital letter, or its host if there is no name.

    Empty if there is no URL either.
    """
    name = name.lstrip("@")
    if not name:
        host = _HOST.match(address)
        return host[1] if host else ""
    return name if "." in name or name[0].isupper() else name.title()


_HEADLINE_TAG = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_LONGEST_HEADLINE = 3_000
_HIDDEN = ("script", "style", "svg")
_SEPARATOR = re.compile(r"(?<!\s)\s++[-–—|*·•»:]++\s++|(?:(?<!\s)\s++)?[|ㅣ：»]\s*+")
_UNWORDED = re.compile(r"\W+")
_SHORTEST, _LONGEST_SITE = 8, 60


def page_title(stated: str, page: str, site: str, address: str) -> str:
    """Return the title of a page, without the site's name at its end.

    The headline (h1) is returned if the stated title starts with it.

    Args:
        stated: The title that the page states; empty if it states none.
        page: The page's source text.
        site: The name of the site; may be empty.
        address: The page's URL; may be empty.
    """
    headlines, stated = _headlines(page), stated.replace("\xad", "")
    beginnings = _beginnings(stated)
    for headline in headlines:
        if len(headline) >= _SHORTEST and (
            stated.startswith(headline) or _folded(headline) in beginnings
        ):
            return headline
    names = {_folded(site), _folded(_host(address))} - {""}
    if headlines and _folded(stated) in names:
        return headlines[0]
    return _without_site(stated, names)


def _beginnings(stated: str) -> set[str]:
    """Return the parts of a title up to each separator ("|", "-"), folded for comparison.

    Empty if it has no separator.
    """
    found, begun = set(), ""
    for part in _SEPARATOR.split(stated)[:-1]:
        begun += _folded(part)
        # A longer one is not a headline; to collect them all would take quadratic space.
        if len(begun) > _LONGEST_HEADLINE:
            break
        found.add(begun)
    return found


def _headline_markup(page: str) -> Iterator[str]:
    """Yield the HTML inside each h1 of a page; nothing if there is none."""
    starts: deque[int] = deque()
    behind = 0
    for found in _HEADLINE_TAG.finditer(page):
        if not found[1]:
            # A tag that is not closed ends where the next one does.
            behind = behind if behind > found.end() else page.find(">", found.end()) + 1
            if not behind:
                return
            starts.append(behind)
            continue
        while starts and found.start() - starts[0] > _LONGEST_HEADLINE:
            starts.popleft()
        if starts and starts[0] < found.start():
            yield page[starts[0] : found.start()]
            starts.clear()


def _headlines(page: str) -> list[str]:
    """Return the text of each h1 of a page, without duplicates; none if it has no h1."""
    markup = _headline_markup(page)
    found = (without_tags(without_elements(words, _HIDDEN), "") for words in markup)
    lines = (sanitize_line(" ".join(unescape(line).split())).replace("\xad", "") for line in found)
    return list(dict.fromkeys(line for line in lines if line))


def _without_site(title: str, names: set[str]) -> str:
    """Return a title without the last parts that are one of the site's names.

    `names` are these names, folded for comparison. The first part always stays.
    """
    for cut in reversed(list(_SEPARATOR.finditer(title))):
        tail = _folded(title[cut.end() :])
        if cut.start() < _SHORTEST or len(title) - cut.end() > _LONGEST_SITE:
            break
        if tail and any(tail in name or name in tail for name in names):
            return title[: cut.start()]
    return title


def _host(address: str) -> str:
    """Return the longest label of a URL's host, which mostly names the site; "" for no host."""
    try:
        labels = (urlsplit(address).hostname or "").removeprefix("www.").split(".")
    except ValueError:
        return ""
    return max(labels[:-1], key=len, default="")


def _folded(name: str) -> str:
    return _UNWORDED.sub("", name).casefold()
