"""A list of any length that draws only what is on the screen.

A list that shows only the items with the words that the reader types.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.reactive import var
from textual.strip import Strip

from tuireader.layout.wrap import wrap_rows
from tuireader.ui.bindings import FIND, LIST, key
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.prompt_line import PromptRequested
from tuireader.ui.widgets.strips import StyledText

ItemRows = Sequence[Sequence[StyledText]]
"""The rows of one item, each a row of pieces."""

KEPT_ITEMS = 400
"""How many items' rows are remembered."""


class ItemList(Pane):
    """A list with a cursor; items may have rows of different number, made when looked at."""

    BINDINGS: ClassVar = [
        key("j,down", "step(1)", "Next item", "To the next item", LIST),
        key("k,up", "step(-1)", "Previous item", "To the item before", LIST),
        key("space,pagedown,ctrl+f", "page(1)", "Next page of items", "One page down", LIST),
        key("pageup,ctrl+b", "page(-1)", "Previous page of items", "One page up", LIST),
        key("ctrl+d", "page(0.5)", "Half page of items down", "Half a page down", LIST),
        key("ctrl+u", "page(-0.5)", "Half page of items up", "Half a page up", LIST),
        key("g,home", "end(-1)", "First item", "To the first item", LIST),
        key("G,end", "end(1)", "Last item", "To the last item", LIST),
        key("enter", "open", "Open", "Open the item", LIST, name="open-item", show=True),
    ]

    cursor: var[int] = var(0)
    """The number of the item under the cursor, from 0."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._first = 0
        self._made: dict[int, ItemRows] = {}
        self._lines: list[tuple[int, int]] = []

    @property
    def count(self) -> int:
        """How many items there are; subclasses say."""
        return 0

    def make_item(self, index: int) -> ItemRows:
        """The rows of an item; subclasses make them."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """What stands there while there are no items."""
        return ""

    def cursor_moved(self) -> None:
        """The cursor is on another item; subclasses tell of it."""

    def action_open(self) -> None:
        """Open the item under the cursor; subclasses do."""

    def item(self, index: int) -> ItemRows:
        """The rows of an item, remembered."""
        rows = self._made.get(index)
        if rows is None:
            if len(self._made) > KEPT_ITEMS:
                self._made.clear()
            rows = self._made[index] = self.make_item(index)
        return rows

    def renew(self, *, cursor: int | None = None) -> None:
        """Draw everything again, because the items are others."""
        self._made.clear()
        if cursor is not None:
            self.set_reactive(ItemList.cursor, cursor)
        self.set_reactive(ItemList.cursor, max(0, min(self.cursor, self.count - 1)))
        self._first = max(0, min(self._first, self.count - 1))
        self._reveal()
        self._lines = []
        self.refresh()

    def move_to(self, index: int) -> None:
        """Put the cursor on an item, and tell of it."""
        if self.place_cursor(index):
            self.cursor_moved()

    def place_cursor(self, index: int) -> bool:
        """Put the cursor on an item and tell nobody; whether it was on another."""
        index = max(0, min(index, self.count - 1))
        if index == self.cursor or not self.count:
            return False
        before, first = self.cursor, self._first
        self.set_reactive(ItemList.cursor, index)
        self._reveal()
        if self._first != first:
            self._lines = []
            self.refresh()
        else:
            self.refresh_rows(y for y, (at, _) in enumerate(self.lines()) if at in {before, index})
        return True

    def lines(self) -> list[tuple[int, int]]:
        """For each row of the body, the item that is on it and the number of its row."""
        if not self._lines:
            height = self.body_height
            for index in range(self._first, self.count):
                self._lines.extend((index, number) for number in range(len(self.item(index))))
                if len(self._lines) >= height:
                    break
            del self._lines[height:]
        return self._lines

    def _reveal(self) -> None:
        if not self.count or self.cursor < self._first:
            self._first = self.cursor
            return
        room = self.body_height
        for index in range(self.cursor, self._first - 1, -1):
            room -= len(self.item(index))
            if room < 0:
                self._first = min(self.cursor, index + 1)
                return

    def body_line(self, y: int) -> Strip:
        """One row of the list."""
        if not self.count:
            words = self.empty_words()
            rows = wrap_rows(words, 0, len(words), max(4, self.inner.width - 3)) if words else []
            start, end = rows[y - 1] if 0 < y <= len(rows) else (0, 0)
            return self.strip([(f"  {words[start:end]}", "faint")])
        lines = self.lines()
        if y >= len(lines):
            return self.strip([])
        index, number = lines[y]
        if index != self.cursor:
            return self.strip([(" ", ""), *self.item(index)[number]])
        mark = ("▶" if self.has_focus else "▷") if number == 0 else "▏"
        pieces = [(text, f"item {looks}".strip()) for text, looks in self.item(index)[number]]
        return self.strip([(mark, "item strong"), *pieces], ground="item")

    def action_step(self, items: int) -> None:
        """Move by items."""
        self.move_to(self.cursor + items * (self.keys.take_count() or 1))

    def action_page(self, pages: float) -> None:
        """Move by as many items as are on the screen."""
        shown = len({index for index, _ in self.lines()})
        self.move_to(self.cursor + int(max(1, shown - 1) * pages * (self.keys.take_count() or 1)))

    def action_end(self, way: int) -> None:
        """To the first or the last item."""
        self.move_to(0 if way < 0 else self.count - 1)

    def resized(self) -> None:
        """Make the items again for the new width."""
        self.renew()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the item that was clicked, and open it."""
        lines = self.lines()
        if 0 < event.y <= len(lines):
            event.stop()
            self.move_to(lines[event.y - 1][0])
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the list, and the cursor with it."""
        event.stop()
        self.move_to(self.cursor + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the list, and the cursor with it."""
        event.stop()
        self.move_to(self.cursor - 1)


class FilterList(ItemList):
    """A list with a filter; the subclass arranges its items anew whenever the words change."""

    BINDINGS = [
        key("slash", "ask", "Filter", "Show only what has these words", FIND, show=True),
        key("escape", "unfilter", "Show all", "Show everything again", FIND),
    ]

    QUERY_PROMPT = "Filter"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.query_words = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while everything is shown."""
        if action == "unfilter":
            return bool(self.query_words)
        return super().check_action(action, parameters)

    def rearrange(self) -> None:
        """Filter and sort again; subclasses do."""
        raise NotImplementedError

    def action_ask(self) -> None:
        """Ask for the words."""
        self.post_message(PromptRequested(self))

    def action_unfilter(self) -> None:
        """Show everything again."""
        self.query_typed("")

    def query_typed(self, query: str) -> None:
        """Filter while the reader types."""
        if query.strip() != self.query_words:
            self.query_words = query.strip()
            self.rearrange()

    def query_ended(self, *, accepted: bool) -> None:
        """Keep the filter, or show everything again."""
        if not accepted:
            self.query_typed("")
