"""Chooses the blocks of a page that are shown as its article.

The blocks that an extractor took are the core. What stands among them and belongs to them is added:
headings, lists, tables, code, paragraphs of other elements, and captions.
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.sources.html.elements import HEADINGS, names_of, tag_of, word_set
from tuireader.sources.html.pointers import is_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from tuireader.sources.html.dom_text import DomBlock, DomText, TextPiece


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelection:
    """The elements of a page that are shown."""

    texts: "frozenset[_Element]"
    """The elements whose text is shown."""
    tails: "frozenset[_Element]"
    """The elements behind which the text is shown."""
    entered: "frozenset[_Element]"
    """The elements with something in them that is shown."""
    captions: "frozenset[_Element]" = frozenset()
    """The elements that are captions, whatever they are called."""
    left_out: int = 0
    """How many paragraphs are not shown that look like paragraphs of an article."""

    def shows(self, element: "_Element") -> bool:
        """Return whether the text at the start of an element is shown; blanks always are."""
        return element in self.texts or (element.text or " ").isspace()

    def shows_tail(self, element: "_Element") -> bool:
        """Return whether the text behind an element is shown; blanks always are."""
        return element in self.tails or (element.tail or " ").isspace()


def selection_of(
    blocks: "Iterable[DomBlock]", captions: "Iterable[_Element]" = (), left_out: int = 0
) -> PageSelection:
    """Return the selection that shows some blocks of a page."""
    texts: set[_Element] = set()
    tails: set[_Element] = set()
    entered: set[_Element] = set()
    for block in blocks:
        for piece in block.pieces:
            (tails if piece.is_tail else texts).add(piece.element)
            element = piece.element.getparent() if piece.is_tail else piece.element
            while element is not None and element not in entered:
                entered.add(element)
                element = element.getparent()
    return PageSelection(
        texts=frozenset(texts),
        tails=frozenset(tails),
        entered=frozenset(entered),
        captions=frozenset(captions),
        left_out=left_out,
    )


_MOST_OF_IT = 0.5
_MUCH_OF_IT = 0.3
_SPACE = re.compile(r"\s+")
_SHORTEST_FOUND = 30


def core_blocks(pieces: "Iterable[TextPiece]") -> set[int]:
    """Return the numbers of the blocks of which most of the text is in some pieces."""
    taken: dict[DomBlock, int] = {}
    for piece in pieces:
        taken[piece.block] = taken.get(piece.block, 0) + len(piece.text.strip())
    return {block.number for block, length in taken.items() if length >= _MUCH_OF_IT * block.length}


def blocks_within(dom: "DomText", text: str) -> set[int]:
    """Return the numbers of the blocks whose text is part of a text, white space apart."""
    bare = _SPACE.sub("", text)
    found: set[int] = set()
    for block in dom.blocks:
        words = _SPACE.sub("", block.text())
        if len(words) >= _SHORTEST_FOUND and words in bare:
            found.add(block.number)
    return found


_ASIDES = word_set("nav aside footer form button menu dialog")
_OF_OTHERS = word_set(
    "related promo promos promoted newsletter ad ads advert advertisement advertising sponsor",
    "sponsored comment comments recommend recommended recommendation recommendations recirc",
    "recirculation nav navigation menu sidebar footer cookie consent popup modal teaser teasers",
    "outbrain taboola trending popular paywall byline author authors bio avatar",
)
"""Words in the names of elements that hold other articles, advertisements and the like."""
_BESIDE = _OF_OTHERS | word_set(
    "share sharing social subscribe subscription signup tags tag toolbar breadcrumb breadcrumbs",
    "readmore more meta rating ratings donate donation follow login register copyright disclaimer",
    "widget player print pagination pager skip toc references reflist navbox hatnote catlinks",
    "noprint editsection",
)
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
_NO_CAPTIONS = word_set("article main body blockquote pre table td th h1 h2 h3 h4 h5 h6")
_ITEMS = word_set("li dt dd td th pre blockquote")
_WRAPPERS = word_set("ul ol dl li blockquote table tbody tr td figure")
_ENDED = re.compile(r"[.!?…。！？।؟:;][\"”’»)\]*]*$")
_LONG = 100
_ENOUGH = 200
_DEEPEST = 14
_DEEPEST_PARAGRAPH = 2
_HEADING_DEPTH = 2
_CAPTION_DEPTH = 5
_LONGEST_CAPTION, _LONGEST_CORE = 700, 300


class ArticleBlocks:
    """Adds to the core of an article what belongs to it."""

    def __init__(self, dom: "DomText", core: set[int]) -> None:
        self._dom = dom
        self._core = core
        self._chosen = set(core)
        self._parents = self._homes()
        self.captions: set[_Element] = set()

    def chosen(self) -> "list[DomBlock]":
        """Return the blocks to show, in order."""
        first, last = min(self._core), max(self._core)
        self._add_captions(last)
        for block in self._dom.blocks[first : last + 1]:
            if block.number not in self._chosen and self._is_wanted(block):
                self._chosen.add(block.number)
        self._add_headings(first, last)
        return [self._dom.blocks[number] for number in sorted(self._chosen)]

    def _homes(self) -> "set[_Element]":
        """Return the elements that hold much of the core directly."""
        lengths: dict[_Element, int] = {}
        for number in self._core:
            block = self._dom.blocks[number]
            element = block.container
            if tag_of(element) == "div":
                lengths[element] = lengths.get(element, 0) + block.length
            parent = element.getparent()
            while parent is not None:
                lengths[parent] = lengths.get(parent, 0) + block.length
                if tag_of(parent) not in _WRAPPERS:
                    break
                parent = parent.getparent()
        return {element for element, length in lengths.items() if length >= _ENOUGH}

    def _is_wanted(self, block: "DomBlock") -> bool:
        """Return whether a block among those of the core belongs to the article."""
        depth = self._depth(block, _BESIDE)
        tag = tag_of(block.container)
        if block.hidden or depth is None or tag in HEADINGS:
            return False
        if tag in _ITEMS:
            return block.linked <= _MOST_OF_IT * block.length
        if depth > _DEEPEST_PARAGRAPH:
            return False
        text = block.text()
        if block.linked > 0.8 * block.length:
            return len(text) >= 20 and bool(_ENDED.search(text))
        return len(text) >= _LONG or bool(_ENDED.search(text))

    def _depth(self, block: "DomBlock", others: frozenset[str]) -> int | None:
        """Return how deep a block is within an element that holds the core.

        None if it is in none, or if an element around it is named as one of others.
        """
        element: _Element | None = block.container
        for depth in range(_DEEPEST):
            if element is None or element in self._parents:
                return depth if element is not None else None
            if tag_of(element) in _ASIDES or names_of(element) & others:
                return None
            element = element.getparent()
        return None

    def _add_headings(self, first: int, last: int) -> None:
        """Choose the headings that stand before a chosen block, in the same part of the page."""
        following: DomBlock | None = None
        for block in reversed(self._dom.blocks[first : last + 1]):
            is_chosen = block.number in self._chosen
            if not is_chosen and following and tag_of(block.container) in HEADINGS:
                is_chosen = not block.hidden and self._heads(block, following)
            if is_chosen:
                self._chosen.add(block.number)
            following = block if is_chosen else None

    def _heads(self, heading: "DomBlock", block: "DomBlock") -> bool:
        """Return whether a heading and the block behind it are in the same part of the page."""
        if heading.linked > _MOST_OF_IT * heading.length or is_pointer(heading.text()):
            return False
        if self._depth(heading, _BESIDE) is not None:
            return True
        around = list(islice(heading.container.iterancestors(), _HEADING_DEPTH))
        if any(tag_of(other) in _ASIDES or names_of(other) & _BESIDE for other in around):
            return False
        return any(other in around for other in islice(block.container.iterancestors(), _DEEPEST))

    def _add_captions(self, last: int) -> None:
        """Choose the captions in the element around the article, and mark them as such."""
        around = self._around()
        for block in self._dom.blocks[: last + 1]:
            is_core = block.number in self._core
            if block.hidden or block.length > (_LONGEST_CORE if is_core else _LONGEST_CAPTION):
                continue
            caption = caption_of(block, is_new=not is_core)
            if caption is not None and (is_core or self._is_caption_here(block, around)):
                self._chosen.add(block.number)
                self.captions.add(caption)

    def _around(self) -> "_Element | None":
        """Return the element around the article: `article`, `main`, or what holds most of it."""
        number = max(self._core, key=lambda number: self._dom.blocks[number].length)
        element = self._dom.blocks[number].container
        for above in element.iterancestors():
            if tag_of(above) in {"article", "main"} or above.get("role") == "main":
                return above
        return None

    def _is_caption_here(self, block: "DomBlock", around: "_Element | None") -> bool:
        """Return whether a caption is in the article, and not that of another one beside it."""
        for element in (block.container, *block.container.iterancestors()):
            if element is around or element in self._parents:
                return True
            if tag_of(element) in _ASIDES - {"button"} or names_of(element) & _OF_OTHERS:
                return False
        return around is None


def caption_of(block: "DomBlock", *, is_new: bool) -> "_Element | None":
    """Return the element of a block that is a caption; None if it is none.

    It is the block's container if that is within a figure or an element that is named a caption, or
    for a block that is new to the article, in a gallery; else an element in the line around all
    pieces of the block.
    """
    element: _Element | None = block.container
    for depth in range(_CAPTION_DEPTH):
        if element is None or tag_of(element) in _NO_CAPTIONS:
            break
        names = names_of(element)
        if tag_of(element) in {"figure", "figcaption"} or names & _CAPTIONS:
            return block.container
        if is_new and names & _GALLERIES:
            return block.container
        if is_new and depth < 2 and _PICTURE_TEXT.search(element.get("class") or ""):
            return block.container
        element = element.getparent()
    return _caption_in_line(block)


def _caption_in_line(block: "DomBlock") -> "_Element | None":
    """Return the element named a caption that holds all pieces of a block in a line."""
    piece = block.pieces[0]
    element = piece.element.getparent() if piece.is_tail else piece.element
    for _ in range(_CAPTION_DEPTH):
        if element is None or element is block.container:
            return None
        if names_of(element) & _CAPTIONS:
            inside = all(
                element in (other.element, *other.element.iterancestors())
                and not (other.is_tail and other.element is element)
                for other in block.pieces
            )
            return element if inside else None
        element = element.getparent()
    return None
