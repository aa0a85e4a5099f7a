"""Saved pages and HTML from elsewhere: the article in a page, without what is around it."""

import datetime as dt
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urljoin

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind, Blocks
from tuireader.domain.cleaning import clean_line
from tuireader.domain.errors import SourceError
from tuireader.domain.language import language_of
from tuireader.domain.shelf import Entry
from tuireader.sources.composing import Composer
from tuireader.sources.decoding import decoded
from tuireader.sources.extras import needed
from tuireader.sources.markup import MarkupSetter
from tuireader.sources.page_asides import set_apart
from tuireader.sources.page_titles import page_title
from tuireader.sources.selectors import selected
from tuireader.sources.text import title_of
from tuireader.sources.xml import parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PAGE = 20_000_000
"""Bytes; a larger page is refused."""

NO_ARTICLE = "No article was found in this page; this is all of it."
_SHORT, _LINKED = 200, 0.8
_STOP = re.compile(r"[.!?…。！？।؟]")
_DAY = r"[\"'](?:\s*:\s*\"|[^>]{0,40}content=[\"'])(\d{4}-\d\d-\d\d)"
# Two patterns, for each is quick by the letters that it begins with.
_PUBLISHED = tuple(re.compile(name + _DAY) for name in ("datePublished", "article:published_time"))
_TAGS = {
    "head": "h2", "ref": "a", "list": "ul", "item": "li", "quote": "blockquote",
    "lb": "br", "row": "tr", "cell": "td", "hi": "span", "del": "span", "graphic": "span",
}  # fmt: skip
_EMPHASES = {"#b": "b", "#i": "i", "#u": "span", "#t": "code"}


ALL_OF_IT = "This is all of the page."


def read_page(
    data: bytes, location: str, *, address: str = "", charset: str = "", selector: str = ""
) -> Article:
    """The article of a page, or all of it if none is found; SourceError if it has no text.

    The address is where it came from, the charset what its server said, and a selector where
    the article is.
    """
    page = _text(data, location, charset)
    found = _extraction(page, location, address)
    if found is None:
        return _whole_page(page, location, address, NO_ARTICLE)
    source = address or clean_line(found.url or "")
    body = selected(parse_html(page, location), selector, location) if selector else None
    composer = _composed(_as_html(found.body) if body is None else body, source)
    if not composer.progress.length or _is_menu(composer):
        return _whole_page(page, location, source, NO_ARTICLE)
    text = composer.progress.text()
    outlet = clean_line(found.sitename or found.hostname or "")
    stated = page_title(clean_line(found.title or ""), page, outlet, source)
    return Article(
        location=location,
        text=text,
        blocks=Blocks(set_apart(composer.progress.blocks(), text)),
        title=title_of(stated, composer.progress.first, location),
        date=_published(page) or _day(found.date),
        outlet=outlet,
        author=clean_line((found.author or "").replace("; ", ", ")),
        language=(found.language or "")[:2] or language_of(text),
        source=source,
        links=tuple(composer.links),
        emphases=tuple(composer.emphases),
    )


def read_whole_page(data: bytes, location: str, *, address: str = "", charset: str = "") -> Article:
    """All of a page, with what is around its article; errors as above."""
    return _whole_page(_text(data, location, charset), location, address, ALL_OF_IT)


def _extraction(page: str, location: str, address: str) -> Any:
    """What trafilatura finds in a page; None if that is nothing."""
    with needed("web", location):
        from trafilatura import bare_extraction  # noqa: PLC0415 - an extra, and 130 ms

        _hush()
        found = bare_extraction(
            page,
            url=address or None,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            with_metadata=True,
        )
    return None if isinstance(found, dict) or found is None or found.body is None else found


def _hush() -> None:
    """Let nothing be written into the terminal of what the libraries find odd in a page."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="dateutil|dateparser|htmldate|trafilatura")


def _composed(root: "_Element", source: str) -> Composer:
    return MarkupSetter(lambda href: (link_target(source, href), "")).set(root)


def _is_menu(composer: Composer) -> bool:
    """Whether a long text has no sentence's end, or is links for the most part."""
    length = composer.progress.length
    linked = sum(len(link.passage) for link in composer.links)
    if length <= _SHORT:
        return False
    return linked > _LINKED * length or not _STOP.search(composer.progress.text())


def _whole_page(page: str, location: str, source: str, caption: str) -> Article:
    """All words of a page, and a first line that says why."""
    composer = Composer()
    composer.add(caption)
    composer.end(BlockKind.CAPTION)
    setter = MarkupSetter(lambda href: (link_target(source, href), ""), composer)
    root = parse_html(page, location)
    setter.set(root)
    if composer.progress.length <= len(caption):
        raise SourceError(location, "there is no text in it")
    text = composer.progress.text()
    title = clean_line(root.findtext(".//title") or "")
    return Article(
        location=location,
        text=text,
        blocks=composer.progress.blocks(),
        title=title_of(title, composer.progress.first[1:], location),
        language=language_of(text),
        source=source,
        links=tuple(composer.links),
        emphases=tuple(composer.emphases),
    )


def read_html(stream: BinaryIO, location: str, *, whole: bool = False) -> Article:
    """The article of an HTML file; raises SourceError as `read_page` does."""
    data = stream.read(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        raise SourceError(location, f"it is larger than {LARGEST_PAGE // 1_000_000} MB")
    return read_whole_page(data, location) if whole else read_page(data, location)


def describe_html(stream: BinaryIO, location: str) -> Entry:
    """An HTML file's line in a list."""
    article = read_html(stream, location)
    return Entry(location=location, title=article.title, outlet=article.outlet, date=article.date)


def _text(data: bytes, location: str, charset: str) -> str:
    """The page's text; the server's word on its charset counts if the bytes agree with it."""
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    return decoded(data, location)[0]


def _as_html(body: "_Element") -> "_Element":
    """The extracted body with the names that HTML has for its elements."""
    for element in body.iter():
        tag = str(element.tag)
        kind = element.get("rend") or ""
        if tag == "hi":
            element.tag = _EMPHASES.get(kind, "span")
        elif tag == "head":
            element.tag = kind if kind in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"
        elif tag == "list":
            element.tag = "ol" if kind == "ol" else "ul"
        elif tag == "code" and "\n" in "".join(element.itertext()):
            element.tag = "pre"
        elif tag == "ref":
            element.tag = "a"
            element.set("href", element.get("target") or "")
        else:
            element.tag = _TAGS.get(tag, tag)
    return body


def link_target(source: str, href: str) -> str:
    """What a link of a page leads to; only the web is reached from it."""
    try:
        joined = urljoin(source, href.strip())
    except ValueError:
        return ""
    return clean_line(joined) if joined.lower().startswith(("http://", "https://")) else ""


def _published(page: str) -> dt.date | None:
    """The day of publication that a page states for machines, if it states only one."""
    days = {day for pattern in _PUBLISHED for day in pattern.findall(page)}
    return _day(days.pop()) if len(days) == 1 else None


def _day(said: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said or "")
    except ValueError:
        return None
