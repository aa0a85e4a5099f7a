"""The view of a text: moves its viewport, cursor, selection and decorations together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tuireader.domain.article import Article, Passage
from tuireader.domain.quote import Quote
from tuireader.layout import motions
from tuireader.layout.cells import cell_width
from tuireader.layout.flow import Row
from tuireader.layout.frame import top_for
from tuireader.layout.places import with_marks, word_passage
from tuireader.text.messages import counted
from tuireader.ui.text_pane.cursor import (
    GROWING_MOTIONS,
    Selection,
    SelectionMode,
    TextCursor,
    grow_target,
)
from tuireader.ui.text_pane.decorations import Decorations, quoted_words
from tuireader.ui.text_pane.renderer import RowRenderer
from tuireader.ui.text_pane.screen_motions import JUMPS, SCREEN_MOTIONS, SCROLLS, scroll_view
from tuireader.ui.text_pane.typography import Typography
from tuireader.ui.text_pane.viewport import NO_ARTICLE, Viewport
from tuireader.ui.widgets.styles import StyledText, WidgetStyles

LINES = {"line_down": 1, "line_up": -1}
"""The motions by rows, and their directions."""

PAGES = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}
"""The motions by pages."""

SIDES = {"right_side": 16, "left_side": -16}
"""The motions that scroll wide lines of code and tables, and by how many cells."""

OTHER_END = "other_end"
"""The motion to the other end of the selection."""

MAX_COUNTED = 100_000
"""Code points of a selection up to which its words are counted."""

ChangedRows = list[int] | None
"""The rows of the pane to redraw, from 0; None for all."""


class TextView:
    """A text with a cursor; the text pane draws it.

    All positions are code point offsets into the text.
    """

    def __init__(
        self,
        viewport: Viewport,
        styles: WidgetStyles,
        signs_of: Callable[[Row], Iterable[StyledText]],
    ) -> None:
        """Create an empty view over a viewport, drawn in the given styles.

        `signs_of` returns the signs in the gutter beside a row, three cells wide, with styles.
        """
        self.viewport = viewport
        self.cursor = TextCursor()
        self.selection = Selection()
        self.decorations = Decorations()
        self.renderer = RowRenderer(viewport, self.cursor, self.decorations, styles, signs_of)
        self._laid_out = False
        self._awaited: tuple[str, int] | None = None
        self._last_keys = (False, False)

    @property
    def selected(self) -> Passage | None:
        """The selected passage; None if nothing is selected."""
        return self.selection.passage(self.viewport.surface(), self.cursor.offset)

    @property
    def has_wide_lines(self) -> bool:
        """Whether code or a table on the screen is wider than the text, and can be scrolled."""
        return any(row.window for _, row in self.viewport.rows())

    def allows(self, motion: str) -> bool:
        """Return whether the key of a motion is active now."""
        if motion in SIDES:
            return self.has_wide_lines
        return bool(self.selection) or motion not in {OTHER_END, "word_end"}

    def has_other_keys(self) -> bool:
        """Return whether other keys are active than when this was asked last."""
        before = self._last_keys
        self._last_keys = bool(self.selection), self.has_wide_lines
        return self._last_keys != before

    def show(self, article: Article | None, *, keep_place: bool) -> None:
        """Show an article, None for none.

        With `keep_place` it is more of the same article, at the same place; else it is shown from
        its top.
        """
        self.decorations.show(article)
        if keep_place and article is not None:
            self.viewport.show_more(article)
        else:
            self.viewport.show(article or NO_ARTICLE)
        self.renderer.clear()

    def resize(self, width: int, height: int, column: int) -> None:
        """Wrap the text for another size, and keep the cursor visible.

        `width` and `column`, the maximum width of the text, are in cells, and `height` is in rows.
        """
        first_time, self._laid_out = not self._laid_out, bool(width)
        self.viewport.resize(width, height, column)
        self.renderer.clear()
        if width:
            self.place_cursor(self.cursor.offset, keep_column=True)
            if first_time and self.cursor.offset:
                view = self.viewport
                view.scroll_to(top_for(view.flow, self.cursor.offset, view.height))

    def place_cursor(
        self, offset: int, *, centre: bool = False, keep_column: bool = False
    ) -> ChangedRows:
        """Move the cursor to an offset and make it visible; return the rows to redraw.

        With `centre`, an offset that was not visible comes to a third of the height. With
        `keep_column`, the next move by rows goes to the same column as the last.
        """
        self._awaited = None
        if not keep_column:
            self.cursor.forget_column()
        before = self._forget_marked_rows()
        self.cursor.place(self.viewport.surface(), offset)
        if self._scroll_sideways():
            self.cursor.place(self.viewport.surface(), offset)
        self.mark_cursor()
        top = self.viewport.top
        self.viewport.reveal(self.cursor.offset, centre=centre)
        after = self._forget_marked_rows()
        is_lit_anew = self._light_paragraph()
        if self.viewport.typography.typewriter:
            self.viewport.scroll_to(
                self.viewport.flow.before(self.cursor.position, self.viewport.height // 2)
            )
        return None if is_lit_anew or self.viewport.top != top else [*before, *after]

    def _scroll_sideways(self) -> bool:
        """Scroll a line that is not wrapped until the cursor is in it; return whether it did."""
        row = self.viewport.flow.row(self.cursor.position)
        target = self._target_sideways(row, self.cursor.offset)
        if target is None:
            return False
        self.viewport.set_typography(replace(self.viewport.typography, sideways=target))
        self.renderer.clear()
        return True

    def _target_sideways(self, row: Row, offset: int) -> int | None:
        """Return by how many cells a line must be scrolled to show an offset; None if it does."""
        if row.window is None:
            return 0 if self.viewport.typography.sideways else None
        first, room = row.window
        column = cell_width(self.viewport.text[row.start : offset])
        if (first == 0 or column > first) and column < first + room - 1:
            return None
        if column < room - 1:
            return 0
        cells = cell_width(self.viewport.text[row.start : row.end])
        return max(0, min(column - room // 2, max(cells, column + 1) + 1 - room))

    def _scroll_aside(self, cells: int) -> ChangedRows:
        """Scroll wide lines of code and tables to the right, or left if negative.

        The cursor goes to a line that has text there: to its own, else to the first on the screen.
        """
        view = self.viewport
        rows = view.rows()
        widths = [
            cell_width(view.text[row.start : row.end]) if row.window else 0 for _, row in rows
        ]
        here = next((y for y, (at, _) in enumerate(rows) if at == self.cursor.position), 0)
        if not any(widths):
            return []
        number = here if widths[here] else next(y for y, cells in enumerate(widths) if cells)
        window = rows[number][1].window
        widest = max(widths)
        first, room = window or (0, 0)
        target = max(0, min(first + cells, widest + 1 - room))
        if widths[number] <= target + 1:
            number = widths.index(widest)
        position = rows[number][0]
        view.set_typography(replace(view.typography, sideways=target))
        self.renderer.clear()
        column = view.flow.column_of(self.cursor.offset) if number == here else 0
        column = max(2 if target else 0, min(column, room - 3))
        self.place_cursor(view.flow.offset_at(position, column))
        return None

    def _light_paragraph(self) -> bool:
        """Light the paragraph of the cursor if the others are dimmed; return whether it changed."""
        lit = None
        if self.viewport.typography.focus:
            lit = motions.paragraph(self.viewport.surface(), self.cursor.offset)
        if lit == self.renderer.lit:
            return False
        self.renderer.lit = lit
        self.renderer.clear()
        return True

    def set_typography(self, typography: Typography) -> None:
        """Set and light the text as the reader chose, and keep the place."""
        self.viewport.set_typography(typography)
        self.renderer.clear()
        self.place_cursor(self.cursor.offset)

    def move(self, motion: str, count: int) -> ChangedRows:
        """Move the cursor by a motion, repeated `count` times; return the rows to redraw.

        `motion` is a name in `LINES`, `PAGES`, `SCROLLS`, `SIDES`, `SCREEN_MOTIONS`,
        `layout.motions.MOTIONS`, or `OTHER_END`. `count` is 0 if none was typed.
        """
        surface, offset = self.viewport.surface(), self.cursor.offset
        if motion in SCROLLS:
            return self._scroll_line(motion, count)
        if motion in SCREEN_MOTIONS:
            changed = self.place_cursor(SCREEN_MOTIONS[motion](self.viewport, offset, count))
            if motion in JUMPS and not self.viewport.article.complete:
                self._awaited = motion, count
            return changed
        count = count or 1
        if motion in SIDES:
            return self._scroll_aside(SIDES[motion] * count)
        if motion in LINES:
            target = self.cursor.row_target(surface, LINES[motion], count)
            return self.place_cursor(target, keep_column=True)
        if motion in PAGES:
            height = self.viewport.height
            page = height - 2 if abs(PAGES[motion]) >= 1 else height // 2
            rows = max(1, page) * count * (1 if PAGES[motion] > 0 else -1)
            target = self.cursor.row_target(surface, rows)
            self.viewport.scroll_by(rows)
            if PAGES[motion] == 1:
                self.viewport.drop_widow()
                visible = self.viewport.flow.after(self.viewport.top, 2)
                target = max(target, self.viewport.flow.row(visible).start)
            self.place_cursor(target, keep_column=True)
            return None
        growing = self.selection.mode is SelectionMode.CHARACTERS and motion in GROWING_MOTIONS
        if motion == OTHER_END:
            target = self.selection.swap(offset)
        elif growing:
            target = grow_target(surface, offset, motion, count)
        else:
            target = motions.MOTIONS[motion](surface, offset, count)
        return self.place_cursor(target)

    def kept_offset(self) -> int:
        """Return where the cursor goes when more of its article is shown: mostly where it is.

        After a jump to the end, or to a share of the text, while only its beginning was known, it
        is where that jump leads now.
        """
        if self._awaited is None:
            return self.cursor.offset
        motion, count = self._awaited
        return SCREEN_MOTIONS[motion](self.viewport, self.cursor.offset, count)

    def _scroll_line(self, motion: str, count: int) -> ChangedRows:
        """Scroll so that the cursor's row is where a motion of `SCROLLS` says.

        `count` is the number of rows for the motions by rows, 0 for one.
        """
        rows = scroll_view(self.viewport, self.cursor.position, motion, count)
        if rows:
            self.scroll(rows)
        return None

    def scroll(self, rows: int) -> bool:
        """Scroll by rows, up if negative; return whether the cursor moved to stay visible."""
        view = self.viewport
        view.scroll_by(rows)
        distance = view.flow.distance(view.top, self.cursor.position, view.height + 1)
        if 0 <= distance < view.height:
            return False
        shown = view.rows()
        number = min(2, len(shown) - 1) if distance < 0 else max(0, len(shown) - 3)
        self.place_cursor(shown[number][1].start, keep_column=True)
        return True

    def scroll_to(self, share: float) -> ChangedRows:
        """Scroll to a part of the text, from 0 to 1; the cursor moves if it must.

        Returns the rows to redraw.
        """
        view = self.viewport
        offset = round(share * len(view.text))
        view.scroll_to(view.flow.position_of(offset) if offset else view.flow.first)
        self.scroll(0)
        return None

    def heading(self) -> tuple[str, str]:
        """Return the title of the pane, and the number of the paragraph at the cursor.

        The title is that of the article while its masthead is scrolled away. Without a gutter,
        for a screen reader, nothing is told that changes while one reads.
        """
        article = self.viewport.article
        if not self.viewport.has_gutter:
            return f"Text: {article.title}" if article.title else "Text", ""
        is_told = self.viewport.has_masthead or not article.title
        return "Text" if is_told else article.title, self._paragraph()

    def _paragraph(self) -> str:
        """Return the number of the paragraph at the cursor, and how many there are; "" for none.

        A text that is still loading has no number of paragraphs yet.
        """
        article = self.viewport.article
        if not article.text:
            return ""
        blocks = self.viewport.flow.blocks
        here = f"¶ {max(0, blocks.index_at(self.cursor.offset)) + 1:,}"
        return f"{here} of {len(blocks):,}" if article.complete else here

    def unit_at_cursor(self, name: str, quotes: Sequence[Quote]) -> Passage | None:
        """Return the "word", "sentence", "paragraph" or "quotation" at the cursor, by its name.

        `quotes` are the article's quotations in the order of the text. With "around_" before its
        name, a quotation has its quotation marks; white space around a unit is never part of it.
        Returns None if there is no quotation at the cursor or in its sentence.
        """
        surface, offset = self.viewport.surface(), self.cursor.offset
        is_around = name.startswith("around_")
        name = name.removeprefix("around_")
        if name == "word":
            return word_passage(surface, offset)
        if name == "quotation":
            words = quoted_words(quotes, offset, self.cursor.sentence)
            return with_marks(surface, words) if words and is_around else words
        if name == "paragraph":
            return motions.paragraph(surface, offset)
        return motions.sentence(surface, offset)

    def mark_cursor(self) -> None:
        """Style the selection, or else the sentence, and the character under the cursor."""
        marked, style = self.selected, "selection"
        if marked is None:
            marked, style = self.cursor.sentence, "sentence"
        self.decorations.lay_cursor(marked, style, self.cursor.caret(self.viewport.text))

    def whereabouts(self, keys: str, *, stretching: bool) -> str:
        """Return the text for the status line: typed keys, selection, and position.

        `keys` are those typed, "" for none. The selection is given in words, with a hint while a
        quotation's extent is being changed (`stretching`); the position is the percentage that was
        passed.
        """
        length = len(self.viewport.text)
        parts = [keys, self.selection_words(stretching=stretching)]
        parts.append(f"{self.viewport.seen().end / length:.0%} " if length else "")
        return "  ".join(part for part in parts if part)

    def selection_words(self, *, stretching: bool) -> str:
        """Return how many words are selected, as text for the status line; "" for no selection.

        There is a hint while a quotation's extent is being changed (`stretching`).
        """
        selected = self.selected
        if selected is None:
            return ""
        end = min(selected.end, selected.start + MAX_COUNTED)
        words = len(self.viewport.text[selected.start : end].split())
        doing = "Enter accepts" if stretching else "SELECT"
        return f"{doing} {counted(words, 'word')}"

    def _forget_marked_rows(self) -> list[int]:
        """Drop the rendered rows of the cursor's sentence and the selection.

        Return the numbers of those that are visible.
        """
        marked, here = self.selected or self.cursor.sentence, self.cursor.position
        self.renderer.forget(marked, here)
        return [
            y
            for y, (position, row) in enumerate(self.viewport.rows())
            if position == here or (row.start < marked.end and row.end > marked.start)
        ]
