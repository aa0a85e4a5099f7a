"""Whether a text is so full of quotation marks that nobody's words can be told in it."""

_DOUBLE_MARKS = '“”"„‟«»「」『』'
_MOST = 100_000
"""Marks that are read in some three seconds, wherever they stand."""
_APART = 10
"""Code points for each mark; prose has fifty, and a page of short dialogue twenty."""

TOO_MANY_MARKS = "every few characters there is a quotation mark, so no quotations are looked for"


def has_too_many_marks(text: str) -> bool:
    """Whether quotations are not looked for in a text, because it is no prose and long."""
    marks = sum(map(text.count, _DOUBLE_MARKS))
    return marks > _MOST and marks * _APART > len(text)
