"""List models: the items of a list, filtered and sorted, and the rows that show them."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import Generic, TypeVar

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.layout.wrap import wrap_rows
from tuireader.text import search
from tuireader.ui.widgets.styles import StyledText, StyleSpan, StyleSpans, split_by_style

ItemRows = Sequence[Sequence[StyledText]]
"""The rows of one item, from top to bottom: each a sequence of pieces, text with its styles."""

T = TypeVar("T")


class ListModel(Generic[T]):
    """The content of a list: its items, the filter, and the rows of each item.

    A model is a plain object without Textual. The list widget asks it for the rows of the items on
    the screen, and calls `arrange` when something changes.
    """

    def __init__(self, items: Sequence[T] = ()) -> None:
        """Take the items; all of them are listed until `arrange` is called."""
        self.items = items
        """All items."""
        self.listed = items
        """The items that the filter leaves, in the order of the list."""
        self.query = ""
        """The words of the filter; empty if everything is listed."""
        self.selection: Sized = ()
        """The items that are selected, in a list where that is possible."""
        self.is_spoken = False
        """Whether states are told in words, for a screen reader."""

    def __len__(self) -> int:
        """Return how many items are listed."""
        return len(self.listed)

    def item(self, index: int) -> T | None:
        """Return the item at an index of the list; None if there is none."""
        return self.listed[index] if 0 <= index < len(self.listed) else None

    def arrange(self, cursor: int) -> int:
        """Filter and sort the items again.

        `cursor` is the index of the item under the cursor. Returns its new index, 0 if nothing was
        there; see `place_of` for an item that is not listed any more.
        """
        before = self.item(cursor)
        self.listed = self.arranged()
        return 0 if before is None else max(0, self.place_of(before, cursor))

    def arranged(self) -> Sequence[T]:
        """Return the items that match the filter, in the order of the list."""
        return filter_by_words(self.items, self.query, self.text_of)

    def text_of(self, item: T) -> str:
        """Return the text that the filter searches; subclasses override it."""
        raise NotImplementedError

    def place_of(self, item: T, cursor: int) -> int:
        """Return the new index of the item that was at the index `cursor`.

        Returns 0 if it is not listed any more; subclasses may choose another item.
        """
        del cursor
        return self.listed.index(item) if item in self.listed else 0

    def deselect(self) -> bool:
        """End the selection; return whether there was one. Lists with a selection override it."""
        return False

    def heading(self) -> str:
        """Return the text above the list; subclasses override it."""
        raise NotImplementedError

    def empty_text(self) -> str:
        """Return the text that is shown while no item is listed; "" for none."""
        return ""

    def next_step(self) -> str:
        """Return what the user can do while no item is listed, as a sentence; "" for nothing."""
        return "Esc shows all." if self.query else ""

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the item at an index for a pane of `width` cells.

        Subclasses override it. There is at least one row.
        """
        raise NotImplementedError

    def counted(self) -> str:
        """Return how many items there are, as "3/12" while a filter hides some."""
        total = len(self.items)
        return f"{len(self)}/{total}" if self.query else f"{total}"


def filter_by_words(items: Iterable[T], query: str, text_of: Callable[[T], str]) -> list[T]:
    """Return the items whose text has every word of the query, in their order.

    Case and accents do not matter, and a word may be a part of a longer one. An empty query returns
    all items.

    >>> filter_by_words(["Café Holm", "Harbour"], "cafe holm", str)
    ['Café Holm']
    """
    listed = list(items)
    for word in query.split():
        pattern = search.search_pattern(word)
        if pattern is not None:
            listed = [item for item in listed if pattern.search(text_of(item))]
    return listed


def wrapped_lines(text: str, width: int, most: int) -> list[str]:
    """Return the first lines of a text, wrapped to `width` cells.

    There are at most `most` lines; the last one ends with "…" if the text goes on. White space
    becomes single spaces.
    """
    line = " ".join(text[: width * (most + 1)].split())
    rows = wrap_rows(line, 0, len(line), width) if line else []
    lines = [line[start:end] for start, end in rows[:most]]
    if len(rows) > most:
        last = f"{lines[-1]}…"
        lines[-1] = fit_cells(last, min(width, cell_width(last)))
    return lines


def styled_rows(
    text: str, spans: Iterable[StyleSpan], width: int, start: int = 0
) -> Iterator[list[StyledText]]:
    """Yield the rows of a text from the offset `start` on, wrapped to `width` cells.

    Each is a list of pieces with the styles of the spans, which are ranges of the text.
    """
    indexed = StyleSpans(spans)
    for begin, end in wrap_rows(text, start, len(text), width):
        pieces = split_by_style(begin, end, indexed.over(begin, end), "")
        yield [(text[piece.start : piece.end], piece.style) for piece in pieces]
