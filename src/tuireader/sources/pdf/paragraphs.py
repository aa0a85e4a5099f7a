"""Joins the lines of a PDF into blocks, across lines, columns and pages."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tuireader.domain.blocks import BlockKind
from tuireader.sources.pdf.line_joining import LineJoiner
from tuireader.sources.pdf.running_lines import Page, PdfLine, body_size, leading
from tuireader.sources.plaintext.paragraphs import TextBlock

_STOP = re.compile(r"[.!?:…。！？][\"”’»)\]]*$")
_BULLET = re.compile(r"[•◦▪‣●○■–*·-]\s*(?=\S)|(?:\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|abb(?:ildung|\.)?|tab(?:elle|\.)|tableau)\s*\d", re.IGNORECASE
)
_LEADER_DOTS = 4
_PAGE_BEHIND = re.compile(r"(?<!\w)\w{1,6}$")
_LARGER, _SMALLER = 1.14, 0.93
_LONGEST_HEADING = 200


PdfBlock = tuple[TextBlock, tuple[tuple[PdfLine, int], ...]]
"""A block, and its lines, each with the offset in the block's text at which it begins."""


def pdf_blocks(pages: Sequence[Page]) -> Iterator[PdfBlock]:
    """Yield the pages' headings, paragraphs, list items and captions, in reading order.

    Nothing for pages without lines.
    """
    yield from _Joiner(pages).pieces()


class _Joiner:
    """Joins the lines of all pages into blocks, and decides where each ends."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._size = body_size(pages)
        self._leading = leading(pages, self._size)
        self._levels = _heading_sizes(pages, self._size)
        self._joiner = LineJoiner(pages)
        self._run: list[PdfLine] = []
        self._notes: list[PdfBlock] = []
        """Footnotes of the last page, held back until the paragraph above them ends."""

    def pieces(self) -> Iterator[PdfBlock]:
        """Yield the blocks of all pages, in reading order."""
        for page in self._pages:
            columns = _Columns(page)
            body, notes = self._split(page)
            for number, line in enumerate(body):
                above = self._run[-1] if self._run else None
                if above is not None and self._begins(above, line, columns, first=number == 0):
                    yield from self._close()
                self._run.append(line)
            self._notes += self._footnotes(notes)
        yield from self._close()

    def _split(self, page: Page) -> tuple[Page, Page]:
        """Return the lines of a page's body, and those of the footnotes below it.

        A page without footnotes gives no lines for them.
        """
        number = len(page)
        while number and page[number - 1].size < _SMALLER * self._size:
            number -= 1
        small = page[number:]
        if not number or not small or small[0].base > page[number - 1].base:
            return page, ()
        return page[:number], small

    def _footnotes(self, lines: Page) -> list[PdfBlock]:
        """Return the footnotes in some lines as paragraphs; none for no lines."""
        run: list[PdfLine] = []
        found: list[PdfBlock] = []
        for line in lines:
            if run and re.match(r"[\d*†‡]", line.text):
                found.append(self._note(run))
                run = []
            run.append(line)
        if run:
            found.append(self._note(run))
        return found

    def _begins(self, above: PdfLine, line: PdfLine, columns: "_Columns", *, first: bool) -> bool:
        """Return whether a line starts a new paragraph.

        Args:
            above: The line before it.
            line: The line.
            columns: The columns of its page.
            first: Whether it is the first line of its page.
        """
        if above.hyphen:
            return False
        if abs(above.size - line.size) > 0.08 * self._size or above.bold != line.bold:
            return True
        if _BULLET.match(line.text) or _CAPTION.match(line.text) or _leader_in(above.text):
            return True
        left, right = columns.of(line)
        indented = line.left > left + 0.8 * line.size
        stopped = bool(_STOP.search(above.text))
        step = above.base - line.base
        if first or step < -0.5 * line.size:
            return stopped and (indented or not line.text[:1].islower())
        if indented and above.left < line.left - 0.5 * line.size:
            return not _BULLET.match(self._run[0].text)
        short = above.right < right - max(0.12 * (right - left), 2 * line.size)
        return step > 1.35 * self._leading or (short and stopped)

    def _close(self) -> Iterator[PdfBlock]:
        """Yield the current block and the footnotes that were held back; begin an empty block."""
        if self._run:
            yield self._piece(self._run)
            self._run = []
        yield from self._notes
        self._notes = []

    def _note(self, run: list[PdfLine]) -> PdfBlock:
        """Return the lines of a footnote as one paragraph."""
        text, starts = self._joiner.join(run)
        return TextBlock(BlockKind.PARAGRAPH, text), starts

    def _piece(self, run: list[PdfLine]) -> PdfBlock:
        """Return some lines as one block, of the kind that their text and font suggest."""
        text, starts = self._joiner.join(run)
        block = self._block(run, text)
        shift = len(block.text) - len(text) if block.kind is BlockKind.LIST_ITEM else 0
        if shift and _leader_in(text):
            shift = 0
        return block, tuple((line, max(0, start + shift)) for line, start in starts)

    def _block(self, run: list[PdfLine], text: str) -> TextBlock:
        """Return the text block of some lines, whose joined text is `text`."""
        first = run[0]
        if leader := _leader_in(text):
            start, end = leader
            return TextBlock(BlockKind.LIST_ITEM, f"{text[:start]} · {text[end:]}")
        if len(text) <= _LONGEST_HEADING:
            if first.size >= _LARGER * self._size:
                return TextBlock(BlockKind.HEADING, text, self._level(first.size))
            if first.bold and not _STOP.search(text) and len(run) < 3:
                return TextBlock(BlockKind.HEADING, text, min(6, len(self._levels) + 1))
        if _CAPTION.match(text):
            return TextBlock(BlockKind.CAPTION, text)
        if bullet := _BULLET.match(text):
            mark = bullet[0].strip()
            mark = mark if mark[-1] in ".)" else "•"
            return TextBlock(BlockKind.LIST_ITEM, f"{mark} {text[bullet.end() :]}")
        return TextBlock(BlockKind.PARAGRAPH, text)

    def _level(self, size: float) -> int:
        return min(6, len(self._levels) - bisect(self._levels, size * 1.02) + 1)


class _Columns:
    """The edges of a page's columns."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[int, tuple[float, float]] = {}

    def of(self, line: PdfLine) -> tuple[float, float]:
        """Return the left and right edge of a line's column, in points."""
        key = round(line.left / 4)
        if key not in self._known:
            near = [other for other in self._page if abs(other.left - line.left) < 50]
            lefts = Counter(round(other.left) for other in near)
            usual = min(lefts, key=lambda left: (-lefts[left], left))
            rights = sorted(other.right for other in near)
            self._known[key] = float(usual), rights[int(0.9 * (len(rights) - 1))]
        return self._known[key]


def _heading_sizes(pages: Iterable[Page], body: float) -> list[float]:
    """Return the five largest font sizes of headings at most, smallest first.

    `body` is the font size of the running text; all sizes are in points.
    """
    sizes = {round(line.size, 1) for page in pages for line in page if line.size >= _LARGER * body}
    return sorted(sizes)[-5:]


def _leader_in(text: str) -> tuple[int, int] | None:
    """Return the span of the dots before a page number at a line's end.

    None if there are no such dots ("Chapter 1 ........ 12").
    """
    page = _PAGE_BEHIND.search(text, max(0, len(text) - 8))
    if page is None:
        return None
    at, dots = len(text[: page.start()].rstrip()), 0
    while text[max(0, at - 1) : at] == ".":
        dots += 1
        at -= 1
        if at > 1 and text[at - 2] == "." and text[at - 1].isspace():
            at -= 1
    return (len(text[:at].rstrip()), page.start()) if dots >= _LEADER_DOTS else None
