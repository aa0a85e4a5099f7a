"""The list of what a search over the library has found: articles with their passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, assert_never

from textual.message import Message

from tuireader.domain.article import Passage
from tuireader.domain.dates import short_date
from tuireader.layout.cells import fit_cells
from tuireader.library.search.passages import PassageKind
from tuireader.text.messages import counted
from tuireader.ui.bindings import FIND, LIST, key
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, styled_rows
from tuireader.ui.widgets.styles import StyleSpan

if TYPE_CHECKING:
    from tuireader.app.library_search import FoundArticle
    from tuireader.library.search.passages import FoundPassage
    from tuireader.ui.widgets.styles import StyledText

MAX_ROWS = 3
"""Rows of a passage that the list shows."""

LEAD = 60
"""Code points of a passage that are shown before its first found word."""


class HitOrder(StrEnum):
    """The orders in which a search lists what it has found."""

    NEWEST = "newest first"
    RELEVANCE = "by relevance"
    LIBRARY = "in library order"

    @property
    def following(self) -> HitOrder:
        """The order after this one; the first after the last."""
        orders = tuple(HitOrder)
        return orders[(orders.index(self) + 1) % len(orders)]


@dataclass(frozen=True)
class LibraryHit:
    """A passage that was found, or an article that was found without words in it."""

    article: FoundArticle
    passage: FoundPassage | None
    is_first: bool
    """Whether it is the first one of its article."""

    @property
    def location(self) -> str:
        """The location of the article."""
        return self.article.hit.location


def library_hits(articles: Sequence[FoundArticle]) -> list[LibraryHit]:
    """Return one hit for each passage of the articles, in order.

    An article without passages gives one hit, whose passage is None.
    """
    return [
        LibraryHit(article, passage, is_first=not number)
        for article in articles
        for number, passage in enumerate(article.passages or (None,))
    ]


class HitModel(ListModel[LibraryHit]):
    """What a search has found; the search is still there when its screen is shown again."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        """The query as it was typed."""
        self.order = HitOrder.NEWEST
        self.cursor = 0
        """The index of the hit that was gone to last."""
        self.articles = 0
        """The number of articles that were found in all."""
        self.is_searching = False

    def show(self, hits: Sequence[LibraryHit], articles: int) -> None:
        """List what was found, and end the search.

        `articles` is the number of articles that were found in all, listed or not.
        """
        self.items = self.listed = hits
        self.articles, self.is_searching = articles, False

    def step(self, steps: int) -> LibraryHit | None:
        """Return the hit `steps` places on, and make it the present one.

        Negative steps go back. Returns None past the ends, and the present hit stays.
        """
        hit = self.item(self.cursor + steps)
        if hit is not None:
            self.cursor += steps
        return hit

    def heading(self) -> str:
        """Return how many articles were found, and the order."""
        found = "searching …" if self.is_searching else counted(self.articles, "article")
        return f"Search · {found} · {self.order}" if self.text else f"Search · {self.order}"

    def empty_text(self) -> str:
        """Return why nothing is listed."""
        if not self.text:
            return "Type words, or a query such as speaker:moor said:harbour date:2024.."
        return "" if self.is_searching else "Nothing found"

    def next_step(self) -> str:
        """Return what the user can do while nothing is listed."""
        if not self.text or self.is_searching:
            return ""
        return "Try fewer words, or a part of one: ferr* begins with it, *erry* contains it."

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the hit at an index of the list for `width` cells.

        They have the title of the article, before its first passage only, and the passage, if any.
        """
        hit = self.listed[index]
        rows: list[list[StyledText]] = []
        if hit.is_first:
            rows.append(_title_row(hit.article, width - 1))
        if hit.passage is not None:
            rows += _passage_rows(hit.passage, max(8, width - 3))
        return rows


def _title_row(article: FoundArticle, width: int) -> list[StyledText]:
    """Return the row of `width` cells with an article's title, outlet, date and problem."""
    hit = article.hit
    facts = (hit.outlet, short_date(hit.date) if hit.date else "", hit.problem)
    said = "".join(f" · {fact}" for fact in facts if fact)
    spans = [StyleSpan(0, len(hit.title), "strong"), *_marks(article.title_marks)]
    text = fit_cells(hit.title + said, width)
    (row,) = islice(styled_rows(text, spans, max(1, width)), 1)
    return row


def _passage_rows(passage: FoundPassage, width: int) -> list[list[StyledText]]:
    """Return the rows of a passage for `width` cells, from shortly before its first found word."""
    label = _label(passage)
    text = label + passage.text
    spans = [
        StyleSpan(0, len(label), "faint"),
        *(
            StyleSpan(start + len(label), end + len(label), style)
            for start, end, style in _marks(passage.marks)
        ),
    ]
    first = passage.marks[0].start if passage.marks else 0
    begin = 0
    if first > width * (MAX_ROWS - 1):
        begin = text.rfind(" ", 0, first + len(label) - LEAD) + 1
    rows = islice(styled_rows(text, spans, width, begin), MAX_ROWS)
    return [[("  ", ""), *row] for row in rows]


def _marks(marks: Sequence[Passage]) -> list[StyleSpan]:
    """Return the spans that mark the found words in a text."""
    return [StyleSpan(mark.start, mark.end, "hit") for mark in marks]


def _label(passage: FoundPassage) -> str:
    """Return the text before a passage: who is quoted, or that it is a note; "" for neither."""
    match passage.kind:
        case PassageKind.TEXT:
            return ""
        case PassageKind.QUOTATION:
            return f"{passage.speaker or 'Quotation'}: "
        case PassageKind.NOTE:
            return "Note: "
        case _:
            assert_never(passage.kind)


class HitList(ItemList[HitModel]):
    """The list of what was found."""

    KEY_SCOPE = "hits"
    BINDINGS = [
        key("s", "sort", "Order", "Newest first, by relevance, in library order", LIST, show=True),
        key("slash", "ask", "Change", "Change the query", FIND, show=True),
    ]

    class QueryRequested(Message):
        """The user wants to change the query."""

    class Sorted(Message):
        """The user wants the next order of the hits; the list does not change by itself."""

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to the hit at `index` in the list."""

        index: int

    def action_open(self) -> None:
        """Go to the hit under the cursor."""
        if self.count:
            self.post_message(self.OpenRequested(self.cursor))

    def action_sort(self) -> None:
        """Ask for the next order."""
        self.post_message(self.Sorted())

    def action_ask(self) -> None:
        """Ask for another query."""
        self.post_message(self.QueryRequested())
