"""Finds which blocks of a page are its article, with trafilatura."""

import re
from typing import TYPE_CHECKING

from tuireader.sources.html.article_blocks import ArticleBlocks
from tuireader.sources.html.dom_text import DomText, without_marks
from tuireader.sources.html.selection import (
    PageSelection,
    blocks_within,
    core_blocks,
    displayed_blocks,
    selection_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_COVERED = 0.5
_KEPT_SCRIPTS = re.compile(r"application/ld\+json|math/tex", re.IGNORECASE)
_TAGS = {
    "head": "h2", "list": "ul", "item": "li", "quote": "blockquote", "lb": "br", "ref": "span",
    "row": "tr", "cell": "td", "hi": "span", "graphic": "span",
}  # fmt: skip


def select_article(tree: "HtmlElement") -> "PageSelection | _Element | None":
    """Return what is shown of a page as its article; None if there is no article on it.

    That is a selection of the page's elements, or, if the page holds the article only as data in a
    script, a new element with the paragraphs from there. The tree is changed: what holds no text is
    removed.
    """
    _remove_unread(tree)
    dom = DomText(tree)
    dom.mark()
    body = _extracted(tree)
    dom.unmark()
    if body is None:
        return None
    text = "".join(body.itertext())
    pieces = dom.marked_in(text)
    core = core_blocks(pieces)
    enough = _COVERED * len("".join(text.split()))
    if sum(len("".join(piece.text.split())) for piece in pieces) < enough:
        core = blocks_within(dom, ["".join(part.itertext()) for part in body])
        if sum(dom.blocks[number].length for number in core) < enough:
            return _as_html(body)
    article = ArticleBlocks(dom, displayed_blocks(dom, core))
    return selection_of(article.chosen(), article.captions, article.left_out())


def _remove_unread(tree: "HtmlElement") -> None:
    """Remove from a page the elements that hold no text, in place.

    trafilatura copies and searches the page many times. Scripts with data about the page or with
    formulas stay.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    kept = [
        script for script in tree.iter("script") if _KEPT_SCRIPTS.match(script.get("type") or "")
    ]
    for script in kept:
        script.tag = "data"
    etree.strip_elements(
        tree,
        "script",
        "style",
        "svg",
        "link",
        "nav",
        "iframe",
        "select",
        etree.Comment,
        with_tail=False,
    )
    for script in kept:
        script.tag = "script"


def _extracted(tree: "HtmlElement") -> "_Element | None":
    """Return the element with the article that trafilatura extracts; None if it finds none.

    The element is a tree of trafilatura's own elements.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - an extra, and 130 ms

    # Without the format, it would also make a plain text of what it found; without a URL, it
    # leaves the links alone, which are taken from the page.
    found = bare_extraction(
        tree,
        output_format="xml",
        include_comments=False,
        include_formatting=True,
        include_links=True,
    )
    if isinstance(found, dict) or found is None or found.body is None:
        return None
    body: _Element = found.body
    return body


def _as_html(body: "_Element") -> "_Element":
    """Rename trafilatura's own elements to those of HTML, in place, and remove the marks.

    Returns the same element.
    """
    for element in body.iter("*"):
        element.tag = _TAGS.get(str(element.tag), str(element.tag))
        if element.text:
            element.text = without_marks(element.text)
        if element.tail:
            element.tail = without_marks(element.tail)
    return body
