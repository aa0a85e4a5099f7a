"""Quotations in the text: added from a selection, given a speaker, stretched and shrunk."""

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.passage import Passage
from tuireader.domain.quote import Quote
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.widgets.text_jumps import TextJumps


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
