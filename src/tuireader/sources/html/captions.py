"""Recognises the captions of a page's pictures by the elements that they are in."""

import re
from typing import TYPE_CHECKING

from tuireader.sources.html.elements import ElementNames, tag_of, word_set

if TYPE_CHECKING:
    from lxml.etree import _Element

    from tuireader.sources.html.dom_text import DomBlock

_CAPTIONS = word_set(
    "caption captions figcaption credit credits legend legende imagecaption photocaption cutline",
    "bildunterschrift bildtext didascalia",
)
_GALLERIES = word_set("gallery slideshow carousel")
_PICTURE_TEXT = re.compile(
    r"(?:image|img|photo|picture|media|foto|bild)[_-]{0,2}"
    r"(?:text|desc|description|info|title|meta|unterschrift|legende|beschreibung)\b",
    re.IGNORECASE,
)
_NO_CAPTIONS = word_set("article main body blockquote pre table td th")
_CAPTION_DEPTH = 5


def caption_of(block: "DomBlock", names: ElementNames, *, is_new: bool) -> "_Element | None":
    """Return the element to mark as a caption if a block is one; None if it is not.

    That is the block's container if it is in a figure or in an element named a caption; for a new
    block, also if it is in a gallery. Otherwise it is an inline element, named a caption, around
    all pieces of the block.

    Args:
        block: The block.
        names: Remembers the names of elements.
        is_new: Whether the extractor did not take the block for the article.
    """
    element: _Element | None = block.container
    for depth in range(_CAPTION_DEPTH):
        if element is None or tag_of(element) in _NO_CAPTIONS:
            break
        words = names.of(element)
        if tag_of(element) in {"figure", "figcaption"} or _is_caption_name(words):
            return block.container
        if is_new and words & _GALLERIES:
            return block.container
        if is_new and depth < 2 and _PICTURE_TEXT.search(element.get("class") or ""):
            return block.container
        element = element.getparent()
    return _caption_in_line(block, names)


def _caption_in_line(block: "DomBlock", names: ElementNames) -> "_Element | None":
    """Return the inline element named a caption that holds all pieces of a block.

    None if there is none.
    """
    piece = block.pieces[0]
    element = piece.element.getparent() if piece.is_tail else piece.element
    for _ in range(_CAPTION_DEPTH):
        if element is None or element is block.container:
            return None
        if _is_caption_name(names.of(element)):
            inside = all(
                element in (other.element, *other.element.iterancestors())
                and not (other.is_tail and other.element is element)
                for other in block.pieces
            )
            return element if inside else None
        element = element.getparent()
    return None


def _is_caption_name(words: frozenset[str]) -> bool:
    """Return whether one of the words in an element's names is that of a caption."""
    return bool(words & _CAPTIONS) or any(word.endswith("caption") for word in words)
