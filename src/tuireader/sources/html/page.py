"""What stands between a page's paragraphs and is none: captions, credits, pointers elsewhere.

Saved pages and HTML from elsewhere: the article in a page, without what is around it.

The feeds that a page names in its head.
"""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.errors import SourceError
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.extras import missing_extra
from tuireader.sources.html.metadata import page_metadata, page_title
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.html.selectors import Sites, select_element, selector_for
from tuireader.sources.limits import MOST_SEARCHED, check_attributes, has_more_elements
from tuireader.sources.plaintext.captions import credit_start, names_agency
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement


_LONGEST = 250
"""Code points of what may be set apart."""
_POINTERS = (
    "read (?:more|also|next|the full|this next)|also read|more on this|more (?:from|on|about):",
    "related(?: (?:articles?|stories|story|content|coverage|news))?:|see also|watch(?: more)?:",
    "sign up (?:for|to)|subscribe to|follow us|advertisement$|share this|click here",
    "(?:recommended|editor.s picks?|don.t miss|must.reads?|trending)\\b.{0,30}:",
    "lesen sie (?:auch|hier|mehr|dazu)|auch lesen|mehr (?:zum thema|dazu|lesen)|lest auch",
    "auch interessant|das könnte sie|(?:anzeige|werbung)$|hier geht es zu|weiterlesen|siehe auch",
    "lire (?:aussi|plus|également)|à lire|voir aussi|publicité$|leggi anche|leggi (?:qui|tutto)",
    "le(?:e|a) (?:también|además|más)|te puede interesar|leia (?:também|mais)|veja também",
    "lees ook|lees meer|bekijk ook|läs (?:också|mer|även)|les også|læs også|lue myös",
    "czytaj (?:też|także|więcej)|zobacz też|čtěte (?:také|více)|читайте также|смотрите также",
)
_POINTER = re.compile(rf"^[\[(*>»•·\s-]{{0,3}}(?:{'|'.join(_POINTERS)})", re.IGNORECASE)


def mark_captions(blocks: Iterable[Block], text: str) -> Iterator[Block]:
    """The blocks, those that are no running text marked as captions."""
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and _is_aside(words):
            yield replace(block, kind=BlockKind.CAPTION)
        else:
            yield block


def _is_aside(words: str) -> bool:
    if len(words) > _LONGEST:
        return False
    return bool(_POINTER.match(words)) or _is_credited(words)


def _is_credited(words: str) -> bool:
    """Whether a line ends with a credit that names an agency; pages mark most other captions."""
    start = credit_start(words)
    return start is not None and names_agency(words, start)


LARGEST_PAGE = 20_000_000
"""Bytes; a larger page is refused."""

NO_ARTICLE = "No article was found in this page; this is all of it."
TOO_MANY_ELEMENTS = "This page is too large to look for an article in it; this is all of it."
_SHORT, _LINKED = 200, 0.8
_DEEP = f"boolean({'/*' * 240})"
"""Whether a tree is about as deep as the parser goes that trafilatura uses."""
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
    check_attributes(page, location)
    if has_more_elements(page, MOST_SEARCHED):
        return _whole_page(page, location, address, TOO_MANY_ELEMENTS)
    tree = _tree_of(page, location)
    if tree is None:
        return _whole_page(page, location, address, NO_ARTICLE)
    facts = page_metadata(tree, page, address)
    selector = selector_for(sites, facts.address)
    body = select_element(tree, selector, location) if selector else None
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
        blocks=Blocks(mark_captions(composer.progress.blocks(), text)),
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


def _tree_of(page: str, location: str) -> "HtmlElement | None":
    """The tree of a page, parsed again if it is so deep that trafilatura's parser cut it off.

    Raises SourceError if it is nested deeper than any parser goes.
    """
    with missing_extra("web", location):
        from trafilatura import load_html  # noqa: PLC0415 - an extra, and 130 ms
    _hush()
    tree: HtmlElement | None = load_html(page)
    if tree is None or not tree.xpath(_DEEP):
        return tree
    return parse_html(page, location)


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


def _composed(root: "_Element", source: str) -> ArticleBuilder:
    return HtmlRenderer(lambda href: (link_target(source, href), "")).set(root)


def _is_menu(composer: ArticleBuilder) -> bool:
    """Whether a long text has no sentence's end, or is links for the most part."""
    length = composer.progress.length
    linked = sum(len(link.passage) for link in composer.links)
    if length <= _SHORT:
        return False
    return linked > _LINKED * length or not _STOP.search(composer.progress.text())


def _whole_page(page: str, location: str, source: str, caption: str) -> Article:
    """All words of a page, and a first line that says why."""
    composer = ArticleBuilder()
    composer.add(caption)
    composer.end(BlockKind.CAPTION)
    setter = HtmlRenderer(lambda href: (link_target(source, href), ""), composer)
    root = parse_html(page, location)
    setter.set(root)
    if composer.progress.length <= len(caption):
        raise SourceError(location, "there is no text in it")
    text = composer.progress.text()
    title = sanitize_line(root.findtext(".//title") or "")
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


def describe_html(stream: BinaryIO, location: str) -> ListEntry:
    """An HTML file's line in a list."""
    article = read_html(stream, location)
    return ListEntry(
        location=location, title=article.title, outlet=article.outlet, date=article.date
    )


def _text(data: bytes, location: str, charset: str) -> str:
    """The page's text; the server's word on its charset counts if the bytes agree with it."""
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode_text(data, location)


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
    return sanitize_line(joined) if joined.lower().startswith(("http://", "https://")) else ""


_HEAD = 200_000
"""Bytes of a page in which its head is looked for."""
_LINK = re.compile(rb"<link\b([^>]{1,2000}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![a-z])([a-z]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_OF_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)


def feed_link_in(page: bytes, address: str) -> str:
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
