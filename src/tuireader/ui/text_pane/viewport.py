"""The viewport: the rows of an article's text that are visible."""

from dataclasses import replace

from tuireader.domain.article import Article, Passage
from tuireader.domain.reading import end_of
from tuireader.layout.cursor_stops import CursorSurface
from tuireader.layout.flow import Flow, Position, Row, signs_of
from tuireader.layout.frame import TextColumn, text_column
from tuireader.layout.masthead import MastheadRow, masthead
from tuireader.ui.text_pane.typography import Typography

NO_ARTICLE = Article(location="", text="")


class Viewport:
    """A window of rows over a text.

    All positions are code point offsets into the text. Only the visible rows are wrapped, so the
    length of the text does not matter.
    """

    def __init__(self, column: int, width: int = 0, height: int = 0) -> None:
        """Create an empty viewport.

        `column` is the maximum width of the text and `width` that inside the frame, in cells;
        `height` is in rows. They may be 0 until `resize`.
        """
        self.column = column
        self.typography = Typography()
        """What the reader chose about how the text is set."""
        self.has_gutter = True
        """Whether there are marks beside the text, and the text is centred."""
        self.article = NO_ARTICLE
        self.width = width
        """The width inside the pane's frame, in cells."""
        self.height = height
        """The rows of text that the pane has room for."""
        self.top: Position = (0, 0)
        """The first row on the screen."""
        self.masthead: tuple[MastheadRow, ...] = ()
        """The rows above the text, which scroll with it."""
        self._flow: Flow | None = None
        self._rows: list[tuple[Position, Row]] = []

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text

    @property
    def text_column(self) -> TextColumn:
        """The position of the text column in the pane, in cells."""
        return text_column(self.width, self.column, centred=self.has_gutter)

    @property
    def flow(self) -> Flow:
        """The rows of the text at the present width."""
        if self._flow is None:
            self._flow = Flow(
                self.article.text,
                self.article.blocks,
                self.text_column.width,
                head=len(self.masthead),
                typesetting=self.typography.typesetting(self.article),
                signs=signs_of(self.article, self.typography.picture_hint),
            )
        return self._flow

    def surface(self) -> CursorSurface:
        """Return the surface for cursor motions."""
        return CursorSurface(self.article, self.flow, self.height)

    def rows(self) -> list[tuple[Position, Row]]:
        """Return the rows on the screen, each with its position."""
        if not self._rows:
            self._rows = self.flow.rows_from(self.top, max(1, self.height))
        return self._rows

    def seen(self) -> Passage:
        """Return the passage from the first to the last visible row; empty without an article."""
        rows = self.rows()
        return Passage(rows[0][1].start, rows[-1][1].end)

    @property
    def has_masthead(self) -> bool:
        """Whether a row of the masthead is on the screen."""
        return self.top < (0, len(self.masthead))

    def share(self) -> tuple[float, float] | None:
        """Return where what is on the screen begins and ends in the text, from 0 to 1.

        None if all of the text is on the screen.
        """
        seen, length = self.seen(), len(self.text)
        if not length or (seen.start == 0 and seen.end >= length):
            return None
        return seen.start / length, seen.end / length

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the article is on the screen; False while the rest is loading."""
        article = self.article
        return article.complete and end_of(article, self.seen()) == len(article.text)

    def show_more(self, article: Article) -> None:
        """Show more of the same article, with the same rows on the screen."""
        top, start = self.top, self.seen().start
        self.show(article, start)
        # A blank row above a paragraph has the paragraph's offset, and would not be the first row.
        if top[0] and self.flow.row(top).start == start:
            self.top = top

    def show(self, article: Article, offset: int = 0) -> None:
        """Show another article with an offset on the first row.

        The offset is in code points; 0 shows the top.
        """
        if self.typography.sideways:
            self.typography = replace(self.typography, sideways=0)
        self.article = article
        self.masthead = masthead(article, self.text_column.width, self.height)
        self._flow = None
        self._rows = []
        self.top = self.flow.position_of(offset) if offset else self.flow.first

    def set_typography(self, typography: Typography) -> None:
        """Set the text as the reader chose, and keep the place."""
        place = self.flow.row(self.top).start
        self.typography = typography
        self._flow = self.flow.set_anew(typography.typesetting(self.article))
        self._rows = []
        self.scroll_to(self.flow.position_of(place) if place else self.flow.first)

    def drop_widow(self) -> None:
        """Scroll past the last row of a paragraph if it alone is left on top, and seen already."""
        row, after = self.flow.row(self.top), self.flow.after(self.top)
        if self.top[1] > 0 and row.kind is not None and self.flow.row(after).kind is None:
            before = self.flow.row(self.flow.before(self.top))
            if before.kind is not None:
                self.scroll_to(self.flow.after(after))

    def resize(self, width: int, height: int, column: int) -> None:
        """Wrap the text for a pane of another size, and keep the place.

        `width` and `column`, the maximum width of the text, are in cells, and `height` is in rows.
        """
        if (width, height, column) == (self.width, self.height, self.column):
            return
        place = self.flow.row(self.top).start if self.width else 0
        self.width, self.height, self.column = width, height, column
        if not width:
            return
        self.masthead = masthead(self.article, self.text_column.width, height)
        self._flow = self.flow.reflowed(self.text_column.width, len(self.masthead))
        self._rows = []
        self.scroll_to(self._flow.position_of(place) if place else self._flow.first)

    def scroll_to(self, position: Position) -> None:
        """Make the row at a position the first visible one.

        Near the end of the text it is lower on the screen, so that the last page is full.
        """
        last_top = self.flow.before(self.flow.last, max(0, self.height - 1))
        self.top = min(position, last_top)
        self._rows = []

    def scroll_by(self, rows: int) -> None:
        """Scroll by rows; a negative number scrolls back."""
        flow = self.flow
        self.scroll_to(flow.after(self.top, rows) if rows > 0 else flow.before(self.top, -rows))

    def reveal(self, offset: int, *, margin: int = 2, centre: bool = False) -> bool:
        """Scroll as little as possible to make an offset's row visible.

        `margin` is the number of rows to keep above and below it; above the first row of the text,
        the masthead becomes visible too. With `centre`, a row that was not visible is placed a
        third of the height below the top. Returns whether it scrolled.
        """
        flow, height = self.flow, max(1, self.height)
        position = flow.position_of(offset)
        if position == flow.position_of(0) and position[1] < height:
            old, self.top, self._rows = self.top, flow.first, []
            return self.top != old
        margin = min(margin, (height - 1) // 2)
        distance = flow.distance(self.top, position, height + 1)
        if margin <= distance < height - margin:
            return False
        old = self.top
        if centre and not -height < distance < 2 * height:
            self.scroll_to(flow.before(position, height // 3))
        elif distance < margin:
            self.scroll_to(flow.before(position, margin))
        else:
            self.scroll_to(flow.before(position, height - 1 - margin))
        return self.top != old

    def offset_under(self, x: int, y: int) -> int:
        """Return the offset of the character at a cell of the pane; both count the frame.

        Beside the text it is the nearest character of the row, and below the text the last row's.
        """
        rows = self.rows()
        position, row = rows[max(0, min(y - 1, len(rows) - 1))]
        left = self.text_column.left + self.has_gutter + row.indent + len(row.prefix)
        return self.flow.offset_at(position, max(0, x - left))
