"""Reads HTML pages: extracts the article, marks captions and teaser links, finds the feed."""

import logging
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind, Blocks
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.html.discussions import is_discussion, render_discussion
from tuireader.sources.html.extraction import select_article
from tuireader.sources.html.metadata import PageMetadata, page_metadata, page_title
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.pointers import mark_captions
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.html.scanner import (
    MAX_SEARCHED_ELEMENTS,
    check_attributes,
    has_more_elements,
)
from tuireader.sources.html.selection import PageSelection
from tuireader.sources.html.selectors import Sites, select_element, selector_for
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement


LARGEST_PAGE = 20_000_000
"""The largest page that is read, in bytes."""

NO_ARTICLE = "No article was found on this page; all of its text is shown."
TOO_MANY_ELEMENTS = "This page is too large to find its article; all of its text is shown."
_SHORT, _LINKED = 200, 0.8
_DEEP = f"boolean({'/*' * 240})"
"""An XPath that is true of a tree that is so deep that trafilatura's parser may have cut it."""
_STOP = re.compile(r"[.!?…。！？।؟]")


ALL_OF_IT = "All text of the page is shown."


def read_page(
    data: bytes, location: str, *, address: str = "", charset: str = "", sites: Sites = ()
) -> Article:
    """Return the article of a page; if none is found, all text of the page with a caption.

    Args:
        data: The page as bytes.
        location: The path or URL that errors name.
        address: The URL that the page was fetched from; empty for a file.
        charset: The charset that its server stated; empty if none.
        sites: The sites for which the settings have a selector of the article.

    Raises SourceError if the page has no text, is nested too deeply, or has too many elements.
    """
    page = _text(data, location, charset)
    check_attributes(page, location, is_html=True)
    if has_more_elements(page, MAX_SEARCHED_ELEMENTS):
        return _whole_page(page, location, address, TOO_MANY_ELEMENTS)
    tree = _tree_of(page, location)
    if tree is None:
        return _whole_page(page, location, address, NO_ARTICLE)
    metadata = page_metadata(tree, page, address)
    content = _content(
        tree, page, metadata.address, selector_for(sites, metadata.address), location
    )
    if content is None or not content.builder.text_builder.length or _is_menu(content.builder):
        return _whole_page(page, location, metadata.address, NO_ARTICLE)
    stated = page_title(metadata.title, page, metadata.outlet, metadata.address)
    return _article(content, metadata, stated, location)


@dataclass(frozen=True, slots=True)
class _Content:
    """The rendered part of a page, and how many paragraphs of the article it may lack."""

    builder: ArticleBuilder
    left_out: int = 0


def _content(
    tree: "HtmlElement", page: str, address: str, selector: str, location: str
) -> _Content | None:
    """Render the part of a page that a selector finds, else its discussion, else its article.

    Args:
        tree: The page.
        page: Its source text.
        address: Its URL, which relative links are resolved with; may be empty.
        selector: The selector from the settings; empty if there is none for the site.
        location: The location that errors name.

    Returns None if the page has no article.
    """

    def target(href: str) -> tuple[str, str]:
        return link_target(address, href), ""

    body = select_element(tree, selector, location) if selector else None
    if body is not None:
        return _Content(HtmlRenderer(target).render(body))
    if is_discussion(page) and (builder := render_discussion(tree, target)):
        return _Content(builder)
    chosen = select_article(tree)
    if isinstance(chosen, PageSelection):
        renderer = HtmlRenderer(target, selection=chosen)
        return _Content(renderer.render(tree), chosen.left_out)
    return _Content(HtmlRenderer(target).render(chosen)) if chosen is not None else None


def _article(content: _Content, metadata: PageMetadata, stated: str, location: str) -> Article:
    """Return the article of rendered content, with the page's metadata.

    Args:
        content: The content, which has some text.
        metadata: The metadata of the page.
        stated: Its title; empty to take one from the text.
        location: The location of the article.
    """
    builder = content.builder
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
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
        left_out=content.left_out,
    )


def read_whole_page(data: bytes, location: str, *, address: str = "", charset: str = "") -> Article:
    """Return all text of a page, with what is around the article, below a caption.

    The arguments and errors are those of `read_page`.
    """
    return _whole_page(_text(data, location, charset), location, address, ALL_OF_IT)


def _tree_of(page: str, location: str) -> "HtmlElement | None":
    """Return the tree of a page; None if trafilatura finds no HTML in it.

    A page that is too deep for trafilatura's parser is parsed by `parse_html`. Raises SourceError
    if it is nested too deeply for that too, or if trafilatura is not installed.
    """
    with missing_extra("web", location):
        from trafilatura import load_html  # noqa: PLC0415 - an extra, and 130 ms
    _silence_libraries()
    tree: HtmlElement | None = load_html(page)
    if tree is None or not tree.xpath(_DEEP):
        return tree
    return parse_html(page, location)


@lru_cache(maxsize=1)
def _silence_libraries() -> None:
    """Silence the libraries' logs and warnings, which would be printed to the terminal."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="dateutil|dateparser|htmldate|trafilatura")


def _is_menu(builder: ArticleBuilder) -> bool:
    """Return whether a long text is navigation: it has no full stop, or is mostly links.

    False for a text of 200 code points or fewer.
    """
    length = builder.text_builder.length
    linked = sum(len(link.passage) for link in builder.links)
    if length <= _SHORT:
        return False
    return linked > _LINKED * length or not _STOP.search(builder.text_builder.text())


def _whole_page(page: str, location: str, source: str, caption: str) -> Article:
    """Return all text of a page as an article whose first line is a caption that explains it.

    Args:
        page: The page's source text.
        location: The location of the article.
        source: The page's URL, which relative links are resolved with; may be empty.
        caption: The caption.

    Raises SourceError if the page has no text.
    """
    builder = ArticleBuilder()
    builder.add(caption)
    builder.end(BlockKind.CAPTION)
    renderer = HtmlRenderer(
        lambda href: (link_target(source, href), ""), builder, alternatives=True
    )
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
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
    )


def _text(data: bytes, location: str, charset: str) -> str:
    """Return the decoded source text of a page.

    `charset` is the one that the server stated, empty for none; it is ignored if the bytes are not
    valid in it. Raises SourceError if the page is not text.
    """
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode_text(data, location)


def link_target(source: str, href: str) -> str:
    """Return the absolute URL of a link on a page; empty if it is not http or https.

    Args:
        source: The page's URL, which a relative link is joined to; may be empty.
        href: The link as the page states it.
    """
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

    Feeds of comments are ignored. `address` is the page's URL, which a relative link is joined to.
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
