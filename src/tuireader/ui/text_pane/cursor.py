"""The cursor in the text, and the selection between a fixed end and the cursor."""

from enum import StrEnum

from tuireader.domain.article import Passage
from tuireader.layout import motions
from tuireader.layout.cells import next_grapheme
from tuireader.layout.cursor_stops import CursorSurface
from tuireader.layout.flow import Position

MAX_STEPS = 10_000
"""The most steps that one count moves the cursor."""


class TextCursor:
    """The position of the cursor in a text, and its goal column."""

    def __init__(self) -> None:
        self.offset = 0
        self.sentence = Passage(0, 0)
        """The sentence under the cursor."""
        self.position: Position = (0, 0)
        """The row that the cursor is on."""
        self._goal: int | None = None

    def place(self, surface: CursorSurface, offset: int) -> None:
        """Move the cursor to an offset, or to the nearest end of the text if it is outside."""
        last = max(0, len(surface.article.text) - 1)
        self.offset = max(0, min(offset, last))
        self.sentence = motions.sentence(surface, self.offset)
        self.position = surface.flow.position_of(self.offset)

    def forget_column(self) -> None:
        """Take the goal column from the cursor's place at the next move by rows."""
        self._goal = None

    def row_target(self, surface: CursorSurface, rows: int, times: int = 1) -> int:
        """Return the offset `times` moves of `rows` rows away, in the goal column.

        Negative `rows` go up. The goal column is that of the first move by rows. Where there are no
        more rows, it is an offset in the last one with text, or the cursor's own.
        """
        if self._goal is None:
            self._goal = surface.flow.column_of(self.offset)
        offset = self.offset
        for _ in range(min(times, MAX_STEPS)):
            offset = motions.row_move(surface, offset, rows, self._goal)
        return offset

    def caret(self, text: str) -> Passage:
        """Return the character under the cursor as a passage; empty at the end of the text."""
        return Passage(self.offset, next_grapheme(text, self.offset))


GROWING_MOTIONS = {"sentence_next", "paragraph_next"}
"""The names of the motions that extend a selection up to the character before their target."""


class SelectionMode(StrEnum):
    """The units by which a selection grows."""

    NONE = ""
    CHARACTERS = "characters"
    SENTENCES = "sentences"


class Selection:
    """A selection between a fixed end and the cursor."""

    def __init__(self) -> None:
        self.mode = SelectionMode.NONE
        self.fixed = 0
        """The offset of the end that stays."""

    def __bool__(self) -> bool:
        """Whether something is selected."""
        return bool(self.mode)

    def begin(self, mode: SelectionMode, fixed: int) -> None:
        """Start a selection with an offset as its fixed end, in units of a mode.

        If one is active, only its mode is changed.
        """
        if not self.mode:
            self.fixed = fixed
        self.mode = mode

    def is_fresh(self, cursor: int) -> bool:
        """Return whether the selection was started and neither end has moved since."""
        return bool(self.mode) and self.fixed == cursor

    def clear(self) -> None:
        """End the selection."""
        self.mode = SelectionMode.NONE

    def swap(self, cursor: int) -> int:
        """Make the cursor's offset the fixed end; return the old fixed end, for the cursor."""
        fixed, self.fixed = self.fixed, cursor
        return fixed

    def passage(self, surface: CursorSurface, cursor: int) -> Passage | None:
        """Return the selected passage without white space at its ends.

        `cursor` is the cursor's offset. Returns None if nothing is selected; the passage is empty
        if only white space is.
        """
        extent = self.extent(surface, cursor)
        return extent.trimmed(surface.article.text) if extent is not None else None

    def extent(self, surface: CursorSurface, cursor: int) -> Passage | None:
        """Return the selected passage with its white space, as it is drawn and copied.

        `cursor` is the cursor's offset. Returns None if nothing is selected.
        """
        if not self.mode:
            return None
        text = surface.article.text
        first, last = sorted((self.fixed, cursor))
        if self.mode is SelectionMode.SENTENCES:
            start = motions.sentence(surface, first).start
            end = motions.sentence(surface, last).end
        else:
            start, end = first, next_grapheme(text, last)
        return Passage(start, end)


def grow_target(surface: CursorSurface, cursor: int, motion: str, count: int) -> int:
    """Return the last character before the target of a motion, repeated `count` times.

    `cursor` is the offset to start from and `motion` a name in `GROWING_MOTIONS`. Where the motion
    leads no further, it ends early; at most `MAX_STEPS` are taken.
    """
    for _ in range(min(count, MAX_STEPS)):
        target = _grow_once(surface, cursor, motion)
        if target == cursor:
            break
        cursor = target
    return cursor


def _grow_once(surface: CursorSurface, cursor: int, motion: str) -> int:
    """Return the last character before the motion's next target that is beyond the cursor.

    At the end of the text, it is the last character.
    """
    text = surface.article.text
    last = max(0, len(text) - 1)
    behind = min(next_grapheme(text, cursor), last)
    while (target := motions.MOTIONS[motion](surface, behind, 1)) > behind:
        end = Passage(cursor, target).trimmed(text).end - 1
        if end > cursor:
            return min(end, last)
        # Only white space lies between the cursor and the target.
        behind = target
    return max(0, min(target, last))
