"""Quotation marks in pairs: one pass over the marks of a paragraph with a stack of what is open.

Only the outermost pairs are given. Linear in the number of marks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tuireader.quotes.singles import closing_singles

_MARK = re.compile(r"''|``|,,|<<|>>|[“”„‟\"«»‹›「」『』｢｣‘’‚‛']|<[/a-zA-Z][^<>]{0,600}>")
_CLOSERS = {
    "“": '”"〞',
    "„": '“”"',
    "‟": '”"',
    '"': '"”“',
    "''": "''",
    "``": "''",
    ",,": "''",
    "«": "»",
    "<<": ">>",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "”": "”",
    "「": "」",
    "『": "』",
    "｢": "｣",
}
_SINGLES = "‘’‚‛'"
_DOUBLES = {'"', "''", "“", "”", "``"}
_ALWAYS_OPEN = ("“", "„", "«", "‹", "「", "『", "｢", "``", "‟")
_EITHER = '"“»›'
"""Marks that may open or close, by what stands around."""
SPACE = " \t\n\r\xa0\u202f\u2009"
_BEFORE_OPENING = SPACE + "([{—–-/:>…"
_AFTER_CLOSING = SPACE + ")]},.;:!?—–-/<…"
_STOPS = ".!?…,"


class Pair(NamedTuple):
    """What stands between two outermost marks, in code points."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    resumed: bool = False
    """Whether it goes on with the pair before, whose closing mark is missing."""


class _Open(NamedTuple):
    """A mark that waits for its closing one."""

    mark: str
    start: int
    end: int


def marks_in(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The marks between two places; those inside a tag are none."""
    return [
        match
        for match in _MARK.finditer(text, start, end)
        if match[0][0] != "<" or match[0] == "<<"
    ]


def pairs_in(text: str, start: int, end: int) -> Iterator[Pair]:
    """The outermost pairs between two places, in order."""
    return _Pairing(text, start, end).pairs()


def looks_closing(text: str, match: re.Match[str]) -> bool:
    """Whether a mark stands as a closing one does: behind a word, before a gap."""
    before, after = _around(text, match)
    return before not in SPACE and after in _AFTER_CLOSING


class _Pairing:
    """The pass over one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.marks = marks_in(text, start, end)
        self.singles = closing_singles(text, start, end, self.marks)
        self.even = _straight_marks_pair(self.marks)
        self.opening, self.balanced = _openings(text, self.marks)
        self.stack: list[_Open] = []
        self.inner: list[Pair] = []
        self.resumed = False

    def pairs(self) -> Iterator[Pair]:
        """The outermost pairs."""
        skipped = self.start
        for match in self.marks:
            if match.start() < skipped:
                continue
            pair = self._single(match) if match[0] in _SINGLES else self._double(match)
            if pair is not None:
                skipped = pair.outer_end
                yield pair
        if self.stack:
            yield from self._left()

    def _single(self, match: re.Match[str]) -> Pair | None:
        at = match.start()
        closing = None if self.stack else self.singles.get(at)
        if closing is None:
            return None
        last = min(closing + 1, self.end)
        return Pair(at + 1, min(closing, self.end), at, last, closed=closing < self.end)

    def _double(self, match: re.Match[str]) -> Pair | None:
        if self._is_repeated(match):
            return None
        if self._reopens(match):
            first = self.stack.pop()
            at, resumed = match.start(), self.resumed
            self._push(match)
            self.resumed = True
            self.inner.clear()
            return Pair(first.end, at, first.start, at, closed=False, resumed=resumed)
        place = self._closed(match)
        if place is not None:
            return self._close(match, place)
        if _opens(self.text, match, even=self.even):
            self._push(match)
        return None

    def _push(self, match: re.Match[str]) -> None:
        self.stack.append(_Open(match[0], match.start(), match.end()))

    def _close(self, match: re.Match[str], place: int) -> Pair | None:
        first = self.stack[place]
        del self.stack[place:]
        pair = Pair(first.end, match.start(), first.start, match.end(), resumed=self.resumed)
        if self.stack:
            if len(self.stack) == 1:
                self.inner.append(pair)
            return None
        self.inner.clear()
        self.resumed = False
        return pair

    def _is_repeated(self, match: re.Match[str]) -> bool:
        """Whether a mark that is open is written again at a line's beginning."""
        line = self.text[match.start() - 1 : match.start()] == "\n"
        return line and bool(self.stack) and self.stack[-1].mark == match[0] == "«"

    def _reopens(self, match: re.Match[str]) -> bool:
        """Whether a mark opens again what was not closed: "… too. "I think …"."""
        return (
            not self.balanced
            and len(self.stack) == 1
            and match.start() in self.opening
            and self.stack[0].mark == match[0]
            and self.text[max(0, match.start() - 3) : match.start()].rstrip()[-1:] in _STOPS
        )

    def _closed(self, match: re.Match[str]) -> int | None:
        """The place in the stack of what the mark closes, looking at the two innermost."""
        mark = match[0]
        before, after = _around(self.text, match)
        if mark == '"' and self.balanced and match.start() in self.opening:
            return None
        for place in range(len(self.stack) - 1, max(-1, len(self.stack) - 3), -1):
            opened = self.stack[place].mark
            if mark in (_CLOSERS[opened] if len(mark) == 1 else (_CLOSERS[opened],)):
                if mark in _EITHER and opened != "„" and (mark not in '"“' or not self.even):
                    return place if mark != opened or _looks_closing(before, after) else None
                return place
            if mark == opened == "“" and before not in SPACE and after in _AFTER_CLOSING:
                return place
        return None

    def _left(self) -> Iterator[Pair]:
        """What is still open at the end, or what stands inside it if its mark is a slip."""
        opened = self.stack[0]
        leading = not self.text[self.start : opened.start].strip()
        if self.inner and not leading:
            yield from self.inner
        else:
            end = self.end
            yield Pair(opened.end, end, opened.start, end, closed=False, resumed=self.resumed)


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    before = text[match.start() - 1] if match.start() else "\n"
    return before, text[match.end()] if match.end() < len(text) else "\n"


def _straight_marks_pair(marks: list[re.Match[str]]) -> bool:
    """Whether the straight double marks of a paragraph are even in number and alone."""
    straight = 0
    for match in marks:
        if match[0] in _DOUBLES and match[0] != '"':
            return False
        if match[0] == '"':
            straight += 1
    return straight % 2 == 0


def _openings(text: str, marks: list[re.Match[str]]) -> tuple[set[int], bool]:
    """Where double marks stand that can only open, and whether as many can only close."""
    opening: set[int] = set()
    closing = 0
    for match in marks:
        if match[0] not in ('"', "“", "”"):
            continue
        before, after = _around(text, match)
        if match[0] != "”" and before in _BEFORE_OPENING and after.isalnum():
            opening.add(match.start())
        elif match[0] != "“" and before not in SPACE and after in _AFTER_CLOSING:
            closing += 1
    return opening, len(opening) <= closing


def _looks_closing(before: str, after: str) -> bool:
    if before in SPACE:
        return after in _AFTER_CLOSING
    return after in _AFTER_CLOSING or not after.isalnum() or before in ".,!?…"


def _opens(text: str, match: re.Match[str], *, even: bool) -> bool:
    mark = match[0]
    before, after = _around(text, match)
    if mark == '"' and before.isdigit() and after in _AFTER_CLOSING:
        # Inches.
        return False
    if mark in _ALWAYS_OPEN or (mark == '"' and even):
        return True
    if mark in (",,", "<<"):
        return before in _BEFORE_OPENING and (after.isalnum() or after in "¿¡")
    if mark in ('"', "''", "”", "»", "›"):
        return (before in _BEFORE_OPENING or not before.isalnum()) and after not in _AFTER_CLOSING
    return False
