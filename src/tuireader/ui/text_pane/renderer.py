"""Stretches of a text in an order that makes those on one row cheap to find.

The text as it is drawn: rows, the looks that lie over them, gutter and scroll bar.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import BlockKind
from tuireader.layout.flow import Position, Row
from tuireader.layout.pane_widths import GUTTER
from tuireader.ui.text_pane.viewport import TextPage
from tuireader.ui.widgets.pane import StyledText


class LookSpan(NamedTuple):
    """A stretch [start, end) of the text, in code points, and the look it gives."""

    start: int
    end: int
    look: str


class LookSpans:
    """Spans in the order of the text; they may overlap. Looking up a row is O(log n + found)."""

    def __init__(self, spans: Iterable[LookSpan] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __len__(self) -> int:
        """How many spans there are."""
        return len(self._spans)

    def over(self, start: int, end: int) -> list[LookSpan]:
        """The spans that share a code point with [start, end)."""
        if not self._spans:
            return []
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


NO_SPANS = LookSpans()


def split_by_looks(start: int, end: int, spans: Iterable[LookSpan], ground: str) -> list[LookSpan]:
    """Cut [start, end) where a look begins or ends; each piece has all its looks, in order.

    Later spans lie over earlier ones.
    """
    over = [span for span in spans if span.start < end and span.end > start]
    if not over:
        return [LookSpan(start, end, ground)]
    cuts = {start, end}
    for span in over:
        cuts.update(cut for cut in (span.start, span.end) if start < cut < end)
    edges = sorted(cuts)
    found: list[LookSpan] = []
    for left, right in pairwise(edges):
        looks = [span.look for span in over if span.start < right and span.end > left]
        found.append(LookSpan(left, right, " ".join([ground, *looks]).strip()))
    return found


_LOOKS = {
    BlockKind.HEADING: "title",
    BlockKind.CAPTION: "caption",
    BlockKind.CODE: "code",
    BlockKind.RULE: "faint",
}

KEPT_ROWS = 300
"""Drawn rows that are remembered, so that scrolling by a line draws one."""

_EMPHASIS = {"em": "em", "strong": "bold", "code": "code"}


class TextView(TextPage):
    """Draws the rows of a text; what lies over the text comes as layers of spans."""

    FIXED = 1
    LAYERS: ClassVar[tuple[str, ...]] = ("text", "kept", "lit", "hits", "cursor")
    """What can lie over the text, from the lowest to the highest."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._layers: dict[str, LookSpans] = {}
        self._drawn: dict[Position, tuple[Row, list[Segment]]] = {}

    def lay(self, layer: str, spans: LookSpans) -> None:
        """Put spans over the text in place of the layer's old ones."""
        self._layers[layer] = spans
        self.redraw()

    def redraw(self) -> None:
        """Draw all rows again."""
        self._drawn.clear()
        super().redraw()

    def forget(self, passage: Passage) -> None:
        """Draw the rows again that show some of a passage, when they are shown next."""
        stale = [
            position
            for position, (row, _) in self._drawn.items()
            if row.start <= passage.end and row.end >= passage.start
        ]
        for position in stale:
            del self._drawn[position]

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Show another article, with the looks that its author gave it."""
        self._layers.clear()
        if new:
            self._layers["text"] = LookSpans(
                [LookSpan(link.passage.start, link.passage.end, "link") for link in new.links]
                + [
                    LookSpan(mark.passage.start, mark.passage.end, _EMPHASIS[mark.kind])
                    for mark in new.emphases
                ]
            )
        super().watch_article(old, new)

    def body_line(self, y: int) -> Strip:
        """One row of the text with its gutter and its piece of the scroll bar."""
        rows = self.rows()
        room = self.inner.width - 1
        if y >= len(rows):
            segments = self.segments([], room)
        else:
            position, row = rows[y]
            drawn = self._drawn.get(position)
            if drawn is None:
                if len(self._drawn) > KEPT_ROWS:
                    self._drawn.clear()
                drawn = self._drawn[position] = (
                    row,
                    self.segments(self._line(position, row), room),
                )
            segments = drawn[1]
        bar = Segment(self._bar(y), self.look("faint"))
        return Strip([*segments, bar], room + 1)

    def _line(self, position: Position, row: Row) -> list[StyledText]:
        place = self.place_of_text
        line: list[StyledText] = [(" " * (place.left - GUTTER), ""), *self.gutter_of(position, row)]
        if row.kind is BlockKind.RULE:
            line.append(("─" * place.width, "faint"))
        elif row.kind is not None:
            line += [(" " * row.indent, ""), (row.prefix, "bar"), *self._text_pieces(row)]
        return line

    def gutter_of(self, position: Position, row: Row) -> list[StyledText]:
        """The three cells left of a row; subclasses put their marks there."""
        del position, row
        return [(" " * GUTTER, "")]

    def _text_pieces(self, row: Row) -> list[StyledText]:
        over = [
            span
            for layer in self.LAYERS
            for span in self._layers.get(layer, NO_SPANS).over(row.start, row.end)
        ]
        ground = _LOOKS.get(row.kind, "") if row.kind else ""
        return [
            (self.text[piece.start : piece.end].replace("\t", " "), piece.look)
            for piece in split_by_looks(row.start, row.end, over, ground)
        ]

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
