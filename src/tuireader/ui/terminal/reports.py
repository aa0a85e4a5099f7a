"""Thins out what a terminal sends in masses, before it is parsed: reports, and long pastes.

To parse a report and to hand it on takes a hundred times as long as to find it here.
"""

import re
from collections.abc import Iterator

from tuireader.ui.floods import MAX_NOTE_PASTE

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

MAX_REPORTS = 16
"""Reports of the mouse in one read that are passed on; of more, the last count."""

MIN_UNMARKED_PASTE = 1000
"""Characters in one read, with no control sequence, that nobody can have typed."""

MIN_DIFFERENT = 12
"""Different characters among them: fewer are keys that were held down."""

REPORTS = re.compile(r"(?:\x1b\[<\d{1,5};\d{1,5};\d{1,5}[Mm]|\x1b\[[IO])+")
"""Reports of the mouse and of the focus without anything in between."""

_REPORT = re.compile(r"\x1b\[(?:<(\d+);\d+;\d+([Mm])|[IO])")
_NULLS = re.compile(r"\0{2,}")
_PLAIN = re.compile(r"[^\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_MOVED = 32
"""The bit of a mouse report's number that is set if the mouse has moved."""


def thinned(run: str) -> Iterator[str]:
    """Yield the reports of a run that still matter, in their order.

    Of moves in a row only the last one does, and of changes of the focus as well. Of many others
    the last MAX_REPORTS do. A release is kept for each button, so that none stays pressed.
    """
    kept: list[tuple[str, str]] = []
    for found in _REPORT.finditer(run):
        number, end = found.groups()
        kind = "focus" if number is None else f"{number}{end}"
        is_state = number is None or int(number) & _MOVED
        if is_state and kept and kept[-1][0] == kind:
            kept.pop()
        kept.append((kind, found[0]))
    released = {kind: report for kind, report in kept[:-MAX_REPORTS] if kind[-1] == "m"}
    yield from released.values()
    yield from (report for _, report in kept[-MAX_REPORTS:])


def is_unmarked_paste(text: str) -> bool:
    """Return whether one read is a paste, although the terminal did not mark it as one."""
    if len(text) < MIN_UNMARKED_PASTE or _PLAIN.fullmatch(text) is None:
        return False
    return len(set(text)) >= MIN_DIFFERENT


def without_many_nulls(text: str) -> str:
    """Return a read with one null character, which is Ctrl+Space, in place of many in a row."""
    return _NULLS.sub("\0", text) if "\0\0" in text else text


class PastedText:
    """Collects a paste that comes in pieces; no more of it is kept than can be used."""

    def __init__(self, *, is_marked: bool = True) -> None:
        """Create an empty paste; `is_marked` is whether the terminal marks its end."""
        self.is_marked = is_marked
        self._pieces: list[str] = []
        self._room = MAX_NOTE_PASTE + 1 + len(PASTE_END)
        self._tail = ""

    def take(self, text: str, start: int) -> int | None:
        """Add a text from an offset on; return the offset after the paste's end, None before it."""
        end = self._end(text, start) if self.is_marked else None
        if self._room > 0:
            piece = text[start : start + self._room if end is None else end][: self._room]
            self._pieces.append(piece)
            self._room -= len(piece)
        if end is None:
            self._tail = (self._tail + text[start:])[1 - len(PASTE_END) :]
        return end

    def text(self) -> str:
        """Return what was pasted, without its end and without null characters.

        Of a long paste it is only the beginning, which is longer than what is used of it.
        """
        pasted = "".join(self._pieces)
        if self.is_marked:
            pasted = pasted.removesuffix(PASTE_END)
        return pasted[: MAX_NOTE_PASTE + 1].replace("\x00", "")

    def _end(self, text: str, start: int) -> int | None:
        """Return the offset after the mark of the end, which may have begun in the last piece."""
        border = self._tail + text[start : start + len(PASTE_END) - 1]
        found = border.find(PASTE_END)
        if found >= 0:
            return start + found + len(PASTE_END) - len(self._tail)
        found = text.find(PASTE_END, start)
        return found + len(PASTE_END) if found >= 0 else None
