"""The reading cursor: an offset in the text, and the sentence around it."""

from tuireader.domain.article import Passage
from tuireader.layout import motions
from tuireader.layout.cells import next_grapheme
from tuireader.layout.cursor_stops import CursorSurface
from tuireader.layout.flow import Position

MOST_STEPS = 10_000
"""The most steps that a count makes the cursor go."""


class TextCursor:
    """Where the reader is in a text."""

    def __init__(self) -> None:
        self.offset = 0
        self.sentence = Passage(0, 0)
        """The sentence under the cursor."""
        self.position: Position = (0, 0)
        """The row that the cursor is on."""
        self._goal: int | None = None

    def place(self, surface: CursorSurface, offset: int) -> None:
        """Put the cursor at an offset, or at the nearest end of the text."""
        last = max(0, len(surface.article.text) - 1)
        self.offset = max(0, min(offset, last))
        self.sentence = motions.sentence(surface, self.offset)
        self.position = surface.flow.position_of(self.offset)

    def forget_column(self) -> None:
        """Begin a new goal column with the next move by rows."""
        self._goal = None

    def row_target(self, surface: CursorSurface, rows: int, times: int = 1) -> int:
        """Return the offset `times` moves of `rows` rows away, in the column of the first move."""
        if self._goal is None:
            self._goal = surface.flow.column_of(self.offset)
        offset = self.offset
        for _ in range(min(times, MOST_STEPS)):
            offset = motions.row_move(surface, offset, rows, self._goal)
        return offset

    def caret(self, text: str) -> Passage:
        """Return the character under the cursor."""
        return Passage(self.offset, next_grapheme(text, self.offset))
