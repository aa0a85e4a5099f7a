"""The lists, quotations, tables and other blocks that are open where an element is rendered."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.domain.blocks import BlockKind
from tuireader.sources.html.elements import HEADINGS
from tuireader.sources.html.tables import TableLayout, is_code_table, is_data_table, table_layout

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class OpenElements:
    """The lists, quotations and other elements that are open at the current element."""

    lists: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item; None for a bullet list."""
    marker: str = ""
    quotes: int = 0
    heading: int = 0
    captions: int = 0
    whole: "_Element | None" = None
    """The outermost element that is one block with lines: preformatted text, or a table."""
    table: TableLayout | None = None
    """The layout of that element if it is a table of data."""

    def enter(self, tag: str, element: "_Element") -> None:
        """Update them at the start of a block element."""
        match tag:
            case "ul" | "menu":
                self.lists.append(None)
            case "ol":
                start = element.get("start", "1")
                self.lists.append(int(start) if start.isdecimal() and len(start) < 9 else 1)
            case "li":
                self.marker = self._next_marker()
            case "blockquote":
                self.quotes += 1
            case "pre" | "table":
                self._enter_lines(tag, element)
            case _:
                self.heading = HEADINGS.get(tag, self.heading)

    def leave(self, tag: str, element: "_Element") -> None:
        """Update them at the end of a block element."""
        match tag:
            case "ul" | "menu" | "ol":
                self.lists.pop()
            case "li":
                self.marker = ""
            case "blockquote":
                self.quotes -= 1
            case "pre" | "table" if element is self.whole:
                self.whole = self.table = None
            case _ if tag in HEADINGS:
                self.heading = 0

    def _enter_lines(self, tag: str, element: "_Element") -> None:
        """Keep the lines of preformatted text and of code, and set the rows of a table of data."""
        if self.whole is not None:
            return
        if tag == "pre" or is_code_table(element):
            self.whole = element
        elif is_data_table(element):
            self.whole, self.table = element, table_layout(element)

    def _next_marker(self) -> str:
        """Return the marker of the next list item, "• " or "3. "."""
        if not self.lists or self.lists[-1] is None:
            return "• "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "

    def kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of a block that is in them."""
        if self.captions:
            return BlockKind.CAPTION, 0
        if self.whole is not None:
            return BlockKind.CODE, 0
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self.lists:
            return BlockKind.LIST_ITEM, len(self.lists) - 1
        if self.quotes:
            return BlockKind.BLOCKQUOTE, self.quotes - 1
        return BlockKind.PARAGRAPH, 0
