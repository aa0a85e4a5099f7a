"""The article that is open: reading it to its end, its quotations, and how far it was read."""

import time
from collections.abc import Callable, Mapping

from textual import work
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, TuiReaderError
from tuireader.domain.passage import Passage
from tuireader.domain.quote import Quote
from tuireader.domain.reading import Bookmark, Reading
from tuireader.domain.shelf import Entry
from tuireader.ui.desk import Desk

SLICE = 0.004
"""Seconds that a background worker works before it lets the keys have a turn."""

REST = 0.001
"""Seconds that it then rests."""

COMPLAINED = 60.0
"""Seconds in which the same complaint is not made again."""

GONE = "The file is gone; this is its text as it was when you kept from it."

LITTLE = 64
"""Code points of white space after the last row that do not count as unread."""

SETTLED = 1.0
"""Seconds without a move after which the place is saved."""


class StoppedError(Exception):
    """A worker was told to stop."""


class Opening(Screen[None]):
    """A screen on which one article is open; its parts are read in the background."""

    article: var[Article | None] = var(None)
    """The article that is open, or its head while the rest is being read."""
    quotes: var[tuple[Quote, ...]] = var(())
    """Who said what in it, in the order of the text."""
    looking: var[bool] = var(False)
    """Whether its quotations are still being looked for."""
    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """What is kept of it, in the order of the text."""
    readings: var[Mapping[str, Reading]] = var(dict)
    """How far each article was read, by location."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._reading: Reading | None = None
        self._moved_at = 0.0
        self._saving: Timer | None = None
        self._complaints: dict[str, float] = {}

    def go_to(self, offset: int) -> None:
        """Put the reading cursor at an offset of the open article; the reader screen does."""
        raise NotImplementedError

    def say(self, message: str) -> None:
        """Tell the reader what happened; the reader screen does."""
        raise NotImplementedError

    def show_drafts(self) -> None:
        """Show where drafts of notes are; the keeping screen does."""
        raise NotImplementedError

    def complain(self, error: TuiReaderError) -> None:
        """Tell the reader what went wrong; the same thing once a minute at the most."""
        message, now = str(error), time.monotonic()
        if now - self._complaints.get(message, -COMPLAINED) >= COMPLAINED:
            self._complaints[message] = now
            self.app.notify(message, severity="error", timeout=12)

    def open(self, location: str, offset: int | None = None, place: str = "") -> None:
        """Open an article, at an offset, at a named place, or where the reader was in it."""
        if self.article and self.article.location == location:
            offset = self.article.offset_of(place) if place else offset
            if offset is not None:
                self.go_to(offset)
            return
        self._fetch(location, offset, place)

    @work(thread=True, exclusive=True, group="open")
    def _fetch(self, location: str, offset: int | None, place: str = "") -> None:
        try:
            head = self.desk.head(location)
        except SourceError as error:
            kept = self.desk.kept_text(location)
            if kept is None:
                self.app.call_from_thread(self._not_opened, error)
                return
            head = kept
            self.app.call_from_thread(
                self.say, "The file is gone; this is its text as you kept it."
            )
        if place:
            offset = head.offset_of(place)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self.show, head, offset)

    def _not_opened(self, error: SourceError) -> None:
        number = self.desk.catalogue.number(error.location)
        if number >= 0:
            entry = self.desk.catalogue.entry(number)
            problem = Entry(location=entry.location, title=entry.title, problem=error.reason)
            self.desk.catalogue.learn(problem)
            self.readings = dict(self.readings)
        self.complain(error)

    def show(self, article: Article, offset: int | None = None) -> None:
        """Have an article on the screen, and the rest of it read in the background."""
        self.save_place()
        reading = self.readings.get(article.location)
        if offset is None:
            offset = reading.offset if reading else self.desk.resume.offset(article.location)
        self._reading = reading or Reading(location=article.location)
        with self.app.batch_update():
            self.quotes, self.bookmarks = (), ()
            self.article = article
            if article.complete or offset < len(article.text):
                self.go_to(offset)
        self.looking = True
        self._read_on(article, offset)

    @work(thread=True, exclusive=True, group="read")
    def _read_on(self, article: Article, offset: int) -> None:
        pause = _pause(get_current_worker())
        call = self.app.call_from_thread
        try:
            if not article.complete:
                whole = self.desk.whole(article.location, pause)
                call(self._longer, whole, offset)
                article = whole
            call(self._notebook_opened, self.desk.notebook.readings.all(), article)
            call(self._marked, article, self.desk.notebook.bookmarks.of(article))
            quotes = tuple(self.desk.quotes(article, pause))
            call(self._quoted, article, quotes)
        except StoppedError:
            return
        except TuiReaderError as error:
            call(self._failed, error)

    def _longer(self, article: Article, offset: int) -> None:
        if self.article and self.article.location == article.location:
            beyond = offset >= len(self.article.text)
            self.article = article
            if beyond:
                self.go_to(offset)

    def _notebook_opened(self, readings: Mapping[str, Reading], article: Article) -> None:
        mine = self._reading
        self.readings = readings
        kept = readings.get(article.location)
        if mine and kept and mine.location == article.location:
            if kept.offset and not mine.offset:
                self.go_to(kept.offset)
            furthest = max(mine.furthest, kept.furthest) if kept.length else mine.furthest
            self._reading = Reading(
                location=mine.location,
                offset=mine.offset,
                furthest=min(furthest, len(article.text)),
                length=mine.length,
                kept=kept.kept,
                done=kept.done,
            )

    def _marked(self, article: Article, bookmarks: tuple[Bookmark, ...]) -> None:
        if self.article is article:
            self.bookmarks = bookmarks
            self.show_drafts()
            lost = sum(mark.orphan for mark in bookmarks)
            if lost:
                passages = "1 passage" if lost == 1 else f"{lost} passages"
                self.say(f"The text has changed: {passages} not found in it, kept in your notes.")

    def _quoted(self, article: Article, quotes: tuple[Quote, ...]) -> None:
        if self.article is article:
            self.looking = False
            self.quotes = quotes

    def _failed(self, error: TuiReaderError) -> None:
        self.looking = False
        self.complain(error)

    def moved(self, offset: int, seen: Passage) -> None:
        """Remember how far the article was read; it is saved when the reader rests."""
        article = self.article
        if article is None or self._reading is None or not seen.end:
            return
        length = len(article.text) if article.complete else 0
        rest = article.text[seen.end : seen.end + LITTLE]
        end = length if length and len(rest) < LITTLE and not rest.strip() else seen.end
        self._reading = Reading(
            location=article.location,
            offset=offset,
            furthest=max(end, self._reading.furthest),
            length=length,
            kept=self._reading.kept,
            done=self._reading.done,
        )
        self._moved_at = time.monotonic()
        if self._saving is None:
            self._saving = self.set_timer(SETTLED, self._save_if_settled)

    def _save_if_settled(self) -> None:
        self._saving = None
        if time.monotonic() - self._moved_at < SETTLED * 0.9:
            self._saving = self.set_timer(SETTLED, self._save_if_settled)
        else:
            self.save_place()

    def save_place(self) -> None:
        """Save where the reader is in the open article."""
        reading = self._reading
        if reading is None or not reading.length or not self._moved_at:
            return
        self._moved_at = 0.0
        self.desk.resume.put(reading.location, reading.offset)
        self.desk.resume.save()
        if reading == self.readings.get(reading.location):
            return
        self.readings = {**self.readings, reading.location: reading}
        try:
            self.desk.notebook.readings.save(reading)
        except TuiReaderError as error:
            self.complain(error)


def _pause(worker: Worker[None]) -> Callable[[], None]:
    """What a worker calls now and then: it ends if it was cancelled, and lets the keys pass."""
    rested = time.monotonic()

    def pause() -> None:
        nonlocal rested
        if worker.is_cancelled:
            raise StoppedError
        if time.monotonic() - rested > SLICE:
            time.sleep(REST)
            rested = time.monotonic()

    return pause
