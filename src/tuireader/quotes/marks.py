"""Which stretches of a text stand in quotation marks.

One pass over the marks of a paragraph with a stack of what is open; only the
outermost stretches are given, since a quotation inside a quotation is part of
what its speaker said. Linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.singles import closing_singles

_MARK = re.compile(r"''|``|,,|[“”„‟\"«»‹›「」『』‘’‚‛']|<[/a-zA-Z][^<>]{0,600}>")
_CLOSERS = {
    "“": '”"〞',
    "„": '“”"',
    "‟": '”"',
    '"': '"”“',
    "''": "''",
    "``": "''",
    ",,": "''",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "”": "”",
    "「": "」",
    "『": "』",
}
_SINGLES = "‘’‚‛'"
_DOUBLES = {'"', "''", "“", "”", "``"}
_BEFORE_OPENING = " \t\n\r\xa0\u202f\u2009([{—–-/:>…"
_AFTER_CLOSING = " \t\n\r\xa0\u202f\u2009)]},.;:!?—–-/<…"
_SPACE = " \t\n\r\xa0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Stretch:
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
    dash: bool = False
    """Whether a dash opens it."""
    label: str = ""
    """In an interview, who is said to speak, as written ahead of the words."""


@dataclass(slots=True)
class _Open:
    """A mark that waits for its closing one."""

    mark: str
    start: int
    end: int


def stretches_in(
    text: str, paragraph: Paragraph, number: int = 0, *, carried: bool = False
) -> list[Stretch]:
    """The outermost stretches in marks of one paragraph, in order.

    `carried` says that the paragraph before ended inside a quotation.
    """
    found = list(_pair(text, paragraph, number))
    if carried:
        found = _closed_only(text, paragraph, number, found)
    if carried and found and not text[paragraph.start : found[0].outer_start].strip():
        found[0] = replace(found[0], continues=True)
    return [stretch for stretch in found if text[stretch.start : stretch.end].strip()]


def _closed_only(
    text: str, paragraph: Paragraph, number: int, found: list[Stretch]
) -> list[Stretch]:
    """The same with what stands before a closing mark that nothing opened here."""
    first = next(_MARK.finditer(text, paragraph.start, paragraph.end), None)
    if first is None or first[0] not in ('"', "”", "''", "»"):
        return found
    before, after = _around(text, first)
    if before in _SPACE or after not in _AFTER_CLOSING:
        return found
    start = paragraph.start
    head = Stretch(start, first.start(), number, start, first.end())
    rest = Paragraph(first.end(), paragraph.end)
    return [head, *_pair(text, rest, number)]


def stretches_of(text: str, paragraphs: Iterable[Paragraph]) -> list[Stretch]:
    """The outermost stretches of several paragraphs, unclosed ones joined to what follows."""
    result: list[Stretch] = []
    carried = False
    for number, paragraph in enumerate(paragraphs):
        found = stretches_in(text, paragraph, number, carried=carried)
        result += found
        if not paragraph.aside:
            carried = bool(found) and not found[-1].closed
    return result


def _pair(text: str, paragraph: Paragraph, number: int) -> Iterator[Stretch]:
    marks = _marks(text, paragraph)
    singles = closing_singles(text, paragraph.start, paragraph.end, marks)
    even = _straight_marks_pair(marks)
    stack: list[_Open] = []
    skip_until = paragraph.start
    pending: list[Stretch] = []
    for match in marks:
        mark, at = match[0], match.start()
        if at < skip_until:
            continue
        if mark in _SINGLES:
            closing = None if stack else singles.get(at)
            if closing is not None:
                skip_until = min(closing + 1, paragraph.end)
                yield Stretch(
                    at + 1,
                    min(closing, paragraph.end),
                    number,
                    at,
                    skip_until,
                    closed=closing < paragraph.end,
                )
            continue
        opened = _closes(text, stack, match, even=even)
        if opened is not None:
            del stack[opened + 1 :]
            first = stack.pop()
            if not stack:
                pending.clear()
                yield Stretch(first.end, at, number, first.start, match.end())
            elif len(stack) == 1:
                pending.append(Stretch(first.end, at, number, first.start, match.end()))
        elif _opens(text, match, even=even):
            stack.append(_Open(mark, at, match.end()))
    if stack:
        yield from _unclosed(text, paragraph, number, stack[0], pending)


def _marks(text: str, paragraph: Paragraph) -> list[re.Match[str]]:
    """The marks of a paragraph; those inside a tag are none."""
    found = _MARK.finditer(text, paragraph.start, paragraph.end)
    return [match for match in found if match[0][0] != "<"]


def _unclosed(
    text: str, paragraph: Paragraph, number: int, opened: _Open, inner: list[Stretch]
) -> Iterator[Stretch]:
    """The stretch that is still open at the end, or those inside it if its mark is a slip."""
    leading = not text[paragraph.start : opened.start].strip()
    if inner and not leading:
        yield from inner
    else:
        yield Stretch(opened.end, paragraph.end, number, opened.start, paragraph.end, closed=False)


def _straight_marks_pair(marks: list[re.Match[str]]) -> bool:
    """Whether the straight double marks of a paragraph are even in number and alone."""
    straight = 0
    for match in marks:
        if match[0] in _DOUBLES and match[0] != '"':
            return False
        if match[0] == '"':
            straight += 1
    return straight % 2 == 0


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    before = text[match.start() - 1] if match.start() else "\n"
    return before, text[match.end()] if match.end() < len(text) else "\n"


def _closes(text: str, stack: list[_Open], match: re.Match[str], *, even: bool) -> int | None:
    """The place in the stack of what the mark closes, looking at the two innermost."""
    mark = match[0]
    before, after = _around(text, match)
    for place in range(len(stack) - 1, max(-1, len(stack) - 3), -1):
        opened = stack[place].mark
        if mark in (_CLOSERS[opened] if len(mark) == 1 else (_CLOSERS[opened],)):
            if mark in '"“' and opened != "„" and not even:
                return place if _looks_closing(before, after) else None
            return place
        if mark == opened == "“" and before not in _SPACE and after in _AFTER_CLOSING:
            return place
    return None


def _looks_closing(before: str, after: str) -> bool:
    if before in _SPACE:
        return after in _AFTER_CLOSING
    return after in _AFTER_CLOSING or not after.isalnum() or before in ".,!?…"


def _opens(text: str, match: re.Match[str], *, even: bool) -> bool:
    mark = match[0]
    before, after = _around(text, match)
    if mark in ("“", "„", "«", "‹", "「", "『", "``", "‟"):
        return True
    if mark == '"' and even:
        return True
    if mark == ",,":
        return before in _BEFORE_OPENING and after.isalnum()
    if mark in ('"', "''", "”", "»", "›"):
        return (before in _BEFORE_OPENING or not before.isalnum()) and after not in _AFTER_CLOSING
    return False
