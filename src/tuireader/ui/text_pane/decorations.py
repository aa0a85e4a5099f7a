"""Decorations: the looks that lie over the text, and the signs in its gutter."""

from collections.abc import Iterable, Iterator

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.layout.flow import Row
from tuireader.ui.widgets.looks import NO_SPANS, LookSpan, LookSpans
from tuireader.ui.widgets.strips import StyledText

LAYERS = ("text", "kept", "lit", "hits", "cursor")
"""The layers over the text, from the lowest to the highest."""

_EMPHASIS = {"em": "em", "strong": "bold", "code": "code"}


class Decorations:
    """The layers of look spans over one article's text."""

    def __init__(self) -> None:
        self.layers: dict[str, LookSpans] = {}

    def show(self, article: Article | None) -> None:
        """Drop all layers but the links and emphases of the article."""
        self.layers.clear()
        if article:
            links = (
                LookSpan(link.passage.start, link.passage.end, "link") for link in article.links
            )
            emphases = (
                LookSpan(mark.passage.start, mark.passage.end, _EMPHASIS[mark.kind])
                for mark in article.emphases
            )
            self.layers["text"] = LookSpans([*links, *emphases])

    def lay(self, layer: str, passages: Iterable[Passage], look: str) -> None:
        """Give the passages a look, in place of the layer's old spans."""
        spans = (LookSpan(passage.start, passage.end, look) for passage in passages)
        self.layers[layer] = LookSpans(spans)

    def lay_bookmarks(self, bookmarks: Iterable[Bookmark]) -> None:
        """Mark the bookmarks' passages, each in its colour."""
        self.layers["kept"] = LookSpans(
            LookSpan(
                bookmark.start,
                bookmark.end,
                f"kept kept-{bookmark.colour}" if bookmark.colour else "kept",
            )
            for bookmark in placed(bookmarks)
        )

    def lay_cursor(self, marked: Passage, look: str, caret: Passage) -> None:
        """Give the cursor's sentence or selection a look, and mark the character under it."""
        spans = [
            LookSpan(marked.start, marked.end, look),
            LookSpan(caret.start, caret.end, "caret"),
        ]
        self.layers["cursor"] = LookSpans(spans)

    def over(self, start: int, end: int) -> list[LookSpan]:
        """Return the spans over [start, end), those of lower layers first."""
        return [
            span for layer in LAYERS for span in self.layers.get(layer, NO_SPANS).over(start, end)
        ]


def placed(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    """Yield the bookmarks that have a place in the text."""
    return (bookmark for bookmark in bookmarks if bookmark.anchor and not bookmark.orphan)


def gutter_sign(row: Row, bookmarks: Iterable[Bookmark], drafts: Iterable[Passage]) -> StyledText:
    """Return the two cells beside a row: a sign for a bookmark or a draft.

    The sign of a bookmark is `≠` if its text was altered, `✎` if it has a note,
    else `◆`, followed by the first letter of its colour.
    """
    for bookmark in placed(bookmarks):
        if bookmark.start < row.end and bookmark.end > row.start:
            sign = "≠" if bookmark.altered else "✎" if bookmark.note else "◆"
            look = f"kept-{bookmark.colour}" if bookmark.colour else "strong"
            return (f"{sign}{bookmark.colour[:1] or ' '}", look)
    for draft in drafts:
        if draft.start < row.end and draft.end > row.start:
            return ("… ", "problem")
    return ("  ", "")
