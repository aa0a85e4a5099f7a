"""Saved pages and HTML from elsewhere: the article in a page, without what is around it."""

import logging
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO
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
from tuireader.sources.page_facts import facts_of
from tuireader.sources.page_titles import page_title
from tuireader.sources.selectors import Sites, selected, selector_for
from tuireader.sources.text import title_of
from tuireader.sources.xml import parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

LARGEST_PAGE = 20_000_000
"""Bytes; a larger page is refused."""

NO_ARTICLE = "No article was found in this page; this is all of it."
_SHORT, _LINKED = 200, 0.8
_STOP = re.compile(r"[.!?…。！？।؟]")
_TAGS = {
    "head": "h2", "ref": "a", "list": "ul", "item": "li", "quote": "blockquote",
    "lb": "br", "row": "tr", "cell": "td", "hi": "span", "del": "span", "graphic": "span",
}  # fmt: skip
_RUNNING = frozenset({"ref", "hi"})
_EMPHASES = {"#b": "b", "#i": "i", "#u": "span", "#t": "code"}


ALL_OF_IT = "This is all of the page."


def read_page(
    data: bytes, location: str, *, address: str = "", charset: str = "", sites: Sites = ()
) -> Article:
    """The article of a page, or all of it if none is found; SourceError if it has no text.

    The address is where it came from, the charset what its server said, and the sites are
    those for which the reader has said where the article is.
    """
    page = _text(data, location, charset)
    with needed("web", location):
        from trafilatura import load_html  # noqa: PLC0415 - an extra, and 130 ms
    _hush()
    tree = load_html(page)
    if tree is None:
        return _whole_page(page, location, address, NO_ARTICLE)
    facts = facts_of(tree, page, address)
    selector = selector_for(sites, facts.address)
    body = selected(tree, selector, location) if selector else None
    if body is None:
        body = _extracted(tree, facts.address)
    if body is None:
        return _whole_page(page, location, facts.address, NO_ARTICLE)
    composer = _composed(body, facts.address)
    if not composer.progress.length or _is_menu(composer):
        return _whole_page(page, location, facts.address, NO_ARTICLE)
    text = composer.progress.text()
    stated = page_title(facts.title, page, facts.outlet, facts.address)
    return Article(
        location=location,
        text=text,
        blocks=Blocks(set_apart(composer.progress.blocks(), text)),
        title=title_of(stated, composer.progress.first, location),
        date=facts.date,
        outlet=facts.outlet,
        author=facts.author,
        language=language_of(text),
        source=facts.address,
        links=tuple(composer.links),
        emphases=tuple(composer.emphases),
    )


def read_whole_page(data: bytes, location: str, *, address: str = "", charset: str = "") -> Article:
    """All of a page, with what is around its article; errors as above."""
    return _whole_page(_text(data, location, charset), location, address, ALL_OF_IT)


def _extracted(tree: "HtmlElement", address: str) -> "_Element | None":
    """The article that trafilatura finds in a page, as HTML; None if that is nothing."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - an extra, and 130 ms

    found = bare_extraction(
        tree,
        url=address or None,
        include_comments=False,
        include_formatting=True,
        include_links=True,
    )
    if isinstance(found, dict) or found is None or found.body is None:
        return None
    return _as_html(found.body)


@lru_cache(maxsize=1)
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


def read_html(
    stream: BinaryIO, location: str, *, whole: bool = False, sites: Sites = ()
) -> Article:
    """The article of an HTML file; raises SourceError as `read_page` does."""
    data = stream.read(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        raise SourceError(location, f"it is larger than {LARGEST_PAGE // 1_000_000} MB")
    return read_whole_page(data, location) if whole else read_page(data, location, sites=sites)


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
        if tag in _RUNNING:
            _part(element)
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


def _part(element: "_Element") -> None:
    """Put the blank back that trafilatura cuts off behind a link which it begins a block with."""
    parent, words, tail = element.getparent(), "".join(element.itertext()), element.tail or ""
    begins = parent is not None and parent[0] is element and not (parent.text or "").strip()
    if begins and len(words) > 1 and words[-1].isalnum() and tail[:1].isalnum():
        element.tail = f" {tail}"


def link_target(source: str, href: str) -> str:
    """What a link of a page leads to; only the web is reached from it."""
    try:
        joined = urljoin(source, href.strip())
    except ValueError:
        return ""
    return clean_line(joined) if joined.lower().startswith(("http://", "https://")) else ""
