"""How a quotation looks in a list: who said it, how that is known, and its words."""

from tuireader.domain.quote import Quote, QuoteKind
from tuireader.layout.cells import fit, width
from tuireader.layout.wrap import wrap
from tuireader.ui.widgets.pane import Piece

MOST_ROWS = 4
"""Rows of a quotation's words that a list shows; the rest is in the text."""


def is_other(quote: Quote) -> bool:
    """Whether it is listed last, as nobody's words."""
    return quote.unattributed or quote.dismissed


def speaker_shown(quote: Quote) -> str:
    """Who said it, or why nobody did."""
    if quote.dismissed:
        return "no quotation"
    if quote.unattributed:
        return "nobody's words"
    return quote.speaker or "unknown speaker"


def quote_rows(quote: Quote, text: str, room: int, *, named: bool) -> list[list[Piece]]:
    """The rows of a quotation in `room` cells, with who said it if it is to be named."""
    name = speaker_shown(quote)
    facts = _facts(quote, text, room - 1)
    gap = " " if quote.cue and not is_other(quote) else " · "
    beside = _facts(quote, text, room - width(name) - width(gap), whole=True)
    if not named:
        head = [[(f" {facts}", "faint")]] if facts else []
    elif beside:
        head = [[(name, "strong"), (f"{gap}{beside}", "faint")]]
    else:
        head = [[(fit(name, min(width(name), room)), "strong")]]
        head += [[(f" {facts}", "faint")]] if facts else []
    words = " … ".join(text[span.start : span.end] for span in quote.spans)
    words = " ".join(words[: room * (MOST_ROWS + 1)].split())
    rows = wrap(words, 0, len(words), room - 1)
    lines = [words[start:end] for start, end in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines[-1] = fit(f"{lines[-1]}…", min(room - 1, width(lines[-1]) + 1))
    return [*head, *([(f" {line}", "")] for line in lines), []]


def _facts(quote: Quote, text: str, room: int, *, whole: bool = False) -> str:
    """The cue, how sure the speaker is, and whether only some words are quoted.

    Of what there is no room for, how sure it is goes last: it is what the reader weighs.
    Empty if they are wanted whole and there is no room for the first two.
    """
    cue = " ".join(text[quote.cue.start : quote.cue.end].split()) if quote.cue else ""
    sure = str(quote.confidence)
    if is_other(quote):
        return sure if quote.dismissed and width(sure) <= room else ""
    partial = "partial" if quote.kind is QuoteKind.PARTIAL else ""
    for facts in ((cue, sure, partial), (cue, sure)):
        line = " · ".join(fact for fact in facts if fact)
        if width(line) <= room:
            return line
    return "" if whole else fit(sure, min(width(sure), max(0, room)))
