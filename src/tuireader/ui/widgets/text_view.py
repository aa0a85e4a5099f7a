"""The text as it stands on the screen: rows, looks, gutter and scroll bar."""

from typing import ClassVar

from textual.reactive import var
from textual.strip import Strip

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.passage import Passage
from tuireader.layout.flow import Flow, Position, Row
from tuireader.layout.motions import Ground
from tuireader.ui.spans import NO_SPANS, Span, Spans, pieces
from tuireader.ui.widgets.pane import Piece
from tuireader.ui.widgets.sequences import KeySequences

GUTTER = 3
"""Cells left of the text: the cursor's mark, a kept passage's mark, and a blank."""

MARGIN = 2
"""Cells right of the text: a blank and the scroll bar."""

NARROWEST, WIDEST = 20, 200
"""The widths in cells that the column can have."""

_LOOKS = {
    BlockKind.HEADING: "title",
    BlockKind.CAPTION: "caption",
    BlockKind.CODE: "code",
    BlockKind.RULE: "faint",
}
_EMPHASIS = {"em": "em", "strong": "bold", "code": "code"}


class TextView(KeySequences):
    """Shows an article's text from one row on; what lies over the text comes as spans.

    Every place is an offset into the text. Only the rows that are on the screen
    are ever wrapped, so that the length of the text does not matter.
    """

    LAYERS: ClassVar[tuple[str, ...]] = ("text", "kept", "lit", "hits", "cursor")
    """What can lie over the text, from the lowest to the highest."""

    article: var[Article | None] = var(None)
    """The article that is shown."""
    column: var[int] = var(72)
    """The widest that the text's column may be, in cells."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._flow: Flow | None = None
        self._top: Position = (0, 0)
        self._layers: dict[str, Spans] = {}
        self._shown: list[tuple[Position, Row]] = []
        self._gutter: dict[Position, str] = {}

    def heading(self) -> str:
        """The article's title and outlet."""
        article = self.article
        if article is None:
            return "Text"
        return " · ".join(part for part in (article.title or "Untitled", article.outlet) if part)

    @property
    def column_width(self) -> int:
        """How wide the text's column is now, in cells."""
        return max(10, min(self.column, self.size.width - GUTTER - MARGIN))

    @property
    def flow(self) -> Flow:
        """The rows of the text at the present width."""
        if self._flow is None:
            article = self.article or Article(location="", text="")
            self._flow = Flow(article.text, article.blocks, self.column_width)
        return self._flow

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.article.text if self.article else ""

    @property
    def top(self) -> Position:
        """The first row on the screen."""
        return self._top

    def ground(self) -> Ground:
        """What motions move over."""
        return Ground(self.article or Article(location="", text=""), self.flow, self.body_height)

    def rows(self) -> list[tuple[Position, Row]]:
        """The rows that are on the screen."""
        if not self._shown:
            self._shown = self.flow.rows_from(self._top, max(1, self.body_height))
        return self._shown

    def seen(self) -> Passage:
        """The stretch of the text that is on the screen."""
        rows = self.rows()
        return Passage(rows[0][1].start, rows[-1][1].end)

    def lay(self, layer: str, spans: Spans) -> None:
        """Put spans over the text in place of the layer's old ones."""
        self._layers[layer] = spans
        self.redraw()

    def redraw(self) -> None:
        """Draw all rows again."""
        self._gutter.clear()
        self.refresh()

    def put_top(self, position: Position) -> None:
        """Make a row the first on the screen, without leaving the last page half empty."""
        last_top = self.flow.before(self.flow.last, max(0, self.body_height - 1))
        self._top = min(position, last_top)
        self._shown = []
        self.redraw()

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
        left = self._left() + row.indent + len(row.prefix)
        return self.flow.offset_at(position, max(0, x - left))

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Show another article from its top; a longer text of the same one stays where it is."""
        same = bool(old and new and old.location == new.location and not old.complete)
        place = self.seen().start if same and self.is_mounted else 0
        self._flow = None
        self._layers.clear()
        self._shown = []
        self._top = self.flow.position_of(place) if place else self.flow.first
        if new:
            self._layers["text"] = Spans(
                [Span(link.passage.start, link.passage.end, "link") for link in new.links]
                + [
                    Span(mark.passage.start, mark.passage.end, _EMPHASIS[mark.kind])
                    for mark in new.emphases
                ]
            )
        self.redraw()

    def watch_column(self) -> None:
        """Wrap the text again, keeping the place."""
        self._rewrap()

    def on_resize(self) -> None:
        """Wrap the text again, keeping the place."""
        self._rewrap()

    def _rewrap(self) -> None:
        if not self.size.width:
            return
        place = self.flow.row(self._top).start
        self._flow = self.flow.reflowed(self.column_width)
        self._shown = []
        self.put_top(self._flow.position_of(place) if place else self._flow.first)

    def _left(self) -> int:
        spare = self.size.width - self.column_width - GUTTER - MARGIN
        return GUTTER + max(0, spare) // 2

    def body_line(self, y: int) -> Strip:
        """One row of the text with its gutter and its piece of the scroll bar."""
        rows = self.rows()
        bar = self._bar(y)
        if y >= len(rows):
            return self._framed([], bar)
        position, row = rows[y]
        gutter = self.gutter_of(position, row)
        left = self._left()
        line: list[Piece] = [(" " * (left - GUTTER), ""), *gutter]
        if row.kind is None:
            return self._framed(line, bar)
        if row.kind is BlockKind.RULE:
            return self._framed([*line, ("─" * self.column_width, "faint")], bar)
        line.append((" " * row.indent, ""))
        if row.prefix:
            line.append((row.prefix, "bar"))
        line.extend(self._text_pieces(row))
        return self._framed(line, bar)

    def gutter_of(self, position: Position, row: Row) -> list[Piece]:
        """The three cells left of a row; subclasses put their marks there."""
        del position, row
        return [(" " * GUTTER, "")]

    def _text_pieces(self, row: Row) -> list[Piece]:
        over = [
            span
            for layer in self.LAYERS
            for span in self._layers.get(layer, NO_SPANS).over(row.start, row.end)
        ]
        ground = _LOOKS.get(row.kind, "") if row.kind else ""
        return [
            (self.text[piece.start : piece.end].replace("\t", " "), piece.look)
            for piece in pieces(row.start, row.end, over, ground)
        ]

    def _framed(self, line: list[Piece], bar: str) -> Strip:
        room = self.size.width - 1
        return Strip.join([self.strip(line).crop(0, room), self.strip([(bar, "faint")]).crop(0, 1)])

    def _bar(self, y: int) -> str:
        height, length = self.body_height, len(self.text)
        if not length or height < 2:
            return " "
        seen = self.seen()
        if seen.start == 0 and seen.end >= length:
            return " "
        first = seen.start * height // length
        last = max(first, min(height - 1, (seen.end - 1) * height // length))
        return "┃" if first <= y <= last else "│"
