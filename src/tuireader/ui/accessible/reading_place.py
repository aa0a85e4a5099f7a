"""Where the reader is on the screen, for the terminal's cursor."""

from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tuireader.layout.reading_place import place_in_rows
from tuireader.ui.accessible.frames import Place
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.text_pane.pane import TextPane


def reading_place(screen: Screen[Any]) -> Place:
    """Return where the reader is: the text cursor, the selected item, or where text is typed."""
    focused = screen.focused
    if focused is None:
        return Place(0, 0)
    match focused:
        case Input() | TextArea():
            x, y = focused.cursor_screen_offset
            if isinstance(focused, Input) and focused.cursor_at_end:
                x -= 1  # Textual counts the cell of its own cursor
        case TextPane() | ItemList():
            column, row = _in_text(focused) if isinstance(focused, TextPane) else _in_list(focused)
            x = focused.region.x + column + focused.has_frame
            y = focused.region.y + row + focused.has_heading
        case _:
            x, y = focused.content_region.offset
    width, height = screen.size
    return Place(max(0, min(x, width - 1)), max(0, min(y, height - 1)))


def _in_text(pane: TextPane) -> tuple[int, int]:
    """Return the column and the row of the text cursor, in cells from 0."""
    view, cursor = pane.viewport, pane.cursor
    left = view.text_column.left
    return place_in_rows(view.rows(), cursor.position, view.text, cursor.offset, left)


def _in_list(pane: ItemList[Any]) -> tuple[int, int]:
    """Return the column and the row of the item under the cursor, in cells from 0."""
    rows = pane.viewport.rows_of(pane.cursor)
    return 1, rows[0] if rows else 0


def is_typed_into(widget: Widget | None) -> bool:
    """Return whether a widget is one in which text is typed."""
    return isinstance(widget, Input | TextArea)
