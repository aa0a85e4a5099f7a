"""The quotations of the open article: who said what, with which word, in whole or in part."""

from dataclasses import dataclass
from typing import Literal

from textual.message import Message

from tuireader.domain.quote import Quote
from tuireader.ui.bindings import KEEP, LIST, key
from tuireader.ui.widgets.quote_items import QuoteItems

NONE_HERE = "There is no quotation here."

Way = Literal["speaker", "merge", "stretch", "dismiss"]
"""How a quotation is mended: who said it, who that is, its words, and whether it is one."""


class QuoteList(QuoteItems):
    """The pane of quotations: opened, kept, and corrected by key."""

    BINDINGS = [
        key("s", "group", "By speaker", "Group the quotations by speaker", LIST, show=True),
        key(
            "o",
            "others",
            "Unattributed",
            "Show or hide what is in quotation marks and nobody's",
            LIST,
            name="others",
        ),
        key("b", "keep(False)", "Keep", "Keep the quotation", KEEP, name="keep-quote", show=True),
        key("a", "keep(True)", "Note", "Keep it with a note", KEEP, name="note-quote", show=True),
        key("w", "mend('speaker')", "Who said it", "Give another speaker", KEEP, show=True),
        key("m", "mend('merge')", "Same person", "This name is the same person as…", KEEP),
        key("e", "mend('stretch')", "Its words", "Change where its words begin and end", KEEP),
        key(
            "x",
            "mend('dismiss')",
            "No quotation",
            "Say that it is no quotation, or that it is one after all",
            KEEP,
        ),
    ]

    @dataclass
    class Lit(Message):
        """A quotation is under the cursor (None: there is none)."""

        quote: Quote | None

    @dataclass
    class Opened(Message):
        """The reader wants to go to a quotation's place."""

        quote: Quote

    @dataclass
    class Kept(Message):
        """The reader wants to keep a quotation, with a note or without."""

        quote: Quote
        with_note: bool

    @dataclass
    class Mended(Message):
        """The reader wants to correct a quotation."""

        how: Way
        quote: Quote

    def cursor_moved(self) -> None:
        """Light the quotation's place in the text."""
        self.post_message(self.Lit(self.quote_here()))

    def on_focus(self) -> None:
        """Light the quotation under the cursor."""
        self.cursor_moved()

    def on_blur(self) -> None:
        """Light nothing while the reader is elsewhere."""
        self.post_message(self.Lit(None))

    def action_open(self) -> None:
        """Go to the quotation's place in the text."""
        quote = self.quote_here()
        if quote is not None:
            self.post_message(self.Opened(quote))

    def action_keep(self, with_note: bool) -> None:
        """Keep the quotation, with its speaker."""
        quote = self.quote_here()
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.Kept(quote, with_note))

    def action_mend(self, how: Way) -> None:
        """Ask for the quotation to be corrected."""
        quote = self.quote_here()
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.Mended(how, quote))

    def action_group(self) -> None:
        """Group by speaker, or list in the order of the text."""
        self.by_speaker = not self.by_speaker

    def action_others(self) -> None:
        """Show what is nobody's words, or hide it."""
        self.with_others = not self.with_others
