"""The words of a quotation as they are written: with their marks, and a sign for each gap."""

from collections.abc import Sequence

from tuireader.domain.article import Passage

GAP = "…"
"""The sign between two pieces of a quotation that is interrupted."""

_CLOSING = {
    "“": '”“"',
    "„": '“”"',
    "‟": '”"',
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‚": "‘’'",
    "‘": "’'",
    "’": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〝": "〞〟",
    "＂": "＂",
    '"': '"',
    "'": "'",
    "`": "'",
    "``": "''",
    "''": "''",
    ",,": '“”"',
}
"""The marks that may close a quotation, by the one that opens it; the usual one is first."""
_OPENING = {"”": "“", "»": "«", "›": "‹", "’": "‘", "」": "「", "』": "『", "》": "《", '"': '"'}
"""The mark that opens a quotation of which only the closing mark is in the text."""
_SPACED = ("“", "„", "«", "‹", "``")
"""Opening marks that may have a space after them."""
_SPACED_CLOSING = "”»›"
_COMMAS = ",，、،"
_INNER_MARKS = "’”'\"»›」』"


def quotation_text(spans: Sequence[Passage], text: str) -> str:
    """Return the words of a quotation in its quotation marks, on one line.

    `spans` are its pieces in the article's `text`, at least one. The marks are those of the text,
    “ and ” if it has none there. Pieces that the narrator separates are joined by " … ". A comma
    before the closing mark is left out, because it belongs to the sentence around the quotation.

    >>> quotation_text((Passage(1, 9), Passage(21, 29)), "“We sail,” he said. “At noon.”")
    '“We sail … At noon.”'
    """
    opening, closing = _marks(spans, text)
    pieces = [_without_comma(" ".join(span.of(text).split())) for span in spans]
    joined = pieces[0]
    for piece in pieces[1:]:
        shown = joined.endswith((GAP, "...")) or piece.startswith((GAP, "..."))
        joined += f" {piece}" if shown else f" {GAP} {piece}"
    return opening + joined + closing


def _without_comma(piece: str) -> str:
    """Return a piece without the comma at its end, which may stand before other marks."""
    words = piece.rstrip(_INNER_MARKS)
    kept = words.rstrip(_COMMAS)
    return kept + piece[len(words) :] if kept.strip() and kept != words else piece


def _marks(spans: Sequence[Passage], text: str) -> tuple[str, str]:
    """Return the opening and the closing mark of a quotation, each with the space inside it."""
    opening, after = _mark_before(text, spans[0].start)
    if opening:
        closing, before = _mark_after(text, spans[-1].end, _CLOSING[opening])
        if not closing:
            closing, before = _usual(_CLOSING[opening]), after
        return opening + after, before + closing
    closing, before = _mark_after(text, spans[-1].end, "".join(_OPENING))
    if closing:
        return _OPENING[closing] + before, before + closing
    return "“", "”"


def _usual(closing: str) -> str:
    """Return the first of the closing marks; two apostrophes are one mark."""
    return closing if closing == "''" else closing[0]


def _mark_before(text: str, start: int) -> tuple[str, str]:
    """Return the opening mark before an offset, and the space after it; "" for none."""
    space = text[start - 1 : start] if start else ""
    space = space if space.isspace() else ""
    end = start - len(space)
    for length in (2, 1):
        mark = text[max(0, end - length) : end]
        if mark in _CLOSING and (not space or mark in _SPACED):
            return mark, _one_space(space)
    return "", ""


def _mark_after(text: str, end: int, allowed: str) -> tuple[str, str]:
    """Return the mark after an offset that is among `allowed`, and the space before it."""
    space = text[end : end + 1]
    space = space if space.isspace() else ""
    start = end + len(space)
    if allowed == "''":
        mark = text[start : start + 2]
        return (mark, "") if mark == allowed else ("", "")
    mark = text[start : start + 1]
    if mark and mark in allowed and (not space or mark in _SPACED_CLOSING):
        return mark, _one_space(space)
    return "", ""


def _one_space(space: str) -> str:
    """Return a space as it is in the text; a line break becomes a plain one."""
    return space if space in ("", "\xa0", "\u202f") else " "
