"""The cells of a screen as text: what is written, and in which style."""

from collections.abc import Iterator, Sequence

from rich.style import Style
from textual.strip import Strip

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def cells_of(strips: Sequence[Strip]) -> str:
    """Return the rows of a screen, then the same rows with a letter for each style, then a key."""
    strips = [strip.simplify() for strip in strips]
    letters: dict[str, str] = {}
    rows = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    styled = ["".join(_runs(strip, letters)) for strip in strips]
    key = [f"{letter} {style}" for style, letter in letters.items()]
    return "\n".join([*rows, "", *styled, "", *key, ""])


def _runs(strip: Strip, letters: dict[str, str]) -> Iterator[str]:
    """Yield for each stretch in one style its letter and its cells: "a24"."""
    for segment in strip:
        if segment.control is None:
            style = str(segment.style or Style.null())
            letter = letters.setdefault(style, LETTERS[len(letters) % len(LETTERS)])
            yield f"{letter}{segment.cell_length} "
