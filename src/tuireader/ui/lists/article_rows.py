"""The rows of an article in the list: its title, its state, outlet, date and tags."""

from dataclasses import dataclass

from tuireader.domain.article_list import ListEntry
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.dates import short_date
from tuireader.domain.tags import format_tags
from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.messages import counted
from tuireader.ui.lists.model import ItemRows, wrapped_lines

WIDE = 64
"""Cells from which on an article has one row, with columns."""

MARKS, OUTLET, DATE = 15, 18, 11
"""The widths of the columns after the title, in cells."""

MIN_OUTLET = 7
"""Cells that an outlet is cut to at least; with less room it is left out."""

MOST_SPOKEN_ROWS = 3
"""Rows that an article has at most for a screen reader."""

MOST_PROBLEM_ROWS = 3
"""Rows that tell why an article cannot be opened, at most."""

NARROW = 22
"""Cells below which a title has a row more."""

MOST_TITLE_ROWS = 2
"""Rows that a title has at most, from `NARROW` cells on."""


SIGNS = {"selected": "+", "starred": "★", "unread": "●", "begun": "◐", "read": "○"}
"""The sign before a title for each state; the first that applies is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """What the list shows of an article."""

    entry: ListEntry
    reading: ReadingProgress | None = None
    """How far it was read; None if it was never opened."""
    is_open: bool = False
    """Whether it is in the text pane."""
    is_selected: bool = False
    book: ReadingProgress | None = None
    """How far its whole book was read, if it is the table of contents of one; else None."""

    def rows(self, width: int) -> ItemRows:
        """Return the rows for a pane of `width` cells, of which the list's cursor needs one.

        There is one row from `WIDE` cells on. In a narrower pane the title has up to two rows, or
        three; a row with outlet and date follows, one with tags and counts if these do not fit into
        that, and a blank one.
        """
        room = width - 1
        return self._columns(room) if room >= WIDE else self._lines(room)

    def spoken_rows(self, width: int) -> ItemRows:
        """Return the rows for a screen reader: the title, then all else in words.

        There are at most `MOST_SPOKEN_ROWS` of `width` cells.
        """
        words = ", ".join(filter(None, self._words()))
        return [[(line, "")] for line in wrapped_lines(words, max(8, width - 1), MOST_SPOKEN_ROWS)]

    def _words(self) -> list[str]:
        """Return what is known, the title first: what a sign tells to others is a word here."""
        entry, reading, state = self.entry, self.reading, self._state
        is_begun = state and state.furthest and not state.finished
        read = "read" if state and state.finished else "unread"
        words = [entry.title, "selected" if self.is_selected else ""]
        words.append(f"{state.progress:.0%} read" if state and is_begun else read)
        words += ["open" if self.is_open else "", entry.problem or ""]
        if reading is not None:
            words += [
                "starred" if reading.starred else "",
                "changed" if reading.corrected else "",
                counted(reading.kept, "bookmark") if reading.kept else "",
                counted(reading.noted, "note") if reading.noted else "",
            ]
        tags = f"tags: {format_tags(reading.tags, '')}" if reading and reading.tags else ""
        return [*words, entry.outlet, self._date(), tags]

    def _lines(self, room: int) -> ItemRows:
        """Return the rows of the title and of all else, and a blank one, for `room` cells."""
        look = self._look()
        most = MOST_TITLE_ROWS + (room < NARROW)
        title = wrapped_lines(self.entry.title, max(1, room - 2), most) or [""]
        signs = (self._sign(), *" " * most)
        rows = [
            ((fit_cells(f"{sign} {line}", room), look),)
            for sign, line in zip(signs, title, strict=False)
        ]
        below = "problem" if self.entry.problem else "faint"
        style = self._with_selection(below)
        return (*rows, *(((line, style),) for line in self._facts(room)), ())

    def _facts(self, room: int) -> list[str]:
        """Return the lines below the title, each of `room` cells: all that is known but the title.

        The counts are at the right end of the first one, or of the second if they cut off the date.
        """
        if self.entry.problem:
            lines = wrapped_lines(self.entry.problem, max(1, room - 2), MOST_PROBLEM_ROWS)
            return [fit_cells(f"  {line}", room) for line in lines]
        marks, tags = " ".join(self._marks()), self._tags()
        taken = cell_width(marks) + 1 if marks else 0
        facts = self._outlet_and_date(room - 2 - taken)
        first = f"  {facts}"
        if tags and cell_width(f"{first} · {tags}") <= room - taken:
            first, tags = f"{first} · {tags}" if facts else f"  {tags}", ""
        if cell_width(first) > room - taken:
            below = fit_cells(f"  {tags}", room - taken)
            return [fit_cells(f"  {self._outlet_and_date(room - 2)}", room), f"{below} {marks}"]
        lines = [fit_cells(first, room - taken) + (f" {marks}" if marks else "")]
        return [*lines, fit_cells(f"  {tags}", room)] if tags else lines

    def _outlet_and_date(self, room: int) -> str:
        """Return outlet and date as one text of `room` cells, in which the outlet is cut first."""
        outlet, date = self.entry.outlet, self._date()
        if outlet and date:
            left = room - cell_width(f" · {date}")
            width = cell_width(outlet)
            cut = fit_cells(outlet, min(left, width)) if left >= min(width, MIN_OUTLET) else ""
            outlet = cut.rstrip()
        return " · ".join(filter(None, (outlet, date)))

    def _columns(self, room: int) -> ItemRows:
        """Return one row of `room` cells: title with tags, then marks, outlet and date."""
        entry, look, tags = self.entry, self._look(), self._tags()
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

    @property
    def _state(self) -> ReadingProgress | None:
        """How far it was read; of the contents of a book, how far the whole book was."""
        return self.book or self.reading

    def _sign(self) -> str:
        """Return the sign before the title: selected, starred, unread, begun or read."""
        state = self._state
        if self.is_selected:
            return SIGNS["selected"]
        if self.reading and self.reading.starred:
            return SIGNS["starred"]
        if state and state.finished:
            return SIGNS["read"]
        return SIGNS["begun" if state and state.furthest else "unread"]

    def _look(self) -> str:
        """Return the name of the title's style: bold if it is unread, dim if it was read."""
        state = self._state
        if self.is_open:
            return self._with_selection("strong")
        if state and state.finished:
            return self._with_selection("faint")
        return self._with_selection("" if state and state.furthest else "bold")

    def _with_selection(self, look: str) -> str:
        return f"{look} sentence".strip() if self.is_selected else look

    def _marks(self) -> list[str]:
        """Return the number of bookmarks and notes, and how far it was read, as short texts.

        What the article does not have is left out. A star is the sign before the title, unless that
        shows that the article is selected.
        """
        reading, state = self.reading, self._state
        is_begun = state and state.furthest and state.length and not state.finished
        marks = [f"{state.progress:.0%}"] if state and is_begun else []
        if reading is None:
            return marks
        before = [
            SIGNS["starred"] if reading.starred and self.is_selected else "",
            "changed" if reading.corrected else "",
            f"◆{reading.kept}" if reading.kept else "",
            f"✎{reading.noted}" if reading.noted else "",
        ]
        return [mark for mark in before if mark] + marks

    def _tags(self) -> str:
        return format_tags(self.reading.tags, "#") if self.reading else ""

    def _date(self) -> str:
        return short_date(self.entry.date) if self.entry.date else ""
