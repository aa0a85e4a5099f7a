"""The lists, quotations, tables and other blocks that are open where an element is rendered."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.domain.blocks import BlockKind
from tuireader.sources.html.elements import HEADINGS
from tuireader.sources.html.tables import TableLayout, is_code_table, is_data_table, table_layout

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"\s*-?[0-9]{1,8}\s*")


@dataclass(slots=True)
class OpenElements:
    """The lists, quotations and other elements that are open at the current element.

    `marker` is the current list item's marker, until it is shown; `quotes` and `captions` count the
    open ones; `heading` is the level of the open heading, 0 for none.
    """

    lists: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item; None for a bullet list."""
    steps: list[int] = field(default_factory=list)
    """For each open list what is added for the next number: -1 if it counts down."""
    marker: str = ""
    quotes: int = 0
    heading: int = 0
    captions: int = 0
    whole: "_Element | None" = None
    """The outermost open `pre`, code table or data table, which is one block; else None."""
    table: TableLayout | None = None
    """The layout of that element if it is a table of data; else None."""

    def enter(self, tag: str, element: "_Element") -> None:
        """Note the start of a block element. `tag` is the element's name."""
        match tag:
            case "ul" | "menu":
                self.lists.append(None)
                self.steps.append(0)
            case "ol":
                counts_down = "reversed" in element.attrib
                first = sum(child.tag == "li" for child in element) if counts_down else 1
                start = _number(element.get("start"))
                self.lists.append(first if start is None else start)
                self.steps.append(-1 if counts_down else 1)
            case "li":
                self.marker = self._next_marker(_number(element.get("value")))
            case "blockquote":
                self.quotes += 1
            case "pre" | "table":
                self._enter_lines(tag, element)
            case _:
                self.heading = HEADINGS.get(tag, self.heading)

    def leave(self, tag: str, element: "_Element") -> None:
        """Note the end of a block element, which `enter` was called with."""
        match tag:
            case "ul" | "menu" | "ol":
                self.lists.pop()
                self.steps.pop()
            case "li":
                self.marker = ""
            case "blockquote":
                self.quotes -= 1
            case "pre" | "table" if element is self.whole:
                self.whole = self.table = None
            case _ if tag in HEADINGS:
                self.heading = 0

    def _enter_lines(self, tag: str, element: "_Element") -> None:
        """Note a preformatted text, a table of code or of data, unless one is open.

        A table that is only for layout is not noted.
        """
        if self.whole is not None:
            return
        if tag == "pre" or is_code_table(element):
            self.whole = element
        elif is_data_table(element):
            self.whole, self.table = element, table_layout(element)

    def _next_marker(self, stated: int | None) -> str:
        """Return the marker of the next list item: "• ", or a number as in "3. ".

        `stated` is the number that the item states; None to go on with the list's next number.
        """
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "• "
        number = number if stated is None else stated
        self.lists[-1] = number + self.steps[-1]
        return f"{number}. "

    def kind(self) -> tuple[BlockKind, int]:
        """Return the kind and the level of a block that stands in the open elements.

        The level counts from 1 for headings, from 0 for list items and quotations; it is 0 for
        others.
        """
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


def _number(value: str | None) -> int | None:
    """Return an attribute's value as a number; None if there is none, or not a whole number."""
    found = _NUMBER.fullmatch(value) if value else None
    return int(found[0]) if found else None
