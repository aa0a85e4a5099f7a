"""The text pane: what is kept is marked in it, and what can be done with a passage."""

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.passage import Passage
from tuireader.domain.quote import Quote
from tuireader.layout.flow import Row
from tuireader.ui.bindings import FIND, KEEP, SELECT, key
from tuireader.ui.spans import Span, Spans
from tuireader.ui.verbs import Verb
from tuireader.ui.widgets.pane import Piece
from tuireader.ui.widgets.text_quotes import TextQuotes

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
            Spans(
                Span(mark.start, mark.end, f"kept kept-{mark.colour}" if mark.colour else "kept")
                for mark in self.bookmarks
                if mark.anchor and not mark.orphan
            ),
        )

    def light(self, quote: Quote | None) -> None:
        """Show where a quotation stands, without moving the cursor."""
        spans = quote.spans if quote else ()
        self.lay("lit", Spans(Span(span.start, span.end, "lit") for span in spans))
        if quote:
            self.reveal(quote.start, centre=True)
        else:
            self.reveal(self.cursor)

    def row_mark(self, row: Row) -> list[Piece]:
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
