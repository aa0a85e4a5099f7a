"""Which single marks open and close a quotation, and which are apostrophes.

Quotation marks in pairs: one pass over the marks of a paragraph with a stack of what is open.

Only the outermost pairs are given. Linear in the number of marks.

Which stretches of a text stand in quotation marks.

Only the outermost stretches are given, since a quotation inside a quotation is part of
what its speaker said. Linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from tuireader.quotes.paragraphs import Paragraph

_OPENING = "‘'‚‛"
_CLOSING = "’'‘"
_BEFORE = ' \t\n\r\xa0\u202f\u2009([{—–-/:“"„>…'
_ELIDED = re.compile(
    r"(?:em|tis|twas|til|till|cause|round|bout|n|im|er|s|d|re|ve|ll|\d\ds?)\b", re.IGNORECASE
)
_SINGLE_STOPS = ".,!?…"


def closing_singles(text: str, start: int, end: int, marks: list[re.Match[str]]) -> dict[int, int]:
    """Where each opening single mark between start and end is closed.

    One that is the first thing of the paragraph and never closes is given the end.
    A closing mark behind punctuation is sure; one behind an "s" may be an
    apostrophe, and counts only if no sure one comes before the next opening mark.
    """
    singles = [match.start() for match in marks if match[0] in "‘’‚‛'"]
    if not singles:
        return {}
    result: dict[int, int] = {}
    sure = maybe = -1
    for at in reversed(singles):
        if _may_open(text, at, start):
            closing = _choose(text, sure, maybe)
            if closing >= 0:
                result[at] = closing
            elif text[at] == "‘" and not text[start:at].strip():
                result[at] = end
            sure = maybe = -1
        elif _may_close(text, at):
            if text[at - 1] in _SINGLE_STOPS or text[at - 1] not in "sS":
                if sure < 0 or text[at - 1] in _SINGLE_STOPS or text[sure - 1] not in _SINGLE_STOPS:
                    sure = at
            else:
                maybe = at
    return result


def _choose(text: str, sure: int, maybe: int) -> int:
    if sure >= 0 and (maybe < 0 or maybe > sure or not _ends_clause(text, maybe)):
        return sure
    return maybe


def _ends_clause(text: str, at: int) -> bool:
    """Whether a closing mark behind an "s" is no possessive: no word follows it."""
    return text[at + 1 : at + 2] in ("", ",", ".", ";", ":", "!", "?", ")", "\n")


def _may_open(text: str, at: int, start: int) -> bool:
    if text[at] not in _OPENING or at + 1 >= len(text):
        return False
    before = text[at - 1] if at > start else "\n"
    after = text[at + 1]
    if (before not in _BEFORE and not _is_wide(before)) or after.isspace():
        return False
    if after in "’'":
        return _ELIDED.match(text, at + 2) is not None
    if after in ".,;:!?)":
        return False
    return text[at] == "‚" or _ELIDED.match(text, at + 1) is None


def _is_wide(letter: str) -> bool:
    """Whether a letter is of a script that has no apostrophes: Han, Kana, Hangul."""
    return letter >= "\u2e80"


def _may_close(text: str, at: int) -> bool:
    if text[at] not in _CLOSING or at == 0 or text[at - 1].isspace():
        return False
    after = text[at + 1 : at + 2]
    return not after or _is_wide(after) or not (after.isalnum() or after in "’'_")


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


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """What stands between two outermost marks: [start, end) without the marks."""

    start: int
    end: int
    paragraph: int
    """The number of its paragraph."""
    outer_start: int
    """Where its opening mark begins."""
    outer_end: int
    """Where its closing mark ends."""
    closed: bool = True
    continues: bool = False
    """Whether it goes on with the unclosed stretch before it."""
    interrupted: bool = False
    """Whether it is said within it who speaks."""
    dash: bool = False
    """Whether a dash opens it."""
    label: str = ""
    """In an interview, who is said to speak, as written ahead of the words."""


def quoted_spans_in(
    text: str, paragraph: Paragraph, number: int = 0, *, carried: bool = False
) -> list[QuotedSpan]:
    """The outermost stretches in marks of one paragraph, in order.

    `carried` says that the paragraph before ended inside a quotation.
    """
    found = [_stretch(pair, number) for pair in pairs_in(text, paragraph.start, paragraph.end)]
    if carried:
        found = _closed_only(text, paragraph, number, found)
    if carried and found and not text[paragraph.start : found[0].outer_start].strip():
        found[0] = replace(found[0], continues=True)
    return [stretch for stretch in found if text[stretch.start : stretch.end].strip()]


def _stretch(pair: Pair, number: int) -> QuotedSpan:
    return QuotedSpan(
        pair.start,
        pair.end,
        number,
        pair.outer_start,
        pair.outer_end,
        closed=pair.closed,
        continues=pair.resumed,
    )


def _closed_only(
    text: str, paragraph: Paragraph, number: int, found: list[QuotedSpan]
) -> list[QuotedSpan]:
    """The same with what stands before a closing mark that nothing opened here."""
    first = next(iter(marks_in(text, paragraph.start, paragraph.end)), None)
    if first is None or first[0] not in ('"', "”", "''", "»") or not looks_closing(text, first):
        return found
    start = paragraph.start
    head = QuotedSpan(start, first.start(), number, start, first.end())
    return [head, *(_stretch(pair, number) for pair in pairs_in(text, first.end(), paragraph.end))]


def quoted_spans(text: str, paragraphs: Iterable[Paragraph]) -> list[QuotedSpan]:
    """The outermost stretches of several paragraphs, unclosed ones joined to what follows."""
    result: list[QuotedSpan] = []
    carried = False
    for number, paragraph in enumerate(paragraphs):
        found = quoted_spans_in(text, paragraph, number, carried=carried)
        result += found
        if not paragraph.aside:
            carried = bool(found) and not found[-1].closed
    return result
