"""Jumping in the text: to kept passages, quotations and marks."""

from bisect import bisect_right
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.passage import Passage
from tuireader.domain.quote import Quote
from tuireader.domain.reading import Bookmark
from tuireader.ui.bindings import FIND, key
from tuireader.ui.widgets.text_find import TextFind

NEAR = 4
"""Quotations before a place that are looked at for one that reaches over it."""


class TextJumps(TextFind):
    """A text with places to jump to."""

    BINDINGS = [
        key("] b", "kept(1)", "Next kept passage", "To the next kept passage", FIND),
        key("[ b", "kept(-1)", "Previous kept passage", "To the kept passage before", FIND),
        key("] q", "quotation(1)", "Next quotation", "To the next quotation", FIND),
        key("[ q", "quotation(-1)", "Previous quotation", "To the quotation before", FIND),
        key("m *", "mark", "Set a mark", "Set a mark here: m and a letter", FIND, display="m a"),
        key(
            "' *",
            "to_mark",
            "Go to a mark",
            "Go to a mark: ' and its letter",
            FIND,
            display="' a",
        ),
    ]

    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """What is kept of the article, in the order of the text."""
    quotes: var[tuple[Quote, ...]] = var(())
    """The article's quotations, in the order of the text."""

    @dataclass
    class QuotationReached(Message):
        """The cursor jumped to a quotation."""

        quote: Quote

    @dataclass
    class MarkSet(Message):
        """The reader sets a mark at the cursor."""

        letter: str

    @dataclass
    class MarkAsked(Message):
        """The reader wants to go to a mark."""

        letter: str

    def text_object(self, name: str) -> Passage | None:
        """The passage that a text object takes; for a quotation the words between the marks."""
        if name != "quotation":
            return super().text_object(name)
        for quote in self.quotes[max(0, self._quotes_before(self.cursor) - 3) :][:4]:
            for span in quote.spans:
                if self.cursor in span:
                    return span
        return self._quotation_in(self.sentence)

    def _quotation_in(self, sentence: Passage) -> Passage | None:
        for quote in self.quotes[max(0, self._quotes_before(sentence.start) - 1) :][:4]:
            for span in quote.spans:
                if span.overlaps(sentence):
                    return span
        return None

    def bookmark_at(self, offset: int) -> Bookmark | None:
        """The shortest kept passage over an offset."""
        over = [
            mark
            for mark in self.bookmarks
            if mark.anchor and not mark.orphan and mark.start <= offset < mark.end
        ]
        return min(over, key=lambda mark: mark.end - mark.start, default=None)

    def action_kept(self, way: int) -> None:
        """To the next or the previous kept passage."""
        places = [mark.start for mark in self.bookmarks if mark.anchor and not mark.orphan]
        self._jump(places, way)

    def action_quotation(self, way: int) -> None:
        """To the next or the previous quotation."""
        self._jump([quote.start for quote in self.quotes], way)
        number = self.quotation_at(self.cursor)
        if number >= 0:
            self.post_message(self.QuotationReached(self.quotes[number]))

    def _jump(self, places: list[int], way: int) -> None:
        places.sort()
        if way > 0:
            ahead = bisect_right(places, self.cursor) + (self.take_count() or 1) - 1
        else:
            before = bisect_right(places, self.cursor - 1) if self.cursor else 0
            ahead = before - (self.take_count() or 1)
        if 0 <= ahead < len(places):
            self.go_to(places[ahead], centre=True)
        else:
            self.app.bell()

    def _quotes_before(self, offset: int) -> int:
        return bisect_right(self.quotes, offset, key=lambda quote: quote.start)

    def quotation_at(self, offset: int) -> int:
        """The number of the quotation over an offset, -1 if there is none."""
        for number in range(self._quotes_before(offset) - 1, -1, -1):
            quote = self.quotes[number]
            if any(offset in span for span in quote.spans):
                return number
            if offset - quote.start > 20_000 or self._quotes_before(offset) - number > 3:
                break
        return -1

    def action_mark(self, letter: str) -> None:
        """Set a mark at the cursor."""
        self.post_message(self.MarkSet(letter))

    def action_to_mark(self, letter: str) -> None:
        """Go to a mark."""
        self.post_message(self.MarkAsked(letter))
