"""The text of a page in the order of its elements, in blocks, with a mark in each piece.

A library that extracts the article from a page changes, moves and joins elements. To find out which
text it took, each piece of text is given a mark before: one character of Unicode's last private-use
plane, the same for equal pieces. What the library returns holds the marks of what it took.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.sources.html.elements import BLOCKS, UNSEEN, is_hidden, is_line_break
from tuireader.sources.html.formulas import is_formula, picture_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NOT_READ = UNSEEN | {"svg", "nav", "aside"}
"""Elements that never hold an article; leaving them out saves time."""
_LINES = frozenset({"a", "br", "span", "img"})
_MAY_BE_HIDDEN = (
    "descendant-or-self::*[@hidden or contains(@style, 'isplay') or contains(@style, 'isib')]"
)
"""An XPath of the elements of which `is_hidden` need be asked; it is quicker for all others."""
_FIRST_MARK, _MOST_MARKS = 0x100000, 0xFFFD
_SHORTEST_MARKED = 12
_MARK = re.compile("[\U00100000-\U0010fffd]")


@dataclass(slots=True, eq=False)
class TextPiece:
    """A piece of text of the page: the text at the start of an element, or behind the element.

    `is_tail` tells that it is behind it; `is_linked` that it is in a link; `block` is the block
    that it is in.
    """

    element: "_Element"
    is_tail: bool
    text: str
    block: "DomBlock"
    is_linked: bool

    def put(self, text: str) -> None:
        """Replace the text in the page; a formula that a picture shows has no text there."""
        if self.is_tail:
            self.element.tail = text
        elif self.element.tag != "img":
            self.element.text = text


@dataclass(slots=True, eq=False)
class DomBlock:
    """Pieces of text that stand in one line or paragraph, and the block element around them.

    `number` is its index in `DomText.blocks`; `hidden` tells that the page does not display it.
    """

    number: int
    container: "_Element"
    hidden: bool
    pieces: list[TextPiece] = field(default_factory=list)
    length: int = 0
    """Code points, without white space at the ends of the pieces."""
    marked: int = 0
    """Those of them that are in pieces with a mark."""
    linked: int = 0
    """Those of them that are in links."""

    def is_formula(self) -> bool:
        """Return whether the block begins with a formula."""
        first = self.pieces[0].element
        return is_formula(first) or any(is_formula(above) for above in _above(first))

    def text(self) -> str:
        """Return the text of all pieces in one line, with single spaces."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


def _is_page_footer(element: "_Element") -> bool:
    """Return whether a footer is the page's, not that of a quotation or a figure."""
    above = element.getparent()
    return above is None or above.tag not in {"blockquote", "figure"}


_FORMULA_DEPTH = 8


def _above(element: "_Element") -> "Iterator[_Element]":
    return islice(element.iterancestors(), _FORMULA_DEPTH)


class DomText:
    """All pieces of text of a page, in order, and the blocks that they form.

    A mark is one character at the start of a piece that stands for its words, so that the pieces
    can be found again in what an extractor returns.
    """

    def __init__(self, root: "_Element") -> None:
        self.blocks: list[DomBlock] = []
        self.pieces: list[TextPiece] = []
        self._containers: list[_Element] = [root]
        self._current: DomBlock | None = None
        self._links = 0
        self._hidden = 0
        self._hidden_elements: frozenset[_Element] = frozenset()
        self._breaks = 0
        self._by_mark: dict[int, list[int]] = {}
        self._marked: list[TextPiece] = []
        self._elements: list[_Element] = []
        """All elements, so that lxml does not make its objects for them again and again."""
        self._read(root)

    def _read(self, root: "_Element") -> None:
        """Collect the pieces of text of all elements of a page that an extractor reads."""
        from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

        self._hidden_elements = frozenset(root.xpath(_MAY_BE_HIDDEN))
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                self._elements.append(element)
                if tag in _NOT_READ or (tag == "footer" and _is_page_footer(element)):
                    walk.skip_subtree()
                    continue
                self._open(element, tag)
                if text := element.text:
                    self._add(element, text, is_tail=False)
                continue
            is_read = tag not in _NOT_READ and not (tag == "footer" and _is_page_footer(element))
            if event == "end" and is_read:
                self._close(element, tag)
            if element is not root and (text := element.tail):
                self._add(element, text, is_tail=True)

    def _open(self, element: "_Element", tag: str) -> None:
        """Enter an element: a block element ends the current block.

        `tag` is the element's name.
        """
        if element in self._hidden_elements and is_hidden(element):
            self._hidden += 1
        if tag in BLOCKS:
            self._containers.append(element)
            self._current = None
        elif tag in _LINES:
            self._start_in_line(element, tag)

    def _close(self, element: "_Element", tag: str) -> None:
        """Leave an element: a block element ends the current block.

        `tag` is the element's name.
        """
        if element in self._hidden_elements and is_hidden(element):
            self._hidden -= 1
        if tag in BLOCKS:
            self._containers.pop()
            self._current = None
        elif tag == "a":
            self._links -= 1

    def _start_in_line(self, element: "_Element", tag: str) -> None:
        """Enter an inline element: count a link, add a formula, or note a line break.

        Two line breaks in a row end the current block. `tag` is the element's name.
        """
        if tag == "a":
            self._links += 1
        elif tag == "img":
            if formula := picture_formula(element):
                self._add(element, formula, is_tail=False)
        elif is_line_break(element):
            self._breaks += 1
            if self._breaks > 1:
                self._current = None

    def _add(self, element: "_Element", text: str, *, is_tail: bool) -> None:
        """Add a piece of text to the current block; do nothing if it is blank.

        Args:
            element: The element that it belongs to.
            text: The text as the page has it.
            is_tail: Whether it stands behind the element rather than in it.
        """
        length = len(text.strip())
        if not length:
            return
        self._breaks = 0
        block = self._current
        if block is None:
            block = DomBlock(len(self.blocks), self._containers[-1], self._hidden > 0)
            self._current = block
            self.blocks.append(block)
        piece = TextPiece(element, is_tail, text, block, self._links > 0)
        block.length += length
        if piece.is_linked:
            block.linked += length
        block.pieces.append(piece)
        self.pieces.append(piece)

    def mark(self) -> None:
        """Put a mark at the start of each piece in the page; equal pieces get the same mark.

        Very short pieces get none, except the first of a block, and pieces beyond the number of
        available marks get none either.
        """
        marks: dict[str, int] = {}
        for number, piece in enumerate(self.pieces):
            words = piece.text.strip()
            block = piece.block
            is_short = len(words) < _SHORTEST_MARKED and piece is not block.pieces[0]
            if is_short or piece.element.tag == "img":
                continue
            mark = marks.setdefault(words, len(marks))
            if mark >= _MOST_MARKS:
                break
            self._by_mark.setdefault(mark, []).append(number)
            block.marked += len(words)
            lead = piece.text[: len(piece.text) - len(piece.text.lstrip())]
            piece.put(f"{lead}{chr(_FIRST_MARK + mark)}{_MARK.sub('', piece.text[len(lead) :])}")
            self._marked.append(piece)

    def unmark(self) -> None:
        """Give the marked pieces of the page their own text back."""
        for piece in self._marked:
            piece.put(piece.text)

    def marked_in(self, text: str) -> list[TextPiece]:
        """Return the pieces whose marks are in a text, in the text's order.

        Of several equal pieces, the one between the pieces before and behind it is chosen. Empty if
        the text has no marks.
        """
        given = [self._by_mark.get(ord(mark) - _FIRST_MARK, []) for mark in _MARK.findall(text)]
        found: list[int] = []
        used: set[int] = set()
        for numbers, (before, behind) in zip(
            given, _neighbours(given, len(self.pieces)), strict=True
        ):
            number = _nearest([n for n in numbers if n not in used], before, behind)
            if number is not None:
                used.add(number)
                found.append(number)
        return [self.pieces[number] for number in found]


_MOST_EQUAL = 200
"""Equal pieces among which one is chosen; of more, the first."""


def _nearest(numbers: list[int], before: int, behind: int) -> int | None:
    """Return the number of the piece between two others; None if there are no numbers.

    Args:
        numbers: The numbers of equal pieces, in ascending order.
        before: The number of the piece before; -1 for none. The one next to it is chosen.
        behind: The number of the piece behind.

    If none is between them, the first number is returned.
    """
    between = [number for number in numbers[:_MOST_EQUAL] if before < number < behind]
    if not between:
        return next(iter(numbers), None)
    return between[0] if before >= 0 else between[-1]


def _neighbours(given: list[list[int]], end: int) -> list[tuple[int, int]]:
    """Return for each mark the numbers of the nearest unique pieces before and behind it.

    Pieces that are out of order are left out: those not in the longest ascending sequence.

    Args:
        given: For each mark the numbers of the pieces that have it.
        end: The number that stands for the piece behind the last one; -1 stands for none
            before.
    """
    unique = [(at, numbers[0]) for at, numbers in enumerate(given) if len(numbers) == 1]
    ordered = _longest_ascending([number for _, number in unique])
    anchors = {unique[index][0]: unique[index][1] for index in ordered}
    behind: list[int] = []
    following = end
    for at in range(len(given) - 1, -1, -1):
        behind.append(following)
        following = anchors.get(at, following)
    pairs: list[tuple[int, int]] = []
    before = -1
    for at, limit in enumerate(reversed(behind)):
        pairs.append((before, limit))
        before = anchors.get(at, before)
    return pairs


def _longest_ascending(numbers: list[int]) -> list[int]:
    """Return the indexes of the longest ascending subsequence; none for no numbers.

    They are found by patience sorting, in O(n log n).
    """
    tops: list[int] = []
    indexes: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        previous.append(indexes[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            indexes.append(index)
        else:
            tops[pile], indexes[pile] = number, index
    found: list[int] = []
    at = indexes[-1] if indexes else -1
    while at >= 0:
        found.append(at)
        at = previous[at]
    return found[::-1]


def without_marks(text: str) -> str:
    """Return a text without the marks that `DomText.mark` put into it."""
    return _MARK.sub("", text)
