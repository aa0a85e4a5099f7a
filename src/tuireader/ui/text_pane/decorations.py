"""Decorations of the text, and the targets of commands: what is at an offset of the text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote, attribution_label, speaker_label
from tuireader.layout.flow import Row
from tuireader.layout.small_caps import has_small_capitals
from tuireader.ui.text_pane.code_colours import CodeColours
from tuireader.ui.widgets.styles import NO_SPANS, StyledText, StyleSpan, StyleSpans

SMALL_CAPS = "small-caps"
"""The name among the styles that tells of small capitals, by which letters are drawn otherwise."""

LAYERS = ("text", "quoted", "kept", "lit", "hits", "cursor")
"""The layers of styles over the text, lowest first.

They are: links and emphases of the text, tinted quotations, bookmarks, the highlighted quotation,
matches of a search, and the cursor.
"""

_EMPHASIS = {"em": "em", "strong": "bold", "code": "code", "small-caps": SMALL_CAPS}


class Decorations:
    """Layers of styled spans over one article's text."""

    def __init__(self) -> None:
        self.layers: dict[str, StyleSpans] = {}
        self._code: CodeColours | None = None

    def show(self, article: Article | None) -> None:
        """Remove all layers except the links and emphases of the article."""
        self.layers.clear()
        self._code = CodeColours(article) if article else None
        if article:
            links = (
                StyleSpan(link.passage.start, link.passage.end, "link") for link in article.links
            )
            emphases = (
                StyleSpan(mark.passage.start, mark.passage.end, _EMPHASIS[mark.kind])
                for mark in article.emphases
                if mark.kind != SMALL_CAPS or has_small_capitals(mark.passage.of(article.text))
            )
            self.layers["text"] = StyleSpans([*links, *emphases])

    def lay(self, layer: str, passages: Iterable[Passage], style: str) -> None:
        """Give passages a style, in place of the previous spans of a layer of `LAYERS`.

        Without passages the layer becomes empty.
        """
        spans = (StyleSpan(passage.start, passage.end, style) for passage in passages)
        self.layers[layer] = StyleSpans(spans)

    def lay_bookmarks(self, bookmarks: Iterable[Bookmark]) -> None:
        """Highlight the passages of bookmarks, each in its colour."""
        self.layers["kept"] = StyleSpans(
            StyleSpan(
                piece.start,
                piece.end,
                f"kept kept-{bookmark.colour}" if bookmark.colour else "kept",
            )
            for bookmark in placed(bookmarks)
            for piece in _pieces(bookmark)
        )

    def lay_spans(self, layer: str, spans: StyleSpans) -> None:
        """Replace the spans of a layer of `LAYERS`; by none for `NO_SPANS`."""
        self.layers[layer] = spans

    def lay_cursor(self, marked: Passage, style: str, caret: Passage) -> None:
        """Give `marked` a style, and the character under the cursor that of the cursor.

        `marked` is the cursor's sentence or the selection; `caret` is the character.
        """
        spans = [
            StyleSpan(marked.start, marked.end, style),
            StyleSpan(caret.start, caret.end, "caret"),
        ]
        self.layers["cursor"] = StyleSpans(spans)

    def over(self, start: int, end: int) -> list[StyleSpan]:
        """Return the spans of all layers that overlap [start, end), those of lower layers first."""
        code = self._code.over(start, end) if self._code else []
        return code + [
            span for layer in LAYERS for span in self.layers.get(layer, NO_SPANS).over(start, end)
        ]


def placed(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    """Yield the bookmarks that have a place in the text: no orphans and no article notes."""
    return (bookmark for bookmark in bookmarks if bookmark.anchor and not bookmark.orphan)


def _pieces(bookmark: Bookmark) -> Iterator[Passage]:
    """Yield where the words of a bookmark are: the pieces of a quotation, else the passage."""
    start, end = bookmark.start, bookmark.end
    if bookmark.quotation is None or bookmark.altered:
        yield Passage(start, end)
        return
    for span in bookmark.quotation.spans:
        yield Passage(start + span.start, min(end, start + span.end))


def gutter_sign(row: Row, bookmarks: Iterable[Bookmark], drafts: Iterable[Passage]) -> StyledText:
    """Return the two cells beside a row with their style: a sign for a bookmark or a draft.

    The sign of a bookmark is `≠` if its text was altered, `✎` if it has a note, else `◆`, followed
    by the first letter of its colour. A draft has `…`. Two spaces if the row has neither.
    """
    for bookmark in placed(bookmarks):
        if bookmark.start < row.end and bookmark.end > row.start:
            sign = "≠" if bookmark.altered else "✎" if bookmark.note else "◆"
            style = f"kept-{bookmark.colour}" if bookmark.colour else "strong"
            return (f"{sign}{bookmark.colour[:1] or ' '}", style)
    for draft in drafts:
        if draft.start < row.end and draft.end > row.start:
            return ("… ", "problem")
    return ("  ", "")


MAX_QUOTE_LENGTH = 20_000
"""Code points before an offset within which a quotation that contains it may start."""

MAX_OVERLAPPING = 3
"""Quotations that may start after one that still contains an offset."""


def bookmark_at(bookmarks: Iterable[Bookmark], offset: int) -> Bookmark | None:
    """Return the shortest bookmark that contains an offset; None if there is none.

    Orphans and notes on whole articles are passed over.
    """
    over = [bookmark for bookmark in placed(bookmarks) if bookmark.start <= offset < bookmark.end]
    return min(over, key=lambda bookmark: bookmark.end - bookmark.start, default=None)


def quotation_at(quotes: Sequence[Quote], offset: int) -> int:
    """Return the index of the quotation that contains an offset; -1 if there is none.

    The quotations are in the order of the text. An inquit between two spans is not part of one.
    """
    before = _count_before(quotes, offset)
    for number in range(before - 1, -1, -1):
        quote = quotes[number]
        if any(offset in span for span in quote.spans):
            return number
        if offset - quote.start > MAX_QUOTE_LENGTH or before - number > MAX_OVERLAPPING:
            break
    return -1


def quoted_words(quotes: Sequence[Quote], offset: int, sentence: Passage) -> Passage | None:
    """Return the quoted span at an offset, else the first in the sentence; None if none.

    The quotations are in the order of the text; the sentence is that at the offset.
    """
    for quote in quotes[max(0, _count_before(quotes, offset) - 3) :][:4]:
        for span in quote.spans:
            if offset in span:
                return span
    for quote in quotes[max(0, _count_before(quotes, sentence.start) - 1) :][:4]:
        for span in quote.spans:
            if span.overlaps(sentence):
                return span
    return None


def jump_target(places: Iterable[int], offset: int, steps: int) -> int | None:
    """Return the place `steps` places after an offset, or before it if negative.

    The places need no order. A place at the offset itself does not count. Returns None if there are
    not as many places.

    >>> jump_target([10, 20, 30], 20, 1), jump_target([10, 20, 30], 20, -1)
    (30, 10)
    """
    ordered = sorted(places)
    if steps > 0:
        ahead = bisect_right(ordered, offset) + steps - 1
    else:
        ahead = (bisect_right(ordered, offset - 1) if offset else 0) + steps
    return ordered[ahead] if 0 <= ahead < len(ordered) else None


def _count_before(quotes: Sequence[Quote], offset: int) -> int:
    """Return the number of quotations that start at or before an offset."""
    return bisect_right(quotes, offset, key=lambda quote: quote.start)


def described_quote(quote: Quote, text: str) -> str:
    """Return on one line the speaker of a quotation, the cue, its kind and how it was attributed.

    `text` is the article's. What was not said is told as such (`speaker_label`).
    """
    cue = " ".join(quote.cue.of(text).split()) if quote.cue else ""
    facts = (speaker_label(quote), cue, str(quote.kind), attribution_label(quote))
    return " · ".join(fact for fact in facts if fact)
