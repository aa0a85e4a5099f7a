"""Lines of PDF pages, and the removal of running headers, footers and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that may be a header or a footer."""
_SAME_HEIGHT = 4.0
_MOST_PAGES = 0.6
"""The share of the pages, or of the left or right pages, at whose edge a running line stands."""
_NEARLY_ALL = 0.8
_APART = 1.45
"""How many usual line distances apart a line is that is no part of the running text."""
_OTHER_SIZE = 0.07
_DIGITS = re.compile(r"\d+")
_AROUND_NUMBER = " -–—[]().|·"
_NUMBER = re.compile(r"\d{1,4}")
_ROMAN = re.compile(r"[ivxlc]{1,7}\Z", re.IGNORECASE)
_NOTE_LIKE = re.compile(r"(?:\[?\d{1,4}[\].)]?|[*†‡§])\s")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link in a line: where it is in the line's text, and an address or the page it leads to."""

    start: int
    end: int
    target: str
    page: int = -1
    """The number of the page, from 0; -1 for a link to an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLine:
    """A line of a page, with its position in points from the lower left corner."""

    text: str
    left: float
    right: float
    base: float
    """The height of its baseline."""
    size: float
    """The font size."""
    bold: bool = False
    hyphen: bool = False
    """Whether its last word is hyphenated and continues in the next line."""
    page: int = 0
    """The number of its page, from 0."""
    links: tuple[PdfLink, ...] = ()


Page = tuple[PdfLine, ...]


def without_running_lines(pages: Sequence[Page], labels: Sequence[str] = ()) -> list[Page]:
    """Return the pages without running headers, footers and page numbers.

    A line is left out only if it is at the top or bottom edge of its page, apart from the running
    text, and if lines with the same words or with ascending numbers are at that height on most
    pages, or on most left or right pages.

    `labels` are the numbers of the pages if the file states them.
    """
    size = body_size(pages)
    step = leading(pages, size)
    edges = [_apart(page, step, size) for page in pages]
    running = _running(edges) | {
        (number, line)
        for number, lines in enumerate(edges[: len(labels)])
        for line in lines
        if line.text.strip(_AROUND_NUMBER) == labels[number]
    }
    return [
        tuple(line for line in page if (number, line) not in running)
        for number, page in enumerate(pages)
    ]


def _running(edges: Sequence[Sequence[PdfLine]]) -> set[tuple[int, PdfLine]]:
    """Return the running lines among those at the edges of the pages.

    `edges` has the lines of each page; a line is returned with the number of its page from 0.
    """
    slots: dict[int, list[tuple[int, PdfLine]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line in lines:
            for slot in _slots(line):
                slots[slot].append((number, line))
    running: set[tuple[int, PdfLine]] = set()
    for found in slots.values():
        if _is_on_most_pages({number for number, _ in found}, len(edges)):
            running |= _alike_or_numbered(found)
    return running


def _slots(line: PdfLine) -> tuple[int, int]:
    """Return the numbers of two bands of heights that a line is in.

    Lines of about the same height have at least one of them in common.
    """
    return 2 * int(line.base // (2 * _SAME_HEIGHT)), 2 * int(
        (line.base + _SAME_HEIGHT) // (2 * _SAME_HEIGHT)
    ) + 1


def _is_on_most_pages(numbers: set[int], count: int) -> bool:
    """Return whether pages are most of all, or most of the left or right ones.

    `numbers` are the pages' numbers from 0, `count` is the number of all pages.
    """
    if len(numbers) < 2:
        return False
    if len(numbers) >= _MOST_PAGES * count:
        return True
    for side in (0, 1):
        of_side = [number for number in numbers if number % 2 == side]
        if len(of_side) >= max(2, _MOST_PAGES * ((count + 1 - side) // 2)):
            return True
    return False


def _alike_or_numbered(found: list[tuple[int, PdfLine]]) -> set[tuple[int, PdfLine]]:
    """Return those lines whose words recur, or that are page numbers in order.

    `found` are lines of about one height, each with the number of its page from 0.
    """
    pages_of: dict[str, set[int]] = defaultdict(set)
    shifts: Counter[int] = Counter()
    for number, line in found:
        pages_of[_alike(line)].add(number)
        shifts.update({value - number for value in _numbers(line)})
    usual, times = shifts.most_common(1)[0] if shifts else (0, 0)
    return {
        (number, line)
        for number, line in found
        if len(pages_of[_alike(line)]) >= _least(line, len(found))
        or (
            (_PAGE_NUMBER.fullmatch(line.text) or len(pages_of[_alike(line)]) >= 2)
            and times >= max(2, 0.4 * len(found))
            and usual + number in _numbers(line)
        )
    }


def _least(line: PdfLine, count: int) -> float:
    """Return on how many of `count` pages a line's words must recur for a running line.

    A number alone must count the pages instead, so it gives infinity. A line with words behind a
    number may be a footnote, such as "12 Ibid.".
    """
    if _PAGE_NUMBER.fullmatch(line.text):
        return inf
    return _NEARLY_ALL * count if _NOTE_LIKE.match(line.text) else 2


def _numbers(line: PdfLine) -> set[int]:
    """Return the numbers in a line, Roman ones too if they are all that it has; none without."""
    found = {int(digits) for digits in _NUMBER.findall(line.text)}
    bare = line.text.strip(_AROUND_NUMBER)
    if not found and _ROMAN.match(bare):
        found.add(_roman_value(bare.lower()))
    return found


def _roman_value(text: str) -> int:
    """Return the value of a Roman numeral in lower case, made of i, v, x, l and c."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[char] for char in text]
    return sum(
        -value if value < following else value for value, following in pairwise([*values, 0])
    )


def _apart(page: Page, step: float, size: float) -> list[PdfLine]:
    """Return the lines at the edges of a page that are apart from the running text.

    They are far from the lines towards the middle, or in a smaller font. `step` is the usual
    distance between lines, `size` the usual font size, in points.
    """
    heights = sorted({line.base for line in page})
    apart = {*_beyond_gap(heights, step), *_beyond_gap(heights[::-1], step)}
    return [
        line
        for line in _edges(page)
        if line.base in apart or (len(heights) > 1 and line.size < (1 - _OTHER_SIZE) * size)
    ]


def _beyond_gap(heights: Sequence[float], step: float) -> Sequence[float]:
    """Return the first of some heights, or the first two, if a wide gap follows; else none.

    They are fewer than those behind the gap. `step` is the usual distance between lines.
    """
    for count in range(1, _EDGE_LINES + 1):
        if 2 * count < len(heights) and abs(heights[count] - heights[count - 1]) > _APART * step:
            return heights[:count]
    return ()


def body_size(pages: Iterable[Page]) -> float:
    """Return the most frequent font size of all characters, in points; 0 without any."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def leading(pages: Iterable[Page], size: float) -> float:
    """Return the usual distance between baselines of body text, in points.

    `size` is the font size of the body; without lines, the distance is 1.2 times that size.
    """
    steps = [
        above.base - below.base
        for page in pages
        for above, below in pairwise(page)
        if 0.7 * size < above.base - below.base < 2.5 * size
    ]
    return median(steps) if steps else 1.2 * size


def _edges(page: Page) -> list[PdfLine]:
    ordered = sorted(page, key=lambda line: -line.base)
    return list(dict.fromkeys([*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]]))


def _alike(line: PdfLine) -> str:
    return _DIGITS.sub("#", line.text).casefold()
