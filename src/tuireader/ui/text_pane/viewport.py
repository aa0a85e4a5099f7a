"""Which rows of an article's text are on the screen."""

from textual.reactive import var

from tuireader.domain.article import Article, Passage
from tuireader.layout.cursor_stops import CursorSurface
from tuireader.layout.first_frame import heading_of
from tuireader.layout.flow import Flow, Position, Row
from tuireader.layout.pane_widths import TextColumn, text_column
from tuireader.ui.widgets.key_sequences import KeySequences

NO_ARTICLE = Article(location="", text="")


class TextPage(KeySequences):
    """A stretch of rows of a text, from one row on.

    Every place is an offset into the text. Only the rows that are on the screen
    are ever wrapped, so that the length of the text does not matter.
    """

    article: var[Article | None] = var(None)
    """The article that is shown."""
    column: var[int] = var(72)
    """The widest that the text's column may be, in cells."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._flow: Flow | None = None
        self._top: Position = (0, 0)
        self._shown: list[tuple[Position, Row]] = []

    def heading(self) -> str:
        """The article's title and outlet."""
        return heading_of(self.article) if self.article else "Text"

    @property
    def place_of_text(self) -> TextColumn:
        """Where the text's column stands in the pane now."""
        return text_column(self.inner.width, self.column)

    @property
    def flow(self) -> Flow:
        """The rows of the text at the present width."""
        if self._flow is None:
            article = self.article or NO_ARTICLE
            self._flow = Flow(article.text, article.blocks, self.place_of_text.width)
        return self._flow

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text if self.article else ""

    @property
    def top(self) -> Position:
        """The first row on the screen."""
        return self._top

    def ground(self) -> CursorSurface:
        """What motions move over."""
        return CursorSurface(self.article or NO_ARTICLE, self.flow, self.body_height)

    def rows(self) -> list[tuple[Position, Row]]:
        """The rows that are on the screen."""
        if not self._shown:
            self._shown = self.flow.rows_from(self._top, max(1, self.body_height))
        return self._shown

    def seen(self) -> Passage:
        """The stretch of the text that is on the screen."""
        rows = self.rows()
        return Passage(rows[0][1].start, rows[-1][1].end)

    def put_top(self, position: Position) -> None:
        """Make a row the first on the screen, without leaving the last page half empty."""
        last_top = self.flow.before(self.flow.last, max(0, self.body_height - 1))
        self._top = min(position, last_top)
        self._shown = []
        self.refresh()

    def reveal(self, offset: int, *, margin: int = 2, centre: bool = False) -> bool:
        """Scroll as little as needed to have the offset's row on the screen; whether it did."""
        position = self.flow.position_of(offset)
        height = max(1, self.body_height)
        margin = min(margin, (height - 1) // 2)
        distance = self.flow.distance(self._top, position, height + 1)
        if margin <= distance < height - margin:
            return False
        old = self._top
        if centre and not -height < distance < 2 * height:
            self.put_top(self.flow.before(position, height // 3))
        elif distance < margin:
            self.put_top(self.flow.before(position, margin))
        else:
            self.put_top(self.flow.before(position, height - 1 - margin))
        return self._top != old

    def offset_under(self, x: int, y: int) -> int:
        """The offset of the character at a cell of the pane."""
        rows = self.rows()
        position, row = rows[max(0, min(y - 1, len(rows) - 1))]
        left = self.place_of_text.left + row.indent + len(row.prefix)
        return self.flow.offset_at(position, max(0, x - left))

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Show another article from its top; a longer text of the same one stays where it is."""
        same = bool(old and new and old.location == new.location and not old.complete)
        place = self.seen().start if same and self.is_mounted else 0
        self._flow = None
        self._shown = []
        self._top = self.flow.position_of(place) if place else self.flow.first
        self.redraw()

    def watch_column(self) -> None:
        """Wrap the text again, keeping the place."""
        self._rewrap()

    def resized(self) -> None:
        """Wrap the text again, keeping the place."""
        self._rewrap()

    def _rewrap(self) -> None:
        if not self.inner.width:
            return
        place = self.flow.row(self._top).start
        self._flow = self.flow.reflowed(self.place_of_text.width)
        self._shown = []
        self.redraw()
        self.put_top(self._flow.position_of(place) if place else self._flow.first)
