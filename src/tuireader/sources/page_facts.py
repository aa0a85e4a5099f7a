"""What a page says of itself: its title, its day, its author, its site and its address."""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuireader.domain.cleaning import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DAY = r"[\"'](?:\s*:\s*\"|[^>]{0,40}content=[\"'])(\d{4}-\d\d-\d\d)"
# Two patterns, for each is quick by the letters that it begins with.
_PUBLISHED = tuple(re.compile(name + _DAY) for name in ("datePublished", "article:published_time"))

_HEAD = 2_000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_DATED = re.compile(r"/(20\d\d)/(\d\d)/(\d\d)(?:/|$)")
_HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is known of a page; empty where it says nothing."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    date: dt.date | None = None
    address: str = ""
    """Where it says that it belongs; else where it came from."""


def facts_of(tree: "HtmlElement", page: str, address: str) -> PageFacts:
    """The facts of a page that is given as a tree and as its text.

    Takes trafilatura's steps one by one, for much of what its metadata cost are tags,
    licences, and the search for a day that most pages state.
    """
    from trafilatura import metadata as known  # noqa: PLC0415 - an extra, and 130 ms

    saved = _SAVED_FROM.search(page[:_HEAD])
    found = _stated(tree, known)
    found.title = found.title or known.extract_title(tree)
    found.author = found.author or known.extract_author(tree)
    found.url = found.url or known.extract_url(tree, address or (saved[1] if saved else None))
    found.sitename = _site(found.sitename or known.extract_sitename(tree) or "", found.url or "")
    found.clean_and_trim()
    return PageFacts(
        title=clean_line(found.title or ""),
        author=clean_line((found.author or "").replace("; ", ", ")),
        outlet=clean_line(found.sitename or ""),
        date=_where_it_is(_published(page), found.url or "") or _searched_day(tree, found.url),
        address=address or clean_line(found.url or ""),
    )


def _stated(tree: "HtmlElement", known: Any) -> Any:
    """What the page's head says for machines."""
    found = known.examine_meta(tree)
    if found.author and " " not in found.author:
        found.author = None
    # JSON of any shape may stand there; what was understood of it before it failed is taken.
    with suppress(AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        found = known.extract_meta_json(tree, found)
    return found


def _site(name: str, address: str) -> str:
    """The site's name with a capital, else its host."""
    name = name.lstrip("@")
    if not name:
        host = _HOST.match(address)
        return host[1] if host else ""
    return name if "." in name or name[0].isupper() else name.title()


def _published(page: str) -> dt.date | None:
    """The day of publication that a page states for machines, if it states only one."""
    days = {day for pattern in _PUBLISHED for day in pattern.findall(page)}
    return _day(days.pop()) if len(days) == 1 else None


def _where_it_is(day: dt.date | None, address: str) -> dt.date | None:
    """A stated day, which may be Greenwich's, as the site's own if its address has that."""
    dated = _DATED.search(address)
    own = _day("-".join(dated.groups())) if dated else None
    return own if day and own and abs(own - day).days == 1 else day


def _searched_day(tree: "HtmlElement", address: str | None) -> dt.date | None:
    from htmldate import find_date  # noqa: PLC0415 - an extra

    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    found = find_date(tree, original_date=True, url=address, max_date=today.isoformat())
    return _day(found)


def _day(said: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said or "")
    except ValueError:
        return None
