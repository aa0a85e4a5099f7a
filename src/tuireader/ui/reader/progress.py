"""The reading progress of all articles while the program runs; the only store of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    from tuireader.notebook.progress import ProgressTable
    from tuireader.ui.notebook_editor import Notifier

MAX_TRAILING_SPACE = 64
"""Code points of white space after the last row that do not count as unread."""

SAVE_DELAY = 1.0
"""Seconds without a move after which the position is saved."""


class PositionFile(Protocol):
    """The small file from which the first paint reads the position."""

    def offset(self, location: str) -> int:
        """Return the position in an article, in code points; 0 if unknown."""

    def remember(self, location: str, offset: int) -> None:
        """Set the position in an article."""

    def save(self) -> None:
        """Write the file."""


def advance(
    known: ReadingProgress, article: Article, offset: int, seen: Passage
) -> ReadingProgress:
    """Return the progress in an article after the cursor moved.

    `offset` is where the cursor is and `seen` the passage on the screen. White space at the end
    of a whole text counts as seen. The length of a text that is still loading is not known.
    """
    rest = article.text[seen.end : seen.end + MAX_TRAILING_SPACE]
    is_end = article.complete and len(rest) < MAX_TRAILING_SPACE and not rest.strip()
    end = len(article.text) if is_end else seen.end
    return replace(
        known,
        offset=offset,
        furthest=max(end, known.furthest),
        length=len(article.text) if article.complete else known.length,
    )


def merge_progress(ours: ReadingProgress, stored: ReadingProgress, length: int) -> ReadingProgress:
    """Return the progress in the open article from this window's and the notebook's.

    The position is this window's; the furthest place is the further one, within the text's
    `length` in code points; the number of bookmarks is the notebook's.
    """
    furthest = max(ours.furthest, stored.furthest) if stored.length else ours.furthest
    return replace(stored, offset=ours.offset, furthest=min(furthest, length), length=length)


class ReadingProgressStore:
    """Holds how far each article was read, and saves the progress in the open one.

    The panes get a read-only view of it by `publish`: whenever something is loaded or saved.
    """

    def __init__(
        self,
        file: PositionFile,
        table: Callable[[], ProgressTable],
        publish: Callable[[Mapping[str, ReadingProgress]], None],
        schedule: Callable[[float, Callable[[], None]], object],
        notifier: Notifier,
        *,
        count_bookmarks: Callable[[str], int],
    ) -> None:
        """Take the first paint's file, and functions.

        `table` opens the notebook's table of progress; `schedule` calls a function after some
        seconds; `count_bookmarks` counts the bookmarks in the article at a location.
        """
        self._count_bookmarks = count_bookmarks
        self._file = file
        self._table = table
        self._publish = publish
        self._schedule = schedule
        self._notifier = notifier
        self._readings: dict[str, ReadingProgress] = {}
        self._location = ""
        self._is_complete = False
        self._moves = 0
        self._saved_moves = 0
        self._is_scheduled = False

    def get(self, location: str) -> ReadingProgress:
        """Return the progress in an article; one that was never open is at its beginning."""
        known = self._readings.get(location)
        return known or ReadingProgress(location=location, offset=self._file.offset(location))

    def open(self, location: str, offset: int) -> None:
        """Make an article the open one, at an offset; save the position in the previous one."""
        self.save()
        self._location, self._is_complete, self._saved_moves = location, False, self._moves
        self._readings[location] = replace(self.get(location), offset=offset)

    def move(self, article: Article, offset: int, seen: Passage) -> None:
        """Record a move of the cursor in the open article; it is saved when the user is idle."""
        if article.location != self._location or not seen.end:
            return
        self._readings[self._location] = advance(self.get(self._location), article, offset, seen)
        self._is_complete = article.complete
        self._moves += 1
        self._wait()

    def _wait(self) -> None:
        """Schedule a save for when there has been no further move."""
        if self._is_scheduled:
            return
        moves, self._is_scheduled = self._moves, True

        def settle() -> None:
            """Save the position if the cursor has not moved since; else wait again."""
            self._is_scheduled = False
            if self._moves == moves:
                self.save()
            else:
                self._wait()

        self._schedule(SAVE_DELAY, settle)

    def load(self, stored: Mapping[str, ReadingProgress], article: Article | None) -> None:
        """Load the progress from the notebook; what was read here in the open article is kept."""
        readings = dict(stored)
        if article is not None and article.location in self._readings:
            ours = self._readings[article.location]
            if article.location not in stored:
                kept = self._count_bookmarks(article.location)
                readings[article.location] = replace(ours, kept=kept)
            elif article.complete:
                length = len(article.text)
                readings[article.location] = merge_progress(ours, stored[ours.location], length)
        self._readings = readings
        self._show()

    def save(self) -> None:
        """Save the position in the open article if it moved; the whole text must be known."""
        if not self._is_complete or self._moves == self._saved_moves:
            return
        self._saved_moves = self._moves
        reading = self._readings[self._location]
        self._file.remember(reading.location, reading.offset)
        self._file.save()
        self._show()
        try:
            self._table().save(reading)
        except TuiReaderError as error:
            self._notifier.complain(error)

    def _show(self) -> None:
        """Publish an immutable copy of the progress."""
        self._publish(MappingProxyType(self._readings.copy()))
