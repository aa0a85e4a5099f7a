"""Reads HTML pages: extracts the article, marks captions and teaser links, finds the feed."""

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
from tuireader.sources.html.metadata import PageMetadata, page_metadata, page_title
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
"""The longest paragraph, in code points, that may be a caption or a pointer to another page."""
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
    """Return the blocks, with pointers ("Read more.

    …") and credited captions marked as captions.
    """
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and _is_aside(words):
            yield replace(block, kind=BlockKind.CAPTION)
        else:
            yield block


def _is_aside(words: str) -> bool:
    """Return whether a paragraph is a pointer to another page, or a caption with a credit."""
    if len(words) > _LONGEST:
        return False
    return bool(_POINTER.match(words)) or _is_credited(words)


def _is_credited(words: str) -> bool:
    """Return whether a line ends with an agency's credit.

    Most other captions are marked in HTML.
    """
    start = credit_start(words)
    return start is not None and names_agency(words, start)


LARGEST_PAGE = 20_000_000
"""The largest page that is read, in bytes."""

NO_ARTICLE = "No article was found on this page; all of its text is shown."
TOO_MANY_ELEMENTS = "This page is too large to find its article; all of its text is shown."
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


ALL_OF_IT = "All text of the page is shown."


def read_page(
    data: bytes, location: str, *, address: str = "", charset: str = "", sites: Sites = ()
) -> Article:
    """Extract the article of a page; if none is found, return all text of the page.

    Args:
        data: The page as bytes.
        location: The path or URL that errors name.
        address: The URL that the page was fetched from; empty for a file.
        charset: The charset that its server stated; empty if none.
        sites: The sites for which the settings have a selector of the article.

    Raises SourceError if the page has no text.
    """
    page = _text(data, location, charset)
    check_attributes(page, location, is_html=True)
    if has_more_elements(page, MOST_SEARCHED):
        return _whole_page(page, location, address, TOO_MANY_ELEMENTS)
    tree = _tree_of(page, location)
    if tree is None:
        return _whole_page(page, location, address, NO_ARTICLE)
    metadata = page_metadata(tree, page, address)
    selector = selector_for(sites, metadata.address)
    body = select_element(tree, selector, location) if selector else None
    if body is None:
        body = _extracted(tree, metadata.address)
    if body is None:
        return _whole_page(page, location, metadata.address, NO_ARTICLE)
    builder = _rendered(body, metadata.address)
    if not builder.text_builder.length or _is_menu(builder):
        return _whole_page(page, location, metadata.address, NO_ARTICLE)
    stated = page_title(metadata.title, page, metadata.outlet, metadata.address)
    return _article(builder, metadata, stated, location)


def _article(
    builder: ArticleBuilder, metadata: PageMetadata, stated: str, location: str
) -> Article:
    """Return the article that was built, with the page's metadata and its stated title."""
    text = builder.text_builder.text()
    return Article(
        location=location,
        text=text,
        blocks=Blocks(mark_captions(builder.text_builder.blocks(), text)),
        title=title_of(stated, builder.text_builder.first, location),
        date=metadata.date,
        outlet=metadata.outlet,
        author=metadata.author,
        language=language_of(text),
        source=metadata.address,
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
    )


def read_whole_page(data: bytes, location: str, *, address: str = "", charset: str = "") -> Article:
    """Read all text of a page, including what is around the article.

    Raises SourceError if the page has no text.
    """
    return _whole_page(_text(data, location, charset), location, address, ALL_OF_IT)


def _tree_of(page: str, location: str) -> "HtmlElement | None":
    """The tree of a page, parsed again if it is so deep that trafilatura's parser cut it off.

    Raises SourceError if it is nested deeper than any parser goes.
    """
    with missing_extra("web", location):
        from trafilatura import load_html  # noqa: PLC0415 - an extra, and 130 ms
    _silence_libraries()
    tree: HtmlElement | None = load_html(page)
    if tree is None or not tree.xpath(_DEEP):
        return tree
    return parse_html(page, location)


def _extracted(tree: "HtmlElement", address: str) -> "_Element | None":
    """Return the article that trafilatura extracts from a page, as HTML; None if it finds none."""
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
def _silence_libraries() -> None:
    """Silence the libraries' logs and warnings, which would be printed to the terminal."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="dateutil|dateparser|htmldate|trafilatura")


def _rendered(root: "_Element", source: str) -> ArticleBuilder:
    """Render the article's elements; links are resolved against the URL `source`."""
    return HtmlRenderer(lambda href: (link_target(source, href), "")).render(root)


def _is_menu(builder: ArticleBuilder) -> bool:
    """Return whether a long text is navigation: it has no full stop, or is mostly links."""
    length = builder.text_builder.length
    linked = sum(len(link.passage) for link in builder.links)
    if length <= _SHORT:
        return False
    return linked > _LINKED * length or not _STOP.search(builder.text_builder.text())


def _whole_page(page: str, location: str, source: str, caption: str) -> Article:
    """Return all text of a page as an article whose first line is a caption that explains it."""
    builder = ArticleBuilder()
    builder.add(caption)
    builder.end(BlockKind.CAPTION)
    renderer = HtmlRenderer(lambda href: (link_target(source, href), ""), builder)
    root = parse_html(page, location)
    renderer.render(root)
    if builder.text_builder.length <= len(caption):
        raise SourceError(location, "it has no text")
    text = builder.text_builder.text()
    title = sanitize_line(root.findtext(".//title") or "")
    return Article(
        location=location,
        text=text,
        blocks=builder.text_builder.blocks(),
        title=title_of(title, builder.text_builder.first[1:], location),
        language=language_of(text),
        source=source,
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
    )


def read_html(
    stream: BinaryIO, location: str, *, whole: bool = False, sites: Sites = ()
) -> Article:
    """Read the article of an HTML file, or all of its text if `whole`.

    Raises SourceError if the file is too large or has no text.
    """
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
    """Rename the elements of trafilatura's output to those of HTML, in place."""
    for element in body.iter():
        tag = str(element.tag)
        kind = element.get("rend") or ""
        if tag in _RUNNING:
            _restore_space(element)
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


def _restore_space(element: "_Element") -> None:
    """Restore the space that trafilatura drops behind a link at the start of a block."""
    parent, words, tail = element.getparent(), "".join(element.itertext()), element.tail or ""
    begins = parent is not None and parent[0] is element and not (parent.text or "").strip()
    if begins and len(words) > 1 and words[-1].isalnum() and tail[:1].isalnum():
        element.tail = f" {tail}"


def link_target(source: str, href: str) -> str:
    """Return the absolute URL of a link on a page; empty if it is not http or https."""
    try:
        joined = urljoin(source, href.strip())
    except ValueError:
        return ""
    return sanitize_line(joined) if joined.lower().startswith(("http://", "https://")) else ""


_HEAD = 200_000
"""Bytes at the start of a page in which its head is searched."""
_LINK = re.compile(rb"<link\b([^>]{1,2000}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![a-z])([a-z]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))", re.IGNORECASE
)
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_OF_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire", re.IGNORECASE)


def feed_link_in(page: bytes, address: str) -> str:
    """Return the URL of the first feed that a page links to in its head; empty if none.

    Feeds of comments are ignored.
    """
    for found in _LINK.findall(page[:_HEAD]):
        attributes = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
            for match in _ATTRIBUTE.finditer(found.decode("utf-8", "replace"))
        }
        named = "alternate" in attributes.get("rel", "").lower().split()
        if not named or attributes.get("type", "").strip().lower() not in _FEEDS:
            continue
        href = attributes.get("href", "")
        if href and not _OF_COMMENTS.search(f"{attributes.get('title', '')} {href}"):
            return link_target(address, href)
    return ""
