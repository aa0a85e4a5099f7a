"""The viewport of a list: its cursor, and which rows of which items are on the screen."""

from typing import Any, Literal, assert_never

from tuireader.layout.wrap import wrap_rows
from tuireader.ui.lists.model import ItemRows, ListModel
from tuireader.ui.widgets.styles import StyledText

MAX_CACHED_ITEMS = 400
"""Items whose rows are cached."""

ListMotion = Literal[
    "next",
    "previous",
    "page_down",
    "page_up",
    "half_page_down",
    "half_page_up",
    "first",
    "last",
]
"""The name of a motion of a list's cursor."""

_PAGES = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}


class ListViewport:
    """The visible rows of a list, and its cursor.

    Only the rows of the items on the screen are made, so the length of the list does not matter.
    """

    def __init__(self, model: ListModel[Any]) -> None:
        """Create a viewport without room over the items of a model; see `resize`."""
        self._model = model
        self.cursor = 0
        """The index of the item under the cursor."""
        self.first = 0
        """The index of the first item on the screen."""
        self.width = 0
        """The width of the pane in cells."""
        self.height = 0
        """The rows that the pane has room for."""
        self._rows: dict[int, ItemRows] = {}
        self._lines: list[tuple[int, int]] = []

    def resize(self, width: int, height: int) -> None:
        """Make the rows for a pane of another size: cells and rows below the heading."""
        self.width, self.height = width, height
        self.reset(self.cursor)

    def reset(self, cursor: int) -> None:
        """Move the cursor to an index, and make all rows again, because the items changed.

        An index out of range gives the nearest one.
        """
        self._rows.clear()
        last = len(self._model) - 1
        self.cursor = max(0, min(cursor, last))
        self.first = max(0, min(self.first, last))
        self._reveal()

    def move_to(self, index: int) -> bool:
        """Move the cursor to an index, or the nearest one; return whether it moved.

        In an empty list it never moves.
        """
        index = max(0, min(index, len(self._model) - 1))
        if index == self.cursor or not len(self._model):
            return False
        self.cursor = index
        self._reveal()
        return True

    def target(self, motion: ListMotion, count: int = 1) -> int:
        """Return the index that a motion leads to, repeated `count` times.

        It may be out of range; `move_to` takes the nearest one.
        """
        match motion:
            case "next":
                return self.cursor + count
            case "previous":
                return self.cursor - count
            case "first":
                return 0
            case "last":
                return len(self._model) - 1
            case "page_down" | "page_up" | "half_page_down" | "half_page_up":
                shown = len({index for index, _ in self.lines()})
                return self.cursor + int(max(1, shown - 1) * _PAGES[motion] * count)
            case _:
                assert_never(motion)

    def item_rows(self, index: int) -> ItemRows:
        """Return the rows of the item at an index for the present width, from a cache.

        The index must be that of a listed item.
        """
        rows = self._rows.get(index)
        if rows is None:
            if len(self._rows) > MAX_CACHED_ITEMS:
                self._rows.clear()
            rows = self._rows[index] = self._model.rows(index, self.width)
        return rows

    def lines(self) -> list[tuple[int, int]]:
        """Return for each row of the pane the item's index, and the row's number in the item.

        There are fewer than the pane has rows if the list ends before.
        """
        if not self._lines:
            for index in range(self.first, len(self._model)):
                self._lines.extend((index, number) for number in range(len(self.item_rows(index))))
                if len(self._lines) >= self.height:
                    break
            del self._lines[self.height :]
        return self._lines

    def share(self) -> tuple[float, float] | None:
        """Return where the items on the screen begin and end in the list, from 0 to 1.

        None if all items are on the screen.
        """
        lines, total = self.lines(), len(self._model)
        if not lines or not total:
            return None
        (first, skipped), (last, number) = lines[0], lines[-1]
        end = last + (number + 1) / len(self.item_rows(last))
        begin = first + skipped / len(self.item_rows(first))
        return None if begin == 0 and end >= total else (begin / total, end / total)

    def rows_of(self, *indexes: int) -> list[int]:
        """Return the rows of the pane, from 0, that show the items at these indexes."""
        return [y for y, (index, _) in enumerate(self.lines()) if index in indexes]

    def index_at(self, y: int) -> int | None:
        """Return the index of the item on row y of the pane; None if there is none."""
        lines = self.lines()
        return lines[y][0] if 0 <= y < len(lines) else None

    def row(self, y: int, *, focused: bool) -> tuple[list[StyledText], str]:
        """Return the pieces of row y, from 0, and the name of the style of the rest of the row.

        `focused` tells whether the list has the focus, for the cursor's sign. A row below the last
        item has no pieces.
        """
        if not len(self._model):
            return self._empty_row(y), ""
        lines = self.lines()
        if y >= len(lines):
            return [], ""
        index, number = lines[y]
        pieces = self.item_rows(index)[number]
        if not pieces:  # the space between two items
            return [], ""
        if index != self.cursor:
            return [(" ", ""), *pieces], ""
        mark = ("▶" if focused else "▷") if number == 0 else "▏"
        marked = [(text, f"item {style}".strip()) for text, style in pieces]
        return [(mark, "item strong"), *marked], "item"

    def _empty_row(self, y: int) -> list[StyledText]:
        """Return row y of a list without items: why it has none, then what can be done."""
        room = max(4, self.width - 3)
        rows: list[StyledText] = [("", "")]
        for text, style in ((self._model.empty_text(), ""), (self._model.next_step(), "faint")):
            if text:
                ranges = wrap_rows(text, 0, len(text), room)
                rows += [*((f"  {text[start:end]}", style) for start, end in ranges), ("", "")]
        return [rows[y]] if y < len(rows) else []

    def _reveal(self) -> None:
        """Scroll as little as possible to make the cursor's item visible."""
        self._lines = []
        if not len(self._model) or self.cursor < self.first:
            self.first = self.cursor
        else:
            room = self.height
            for index in range(self.cursor, self.first - 1, -1):
                room -= len(self.item_rows(index))
                if room < 0:
                    self.first = min(self.cursor, index + 1)
                    break
        self._fill()

    def _fill(self) -> None:
        """Scroll back if there is room below the last item, so that no item is hidden in vain."""
        room = self.height
        for index in range(self.first, len(self._model)):
            room -= len(self.item_rows(index))
            if room <= 0:
                return
        while self.first > 0 and (room := room - len(self.item_rows(self.first - 1))) >= 0:
            self.first -= 1
