"""The day on which a page was published, as the page itself states it.

It is taken from the page's metadata (meta elements, JSON-LD), from `time` elements, from a by-line,
or from the URL. Dates in the running text, in tables and in copyright lines are ignored.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.domain.dates import ArticleDate, PartialDate
from tuireader.sources.html.elements import ElementNames, names_of, word_set
from tuireader.text.dates import date_at, partial_date, stated_date

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


def _names(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


_PUBLISHED_NAMES = _names(
    "article:published_time article.published article:published og:published_time og:pubdate",
    "og:article:published_time datepublished date.published date_published publish-date",
    "publish_date publishdate published published-date published_time pubdate pub_date",
    "publication_date publication-date parsely-pub-date sailthru.date citation_publication_date",
    "citation_online_date dc.date.issued dcterms.issued rnews:datepublished bt:pubdate",
    "cxenseparse:recs:publishtime originalpublicationdate article_date_original dateposted",
    "prism.publicationdate shareaholic:article_published_time uploaddate",
)
"""Names of meta elements and of item properties that state when a page was published."""
_DATE_NAMES = _names(
    "citation_date dc.date dcterms.date dc.date.created dcterms.created date created datecreated",
    "release_date video:release_date",
)
"""Names of those that state a date, which is mostly that of the publication."""
_MODIFIED_NAMES = _names(
    "article:modified_time og:updated_time datemodified last-modified modified dcterms.modified",
    "dc.date.modified revised",
)
_JSON_DAY = re.compile(r"\"(?:datePublished|dateCreated|uploadDate)\"\s*:\s*\"([^\"]{4,40})\"")

_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_EPOCH = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*")

_IN_URL = re.compile(
    r"[/=_-]((?:19[89]|20[0-4])\d)(?P<gap>[-/_.]?)(0[1-9]|1[0-2])(?P=gap)([0-2]\d|3[01])(?:\D|$)"
)
_NAMED_IN_URL = re.compile(r"/((?:19[89]|20[0-4])\d)/([a-z]{3,9})/(\d{1,2})(?:/|$)", re.IGNORECASE)
_MONTH_IN_URL = re.compile(r"/((?:19[89]|20[0-4])\d)/(0[1-9]|1[0-2])(?:/|$)")

_DATED_NAMES = word_set(
    "date dates dateline datetime datepublished pubdate postdate published publish publishdate",
    "posted byline timestamp time created submitted dated issued fecha datum publicado pubtime",
    "articledate",
)
"""Words in the names of elements that hold a date or a by-line."""
_OTHER_NAMES = word_set(
    "comment comments related sidebar footer copyright event events calendar archive nav menu",
    "teaser promo recommended latest trending popular next previous",
)
"""Words in the names of elements, and of those around them, that are not about the article."""
_OTHER_DATES = word_set("modified updated update expiry deadline birth reading read")
_OTHER_TAGS = word_set("nav aside footer table blockquote")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?:(?:first |originally )?(?:date|dated|published|posted|created|issued|submitted|written)"
    r"|datum|veröffentlicht|erschienen|stand|publié|publicado|pubblicato|gepubliceerd|publicerad)"
    r"(?: on| am| le| el| il| op| den| em)?\s*[:,|–—-]?\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\s*(?:by|from|posted|published|written|von|par|por|di|door|av|af)\b|\s*\d", re.IGNORECASE
)
_LONGEST_BYLINE = 160
_MOST_CANDIDATES = 60
_MOST_STARTS = 30
_NEAR_HEADLINE = 12


def publication_date(
    tree: "HtmlElement", page: str, address: str, today: dt.date
) -> ArticleDate | None:
    """Return when a page was published; None if it does not state it.

    Args:
        tree: The page.
        page: Its source text.
        address: Its URL; empty if not known.
        today: A date after the next day is not taken.
    """
    in_url = _url_day(address)
    for stated in _statements(tree, page, address, in_url):
        if stated is not None and _is_plausible(stated, today):
            return _local_day(stated, in_url)
    return None


def _statements(
    tree: "HtmlElement", page: str, address: str, in_url: dt.date | None
) -> Iterator[ArticleDate | None]:
    """Yield the dates that a page states, the most reliable first; None where one is invalid.

    The first three arguments are those of `publication_date`; `in_url` is the day in the URL, or
    None.
    """
    metas = _meta_values(tree)
    named, generic, modified = (
        [parse_stated(metas[name]) for name in names if name in metas]
        for names in (_PUBLISHED_NAMES, _DATE_NAMES, _MODIFIED_NAMES)
    )
    in_json = [parse_stated(found[1]) for found in islice(_JSON_DAY.finditer(page), 20)]
    days = {day for day in (*named[:1], *in_json) if isinstance(day, dt.date)}
    if len(days) == 1:
        yield days.pop()
    yield in_url
    yield from sorted(named, key=lambda day: not isinstance(day, dt.date))
    yield from in_json
    yield from sorted(generic, key=lambda day: not isinstance(day, dt.date))
    yield from _time_elements(tree)
    yield from _by_lines(tree)
    yield from _near_headline(tree)
    yield _url_month(address)
    yield from modified


def parse_stated(value: str) -> ArticleDate | None:
    """Return the date in a value that states a date and nothing else; None if it is not one.

    The usual notations are known: ISO 8601, and dates written out in many languages.
    """
    value = value.strip()[:60]
    with suppress(ValueError):
        if found := _ISO.match(value) or _COMPACT.fullmatch(value) or _EAST_ASIAN.search(value):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _EPOCH.fullmatch(value):
            return dt.datetime.fromtimestamp(int(found[1]), dt.UTC).date()
    return stated_date(value)


def _date_within(words: str) -> ArticleDate | None:
    """Return the date in a short line, such as a by-line; None if it has none.

    A month or a year without a day counts only if nothing else is in the line.
    """
    words = " ".join(words.split())
    if not words or len(words) > _LONGEST_BYLINE or _COPYRIGHT.search(words):
        return None
    label = _LABEL.match(words)
    bare = words[label.end() :] if label else words
    if found := _EAST_ASIAN.search(words):
        return parse_stated(found[0])
    if partial := partial_date(bare):
        return partial
    for start in islice(re.finditer(r"(?<!\w)\w", words), _MOST_STARTS):
        if day := date_at(words, start.start())[0]:
            return day
    return None


def _meta_values(tree: "HtmlElement") -> dict[str, str]:
    """Return the content of the meta elements and of `itemprop` dates, by their names.

    Elements without content are left out.
    """
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or element.get("datetime") or ""
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _time_elements(tree: "HtmlElement") -> Iterator[ArticleDate | None]:
    """Yield the dates of the `time` and `abbr` elements, those of the publication first.

    None for an element whose date is invalid.
    """
    found = list(islice(_in_the_page(tree.iter("time", "abbr")), _MOST_CANDIDATES))
    found.sort(key=lambda element: not _states_publication(element))
    for element in found:
        stated = element.get("datetime") or element.get("title") or element.get("content") or ""
        if element.tag == "abbr" and not _states_publication(element):
            continue
        yield parse_stated(stated) if stated else _date_within("".join(element.itertext()))


def _states_publication(element: "HtmlElement") -> bool:
    """Return whether a `time` element says that it is the time of publication."""
    names = " ".join((element.get("itemprop") or "", element.get("class") or "")).lower()
    return "pubdate" in element.attrib or "publish" in names or "created" in names


def _by_lines(tree: "HtmlElement") -> Iterator[ArticleDate | None]:
    """Yield the dates in elements whose class or id names a date or a by-line.

    None for an element that has no date.
    """
    named = tree.xpath("//body//*[@class or @id or @itemprop or @data-testid]")
    dated = (element for element in named if names_of(element) & _DATED_NAMES)
    for element in islice(_in_the_page(dated), _MOST_CANDIDATES):
        for name in ("datetime", "content", "data-date", "data-time", "data-timestamp"):
            if value := element.get(name):
                yield parse_stated(value)
        words = "".join(islice(element.itertext(), 40))
        yield _date_within(words)


def _near_headline(tree: "HtmlElement") -> Iterator[ArticleDate | None]:
    """Yield the dates in the short lines below the headline that are worded like by-lines.

    Nothing if the page has no headline.
    """
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return
    for element in islice(_in_the_page(headline.xpath("following::*")), _NEAR_HEADLINE):
        words = "".join(islice(element.itertext(), 20)).strip()
        if len(words) <= _LONGEST_BYLINE and (_BYLINE.match(words) or _LABEL.match(words)):
            yield _date_within(words)


def _in_the_page(elements: "Iterable[HtmlElement]") -> "Iterator[HtmlElement]":
    """Yield the elements that are not in a menu, a table, comments or another article."""
    known = ElementNames()
    for element in elements:
        names = known.of(element)
        if names & _OTHER_DATES and not any(name.startswith("publish") for name in names):
            continue
        around = (element, *islice(element.iterancestors(), 12))
        if not any(_is_beside(other, known) for other in around):
            yield element


def _is_beside(element: "_Element", names: ElementNames) -> bool:
    """Return whether an element is of a menu, a table, comments or another article."""
    if element.tag in {"body", "html"}:
        return False
    return element.tag in _OTHER_TAGS or bool(names.of(element) & _OTHER_NAMES)


def _url_day(address: str) -> dt.date | None:
    """Return the day in a URL's path, such as `/2024/05/17/` or `-20240517`; None if none."""
    path = address.partition("://")[2].partition("/")[2]
    found = _IN_URL.search(f"/{path}")
    with suppress(ValueError):
        if found:
            return dt.date(int(found[1]), int(found[3]), int(found[4]))
        if named := _NAMED_IN_URL.search(f"/{path}"):
            return date_at(f"{named[3]} {named[2]} {named[1]}")[0]
    return None


def _url_month(address: str) -> PartialDate | None:
    """Return the month in a URL's path, such as `/2024/05/`; None if there is none."""
    found = _MONTH_IN_URL.search(address)
    return PartialDate(int(found[1]), int(found[2])) if found else None


def _local_day(day: ArticleDate, in_url: dt.date | None) -> ArticleDate:
    """Return the day in the URL if it is one day from the stated one, which may be in UTC.

    Otherwise, and if `in_url` is None, the stated date `day`.
    """
    if isinstance(day, dt.date) and in_url and abs((in_url - day).days) == 1:
        return in_url
    return day


def _is_plausible(date: ArticleDate, today: dt.date) -> bool:
    """Return whether a date is at most one day after `today`.

    The next day may have begun elsewhere.
    """
    latest = today + dt.timedelta(days=1)
    return (date.year, date.month or 1) <= (latest.year, latest.month) and (
        not isinstance(date, dt.date) or date <= latest
    )
