"""The marks beside the text that tell who says what: a bar, and a letter where colours do not."""

from collections.abc import Sequence

from tuireader.domain.quote import Polarity, Quote
from tuireader.domain.speaker_signs import UNKNOWN, speaker_signs
from tuireader.layout.flow import Row
from tuireader.ui.text_pane.decorations import quotation_at
from tuireader.ui.widgets.styles import NO_SPANS, StyledText, StyleSpan, StyleSpans

SAID, DOUBTED = "▎", "┊"
"""The bar of what was said, and of what was not said or is alleged."""


class SpeakerMarks:
    """Where each speaker's words are, and how rows with them are marked."""

    def __init__(self) -> None:
        self.spans = NO_SPANS
        """Where the words of all quotations are."""
        self._lettered = False
        self._quotes: Sequence[Quote] = ()
        self._signs = speaker_signs(())

    def show(self, quotes: Sequence[Quote], *, lettered: bool = False) -> None:
        """Mark the quotations of an article, which are in the order of the text.

        If `lettered`, letters tell the speakers apart, because colours do not.
        """
        self._lettered = lettered
        if quotes is self._quotes:
            return
        self._quotes, self._signs = quotes, speaker_signs(quotes)
        self.spans = StyleSpans(
            StyleSpan(span.start, span.end, "quoted") for quote in quotes for span in quote.spans
        )

    def beside(self, row: Row, sign: StyledText) -> list[StyledText]:
        """Return the gutter's pieces beside a row: a sign of two cells, and the bar of a speaker.

        A letter takes the second cell of the sign on the first row of a quotation, if it is free.
        """
        found = self.spans.over(row.start, row.end)
        if not found:
            return [sign, (" ", "")]
        quote = self._quotes[max(0, quotation_at(self._quotes, found[0].start))]
        speaker = self._signs.get(quote.speaker, UNKNOWN)
        style = f"speaker-{speaker.colour} bold"
        bar = SAID if quote.polarity is Polarity.SAID else DOUBTED
        text, of_sign = sign
        is_first = row.start <= quote.start
        if self._lettered and text[1:] == " " and is_first:
            return [(text[:1], of_sign), (speaker.letter, style), (bar, style)]
        return [sign, (bar, style)]
