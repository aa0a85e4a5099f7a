"""Lines of PDF pages, and the removal of running headers, footers and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that may be a header or a footer."""
_SAME_HEIGHT = 4.0
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|sur|de)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)


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


Page = tuple[PdfLine, ...]


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without lines that recur at the same height, and without page numbers."""
    edges = [_edges(page) for page in pages]
    heights: dict[str, list[float]] = defaultdict(list)
    for lines in edges:
        for line in lines:
            heights[_alike(line)].append(line.base)
    least = 2 if len(pages) < 4 else 3
    remaining = []
    for page, lines in zip(pages, edges, strict=True):
        outer = _outermost(page)
        running = {
            line
            for line in lines
            if _recurs(line, heights[_alike(line)], least)
            or (line in outer and _PAGE_NUMBER.fullmatch(line.text))
        }
        remaining.append(tuple(line for line in page if line not in running))
    return remaining


def body_size(pages: Iterable[Page]) -> float:
    """Return the most frequent font size, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def leading(pages: Iterable[Page], size: float) -> float:
    """Return the usual distance between baselines of body text, in points."""
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


def _outermost(page: Page) -> list[PdfLine]:
    """Return the highest and lowest lines of a page; none if it has only one line."""
    if len(page) < 2:
        return []
    heights = [line.base for line in page]
    top, bottom = max(heights), min(heights)
    return [line for line in page if line.base in {top, bottom}]


def _alike(line: PdfLine) -> str:
    return _DIGITS.sub("#", line.text).casefold()


def _recurs(line: PdfLine, heights: list[float], least: int) -> bool:
    return sum(abs(line.base - height) <= _SAME_HEIGHT for height in heights) >= least
