"""The reading progress of all articles while the program runs; the only store of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.reading import EndView, advance

if TYPE_CHECKING:
    from tuireader.notebook.progress import ProgressTable
    from tuireader.ui.notebook_editor import Notifier

SAVE_DELAY = 1.0
"""Seconds without a move after which the position is saved."""

LEFT_DELAY = 0.2
"""Seconds after an article was left for another one, after which its position is saved."""


class PositionFile(Protocol):
    """The small file from which the first paint reads the position."""

    def offset(self, location: str) -> int:
        """Return the position in the article at a location, in code points; 0 if unknown."""

    def remember(self, location: str, offset: int) -> None:
        """Set the position in the article at a location, in code points, without saving it."""

    def save(self) -> None:
        """Write the file."""


def merge_progress(ours: ReadingProgress, stored: ReadingProgress, length: int) -> ReadingProgress:
    """Return the progress in the open article from this window's and the notebook's.

    `ours` and `stored` are these two. The position is this window's; the furthest place is the
    further one, within the text's `length` in code points; all else is the notebook's.
    """
    furthest = max(ours.furthest, stored.furthest) if stored.length else ours.furthest
    return replace(stored, offset=ours.offset, furthest=min(furthest, length), length=length)


class ReadingProgressStore:
    """Holds how far each article was read, and saves the progress in the open one.

    The panes get a read-only view of it by `publish`: whenever something is loaded or saved.
    """

    saves: int = 0
    """How many times the progress was saved in this window."""

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
        """Take the file of the first paint, and functions.

        Args:
            file: The file from which the first paint reads the position.
            table: Opens the notebook's table of progress.
            publish: Called with the progress of all articles, by location.
            schedule: Calls a function after some seconds.
            notifier: Shows an error if the progress cannot be saved.
            count_bookmarks: Counts the bookmarks in the article at a location.
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
        self._moves = self._saved_moves = 0
        self._is_scheduled = False
        self._left: list[ReadingProgress] = []  # in articles that were left; not saved yet
        self._opened_at = 0
        self._is_paused = False
        """Whether the cursor is still where a jump into the article has put it."""
        self._is_moved = False
        self._is_marked_unread = False
        self._first_screen: Passage | None = None
        """What was on the screen before the first move."""
        self._end = EndView()

    def get(self, location: str) -> ReadingProgress:
        """Return the progress in the article at a location.

        One that was never open is at the offset in the first paint's file, else at its start.
        """
        known = self._readings.get(location)
        return known or ReadingProgress(location=location, offset=self._file.offset(location))

    def open(self, location: str, offset: int, *, by_jump: bool = False) -> None:
        """Make an article the open one, at an offset; save the position in the one before soon.

        It is saved after the open one is on the screen, because a disk can take many milliseconds.
        After a jump into it (`by_jump`), nothing counts as read before the user moves on from
        there.
        """
        if self._is_unsaved:
            self._left.append(self._readings[self._location])
            self._schedule(LEFT_DELAY, self.save_left)
        self._location, self._is_complete, self._saved_moves = location, False, self._moves
        self._opened_at, self._is_paused, self._is_moved = offset, by_jump, False
        self._end, self._is_marked_unread, self._first_screen = EndView(), False, None
        self._readings[location] = replace(self.get(location), offset=offset)

    def move(self, article: Article, offset: int, seen: Passage) -> None:
        """Record that the cursor moved in the open article; it is saved when the user rests.

        `offset` is the cursor's, and `seen` the passage on the screen. What is on the screen when
        the article is opened counts only when the user moves on, or by time. Moves in other
        articles are ignored.
        """
        if article.location != self._location or not seen.end:
            return
        # The pane shows an article from its top before the cursor goes to its place.
        if offset not in {0, self._opened_at}:
            self._is_moved, self._is_paused = True, False
        known = self.get(self._location)
        if self._is_moved and self._first_screen:
            known = advance(known, article, offset, self._first_screen)
            self._first_screen = None
        after = advance(known, article, offset, seen)
        if not self._is_moved:
            after = replace(after, furthest=known.furthest)
            self._first_screen = None if self._is_paused else seen
        if not self._is_paused:
            self._end = self._end.moved(known, article, seen)
        self._readings[self._location] = after
        self._is_complete = article.complete
        self._moves += 1
        self._wait()

    def tick(self, seconds: float) -> None:
        """Record that the screen was shown for some seconds more.

        The open article becomes read if its end was shown long enough. One that the user has marked
        as unread since it was opened stays unread.
        """
        self._end = self._end.waited(seconds)
        reading = self._readings.get(self._location)
        if reading is None or reading.done or self._is_marked_unread or not self._end.is_read:
            return
        self._readings[self._location] = replace(reading, done=True, furthest=reading.length)
        self._moves += 1
        self.save()

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
        """Load the progress of all articles from the notebook, by location.

        `article` is the open one, None if none is; what was read in it in this window is kept.
        """
        readings = dict(stored)
        if article is not None and article.location in self._readings:
            ours = self._readings[article.location]
            if article.location not in stored:
                # States that are not stored were undone.
                readings[article.location] = ReadingProgress(
                    location=ours.location,
                    offset=ours.offset,
                    furthest=ours.furthest,
                    length=ours.length,
                    kept=self._count_bookmarks(article.location),
                )
            elif article.complete:
                if ours.done and not stored[ours.location].done:
                    self._is_marked_unread = True
                length = len(article.text)
                readings[article.location] = merge_progress(ours, stored[ours.location], length)
        readings.update((left.location, left) for left in self._left)
        self._readings = readings
        self._show()

    @property
    def _is_unsaved(self) -> bool:
        """Whether the cursor moved in the open article, whose whole text is known."""
        return self._is_complete and self._moves != self._saved_moves

    def save(self) -> None:
        """Save the position in the open article if it moved, and in those that were left."""
        self.save_left()
        if self._is_unsaved:
            self._saved_moves = self._moves
            self._show()
            self._save(self._readings[self._location])

    def save_left(self) -> None:
        """Save the positions in the articles that were left."""
        while self._left:
            self._save(self._left.pop(0))

    def _save(self, reading: ReadingProgress) -> None:
        """Save the progress in an article."""
        self.saves += 1
        self._file.remember(reading.location, reading.offset)
        self._file.save()
        try:
            self._table().save(reading)
        except TuiReaderError as error:
            self._notifier.complain(error)

    def _show(self) -> None:
        """Publish an immutable copy of the progress."""
        self._publish(MappingProxyType(self._readings.copy()))
