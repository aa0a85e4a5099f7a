"""The rows of a quotation in its list: the speaker, the facts, and the words in their marks."""

from dataclasses import dataclass

from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Polarity, Quote, QuoteKind, attribution_label, speaker_label
from tuireader.domain.speaker_signs import UNKNOWN, SpeakerSign
from tuireader.layout.cells import cell_width, fit_cells
from tuireader.ui.lists.model import wrapped_lines
from tuireader.ui.widgets.styles import StyledText

MAX_ROWS, MAX_NARROW_ROWS = 4, 6
"""Rows of a quotation's words that the list shows; the rest is in the text."""

NARROW = 20
"""Cells below which it shows `MAX_NARROW_ROWS`."""

MAX_NAME_ROWS = 2
"""Rows that a speaker's name has at most."""

BAR = "▌"
"""The sign beside each row of a quotation, in the speaker's colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLook:
    """How quotations are shown in a list."""

    width: int
    """The room in cells."""
    named: bool = True
    """Whether the speaker's name is above the words."""
    lettered: bool = False
    """Whether a letter tells the speakers apart, because colours do not."""


def is_unattributed(quote: Quote) -> bool:
    """Return whether a quotation has no speaker to be listed under.

    It is unattributed, or the user dismissed it.
    """
    return quote.unattributed or quote.dismissed


def quote_rows(
    quote: Quote, text: str, look: QuoteLook, sign: SpeakerSign = UNKNOWN
) -> list[list[StyledText]]:
    """Return the rows of a quotation, the last one empty.

    `text` is the article's, and `sign` that of the speaker. The words take at most `MAX_ROWS` rows,
    or `MAX_NARROW_ROWS` in a narrow list.
    """
    room = max(4, look.width - 2)
    colour = f"speaker-{sign.colour}" if sign.colour else "faint"
    rows: list[StyledText] = []
    if look.named:
        name = wrapped_lines(speaker_label(quote), room, MAX_NAME_ROWS)
        rows += [(line, f"{colour} bold") for line in name]
    if facts := _facts(quote, text, room):
        doubted = quote.polarity is not Polarity.SAID
        rows.append((facts, "faint em" if doubted else "faint"))
    words = quotation_text(quote.spans, text)
    most = MAX_NARROW_ROWS if room < NARROW else MAX_ROWS
    rows += [(line, "") for line in wrapped_lines(words, room, most)]
    marks = [sign.letter if look.lettered else BAR, *[BAR] * (len(rows) - 1)]
    beside = [(f"{mark} ", f"{colour} bold") for mark in marks]
    return [*([mark, row] for mark, row in zip(beside, rows, strict=True)), []]


def _facts(quote: Quote, text: str, width: int) -> str:
    """Return the cue, how the speaker was found, and whether the quotation is partial, as they fit.

    `text` is the article's, and `width` the room in cells. What has no room is left out, how the
    speaker was found last, because the user needs it most.
    """
    cue = " ".join(text[quote.cue.start : quote.cue.end].split()) if quote.cue else ""
    found = attribution_label(quote)
    if is_unattributed(quote):
        return fit_cells(found, min(cell_width(found), width)) if quote.dismissed else ""
    found = f"{found} · {quote.probability:.0%}" if quote.is_unsure else found
    partial = "partial" if quote.kind is QuoteKind.PARTIAL else ""
    for facts in ((cue, found, partial), (cue, found)):
        line = " · ".join(fact for fact in facts if fact)
        if cell_width(line) <= width:
            return line
    return fit_cells(found, min(cell_width(found), max(0, width)))
