"""The reading cursor: a place in the text, the sentence around it, and its motions."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Article, Passage
from tuireader.layout import motions
from tuireader.layout.cells import next_grapheme
from tuireader.layout.first_frame import top_for
from tuireader.layout.flow import Position, Row
from tuireader.ui.bindings import MOVE, key
from tuireader.ui.text_pane.renderer import LookSpan, LookSpans, TextView
from tuireader.ui.widgets.pane import StyledText

WHEEL = 3
"""Rows that one notch of the wheel scrolls."""

MOST_STEPS = 10_000
"""The most steps that a count makes the cursor go."""


class TextCursor(TextView):
    """A text with a reading cursor in it, which is always on the screen."""

    BINDINGS = [
        key("j,down", "rows(1)", "Next line", "One line down", MOVE),
        key("k,up", "rows(-1)", "Previous line", "One line up", MOVE),
        key("space,pagedown,ctrl+f", "page(1)", "Next page", "One page down", MOVE, show=True),
        key("pageup,ctrl+b,shift+space", "page(-1)", "Previous page", "One page up", MOVE),
        key("ctrl+d", "page(0.5)", "Half page down", "Half a page down", MOVE),
        key("ctrl+u", "page(-0.5)", "Half page up", "Half a page up", MOVE),
        key(
            "right_parenthesis",
            "motion('sentence_next')",
            "Next sentence",
            "To the next sentence",
            MOVE,
        ),
        key(
            "left_parenthesis",
            "motion('sentence_previous')",
            "Previous sentence",
            "To the start of the sentence, then to the one before",
            MOVE,
        ),
        key(
            "right_curly_bracket",
            "motion('paragraph_next')",
            "Next paragraph",
            "To the next paragraph",
            MOVE,
        ),
        key(
            "left_curly_bracket",
            "motion('paragraph_previous')",
            "Previous paragraph",
            "To the paragraph before",
            MOVE,
        ),
        key("g,home,ctrl+home", "motion('top')", "Top", "To the top of the text", MOVE),
        key("G,end,ctrl+end", "motion('bottom')", "Bottom", "To the end of the text", MOVE),
        key("] h", "motion('heading_next')", "Next heading", "To the next heading", MOVE),
        key(
            "[ h",
            "motion('heading_previous')",
            "Previous heading",
            "To the heading before",
            MOVE,
        ),
    ]

    cursor: var[int] = var(0)
    """Where the reader is, as an offset."""

    @dataclass
    class Moved(Message):
        """The reading cursor moved."""

        offset: int
        seen: Passage

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._goal: int | None = None
        self._sentence = Passage(0, 0)
        self._here: Position = (0, 0)
        self._laid_out = False

    @property
    def sentence(self) -> Passage:
        """The sentence under the cursor."""
        return self._sentence

    def go_to(self, offset: int, *, centre: bool = False) -> None:
        """Put the cursor at an offset and have it on the screen."""
        self._goal = None
        self._place(offset, centre=centre)

    def action_rows(self, rows: int) -> None:
        """Move by rows, keeping the column."""
        ground, offset = self.ground(), self.cursor
        if self._goal is None:
            self._goal = ground.flow.column_of(offset)
        for _ in range(min(self.take_count() or 1, MOST_STEPS)):
            offset = motions.row_move(ground, offset, rows, self._goal)
        self._place(offset)

    def action_page(self, pages: float) -> None:
        """Move the text by pages, and the cursor with it."""
        step = max(1, self.body_height - 2) if abs(pages) >= 1 else max(1, self.body_height // 2)
        rows = step * (self.take_count() or 1) * (1 if pages > 0 else -1)
        ground, old = self.ground(), self.top
        if self._goal is None:
            self._goal = ground.flow.column_of(self.cursor)
        flow = ground.flow
        self.put_top(flow.after(old, rows) if rows > 0 else flow.before(old, -rows))
        self._place(motions.row_move(ground, self.cursor, rows, self._goal))

    def action_motion(self, name: str) -> None:
        """Move by one of the named motions."""
        self._goal = None
        count = self.take_count() or 1
        self._place(motions.MOTIONS[name](self.ground(), self.cursor, count))

    def _place(self, offset: int, *, centre: bool = False) -> None:
        before = self._cursor_rows()
        self._forget_cursor()
        self.set_reactive(TextCursor.cursor, max(0, min(offset, max(0, len(self.text) - 1))))
        self._sentence = motions.sentence(self.ground(), self.cursor)
        self._here = self.flow.position_of(self.cursor)
        self._layers["cursor"] = self.cursor_spans()
        self._forget_cursor()
        if not self.reveal(self.cursor, centre=centre):
            after = self._cursor_rows()
            self.refresh_rows({*before, *after})
        self.post_message(self.Moved(self.cursor, self.seen()))

    def _forget_cursor(self) -> None:
        self.forget(self.marked())
        self._drawn.pop(self._here, None)

    def cursor_spans(self) -> LookSpans:
        """What lies over the text because the cursor is there."""
        sentence = LookSpan(self._sentence.start, self._sentence.end, "sentence")
        return LookSpans([sentence, self.caret()])

    def caret(self) -> LookSpan:
        """The character under the cursor."""
        return LookSpan(self.cursor, next_grapheme(self.text, self.cursor), "caret")

    def marked(self) -> Passage:
        """The stretch of the text that the cursor marks."""
        return self._sentence

    def _cursor_rows(self) -> list[int]:
        marked = self.marked()
        return [
            y
            for y, (position, row) in enumerate(self.rows())
            if position == self._here or (row.start < marked.end and row.end > marked.start)
        ]

    def gutter_of(self, position: Position, row: Row) -> list[StyledText]:
        """The cursor's mark, and whatever else a row has beside it."""
        if row.kind is None:
            return super().gutter_of(position, row)
        if position == self._here:
            mark = "▶"
        elif row.start < self._sentence.end and row.end > self._sentence.start:
            mark = "▏"
        else:
            mark = " "
        return [(mark, "strong"), *self.row_mark(row), (" ", "")]

    def row_mark(self, row: Row) -> list[StyledText]:
        """Two cells beside a row that say what is kept there; subclasses fill them."""
        del row
        return [("  ", "")]

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Begin at the top of another article."""
        same = bool(old and new and old.location == new.location and not old.complete)
        super().watch_article(old, new)
        self._place(self.cursor if same else 0)

    def resized(self) -> None:
        """Keep the cursor on the screen at any size."""
        first_time = not self._laid_out
        super().resized()
        if self.inner.width:
            self._laid_out = True
            self._place(self.cursor)
            if first_time and self.cursor:
                self.put_top(top_for(self.flow, self.cursor, self.body_height))

    def watch_column(self) -> None:
        """Keep the cursor on the screen at any width."""
        super().watch_column()
        if self.inner.width:
            self._place(self.cursor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel; the cursor comes along at the edge."""
        event.stop()
        self._wheel(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel; the cursor comes along at the edge."""
        event.stop()
        self._wheel(-WHEEL)

    def _wheel(self, rows: int) -> None:
        flow, top = self.flow, self.top
        self.put_top(flow.after(top, rows) if rows > 0 else flow.before(top, -rows))
        distance = flow.distance(self.top, self._here, self.body_height + 1)
        if distance < 0:
            self._place(self.rows()[min(2, len(self.rows()) - 1)][1].start)
        elif distance >= self.body_height:
            self._place(self.rows()[max(0, len(self.rows()) - 3)][1].start)
