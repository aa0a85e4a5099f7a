"""Jumping in the text: to kept passages, quotations and marks.

Quotations in the text: added from a selection, given a speaker, stretched and shrunk.

The text pane: what is kept is marked in it, and what can be done with a passage.
"""

from bisect import bisect_right
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote
from tuireader.layout.flow import Row
from tuireader.ui.bindings import FIND, KEEP, SELECT, Verb, key
from tuireader.ui.text_pane.renderer import LookSpan, LookSpans
from tuireader.ui.text_pane.search import TextFind
from tuireader.ui.widgets.pane import StyledText

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


class TextQuotes(TextJumps):
    """A text whose quotations can be mended; a stretch is a selection that Enter keeps."""

    BINDINGS = [
        key(
            "Q",
            "quote",
            "Who says this",
            "Add the selection as a quotation, or say who says the one here",
            KEEP,
        ),
        key(
            "enter",
            "end_stretch",
            "Keep these words",
            "Keep what is selected as the quotation's words",
            KEEP,
            show=True,
        ),
    ]

    stretching: var[Quote | None] = var(None, bindings=True)
    """The quotation whose words are being selected anew."""

    @dataclass
    class QuotationAsked(Message):
        """The reader wants to add a passage as a quotation, or to say who says one."""

        passage: Passage | None
        quote: Quote | None

    @dataclass
    class Stretched(Message):
        """The reader has selected a quotation's words anew; None leaves them as they were."""

        quote: Quote
        extent: Passage | None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Enter only while a quotation is stretched."""
        if action == "end_stretch":
            return self.stretching is not None
        return super().check_action(action, parameters)

    def action_quote(self) -> None:
        """Ask for the selection to become a quotation, or for the speaker of the one here."""
        selection = self.selection
        number = self.quotation_at(self.cursor)
        quote = self.quotes[number] if selection is None and number >= 0 else None
        self.post_message(self.QuotationAsked(selection, quote))

    def stretch(self, quote: Quote) -> None:
        """Select a quotation's words, to be changed by the motions and kept by Enter."""
        self.select(Passage(quote.start, quote.end))
        self.stretching = quote

    def action_end_stretch(self) -> None:
        """Keep what is selected as the quotation's words."""
        quote, extent = self.stretching, self.selection
        if quote is None:
            return
        self.stretching = None
        self.action_deselect()
        changed = extent if extent and extent != Passage(quote.start, quote.end) else None
        self.post_message(self.Stretched(quote, changed if changed and len(changed) else None))

    def action_deselect(self) -> None:
        """Let go of the selection; a quotation that was being stretched stays as it was."""
        quote, self.stretching = self.stretching, None
        super().action_deselect()
        if quote is not None:
            self.post_message(self.Stretched(quote, None))


MOST_COUNTED = 100_000
"""Code points of a selection whose words are counted while it grows."""


class TextPane(TextQuotes):
    """The article's text, the reader's passages in it, and the keys that keep and change them."""

    BINDINGS = [
        key("b", "do('keep')", "Keep", "Keep the selection, or the sentence", KEEP, show=True),
        key("a", "do('note')", "Note", "Keep it with a note, or change its note", KEEP, show=True),
        key("e", "motion('word_end')", "End of word", "To the end of the word", SELECT),
        key("e", "do('edit')", "Edit in $EDITOR", "Edit the note in your own editor", KEEP),
        key("c", "do('colour')", "Colour", "Give the passage the next colour", KEEP),
        key("t", "do('tag')", "Tags", "Give the passage tags", KEEP),
        key("x", "do('trash')", "To the trash", "Put the kept passage into the trash", KEEP),
        key("full_stop", "do('repeat')", "Again", "Do the last change here too", KEEP),
        key("y", "do('copy')", "Copy", "Copy the passage", KEEP),
        key("Y", "do('cite')", "Copy with source", "Copy the passage with its source", KEEP),
        key("f", "follow", "Follow the link", "Open the link here or after here", FIND),
        key("F", "links", "All links", "Choose a link by its number or words", FIND),
        key("o", "swap", "Other end", "Go on from the selection's other end", SELECT),
        key("o", "source", "Open the source", "Open where the article came from", FIND),
    ]

    drafts: var[tuple[Passage, ...]] = var(())
    """The passages that a note was begun on and not saved."""

    @dataclass
    class Asked(Message):
        """The reader wants something done with a passage."""

        verb: Verb
        passage: Passage

    @dataclass
    class LinkFollowed(Message):
        """The reader wants to go where a link leads; both are empty if there is none."""

        target: str = ""
        place: str = ""

    class LinksAsked(Message):
        """The reader wants to choose among all links."""

    def __init__(self, column: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(TextPane.column, column)

    def whereabouts(self) -> str:
        """How far the reader is, what is selected, and what was typed of a command."""
        length = len(self.text)
        parts = [self.typed, f"{self.seen().end / length:.0%} " if length else ""]
        selection = self.selection
        if selection is not None:
            words = len(
                self.text[
                    selection.start : min(selection.end, selection.start + MOST_COUNTED)
                ].split()
            )
            selected = f"{words} {'word' if words == 1 else 'words'}"
            doing = "SELECT" if self.stretching is None else "Enter keeps"
            parts.insert(1, f"{doing} {selected}")
        return "  ".join(part for part in parts if part)

    def typed_changed(self) -> None:
        """Have what was typed shown."""
        self.post_message(self.Moved(self.cursor, self.seen()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is selected `e` moves and `o` goes to its other end."""
        if parameters == ("word_end",):
            return bool(self.mode)
        if parameters == ("edit",) or action == "source":
            return not self.mode
        return super().check_action(action, parameters)

    def target(self) -> Passage:
        """What a command is about: the selection, else the kept passage here, else the sentence."""
        if self.selection is not None:
            return self.selection
        kept = self.bookmark_at(self.cursor)
        return Passage(kept.start, kept.end) if kept else self.sentence

    def action_do(self, verb: Verb) -> None:
        """Ask for something to be done with the passage."""
        passage = self.target()
        if len(passage):
            self.post_message(self.Asked(verb, passage))

    def watch_drafts(self) -> None:
        """Mark where drafts are."""
        self.redraw()

    def watch_bookmarks(self) -> None:
        """Mark what is kept."""
        self.lay(
            "kept",
            LookSpans(
                LookSpan(
                    mark.start, mark.end, f"kept kept-{mark.colour}" if mark.colour else "kept"
                )
                for mark in self.bookmarks
                if mark.anchor and not mark.orphan
            ),
        )

    def light(self, quote: Quote | None) -> None:
        """Show where a quotation stands, without moving the cursor."""
        spans = quote.spans if quote else ()
        self.lay("lit", LookSpans(LookSpan(span.start, span.end, "lit") for span in spans))
        if quote:
            self.reveal(quote.start, centre=True)
        else:
            self.reveal(self.cursor)

    def row_mark(self, row: Row) -> list[StyledText]:
        """A mark for a kept passage, another one if altered or noted, and its colour's letter."""
        for mark in self.bookmarks:
            if mark.anchor and not mark.orphan and mark.start < row.end and mark.end > row.start:
                sign = "≠" if mark.altered else "✎" if mark.note else "◆"
                look = f"kept-{mark.colour}" if mark.colour else "strong"
                return [(f"{sign}{mark.colour[:1] or ' '}", look)]
        for draft in self.drafts:
            if draft.start < row.end and draft.end > row.start:
                return [("… ", "problem")]
        return super().row_mark(row)

    def action_follow(self) -> None:
        """Open the link under the cursor, or the next one on the screen."""
        seen = self.seen()
        for link in self.article.links if self.article else ():
            if link.passage.end > self.cursor and link.passage.start < seen.end:
                self.post_message(self.LinkFollowed(link.target, link.place))
                return
        self.post_message(self.LinkFollowed())

    def action_links(self) -> None:
        """Choose one of the article's links."""
        self.post_message(self.LinksAsked())

    def action_source(self) -> None:
        """Open where the article came from."""
        if self.article:
            self.post_message(self.LinkFollowed(self.article.source or self.article.location))
