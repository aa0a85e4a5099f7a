"""What a screen reader says of bookmarks and quotations when the cursor comes to their row."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.screen import Screen
from textual.timer import Timer

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote, speaker_label
from tuireader.layout.flow import Position
from tuireader.ui.text_pane.decorations import MAX_QUOTE_LENGTH, placed
from tuireader.ui.text_pane.pane import TextPane

MAX_NOTE = 60
"""Characters of a note that are said; the list of notes has all of it."""

MAX_IN_ROW = 8
"""Quotations that are looked at for a row."""


LINE_FIRST = 0.15
"""Seconds after which a screen reader has noticed the move of the cursor."""


class EnteredMarks:
    """The bookmarks and quotations in the row of the cursor, to tell when there are others."""

    def __init__(
        self,
        after: Callable[[float, Callable[[], None]], Timer],
        announce: Callable[[str], None],
    ) -> None:
        """Begin outside of all.

        `after` calls a function after some seconds, and `announce` tells the screen reader a line.
        """
        self._after = after
        self._announce = announce
        self._waiting: Timer | None = None
        self._place: tuple[str, Position] | None = None
        self._marks: frozenset[object] = frozenset()

    def tell(self, screen: Screen[object]) -> None:
        """Tell what the cursor has come to, when the screen reader has begun to read its line.

        Readers that get both at once, such as Fenrir, speak what is written and leave the line out.
        """
        words = self._words(screen)
        if not words:
            return
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self._after(LINE_FIRST, partial(self._announce, words))

    def _words(self, screen: Screen[object]) -> str:
        """Return what the cursor has come to by its last move; "" for nothing.

        A row that goes on with what the one before has is not told, nor is what appears in the row
        of the cursor, which has a message. While text is selected, its size is told instead.
        """
        pane = screen.focused
        if not isinstance(pane, TextPane) or pane.article is None:
            return ""
        place = (pane.article.location, pane.cursor.position)
        row = _row_at(pane, pane.cursor.position)
        told, marks = [], set[object]()
        for bookmark in placed(pane.bookmarks):
            if bookmark.start < row.end and bookmark.end > row.start:
                marks.add(bookmark.id)
                if bookmark.id not in self._marks:
                    told.append(_bookmark_words(bookmark))
        for quote in quotations_in(pane.quotes, row):
            marks.add((quote.start, quote.end))
            if (quote.start, quote.end) not in self._marks:
                told.append(f"Quotation, {speaker_label(quote)}")
        is_entered = self._place not in {None, place} and not pane.selection
        self._place, self._marks = place, frozenset(marks)
        return ". ".join(told) if is_entered else ""


def quotations_in(quotes: Sequence[Quote], row: Passage) -> Iterator[Quote]:
    """Yield the quotations of which words are in a row; they are in the order of the text."""
    behind = bisect_left(quotes, row.end, key=lambda quote: quote.start)
    for quote in quotes[max(0, behind - MAX_IN_ROW) : behind]:
        if row.start - quote.start < MAX_QUOTE_LENGTH and any(
            span.start < row.end and span.end > row.start for span in quote.spans
        ):
            yield quote


def _row_at(pane: TextPane, position: Position) -> Passage:
    """Return where the row at a position is in the text; an empty passage if it is not shown."""
    rows = (row for place, row in pane.viewport.rows() if place == position)
    return next((Passage(row.start, row.end) for row in rows), Passage(0, 0))


def _bookmark_words(bookmark: Bookmark) -> str:
    """Return the colour of a bookmark in words, whether its text was altered, and its note."""
    kind = f"{bookmark.colour} bookmark".strip().capitalize()
    altered = ", altered" if bookmark.altered else ""
    note = " ".join(bookmark.note[: 2 * MAX_NOTE].split())
    shown = note if len(note) <= MAX_NOTE else f"{note[:MAX_NOTE].rstrip()}…"
    return f"{kind}{altered}, note: {shown}" if shown else f"{kind}{altered}"
