"""How far the open article was read, and what the reader is told of.

The article that is open: reading it to its end, and its quotations.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.reactive import var
from textual.timer import Timer
from textual.worker import get_current_worker

from tuireader.app.context import AppContext
from tuireader.domain.article import Article, Passage
from tuireader.domain.article_list import ListEntry
from tuireader.domain.bookmark import Bookmark, ReadingProgress
from tuireader.domain.errors import SourceError, TooLongError, TuiReaderError
from tuireader.domain.quote import Quote
from tuireader.sources.files import is_address
from tuireader.text.plurals import counted
from tuireader.ui.widgets.prompt_line import Prompting
from tuireader.ui.workers import StoppedError, worker_pause

if TYPE_CHECKING:
    from tuireader.domain.quote import Corrections
    from tuireader.notebook.place_marks import PlaceMark


COMPLAINED = 60.0
"""Seconds in which the same complaint is not made again."""

LITTLE = 64
"""Code points of white space after the last row that do not count as unread."""

SETTLED = 1.0
"""Seconds without a move after which the place is saved."""


class Placed(Prompting[None]):
    """A screen with an open article, of which it is remembered how far it was read."""

    article: var[Article | None] = var(None)
    """The article that is open, or its head while the rest is being read."""
    readings: var[Mapping[str, ReadingProgress]] = var(dict)
    """How far each article was read, by location."""

    def __init__(self, desk: AppContext) -> None:
        super().__init__()
        self.desk = desk
        self._reading: ReadingProgress | None = None
        self._moved_at = 0.0
        self._saving: Timer | None = None
        self._complaints: dict[str, float] = {}

    def say(self, message: str) -> None:
        """Tell the reader what happened; the reader screen does."""
        raise NotImplementedError

    def complain(self, error: TuiReaderError) -> None:
        """Tell the reader what went wrong; the same thing once a minute at the most."""
        message, now = str(error), time.monotonic()
        if now - self._complaints.get(message, -COMPLAINED) >= COMPLAINED:
            self._complaints[message] = now
            self.app.notify(message, severity="error", timeout=12)

    def moved(self, offset: int, seen: Passage) -> None:
        """Remember how far the article was read; it is saved when the reader rests."""
        article = self.article
        if article is None or self._reading is None or not seen.end:
            return
        length = len(article.text) if article.complete else 0
        rest = article.text[seen.end : seen.end + LITTLE]
        end = length if length and len(rest) < LITTLE and not rest.strip() else seen.end
        self._reading = ReadingProgress(
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
        # Passages may have been kept since the article was opened.
        reading = replace(reading, kept=self.desk.notebook.bookmarks.count(reading.location))
        if reading == self.readings.get(reading.location):
            return
        self.readings = {**self.readings, reading.location: reading}
        try:
            self.desk.notebook.readings.save(reading)
        except TuiReaderError as error:
            self.complain(error)


GONE = "The file is gone; this is its text as it was when you kept from it."


class Opening(Placed):
    """A screen on which one article is open; its parts are read in the background."""

    quotes: var[tuple[Quote, ...]] = var(())
    """Who said what in it, in the order of the text."""
    others: var[tuple[Quote, ...]] = var(())
    """What stands in quotation marks and is no quotation, or none to the reader."""
    looking: var[bool] = var(False)
    """Whether its quotations are still being looked for."""
    refusal: var[str] = var("")
    """Why no quotations are looked for in it; empty if they are."""
    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """What is kept of it, in the order of the text."""

    def go_to(self, offset: int) -> None:
        """Put the reading cursor at an offset of the open article; the reader screen does."""
        raise NotImplementedError

    def show_drafts(self) -> None:
        """Show where drafts of notes are; the keeping screen does."""
        raise NotImplementedError

    def quoted(
        self, article: Article, found: tuple[Quote, ...], corrections: "Corrections"
    ) -> None:
        """Take an article's quotations, and what the reader says of them; the mending screen does.

        This happens again whenever the corrections have changed.
        """
        raise NotImplementedError

    def open(self, location: str, offset: int | None = None, place: str = "") -> None:
        """Open an article, at an offset, at a named place, or where the reader was in it."""
        if self.article and self.article.location == location:
            offset = self.article.offset_of(place) if place else offset
            if offset is not None:
                self.go_to(offset)
            return
        if is_address(location):
            self.say(f"Opening {location} …")
        self._fetch(location, offset, place)

    @work(thread=True, exclusive=True, group="open")
    def find_mark(self, mark: "PlaceMark") -> None:
        """Open the article of a mark where the mark's words stand now."""
        call, pause = self.app.call_from_thread, worker_pause(get_current_worker())
        location = mark.article.location
        try:
            article = self.article
            if article is None or article.location != location or not article.complete:
                article = self.desk.whole(location, pause)
        except StoppedError:
            return
        except SourceError as error:
            call(self._not_opened, error)
            return
        call(self.open, location, self.desk.notebook.marks.offset(mark, article))

    @work(thread=True, exclusive=True, group="open")
    def _fetch(self, location: str, offset: int | None, place: str = "") -> None:
        try:
            head = self.desk.head(location)
            self.app.call_from_thread(self.say, "")
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
            self.app.call_from_thread(self._opened, head, offset)

    def _opened(self, article: Article, offset: int | None) -> None:
        """Show an article, and what is known of it now in the list."""
        number = self.desk.catalogue.number(article.location)
        if number >= 0 and self.desk.catalogue.knows(number):
            entry = self.desk.catalogue.entry(number)
            if entry.problem:
                known = replace(entry, title=article.title, date=article.date, problem="")
                self.desk.catalogue.learn(replace(known, outlet=article.outlet or entry.outlet))
        self.show(article, offset)

    def _not_opened(self, error: SourceError) -> None:
        number = self.desk.catalogue.number(error.location)
        if number >= 0:
            entry = self.desk.catalogue.entry(number)
            problem = ListEntry(location=entry.location, title=entry.title, problem=error.reason)
            self.desk.catalogue.learn(problem)
            self.readings = dict(self.readings)
        self.say("")
        self.complain(error)

    def show(self, article: Article, offset: int | None = None, *, version: bool = True) -> None:
        """Have an article on the screen, and the rest of it read in the background.

        What is no `version` of it, as all of its page, is not kept as one.
        """
        self.save_place()
        reading = self.readings.get(article.location)
        if offset is None:
            offset = reading.offset if reading else self.desk.resume.offset(article.location)
        self._reading = reading or ReadingProgress(location=article.location)
        with self.app.batch_update():
            self.quotes, self.others, self.bookmarks = (), (), ()
            self.refusal = ""
            self.article = article
            if article.complete or offset < len(article.text):
                self.go_to(offset)
        self.looking = True
        self._read_on(article, offset, version=version)

    @work(thread=True, exclusive=True, group="read")
    def _read_on(self, article: Article, offset: int, *, version: bool) -> None:
        pause = worker_pause(get_current_worker())
        call = self.app.call_from_thread
        try:
            if not article.complete:
                whole = self.desk.whole(article.location, pause)
                call(self._longer, whole, offset)
                article = whole
            if others := self.desk.also_at(article):
                call(self._told, article, others)
            call(self._notebook_opened, self.desk.notebook.readings.all(), article)
            changed = version and self._note_version(article)
            call(self._marked, article, self.desk.notebook.bookmarks.of(article), changed)
            self.desk.notebook.texts.keep_again(article)
            found = tuple(self.desk.quotes(article, pause))
            call(self.quoted, article, found, self.desk.notebook.corrections.of(article))
        except StoppedError:
            return
        except TooLongError as error:
            call(self._refused, article, error)
        except TuiReaderError as error:
            call(self._failed, error)

    def _told(self, article: Article, others: tuple[str, ...]) -> None:
        if self.article is article:
            self.say(f"Also at {', '.join(others)}")

    def _note_version(self, article: Article) -> bool:
        """Keep the article's text; whether it had another one before. What cannot be is not."""
        versions = self.desk.notebook.versions
        before = versions.of(article.location)
        with suppress(TuiReaderError):
            versions.see(article)
        return len(before) > 0 and len(versions.of(article.location)) > len(before)

    def _longer(self, article: Article, offset: int) -> None:
        if self.article and self.article.location == article.location:
            beyond = offset >= len(self.article.text)
            self.article = article
            if beyond:
                self.go_to(offset)

    def _notebook_opened(self, readings: Mapping[str, ReadingProgress], article: Article) -> None:
        mine = self._reading
        self.readings = readings
        kept = readings.get(article.location)
        if mine and kept and mine.location == article.location:
            if kept.offset and not mine.offset:
                self.go_to(kept.offset)
            furthest = max(mine.furthest, kept.furthest) if kept.length else mine.furthest
            self._reading = ReadingProgress(
                location=mine.location,
                offset=mine.offset,
                furthest=min(furthest, len(article.text)),
                length=mine.length,
                kept=kept.kept,
                done=kept.done,
            )

    def _marked(self, article: Article, bookmarks: tuple[Bookmark, ...], changed: bool) -> None:
        if self.article is not article:
            return
        self.bookmarks = bookmarks
        self.show_drafts()
        lost = sum(mark.orphan for mark in bookmarks)
        altered = sum(mark.altered for mark in bookmarks)
        if changed or lost:
            facts = [
                f"{counted(altered, 'passage')} altered" if altered else "",
                f"{counted(lost, 'passage')} not found in it (O shows)" if lost else "",
            ]
            said = ", ".join(filter(None, facts))
            self.say(f"The text has changed{f': {said}' if said else ''} · D shows what.")

    def _refused(self, article: Article, error: TooLongError) -> None:
        if self.article is article:
            self.looking = False
            self.refusal = str(error)

    def _failed(self, error: TuiReaderError) -> None:
        self.looking = False
        self.complain(error)
