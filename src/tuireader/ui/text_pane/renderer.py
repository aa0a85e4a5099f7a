"""Renders rows of the text as styled segments, with the gutter, and the masthead above."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rich.segment import Segment

from tuireader.domain.article import Passage
from tuireader.domain.blocks import BlockKind
from tuireader.domain.bookmark import ReadingProgress
from tuireader.layout.drawn_row import drawn_pieces, visible
from tuireader.layout.flow import Position, Row
from tuireader.layout.frame import BLOCK_STYLES, GUTTER
from tuireader.layout.masthead import progress_place, progress_row, spoken_progress
from tuireader.layout.small_caps import small_capitals
from tuireader.ui.text_pane.cursor import TextCursor
from tuireader.ui.text_pane.decorations import SMALL_CAPS, Decorations
from tuireader.ui.text_pane.viewport import Viewport
from tuireader.ui.widgets.styles import StyledText, WidgetStyles, split_by_style, styled_segments

MAX_CACHED_ROWS = 300
"""Rendered rows that are cached, so that scrolling by a line renders only one."""


class RowRenderer:
    """Renders rows of the text, and caches them until they change."""

    def __init__(
        self,
        viewport: Viewport,
        cursor: TextCursor,
        decorations: Decorations,
        styles: WidgetStyles,
        signs_of: Callable[[Row], Iterable[StyledText]],
    ) -> None:
        """Render what these objects hold.

        `signs_of` returns the signs in the gutter beside a row, three cells wide, with styles.
        """
        self._viewport = viewport
        self._cursor = cursor
        self._decorations = decorations
        self._styles = styles
        self._signs_of = signs_of
        self.lit: Passage | None = None
        """The paragraph that is not dimmed; None if nothing is dimmed."""
        self._rendered: dict[Position, tuple[Row, list[Segment]]] = {}
        self._rules: object = None
        """The rules of the stylesheets that the rows were rendered with."""
        self._reading: ReadingProgress | None = None
        self._is_spoken = False

    def clear(self) -> None:
        """Clear the cache."""
        self._rendered.clear()

    def show_reading(
        self, reading: ReadingProgress | None, *, is_spoken: bool = False
    ) -> int | None:
        """Show how far the article was read, and its tags, in the masthead; nothing for None.

        `is_spoken` is whether it is told in words; the row then does not count on while it is on
        the screen. Returns the row of the viewport to redraw; None if it has not changed, or is not
        visible.
        """
        place = progress_place(self._viewport.masthead)
        self._is_spoken = is_spoken
        if is_spoken and reading is not None and self._viewport.has_masthead:
            reading = self._kept_still(reading)
        if reading == self._reading or place is None:
            self._reading = reading
            return None
        self._reading = reading
        self._rendered.pop((0, place), None)
        y = place - self._viewport.top[1]
        return y if self._viewport.has_masthead and y >= 0 else None

    def _kept_still(self, reading: ReadingProgress) -> ReadingProgress:
        """Return a reading that counts only what was read before the masthead was last shown."""
        before = self._reading
        if before is not None and before.location == reading.location:
            return replace(
                reading, furthest=before.furthest, length=before.length, done=before.done
            )
        end = max((row.end for _, row in self._viewport.rows()), default=0)
        return reading if reading.furthest > end else replace(reading, furthest=0, done=False)

    def forget(self, passage: Passage, position: Position) -> None:
        """Remove the rows that overlap a passage, and the row at a position, from the cache."""
        stale = [
            at
            for at, (row, _) in self._rendered.items()
            if row.start <= passage.end and row.end >= passage.start
        ]
        for at in (*stale, position):
            self._rendered.pop(at, None)

    def segments(self, y: int) -> list[Segment]:
        """Return row y of the viewport, from 0, as wide as the viewport.

        A row below the end of the text is empty.
        """
        rows = self._viewport.rows()
        room = self._viewport.width
        if self._rules is not self._styles.rules:
            self._rules = self._styles.rules
            self._rendered.clear()
        if y >= len(rows):
            return styled_segments([], room, self._styles)
        position, row = rows[y]
        rendered = self._rendered.get(position)
        if rendered is None:
            if len(self._rendered) > MAX_CACHED_ROWS:
                self._rendered.clear()
            segments = styled_segments(self._pieces(position, row), room, self._styles)
            rendered = self._rendered[position] = (row, segments)
        return rendered[1]

    def _pieces(self, position: Position, row: Row) -> list[StyledText]:
        """Return the margin, the gutter and the text of the row at a position.

        A rule is a line; a blank row has a margin and a gutter only.
        """
        place = self._viewport.text_column
        if position < (0, len(self._viewport.masthead)):
            return [(" " * place.left, ""), *self._masthead(position[1], place.width)]
        pieces: list[StyledText] = []
        if self._viewport.has_gutter:
            pieces = [(" " * (place.left - GUTTER), ""), *self._gutter(position, row)]
        if row.kind is BlockKind.RULE:
            pieces.append(("─" * place.width, "faint"))
        elif row.sign:
            pieces.append((row.sign, "caption"))
        else:
            words = [] if row.kind is None else self._text(row)
            pieces += [(" " * row.indent, ""), (row.prefix, "bar"), *words]
        return pieces

    def _masthead(self, number: int, width: int) -> Iterable[StyledText]:
        """Return a row of the masthead, as wide as the column or less."""
        rows = self._viewport.masthead
        if self._reading is None or number != progress_place(rows):
            return rows[number]
        row = spoken_progress if self._is_spoken else progress_row
        return row(self._reading.progress, self._reading.tags, width)

    def is_lit(self, row: Row) -> bool:
        """Return whether a row is not dimmed."""
        return self.lit is None or (row.start < self.lit.end and row.end > self.lit.start)

    def _gutter(self, position: Position, row: Row) -> list[StyledText]:
        """Return the pieces left of a row: the cursor's mark, a bookmark's sign, a speaker's.

        They take `GUTTER` cells; a blank row between blocks has spaces only.
        """
        if row.kind is None:
            return [(" " * GUTTER, "")]
        sentence = self._cursor.sentence
        if position == self._cursor.position:
            mark = "▶"
        elif row.start < sentence.end and row.end > sentence.start:
            mark = "▏"
        else:
            mark = " "
        return [(mark, "strong"), *self._signs_of(row)]

    def _text(self, row: Row) -> list[StyledText]:
        """Return the text of a row in pieces, each with the names of its styles."""
        text = self._viewport.text
        over = self._decorations.over(row.start, row.end)
        ground = BLOCK_STYLES.get(row.kind, "") if row.kind else ""
        lit = "" if self.is_lit(row) else " faint"
        found: list[StyledText] = []
        for piece in drawn_pieces(text, row.shape):
            styles = split_by_style(piece.start, piece.end, over, ground)
            if piece.text == visible(text[piece.start : piece.end]):
                found += [
                    self._drawn(text[part.start : part.end], part.style, lit) for part in styles
                ]
            else:
                beside = "strong" if row.window else styles[0].style if styles else ground
                found.append((piece.text, beside + lit))
        return found

    def _drawn(self, words: str, style: str, lit: str) -> StyledText:
        """Return words of the text with their styles, in small capitals if that is one of them."""
        if SMALL_CAPS not in style:
            return words, style + lit
        style = " ".join(name for name in style.split() if name != SMALL_CAPS)
        if self._viewport.typography.small_caps:
            words = small_capitals(words)
        return words, style + lit
