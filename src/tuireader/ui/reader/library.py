"""The articles of the list, found while the first one is read.

What comes into the library while the reader reads: sources he adds, and what feeds bring.
"""

from contextlib import suppress
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from tuireader.app.context import AppContext
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, TuiReaderError
from tuireader.sources.files import is_address
from tuireader.text.plurals import counted
from tuireader.ui.bindings import LIST, PANES, key
from tuireader.ui.reader.pane_layout import Panes
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.workers import StoppedError, worker_pause

if TYPE_CHECKING:
    from tuireader.sources.web.feed_sync import FeedSyncResult


BATCH = 500
"""Articles that are put into the list at once while a folder is looked through."""

LOOKED = 0.5
"""Seconds between two looks for what another window changed."""

RESTED = 20
"""Looks at which nothing has moved, after which the notebook is made small and copied."""


class Listed(Panes):
    """A screen whose list fills while the first article is read."""

    _looks = 0
    _at: tuple[Article | None, int] = (None, 0)

    def on_mount(self) -> None:
        """Paint the first article; everything else comes after that."""
        if self.desk.first is not None:
            self.articles.opened = self.desk.first.location
            self.text.go_to(self.desk.offset)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.desk.first is not None:
            # The reader may have moved already, with keys that were typed during the start.
            self.show(self.desk.first, self.text.cursor.offset)
        self._find_more()
        self.set_interval(LOOKED, self._look)

    @work(thread=True, group="find")
    def _find_more(self) -> None:
        call = self.app.call_from_thread
        call(setattr, self.articles, "reading_on", True)
        batch: list[str] = []
        try:
            for location in self.desk.more():
                batch.append(location)
                if len(batch) >= BATCH:
                    call(self.found, batch)
                    batch = []
        except TuiReaderError as error:
            call(self.complain, error)
        call(self.found, batch)
        call(setattr, self.articles, "reading_on", False)
        for warning in (*self.desk.selector_warnings(), *self.desk.notebook.warnings):
            call(self.app.notify, warning, severity="warning", timeout=20)

    def found(self, locations: list[str]) -> None:
        """Put articles into the list; the first file of them is opened if none is open yet.

        An address is opened only when the reader says so, for that may ask the network.
        """
        if self.desk.catalogue.extend(locations):
            self.articles.grown()
        first = next((place for place in locations if not is_address(place)), "")
        if self.article is None and first:
            self.open(first)

    def _look(self) -> None:
        for notice in self.desk.new_notices():
            self.app.notify(notice, severity="warning", timeout=20)
        if not self.desk.notebook_stands():
            self._catch_up()
        at = self.article, self.text.cursor.offset
        self._looks, self._at = (self._looks + 1 if at == self._at else 0), at
        if self._looks == RESTED:
            self._tidy()

    @work(thread=True, exclusive=True, group="catch up")
    def _catch_up(self) -> None:
        if self.desk.notebook_changed():
            self.app.call_from_thread(self.renew)
        if added := list(self.desk.added()):
            self.app.call_from_thread(self.found, added)
        if removed := list(self.desk.removed()):
            self.app.call_from_thread(self._taken_off, removed)

    def _taken_off(self, locations: list[str]) -> None:
        """Take articles off the list; one that is open stays open."""
        self.desk.catalogue.remove(locations)
        self.articles.grown()

    @work(thread=True, exclusive=True, group="tidy")
    def _tidy(self) -> None:
        with suppress(StoppedError):
            self.desk.notebook.tidy(worker_pause(get_current_worker()))


class Arriving(Listed):
    """A screen on which sources are added and feeds asked."""

    BINDINGS = [
        key("P", "page", "Whole page", "All of the page, or the article again", PANES),
        key("a", "add", "Add", "Add a file, a folder or an address", LIST, show=True),
        key("x", "take_off", "Off the list", "Take it off your library, files stay", LIST),
        key("R", "sync", "Ask the feeds", "Ask all feeds for what is new; again: stop", LIST),
    ]

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self._stop: Event | None = None
        self._whole: Article | None = None

    @work(thread=True, exclusive=True, group="open")
    def action_page(self) -> None:
        """Show all of the page that the article is from; again: the article."""
        article, call = self.article, self.app.call_from_thread
        if article is None:
            return
        try:
            if self._whole is article:
                shown = self.desk.head(article.location)
            else:
                shown = self._whole = self.desk.page(article.location)
        except SourceError as error:
            call(self.complain, error)
            return
        call(partial(self.show, shown, 0, version=shown is not self._whole))

    @opens_dialog
    async def action_add(self) -> None:
        """Add a source to the library."""
        from tuireader.ui.screens.question import QuestionScreen  # noqa: PLC0415 - not at the start

        source = await self.app.push_screen_wait(
            QuestionScreen("Add a file, a folder or an address")
        )
        if source:
            self.say(f"Adding {source} …")
            self._take(source)

    @work(thread=True, group="take")
    def _take(self, source: str) -> None:
        call = self.app.call_from_thread
        try:
            locations = self.desk.take(source)
        except SourceError as error:
            call(self.complain, error)
            call(self.say, "Nothing was added.")
            return
        call(self._taken, locations, self.desk.feed_named(source))

    def _taken(self, locations: tuple[str, ...], feed: str) -> None:
        self.found(list(locations))
        if self.article is None and locations:
            self.open(locations[0])
        more = f" It has a feed, which a adds by its address: {feed}" if feed else ""
        self.say(f"{counted(len(locations), 'article')} added to your library.{more}")

    def action_take_off(self) -> None:
        """Take off the list the source of the article under its cursor.

        While another pane has the keys, as for the palette, that of the open article.
        """
        articles, location = self.articles, ""
        if articles.has_focus and articles.count:
            location = self.desk.catalogue.location(articles.number(articles.cursor))
        elif self.article is not None:
            location = self.article.location
        if not location:
            self.say("There is no article to take off the list.")
            return
        sources = self.desk.notebook.sources
        source = sources.holding(location)
        if source:
            what = "" if source == location else ", with all that is in it,"
            said = f"{source}{what} is off the list; u brings it back."
            self.change(lambda: sources.remove(source), said)
        else:
            self.say("It came with a feed or with the program, and is not in your library itself.")

    def action_sync(self) -> None:
        """Ask the feeds for what is new; stop if they are being asked."""
        if self._stop is not None:
            self._stop.set()
            self.say("Stopping; what came is kept.")
            return
        self._stop = Event()
        self._ask_feeds(self._stop)

    @work(thread=True, group="sync")
    def _ask_feeds(self, stop: Event) -> None:
        worker, call = get_current_worker(), self.app.call_from_thread
        asked = new = failed = 0
        call(self.say, "Asking the feeds …  ·  R stops")
        for found in self.desk.refresh(stop):
            if worker.is_cancelled:
                stop.set()
                break
            asked += 1
            new += len(found.new)
            failed += bool(found.problem)
            if found.new:
                call(self._arrived, found)
            title = found.feed.title or found.feed.address
            so_far = f"{counted(asked, 'feed')} asked, {counted(new, 'new article')}"
            call(self.say, f"{so_far} · {title}  ·  R stops")
        if not worker.is_cancelled:
            call(self._asked, asked, new, failed)

    def _arrived(self, found: "FeedSyncResult") -> None:
        """Put a feed's new articles where the list has those that it brought before."""
        before = (found.feed.address, *found.feed.entries[len(found.new) :])
        there = (place for place in before if self.desk.catalogue.number(place) >= 0)
        self.articles.insert(list(found.new), next(there, ""))
        # Who speaks was counted by the places in the list.
        self.desk.chorus = None

    def _asked(self, asked: int, new: int, failed: int) -> None:
        self._stop = None
        if not asked:
            self.say("There are no feeds yet; a, in the list, adds one by its address.")
            return
        lost = f", {failed} could not be asked (tuireader sync says why)" if failed else ""
        self.say(f"{counted(asked, 'feed')} asked: {counted(new, 'new article')}{lost}.")
