"""Pairs quotation marks: one pass over the marks of a paragraph with a stack of open ones.

Single marks are told from apostrophes first. Only the outermost pairs are returned. The
time is linear in the number of marks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tuireader.text.language import words

_OPENING = "‘'‚‛"
_CLOSING = "’'‘"
_BEFORE = ' \t\n\r\xa0\u202f\u2009([{—–-/:“"„>…'
_WORD = re.compile(r"\d\ds?\b|[^\W\d_]+\b")
"""A word, or a year without its century: "’em", "’68"."""
_SINGLE_STOPS = ".,!?…"
_MARK = re.compile(r"''|’’|``|,,|<<|>>|[“”„‟\"«»‹›「」『』｢｣‘’‚‛']|<[/a-zA-Z][^<>]{0,600}>")
_HEBREW = ("\u05d0", "\u05ea")
"""The first and the last letter of Hebrew."""
_RIGHT_SINGLE = re.compile("’")
_CLOSERS = {
    "“": ("”", '"', "〞", "’’"),
    "„": ("“", "”", '"', "’’"),
    "‟": ("”", '"'),
    '"': ('"', "”", "“"),
    "''": ("''",),
    "’’": ("’’",),
    "``": ("''", "’’", "”"),
    ",,": ("''", "’’", "”", "“", '"'),
    "«": ("»",),
    "<<": (">>",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "”": ("”",),
    "「": ("」",),
    "『": ("』",),
    "｢": ("｣",),
}
_SINGLES = "‘’‚‛'"
_DOUBLES = {'"', "''", "“", "”", "``"}
_ALWAYS_OPEN = ("“", "„", "«", "‹", "「", "『", "｢", "``", "‟")
_EITHER = '"“»›'
"""Marks that may open or close, depending on their neighbours."""
SPACE = " \t\n\r\xa0\u202f\u2009"
_BEFORE_OPENING = SPACE + "([{—–-/:>…"
_AFTER_CLOSING = SPACE + ")]},.;:!?—–-/<…"
_STOPS = ".!?…,"
_COUNTED_MARKS = '“”"„‟«»「」『』'
_MAX_RIGHT_MARKS = 400
"""The most code points between right single marks that open and close."""
_MAX_MARKS = 100_000
"""The most marks of a text that are read whatever stands between; this takes three seconds."""
_MIN_DISTANCE = 10
"""Code points for each mark from which on a text is prose; it has fifty, short dialogue twenty."""

TOO_MANY_MARKS = "every few characters there is a quotation mark, so no quotations are looked for"


def has_too_many_marks(text: str) -> bool:
    """Return whether a text is too long and too full of marks to be searched for quotations."""
    marks = sum(map(text.count, _COUNTED_MARKS))
    return marks > _MAX_MARKS and marks * _MIN_DISTANCE > len(text)


def closing_singles(text: str, start: int, end: int, marks: list[re.Match[str]]) -> dict[int, int]:
    """Return for each opening single mark the offset of the mark that closes it.

    A mark that begins the paragraph and is never closed gets the paragraph's end. A closing
    mark after punctuation is certain. One after an "s" may be an apostrophe; it counts only
    if no certain one comes before the next opening mark.
    """
    singles = [match.start() for match in marks if match[0] in "‘’‚‛'"]
    if not singles:
        return {}
    result: dict[int, int] = {}
    certain = possible = -1
    for offset in reversed(singles):
        if _may_open(text, offset, start):
            closing = _closing_offset(text, certain, possible)
            if closing >= 0:
                result[offset] = closing
            elif text[offset] == "‘" and not text[start:offset].strip():
                result[offset] = end
            certain = possible = -1
        elif _may_close(text, offset):
            if text[offset - 1] in _SINGLE_STOPS or text[offset - 1] not in "sS":
                if (
                    certain < 0
                    or text[offset - 1] in _SINGLE_STOPS
                    or text[certain - 1] not in _SINGLE_STOPS
                ):
                    certain = offset
            else:
                possible = offset
    return result


def _closing_offset(text: str, certain: int, possible: int) -> int:
    """Return the offset of the closing mark to use, or -1: the certain one or the possible one."""
    if certain >= 0 and (possible < 0 or possible > certain or not _ends_clause(text, possible)):
        return certain
    return possible


def _ends_clause(text: str, offset: int) -> bool:
    """Return whether no word follows a mark after an "s", so that it is no possessive."""
    return text[offset + 1 : offset + 2] in ("", ",", ".", ";", ":", "!", "?", ")", "\n")


def _may_open(text: str, offset: int, start: int) -> bool:
    """Return whether a single mark may open a quotation and is no apostrophe."""
    if text[offset] not in f"{_OPENING}’" or offset + 1 >= len(text):
        return False
    if text[offset] == "’":
        return _may_open_as_right_mark(text, offset, start)
    before = text[offset - 1] if offset > start else "\n"
    after = text[offset + 1]
    if (before not in _BEFORE and not _is_cjk(before)) or after.isspace():
        return False
    if after in "’'":
        return _is_elided(text, offset + 2)
    if after in ".,;:!?)":
        return False
    return text[offset] == "‚" or not _is_elided(text, offset + 1)


def _may_open_as_right_mark(text: str, offset: int, start: int) -> bool:
    """Return whether a right single mark opens several words, as in Dutch: "’geen paniek’"."""
    closing = text.find("’", offset + 1, offset + _MAX_RIGHT_MARKS)
    while closing >= 0 and not _may_close(text, closing):
        closing = text.find("’", closing + 1, offset + _MAX_RIGHT_MARKS)
    words_between = text[offset + 1 : closing]
    return (
        closing > 0
        and (offset == start or text[offset - 1] in _BEFORE)
        and text[offset + 1].isalpha()
        and " " in words_between
        and not any(mark in words_between for mark in '\n‘“”"')
        and not _is_elided(text, offset + 1)
    )


def _is_elided(text: str, offset: int) -> bool:
    """Return whether an apostrophe may stand for the start of the word at an offset."""
    word = _WORD.match(text, offset)
    if word is None:
        return False
    return word[0][0].isdigit() or word[0].lower() in words("sentences", "apostrophe_words")


def _is_cjk(letter: str) -> bool:
    """Return whether a letter is of a script without apostrophes: Han, Kana, Hangul."""
    return letter >= "\u2e80"


def _may_close(text: str, offset: int) -> bool:
    """Return whether a single mark may close a quotation and is no apostrophe inside a word."""
    if text[offset] not in _CLOSING or offset == 0 or text[offset - 1].isspace():
        return False
    after = text[offset + 1 : offset + 2]
    return not after or _is_cjk(after) or not (after.isalnum() or after in "’'_")


class Pair(NamedTuple):
    """The text between two outermost quotation marks, in code points."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    resumed: bool = False
    """Whether it continues the pair before, whose closing mark is missing."""


class _Open(NamedTuple):
    """An opening mark that is not closed yet."""

    mark: str
    start: int
    end: int


def marks_in(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the quotation marks between two offsets, without those inside tags."""
    found: list[re.Match[str]] = []
    opened = ""
    for match in _MARK.finditer(text, start, end):
        mark = match[0]
        if mark == "’’" and not _may_be_double(text, match, opened):
            found += _RIGHT_SINGLE.finditer(text, match.start(), match.end())
        elif (mark[0] != "<" or mark == "<<") and not _is_in_hebrew_word(text, match):
            found.append(match)
            opened = opened if mark in _SINGLES else "" if opened else mark
    return found


def _is_in_hebrew_word(text: str, match: re.Match[str]) -> bool:
    """Return whether a mark shows that a Hebrew word is an abbreviation: צה"ל."""
    before, after = _neighbours(text, match)
    return after >= _HEBREW[0] and _HEBREW[0] <= before <= _HEBREW[1] and after <= _HEBREW[1]


def _may_be_double(text: str, match: re.Match[str], opened: str) -> bool:
    """Return whether two right single marks are one double mark: they close `opened` or open."""
    before, after = _neighbours(text, match)
    if opened:
        return "’’" in _CLOSERS.get(opened, ()) and not after.isalnum()
    return before in _BEFORE_OPENING and after.isalnum()


def pairs_in(text: str, start: int, end: int) -> Iterator[Pair]:
    """Yield the outermost pairs between two offsets, in order."""
    return _PairScanner(text, start, end).pairs()


def looks_closing(text: str, match: re.Match[str]) -> bool:
    """Return whether a mark stands as a closing one does: after a word, before a gap."""
    before, after = _neighbours(text, match)
    return before not in SPACE and after in _AFTER_CLOSING


class _PairScanner:
    """Pairs the marks of one paragraph in one pass, with a stack of the open ones."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Find the marks, and which of them can only open."""
        self.text, self.start, self.end = text, start, end
        self.marks = marks_in(text, start, end)
        self.singles = closing_singles(text, start, end, self.marks)
        self.has_even_marks = _has_even_straight_marks(self.marks)
        self.opening, self.balanced = _opening_offsets(text, self.marks)
        self.stack: list[_Open] = []
        self.inner: list[Pair] = []
        self.resumed = False

    def pairs(self) -> Iterator[Pair]:
        """Yield the outermost pairs, in order."""
        skipped = self.start
        for match in self.marks:
            if match.start() < skipped:
                continue
            pair = self._single(match) if match[0] in _SINGLES else self._double(match)
            if pair is not None:
                skipped = pair.outer_end
                yield pair
        if self.stack:
            yield from self._unclosed_pairs()

    def _single(self, match: re.Match[str]) -> Pair | None:
        """Return the pair that a single mark opens outside all others, if any."""
        offset = match.start()
        closing = None if self.stack else self.singles.get(offset)
        if closing is None:
            return None
        last = min(closing + 1, self.end)
        return Pair(offset + 1, min(closing, self.end), offset, last, closed=closing < self.end)

    def _double(self, match: re.Match[str]) -> Pair | None:
        """Process a double mark; return the outermost pair that it completes, if any."""
        if self._is_repeated(match):
            return None
        if self._reopens(match):
            first = self.stack.pop()
            offset, resumed = match.start(), self.resumed
            self._push(match)
            self.resumed = True
            self.inner.clear()
            return Pair(first.end, offset, first.start, offset, closed=False, resumed=resumed)
        level = self._matching_level(match)
        if level is not None:
            return self._close(match, level)
        if _is_opening(self.text, match, has_even_marks=self.has_even_marks):
            self._push(match)
        return None

    def _push(self, match: re.Match[str]) -> None:
        """Put an opening mark on the stack."""
        self.stack.append(_Open(match[0], match.start(), match.end()))

    def _close(self, match: re.Match[str], level: int) -> Pair | None:
        """Close the mark at a level of the stack; return the pair if it is an outermost one."""
        first = self.stack[level]
        del self.stack[level:]
        pair = Pair(first.end, match.start(), first.start, match.end(), resumed=self.resumed)
        if self.stack:
            if len(self.stack) == 1:
                self.inner.append(pair)
            return None
        self.inner.clear()
        self.resumed = False
        return pair

    def _is_repeated(self, match: re.Match[str]) -> bool:
        """Return whether an open mark is repeated at a line's beginning, as French does."""
        line = self.text[match.start() - 1 : match.start()] == "\n"
        return line and bool(self.stack) and self.stack[-1].mark == match[0] == "«"

    def _reopens(self, match: re.Match[str]) -> bool:
        """Return whether a mark opens a quotation after an unclosed one: "… too. "I think …"."""
        return (
            not self.balanced
            and len(self.stack) == 1
            and match.start() in self.opening
            and self.stack[0].mark == match[0]
            and self.text[max(0, match.start() - 3) : match.start()].rstrip()[-1:] in _STOPS
        )

    def _matching_level(self, match: re.Match[str]) -> int | None:
        """Return the level of the stack that a mark closes; only the two innermost are tried."""
        mark = match[0]
        before, after = _neighbours(self.text, match)
        if mark == '"' and self.balanced and match.start() in self.opening:
            return None
        for level in range(len(self.stack) - 1, max(-1, len(self.stack) - 3), -1):
            opened = self.stack[level].mark
            if mark in _CLOSERS[opened]:
                if (
                    mark in _EITHER
                    and opened != "„"
                    and (mark not in '"“' or not self.has_even_marks)
                ):
                    return level if mark != opened or _may_be_closing(before, after) else None
                return level
            if mark == opened == "“" and before not in SPACE and after in _AFTER_CLOSING:
                return level
        return None

    def _unclosed_pairs(self) -> Iterator[Pair]:
        """Yield the pair that is still open, or the pairs inside it if its mark is a misprint."""
        opened = self.stack[0]
        leading = not self.text[self.start : opened.start].strip()
        if self.inner and not leading:
            yield from self.inner
        else:
            end = self.end
            yield Pair(opened.end, end, opened.start, end, closed=False, resumed=self.resumed)


def _neighbours(text: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after a mark; a line break at the edges of the text."""
    before = text[match.start() - 1] if match.start() else "\n"
    return before, text[match.end()] if match.end() < len(text) else "\n"


def _has_even_straight_marks(marks: list[re.Match[str]]) -> bool:
    """Return whether straight double marks are the only double marks and even in number."""
    straight = 0
    for match in marks:
        if match[0] in _DOUBLES and match[0] != '"':
            return False
        if match[0] == '"':
            straight += 1
    return straight % 2 == 0


def _opening_offsets(text: str, marks: list[re.Match[str]]) -> tuple[set[int], bool]:
    """Return where double marks can only open, and whether at least as many can only close."""
    opening: set[int] = set()
    closing = 0
    for match in marks:
        if match[0] not in ('"', "“", "”"):
            continue
        before, after = _neighbours(text, match)
        if match[0] != "”" and before in _BEFORE_OPENING and after.isalnum():
            opening.add(match.start())
        elif match[0] != "“" and before not in SPACE and after in _AFTER_CLOSING:
            closing += 1
    return opening, len(opening) <= closing


def _may_be_closing(before: str, after: str) -> bool:
    """Return whether a mark between two characters may close a quotation."""
    if before in SPACE:
        return after in _AFTER_CLOSING
    return after in _AFTER_CLOSING or not after.isalnum() or before in ".,!?…"


def _is_opening(text: str, match: re.Match[str], *, has_even_marks: bool) -> bool:
    """Return whether a double mark that closes nothing opens a quotation."""
    mark = match[0]
    before, after = _neighbours(text, match)
    if mark == '"' and before.isdigit() and after in _AFTER_CLOSING:
        # A straight mark after a number means inches.
        return False
    if mark in _ALWAYS_OPEN or (mark == '"' and has_even_marks):
        return True
    if mark in (",,", "<<"):
        return before in _BEFORE_OPENING and (after.isalnum() or after in "¿¡")
    if mark in ('"', "''", "’’", "”", "»", "›"):
        return (before in _BEFORE_OPENING or not before.isalnum()) and after not in _AFTER_CLOSING
    return False
