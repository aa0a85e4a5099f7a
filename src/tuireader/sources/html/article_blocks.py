"""Chooses the blocks of a page that are shown as its article.

The blocks that an extractor took are the core. What stands among them and belongs to them is added:
headings, lists, tables, code, paragraphs of other elements, and captions.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.sources.html.captions import caption_of
from tuireader.sources.html.elements import HEADINGS, ElementNames, tag_of, word_set
from tuireader.sources.html.pointers import is_pointer
from tuireader.sources.html.tables import is_data_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from tuireader.sources.html.dom_text import DomBlock, DomText

_MOST_OF_IT = 0.5
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
    "noprint editsection audio podcast",
)
_STANDFIRST = word_set(
    "lead lede standfirst intro introduction dek deck summary subtitle subheadline subhead",
    "vorspann chapeau entradilla ingress abstract sommario leadtext",
)
_HEADS = frozenset(HEADINGS) | {"summary"}
_PARAGRAPHS = word_set("p div section article main")
_ITEMS = word_set("li dt dd td th pre blockquote")
_WRAPPERS = word_set("ul ol dl li blockquote table tbody tr td figure")
_ENDED = re.compile(r"[.!?…。！？।؟:;][\"”’»)\]*]*$")
_LONG = 100
_MOST_LINKED = 0.8
_ENOUGH = 200
_DEEPEST = 14
_DEEPEST_BLOCKS = {"pre": 3, "td": 3, "th": 3, "blockquote": 2}
"""Elements that may be around a block within the one that holds the core; else one."""
_HEADING_DEPTH, _ITEM_DEPTH = 2, 3
_MOST_FOLLOWING = 200
_NEAR_CORE, _SHORTEST_STANDFIRST = 40, 40
_LONGEST_CAPTION, _LONGEST_CORE = 700, 300


class ArticleBlocks:
    """Adds to the core of an article the blocks around it that belong to it.

    The core is the set of numbers, in `dom.blocks`, of the blocks that the extractor took; it must
    not be empty. `captions` holds the elements found to be captions, once `chosen` was called.
    """

    def __init__(self, dom: "DomText", core: set[int]) -> None:
        self._dom = dom
        self._core = core
        self._names = ElementNames()
        self._length = sum(dom.blocks[number].length for number in core)
        self._chosen = set(core)
        self._parents = self._homes()
        self.captions: set[_Element] = set()

    def chosen(self) -> "list[DomBlock]":
        """Return the blocks to show, in the page's order: the core and what belongs to it."""
        first, last = min(self._core), max(self._core)
        self._add_captions(first, last)
        for block in self._dom.blocks[first : last + 1]:
            if block.number in self._chosen:
                continue
            if self._is_wanted(block) or self._is_announced(block):
                self._chosen.add(block.number)
        self._complete_lines(first, last)
        self._add_following(last)
        self._add_standfirst(first)
        self._add_headings(max(self._chosen))
        return [self._dom.blocks[number] for number in sorted(self._chosen)]

    def _homes(self) -> "set[_Element]":
        """Return the elements that hold much of the core's text directly.

        List, table and quotation elements between them and the text do not count.
        """
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
        enough = min(_ENOUGH, self._length / 3)
        return {element for element, length in lengths.items() if length >= enough}

    def _is_wanted(self, block: "DomBlock") -> bool:
        """Return whether a block between blocks of the core belongs to the article."""
        depth = self._depth(block, _BESIDE)
        if block.hidden or depth is None or tag_of(block.container) in _HEADS:
            return False
        tag = self._item_tag(block)
        if depth > _DEEPEST_BLOCKS.get(tag, 1):
            return False
        if tag:
            return block.linked <= _MOST_OF_IT * block.length
        if block.is_formula():
            return True
        text = block.text()
        if block.linked > _MOST_LINKED * block.length:
            return bool(_ENDED.search(text)) and not is_pointer(text)
        return len(text) >= _LONG or bool(_ENDED.search(text))

    def _is_announced(self, block: "DomBlock") -> bool:
        """Return whether a block is an item of a list that a chosen block introduces.

        That block ends with ":", or is the item before it.
        """
        if block.hidden or not block.number or tag_of(block.container) != "li":
            return False
        before = self._dom.blocks[block.number - 1]
        if before.number not in self._chosen or self._depth(block, _BESIDE) != 0:
            return False
        is_next = before.container.getparent() is block.container.getparent()
        return is_next or before.text().endswith((":", "："))

    def _item_tag(self, block: "DomBlock") -> str:
        """Return the tag of the list item, cell, code or quotation around a block.

        It is looked for in three elements at most; "" if there is none.
        """
        element: _Element | None = block.container
        for _ in range(_ITEM_DEPTH):
            if element is None or element in self._parents:
                break
            if (tag := tag_of(element)) in _ITEMS:
                return tag
            element = element.getparent()
        return ""

    def _depth(self, block: "DomBlock", others: frozenset[str]) -> int | None:
        """Return how many elements are around a block, within the one that holds the core.

        Args:
            block: The block; its own element, lists and tables do not count.
            others: Words in an element's names that tell that it is not part of the article.

        None if the block is outside of all elements that hold the core, or in one with such a name.
        """
        element: _Element | None = block.container
        depth = 0
        for _ in range(_DEEPEST):
            if element is None or element in self._parents:
                return depth if element is not None else None
            above = element.getparent()
            if self._is_beside(element, others):
                return None
            depth += tag_of(element) not in _WRAPPERS and element is not block.container
            element = above
        return None

    def left_out(self) -> int:
        """Return how many paragraphs are not chosen that look like the article's own.

        Call it after `chosen`; 0 if there are none.
        """
        around = self._around()
        return sum(
            self._looks_like_article(block, around)
            for block in self._dom.blocks
            if block.number not in self._chosen
        )

    def _looks_like_article(self, block: "DomBlock", around: "_Element | None") -> bool:
        """Return whether a block is a long paragraph of text that is part of the article.

        `around` is the element around the article; None for the whole page.
        """
        if block.hidden or block.length < _LONG or block.linked > _MOST_OF_IT * block.length:
            return False
        if tag_of(block.container) not in _PARAGRAPHS or not _ENDED.search(block.text()):
            return False
        for element in (block.container, *block.container.iterancestors()):
            if element is around or tag_of(element) == "body":
                return around is None or element is around
            if tag_of(element) in _ASIDES or self._names.of(element) & _BESIDE:
                return False
        return False

    def _complete_lines(self, first: int, last: int) -> None:
        """Choose all of each preformatted text and data table of which a part is chosen.

        Of a table, half the blocks must be chosen. Only the blocks with the numbers `first` to
        `last` are considered.
        """
        parts: dict[_Element, list[int]] = {}
        for block in self._dom.blocks[first : last + 1]:
            for element in (block.container, *islice(block.container.iterancestors(), _DEEPEST)):
                if tag_of(element) in {"pre", "table"}:
                    parts.setdefault(element, []).append(block.number)
        for element, numbers in parts.items():
            count = sum(number in self._chosen for number in numbers)
            if count and (tag_of(element) == "pre" or 2 * count >= len(numbers)):
                is_whole = tag_of(element) == "pre" or is_data_table(element)
                self._chosen.update(numbers if is_whole else ())

    def _add_standfirst(self, first: int) -> None:
        """Choose the introduction between the headline and the block number `first`.

        It is a paragraph whose element is named as such; nothing is chosen if there is none.
        """
        for block in reversed(self._dom.blocks[max(0, first - _NEAR_CORE) : first]):
            element = block.container
            if tag_of(element) == "h1":
                return
            names = self._names.of(element)
            parent = element.getparent()
            if parent is not None and tag_of(element) in {"p", "span"}:
                names |= self._names.of(parent)
            if block.hidden or not names & _STANDFIRST or names & _OF_OTHERS:
                continue
            if block.length >= _SHORTEST_STANDFIRST and block.linked < _MOST_OF_IT * block.length:
                self._chosen.add(block.number)

    def _add_following(self, last: int) -> None:
        """Choose the lists, tables, code, quotations and captions behind block number `last`.

        The first block that is none of these ends the search.
        """
        waiting: list[int] = []
        around = self._around()
        for block in self._dom.blocks[last + 1 : last + 1 + _MOST_FOLLOWING]:
            caption = caption_of(block, self._names, is_new=True)
            if caption is not None and not block.hidden and self._is_caption_here(block, around):
                self.captions.add(caption)
            elif tag_of(block.container) in _HEADS and self._depth(block, _BESIDE) == 0:
                waiting.append(block.number)
                continue
            elif not self._item_tag(block) or not self._is_wanted(block):
                break
            self._chosen.update((*waiting, block.number))
            waiting.clear()

    def _is_beside(self, element: "_Element", others: frozenset[str]) -> bool:
        """Return whether an element is not part of the article, by its tag or its names.

        `others` are the words in names that tell this. A quotation's footer is part of the article.
        """
        tag = tag_of(element)
        if tag == "footer":
            above = element.getparent()
            return above is None or tag_of(above) not in {"blockquote", "figure"}
        return tag in _ASIDES or bool(self._names.of(element) & others)

    def _add_headings(self, last: int) -> None:
        """Choose the headings directly before a chosen block, in the same part of the page.

        `last` is the number of the last block that is considered.
        """
        following: DomBlock | None = None
        first = min(self._core)
        for block in reversed(self._dom.blocks[: last + 1]):
            is_chosen = block.number in self._chosen
            if block.number < first and (following is None or self._depth(block, _BESIDE) != 0):
                break
            if not is_chosen and following and tag_of(block.container) in _HEADS:
                is_chosen = not block.hidden and self._heads(block, following)
            if is_chosen:
                self._chosen.add(block.number)
            following = block if is_chosen else None

    def _heads(self, heading: "DomBlock", block: "DomBlock") -> bool:
        """Return whether a heading is in the same part of the page as the block behind it.

        False for a heading that is mostly links, or points to other pages.
        """
        if heading.linked > _MOST_OF_IT * heading.length or is_pointer(heading.text()):
            return False
        if self._depth(heading, _BESIDE) is not None:
            return True
        around = list(islice(heading.container.iterancestors(), _HEADING_DEPTH))
        if any(tag_of(other) in _ASIDES or self._names.of(other) & _BESIDE for other in around):
            return False
        return any(other in around for other in islice(block.container.iterancestors(), _DEEPEST))

    def _add_captions(self, first: int, last: int) -> None:
        """Choose the captions in the element around the article, and note their elements.

        `first` and `last` are the numbers of the core's first and last block.
        """
        around = self._around()
        own: dict[_Element, int] = {}
        for block in self._dom.blocks[max(0, first - _NEAR_CORE) : last + 1]:
            is_core = block.number in self._core
            if block.hidden or block.length > (_LONGEST_CORE if is_core else _LONGEST_CAPTION):
                continue
            caption = caption_of(block, self._names, is_new=not is_core)
            if caption is None:
                continue
            if is_core:
                own[caption] = own.get(caption, 0) + block.length
            elif self._is_caption_here(block, around):
                self._chosen.add(block.number)
                self.captions.add(caption)
        # An article all of whose text is in figures is a series of pictures with their stories.
        if sum(own.values()) <= _MOST_OF_IT * self._length:
            self.captions.update(own)

    def _around(self) -> "_Element | None":
        """Return the nearest `article` or `main` element around the core's longest block.

        None if there is none.
        """
        number = max(self._core, key=lambda number: self._dom.blocks[number].length)
        element = self._dom.blocks[number].container
        for above in element.iterancestors():
            if tag_of(above) in {"article", "main"} or above.get("role") == "main":
                return above
        return None

    def _is_caption_here(self, block: "DomBlock", around: "_Element | None") -> bool:
        """Return whether a caption is part of the article, not of another one beside it.

        `around` is the element around the article; None for the whole page.
        """
        for element in (block.container, *block.container.iterancestors()):
            if element is around or element in self._parents:
                return True
            if tag_of(element) in _ASIDES - {"button"} or self._names.of(element) & _OF_OTHERS:
                return False
        return around is None
