"""The first paint for a screen reader: the same plain lines that the program then writes."""

from tuireader.app.context import AppContext
from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.layout.flow import Flow, signs_of
from tuireader.layout.frame import text_column, top_for
from tuireader.layout.masthead import masthead
from tuireader.layout.reading_place import place_in_rows
from tuireader.layout.signs import SignSet, shown_text
from tuireader.ui.accessible.frames import Place, PlainFrames
from tuireader.ui.text_pane.typography import typography_of


def first_screen(
    context: AppContext, article: Article, size: tuple[int, int]
) -> tuple[PlainFrames, str]:
    """Return the frames with the first one written, and the control sequences that show it.

    The article is at its reading position. The size of the screen is in cells.
    """
    frames = PlainFrames()
    rows = first_rows(context, article, *size)
    return frames, frames.frame(rows, size[0], first_place(context, article, *size))


def painted_frames(context: AppContext, size: tuple[int, int] | None) -> PlainFrames:
    """Return the frames after the first paint; `size` is that of the screen, None without one."""
    if size is None or context.first_article is None:
        return PlainFrames()
    frames, _ = first_screen(context, context.first_article, size)
    frames.show_cursor()
    return frames


def first_rows(context: AppContext, article: Article, width: int, height: int) -> list[str]:
    """Return the rows of the first screen, without spaces at their ends; the last is empty.

    The article is at its reading position. The size of the screen is in cells.
    """
    flow, body = _flow(context, article, width, height)
    head = masthead(article, flow.width, body)
    rows = [f"Text: {article.title}" if article.title else "Text"]
    for position, row in flow.rows_from(top_for(flow, context.first_offset, body), body):
        if position < (0, len(head)):
            words = "".join(text for text, _ in head[position[1]])
        elif row.kind is None or row.kind is BlockKind.RULE:
            words = row.sign
        else:
            text = article.text[row.start : row.end].replace("\t", " ")
            words = f"{' ' * row.indent}{row.prefix}{text}"
        rows.append(words)
    rows += [""] * (height - len(rows))
    return [shown_text(row, SignSet.SPOKEN).rstrip() for row in rows]


def first_place(context: AppContext, article: Article, width: int, height: int) -> Place:
    """Return where the reading position is on the first screen; arguments as `first_rows`."""
    flow, body = _flow(context, article, width, height)
    offset = context.first_offset
    rows = flow.rows_from(top_for(flow, offset, body), body)
    x, y = place_in_rows(rows, flow.position_of(offset), article.text, offset, 0)
    return Place(x, y + 1)


def _flow(context: AppContext, article: Article, width: int, height: int) -> tuple[Flow, int]:
    """Return the text wrapped for the first screen, and the rows that it has."""
    place = text_column(width, context.settings.column, centred=False)
    body = max(1, height - 2)
    head = len(masthead(article, place.width, body))
    typography = typography_of(context.settings)
    flow = Flow(
        article.text,
        article.blocks,
        place.width,
        head=head,
        typesetting=typography.typesetting(article),
        signs=signs_of(article, typography.picture_hint),
    )
    return flow, body
