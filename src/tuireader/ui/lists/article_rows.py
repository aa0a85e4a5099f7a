"""The rows of an article in the list: its title, its state, outlet, date and tags."""

from dataclasses import dataclass

from tuireader.domain.article_list import ListEntry
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.dates import short_date
from tuireader.domain.tags import format_tags
from tuireader.layout.cells import fit_cells
from tuireader.ui.lists.model import ItemRows, wrapped_lines

WIDE = 64
"""Cells from which on an article has one row, with columns."""

MARKS, OUTLET, DATE = 15, 18, 11
"""The widths of the columns after the title, in cells."""

MOST_TITLE_ROWS = 2
"""Rows that a title has at most where the pane is narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """What the list shows of an article."""

    entry: ListEntry
    reading: ReadingProgress | None = None
    """How far it was read; None if it was never opened."""
    is_open: bool = False
    """Whether it is in the text pane."""
    is_selected: bool = False

    def rows(self, width: int) -> ItemRows:
        """Return the rows for a pane of `width` cells, of which the list's cursor needs one.

        There is one row from `WIDE` cells on, else two or three.
        """
        room = width - 1
        return self._columns(room) if room >= WIDE else self._lines(room)

    def _lines(self, room: int) -> ItemRows:
        """Return the title over one or two rows, and a row with all else, for `room` cells."""
        entry = self.entry
        look = self._look()
        title = wrapped_lines(entry.title, max(1, room - 2), MOST_TITLE_ROWS) or [""]
        facts = [entry.problem] if entry.problem else [*self._marks(), self._date(), entry.outlet]
        if not entry.problem and self.reading and self.reading.tags:
            facts.append(format_tags(self.reading.tags, "#"))
        second = " · ".join(fact for fact in facts if fact)
        signs = (self._sign(), *" " * MOST_TITLE_ROWS)
        rows = [
            ((fit_cells(f"{sign} {line}", room), look),)
            for sign, line in zip(signs, title, strict=False)
        ]
        below = "problem" if entry.problem else "faint"
        return (*rows, ((fit_cells(f"  {second}", room), self._with_selection(below)),))

    def _columns(self, room: int) -> ItemRows:
        """Return one row of `room` cells: title with tags, then marks, outlet and date."""
        entry, look = self.entry, self._look()
        tags = format_tags(self.reading.tags, "#") if self.reading else ""
        title = f"{self._sign()} {entry.title}{f'  {tags}' if tags else ''}"
        if entry.problem:
            half = room // 2
            problem = fit_cells(f" {entry.problem}", room - half)
            return (((fit_cells(title, half), look), (problem, "problem")),)
        facts = (
            fit_cells(f" {' '.join(self._marks())}", MARKS)
            + fit_cells(f" {entry.outlet}", OUTLET)
            + f" {self._date():>{DATE}}"
        )
        first = fit_cells(title, room - MARKS - OUTLET - DATE - 1)
        return (((first, look), (facts, self._with_selection("faint"))),)

    def _sign(self) -> str:
        """Return the sign before the title: selected, unread, begun or read."""
        if self.is_selected:
            return "+"
        if self.reading and self.reading.finished:
            return "✓"
        return "◐" if self.reading and self.reading.furthest else "•"

    def _look(self) -> str:
        """Return the name of the title's style: bold if it is unread, dim if it was read."""
        if self.is_open:
            return self._with_selection("strong")
        if self.reading and self.reading.finished:
            return self._with_selection("faint")
        return self._with_selection("" if self.reading and self.reading.furthest else "bold")

    def _with_selection(self, look: str) -> str:
        return f"{look} sentence".strip() if self.is_selected else look

    def _marks(self) -> list[str]:
        """Return its star, the number of bookmarks and notes, and how far it was read.

        Each is a short text; what the article does not have is left out.
        """
        reading = self.reading
        if reading is None:
            return []
        is_begun = reading.furthest and reading.length and not reading.finished
        marks = [
            "★" if reading.starred else "",
            "changed" if reading.corrected else "",
            f"◆{reading.kept}" if reading.kept else "",
            f"✎{reading.noted}" if reading.noted else "",
            f"{reading.progress:.0%}" if is_begun else "",
        ]
        return [mark for mark in marks if mark]

    def _date(self) -> str:
        return short_date(self.entry.date) if self.entry.date else ""
