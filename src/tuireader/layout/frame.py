"""The widths of the panes and of the text column, and the rows of the first frame."""

from typing import Literal, NamedTuple

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.layout.border import border_signs, bottom_border
from tuireader.layout.cells import cell_width
from tuireader.layout.drawn_row import drawn_pieces
from tuireader.layout.flow import Flow, Position, Row, signs_of
from tuireader.layout.masthead import masthead
from tuireader.layout.typesetting import PLAIN, Typesetting

PaneName = Literal["articles", "text", "quotes"]

MIN_WIDTH_FOR_THREE, MIN_WIDTH_FOR_TWO = 105, 66
"""The screen widths in cells from which three and two panes are shown."""

GUTTER = 4
"""Cells left of the text: the cursor mark, a bookmark's mark, its colour's letter, a space."""

MARGIN = 1
"""Blank cells right of the text, for characters that the terminal draws wider."""

FRAME = 2
"""Cells that the lines of a pane's frame take at both sides, and rows above and below."""

MIN_ARTICLES, MIN_QUOTES = 21, 20
"""The least widths of the lists beside the text, in cells.

With them the text has its column of 72 cells from 120 cells on with three panes, from 100 with two.
"""

MIN_COLUMN, MAX_COLUMN, DEFAULT_COLUMN = 20, 200, 72
"""The minimum, maximum and default width of the text column, in cells."""


class PaneWidths(NamedTuple):
    """The width of each pane in cells; 0 for a pane that is hidden."""

    articles: int
    text: int
    quotes: int


class SideWidths(NamedTuple):
    """The widths that the reader gave the lists, in cells; 0 for what fits best."""

    articles: int = 0
    quotes: int = 0


FITTING = SideWidths()
"""The widths that fit best."""


def pane_widths(
    total: int,
    focused: PaneName = "text",
    side: PaneName = "articles",
    *,
    zoomed: bool = False,
    chosen: SideWidths = FITTING,
) -> PaneWidths:
    """Return how a screen of `total` cells is shared among the panes.

    The text gets what its column of `DEFAULT_COLUMN` needs first, then the lists grow.

    Args:
        total: The width of the screen in cells.
        focused: The pane that is shown where there is room for one only, or if `zoomed`.
        side: The list that stands beside the text where there is room for two panes.
        zoomed: Whether only the focused pane is to be shown.
        chosen: The widths of the lists that the reader chose.
    """
    if zoomed or total < MIN_WIDTH_FOR_TWO:
        return PaneWidths(
            *(total if focused == name else 0 for name in ("articles", "text", "quotes"))
        )
    if total < MIN_WIDTH_FOR_THREE:
        return _two_widths(total, side, chosen)
    spare = max(0, total - _WANTED - MIN_ARTICLES - MIN_QUOTES)
    articles = _side_width(chosen.articles or min(48, MIN_ARTICLES + spare // 2), total // 2)
    quotes = _side_width(chosen.quotes or min(53, MIN_QUOTES + spare // 2), total // 2)
    over = max(0, MIN_TEXT - (total - articles - quotes))
    articles = max(MIN_SIDE, articles - (over + 1) // 2)
    quotes = max(MIN_SIDE, quotes - over // 2)
    return PaneWidths(articles, total - articles - quotes, quotes)


_WANTED = DEFAULT_COLUMN + GUTTER + MARGIN + FRAME
"""The width of the text pane in which the default column fits."""


def _two_widths(total: int, side: PaneName, chosen: SideWidths) -> PaneWidths:
    """Return the widths of the text and the list at its `side` on a screen of `total` cells."""
    is_quotes = side == "quotes"
    least = MIN_QUOTES if is_quotes else MIN_ARTICLES
    wanted = chosen.quotes if is_quotes else chosen.articles
    width = _side_width(wanted or max(least, min(48, total - _WANTED)), total - MIN_TEXT)
    return PaneWidths(0, total - width, width) if is_quotes else PaneWidths(width, total - width, 0)


MIN_SIDE, MIN_TEXT = 16, 32
"""The least widths in cells to which the reader can make a list and the text."""


def _side_width(wanted: int, most: int) -> int:
    """Return the width of a list, at least `MIN_SIDE` and at most `most` cells."""
    return max(MIN_SIDE, min(wanted, most))


class TextColumn(NamedTuple):
    """The place of the text in its pane, in cells; `width` is without the margins."""

    left: int
    """Cells before the text, with the gutter."""
    width: int


def text_column(pane: int, widest: int, *, centred: bool = True) -> TextColumn:
    """Return the column of the text, centred in a pane; else at its left, without a gutter.

    `pane` is the width of the pane and `widest` the maximum width of the column, in cells. The
    column is at least 10 cells wide, even if the pane is narrower.
    """
    if not centred:
        return TextColumn(0, max(10, min(widest, pane - MARGIN)))
    width = max(10, min(widest, pane - GUTTER - MARGIN))
    return TextColumn(GUTTER + max(0, pane - width - GUTTER - MARGIN) // 2, width)


class PositionedText(NamedTuple):
    """A piece of text in a frame, at column x and row y, in cells from 0."""

    x: int
    y: int
    words: str
    style: str = ""
    """The name of its style; "" for that of the text."""


def top_for(flow: Flow, offset: int, height: int) -> Position:
    """Return the position of the top row when an article is opened at an offset.

    A third of `height` (in rows) is above the offset's row; no rows are left empty below the end of
    the text. Offset 0 gives the first row.
    """
    if not offset:
        return flow.first
    top = flow.before(flow.position_of(offset), height // 3)
    return min(top, flow.before(flow.last, max(0, height - 1)))


class FirstFrame(NamedTuple):
    """What the first frame shows, and how."""

    article: Article
    """The article, of which the beginning may be enough."""
    offset: int
    """The reading position, in code points."""
    width: int
    """The width of the screen in cells."""
    height: int
    """The height of the screen in rows."""
    column: int
    """The maximum width of the text column in cells."""
    chosen: SideWidths = FITTING
    """The widths of the lists that the reader chose."""
    boxes: bool = True
    """Whether the terminal has box drawing."""
    typesetting: Typesetting = PLAIN
    """How the rows are set."""
    picture_hint: str = ""
    """How a picture is shown, for its sign in the text."""


def first_frame(shown: FirstFrame) -> list[PositionedText]:
    """Return the frame, the masthead and the rows of the text, as the screen will draw them.

    The last row of the screen is left to the status line.
    """
    article = shown.article
    panes = pane_widths(shown.width, chosen=shown.chosen)
    place = text_column(panes.text - FRAME, shown.column)
    body = max(1, shown.height - 1 - FRAME)
    head = masthead(article, place.width, body)
    setting = shown.typesetting
    flow = Flow(
        article.text,
        article.blocks,
        place.width,
        head=len(head),
        typesetting=setting,
        signs=signs_of(article, shown.picture_hint),
    )
    top = top_for(flow, shown.offset, body)
    rows = flow.rows_from(top, body)
    left = panes.articles + 1 + place.left
    frame = _first_lines(shown, panes)
    for y, (position, row) in enumerate(rows, 1):
        if position < (0, len(head)):
            x = left
            for words, style in head[position[1]]:
                frame.append(PositionedText(x, y, words, style))
                x += cell_width(words)
        else:
            frame += _drawn_row(article.text, row, PositionedText(left, y, "", ""), place.width)
    return frame


def _drawn_row(text: str, row: Row, place: PositionedText, width: int) -> list[PositionedText]:
    """Return what is drawn for a row below the masthead; `place` is its left end.

    `width` is that of the column in cells.
    """
    if row.sign:
        return [place._replace(words=row.sign, style="caption")]
    found = []
    x = place.x + row.indent
    if row.prefix:
        found.append(place._replace(x=x, words=row.prefix, style="bar"))
    if row.kind is not None:
        words = "".join(piece.text for piece in drawn_pieces(text, row.shape))
        words = "─" * width if row.kind is BlockKind.RULE else words
        style = BLOCK_STYLES.get(row.kind, "")
        found.append(place._replace(x=x + len(row.prefix), words=words, style=style))
    return found


BLOCK_STYLES = {
    BlockKind.HEADING: "title",
    BlockKind.CAPTION: "caption",
    BlockKind.CODE: "code",
    BlockKind.RULE: "faint",
}
"""The names of the styles of blocks."""


def _first_lines(shown: FirstFrame, panes: PaneWidths) -> list[PositionedText]:
    """Return the lines of all frames but the scroll bars; the text has the focus.

    The titles and counts of the lists are not known yet.
    """
    found = []
    x = 0
    for name, width in zip(("articles", "text", "quotes"), panes, strict=True):
        if width:
            signs = border_signs(focused=name == "text", boxes=shown.boxes)
            style = "frame-focus" if name == "text" else "frame"
            top = f"{signs.top_left}{signs.horizontal * (width - 2)}{signs.top_right}"
            found.append(PositionedText(x, 0, top, style))
            bottom = bottom_border(width, signs)
            found.append(PositionedText(x, shown.height - 2, bottom, style))
            for y in range(1, shown.height - 2):
                found.append(PositionedText(x, y, signs.vertical, style))
                if name != "text":
                    found.append(PositionedText(x + width - 1, y, signs.vertical, style))
        x += width
    return found
