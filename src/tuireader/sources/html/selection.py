"""What is shown of a page: the blocks that an extractor took, and the elements around them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from tuireader.sources.html.dom_text import DomBlock, DomText, TextPiece


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelection:
    """The elements of a page that are shown as its article."""

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
        """Return whether the text at the start of an element is shown; blank text always is."""
        return element in self.texts or (element.text or " ").isspace()

    def shows_tail(self, element: "_Element") -> bool:
        """Return whether the text behind an element is shown; blank text always is."""
        return element in self.tails or (element.tail or " ").isspace()


def selection_of(
    blocks: "Iterable[DomBlock]", captions: "Iterable[_Element]" = (), left_out: int = 0
) -> PageSelection:
    """Return the selection that shows some blocks of a page.

    Args:
        blocks: The blocks.
        captions: The elements that are captions.
        left_out: How many paragraphs are not shown that look like the article's.
    """
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
    """Return the numbers of the blocks that have a large part of their text in some pieces.

    That is 30 % of the text with a mark; no pieces give no blocks.
    """
    taken: dict[DomBlock, int] = {}
    for piece in pieces:
        taken[piece.block] = taken.get(piece.block, 0) + len(piece.text.strip())
    return {block.number for block, length in taken.items() if length >= _MUCH_OF_IT * block.marked}


def displayed_blocks(dom: "DomText", core: set[int]) -> set[int]:
    """Return the numbers of the blocks of the core that the page displays.

    All of the core if most of it is hidden, as on pages that a script reveals.
    """
    displayed = {number for number in core if not dom.blocks[number].hidden}
    length = sum(dom.blocks[number].length for number in displayed)
    total = sum(dom.blocks[number].length for number in core)
    return displayed if length >= _MUCH_OF_IT * total else core


def blocks_within(dom: "DomText", paragraphs: list[str]) -> set[int]:
    """Return the numbers of the blocks that are one of some paragraphs, or a part of one.

    White space does not count. A short block is not taken for a part: its words may stand anywhere.
    """
    bare = [_SPACE.sub("", text) for text in paragraphs]
    whole, joined = frozenset(bare), "\n".join(bare)
    found: set[int] = set()
    for block in dom.blocks:
        words = _SPACE.sub("", block.text())
        if words in whole or (len(words) >= _SHORTEST_FOUND and words in joined):
            found.add(block.number)
    return found
