"""The library while the reader is open: finding, adding, removing and refreshing its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Protocol

from tuireader.domain.errors import SourceError, TuiReaderError
from tuireader.sources.files import is_address
from tuireader.text.messages import counted
from tuireader.ui.workers import StoppedError

if TYPE_CHECKING:
    from tuireader.app.context import AppContext
    from tuireader.domain.article_list import ListEntry
    from tuireader.sources.web.feed_sync import FeedSyncResult
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.opener import ArticleOpener
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Pause, Tasks

BATCH_SIZE = 500
"""Articles that are added to the list at once while folders are searched."""

TICK_INTERVAL = 0.5
"""Seconds between two checks for changes by other windows."""

IDLE_TICKS = 20
"""Checks without a move of the cursor after which the notebook is compacted and backed up."""

SAMPLES_LEFT = "The samples have left: gt lists them, u undoes this"
"""What is said of the samples when the first source is added; it fits in 80 cells with a count."""


class ArticleRows(Protocol):
    """The methods of the article list that the controllers call."""

    filling: bool
    """Whether more articles are still being found."""

    def catalogue_changed(self) -> None:
        """Show that the catalogue has more articles, or fewer."""

    def insert(self, locations: list[str], before: str) -> None:
        """Insert articles before one in the list; at the end if `before` is ""."""


class LibraryController:
    """Fills the article list, and adds and removes sources of the library."""

    def __init__(
        self,
        context: AppContext,
        session: ArticleSession,
        notifier: Notifier,
        tasks: Tasks,
        *,
        opener: ArticleOpener,
        editor: NotebookEditor,
        rows: ArticleRows,
        warn: Callable[[str], None],
    ) -> None:
        """Take the services of the screen; `warn` shows a notification."""
        self._context = context
        self._session = session
        self._opener = opener
        self._editor = editor
        self._notifier = notifier
        self._tasks = tasks
        self._rows = rows
        self.warn = warn
        self._idle_ticks = 0
        self._place: object = None

    def fill(self) -> None:
        """Find the articles of the sources in the background."""
        self._tasks.in_thread(self._find, group="find", exclusive=False)

    def show_found(self, locations: Iterable[str]) -> None:
        """Add the articles at some locations to the list.

        If no article is open, the first file among them is opened. A web address is opened only on
        request, because that may use the network.
        """
        found = list(locations)
        if self._context.catalogue.extend(found):
            self._rows.catalogue_changed()
        first = next((location for location in found if not is_address(location)), "")
        if self._session.article is None and first:
            self._opener.open(first)

    def _show_missing(self, entries: list[ListEntry]) -> None:
        """Add articles whose files are missing to the list, with that as their problem."""
        if not entries:
            return
        self._context.catalogue.extend(entry.location for entry in entries)
        for entry in entries:
            self._context.catalogue.update(entry)
        self._rows.catalogue_changed()

    def tick(self, place: object) -> None:
        """Show notices and changes by other windows; compact the notebook while the user is idle.

        `place` is any value that changes when the cursor moves.
        """
        for notice in self._context.new_notices():
            self.warn(notice)
        if not self._context.is_notebook_current():
            self.catch_up()
        self._idle_ticks = self._idle_ticks + 1 if place == self._place else 0
        self._place = place
        if self._idle_ticks == IDLE_TICKS:
            self._tasks.in_thread(self._tidy, group="tidy")

    def catch_up(self) -> None:
        """Start a job that shows what another window changed in the notebook."""
        self._tasks.in_thread(self._catch_up, group="catch up")

    async def ask_source(self) -> None:
        """Ask for a source, and add it to the library."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        question = QuestionScreen("Add a file, a folder or a web address")
        source = await self._tasks.ask(question)
        if source:
            self._notifier.say(f"Adding {source} …")
            self.add(source)

    def list_tour(self) -> str:
        """List the sample articles until the reader is left; return the location of the tour."""
        from tuireader.samples import paths  # noqa: PLC0415 - seldom needed

        samples = [str(path) for path in paths()]
        self.show_found(samples)
        return samples[0]

    def add(self, source: str) -> None:
        """Add a source to the library in the background, and show its articles.

        `source` is a path or an address, as the user typed it. An error is shown.
        """
        self._tasks.in_thread(partial(self._add, source), group="take", exclusive=False)

    def _find(self, pause: Pause) -> None:
        """Thread body: find the articles of the sources, then check the sites' selectors."""
        del pause
        call = self._tasks.call
        call(setattr, self._rows, "filling", True)
        batch: list[str] = []
        try:
            for location in self._context.find_locations():
                batch.append(location)
                if len(batch) >= BATCH_SIZE:
                    call(self.show_found, batch)
                    batch = []
        except TuiReaderError as error:
            call(self._notifier.complain, error)
        call(self.show_found, batch)
        missing = filter(self._context.is_listed, self._context.missing_locations())
        call(self._show_missing, [self._context.missing_entry(place) for place in missing])
        call(setattr, self._rows, "filling", False)
        context = self._context
        for warning in (*context.selector_warnings(), *context.notebook.warnings):
            call(self.warn, warning)

    def _catch_up(self, pause: Pause) -> None:
        """Thread body: find what another window changed, and show it."""
        del pause
        if self._context.notebook_changed():
            self._tasks.call(self._session.renew)
        if added := list(self._context.added_locations()):
            self._tasks.call(self.show_found, added)
        if removed := list(self._context.removed_locations()):
            self._tasks.call(self.show_removed, removed)
            if self._lists_samples:
                self._tasks.call(self.show_found, tuple(self._context.find_locations()))

    def show_removed(self, locations: list[str]) -> None:
        """Remove articles from the list, except the one that is open."""
        self._context.catalogue.remove(locations)
        self._rows.catalogue_changed()

    def _tidy(self, pause: Pause) -> None:
        """Thread body: compact the notebook and back it up."""
        self._context.notebook.maintain(pause)

    def _add(self, source: str, pause: Pause) -> None:
        """Thread body: add a source, a path or an address, to the library.

        An error is shown, and then nothing was added.
        """
        del pause
        call = self._tasks.call
        samples = tuple(self._context.find_locations()) if self._lists_samples else ()
        try:
            locations = self._context.add_source(source)
        except SourceError as error:
            call(self._notifier.complain, error)
            call(self._notifier.say, "Nothing was added")
            return
        call(self._show_added, locations, self._context.unfollowed_feed(source), samples)

    def _show_added(self, locations: tuple[str, ...], feed: str, samples: tuple[str, ...]) -> None:
        """Show the articles of an added source, and the feed that its page links to.

        `feed` is the address of the feed; "" if there is none, or if it is in the library.
        `samples` are listed only while the library is empty, and leave the list.
        """
        self.show_found(locations)
        leaving = [sample for sample in samples if sample not in locations]
        if leaving:
            self.show_removed(leaving)
        if self._session.article is None and locations:
            self._opener.open(locations[0])
        hint = f" · its feed can be added too: {feed}" if feed else ""
        where = f". {SAMPLES_LEFT}" if leaving else " to the library"
        self._notifier.say(f"{counted(len(locations), 'article')} added{where}{hint}")

    @property
    def _lists_samples(self) -> bool:
        """Whether the samples are listed, because no source was named and the library is empty."""
        return not self._context.listed_sources and not self._context.notebook.sources.all()


@dataclass(frozen=True)
class RefreshCount:
    """The number of feeds that were refreshed, of new and corrected articles, and of failures."""

    feeds: int = 0
    new: int = 0
    corrected: int = 0
    failed: int = 0

    def plus(self, result: FeedSyncResult) -> RefreshCount:
        """Return the count with the result of one more feed."""
        return replace(
            self,
            feeds=self.feeds + 1,
            new=self.new + len(result.new),
            corrected=self.corrected + len(result.corrected),
            failed=self.failed + bool(result.problem),
        )

    def __str__(self) -> str:
        """Return the count as text, such as "3 feeds refreshed: 1 new article"."""
        failed = f", {self.failed} failed" if self.failed else ""
        feeds, new = counted(self.feeds, "feed"), counted(self.new, "new article")
        changed = f", {self.corrected} changed" if self.corrected else ""
        return f"{feeds} refreshed: {new}{changed}{failed}"


class FeedRefresher:
    """Refreshes the feeds of the library, and inserts their new articles into the list."""

    def __init__(
        self,
        context: AppContext,
        notifier: Notifier,
        tasks: Tasks,
        rows: ArticleRows,
        on_change: Callable[[], None],
    ) -> None:
        """Take what the refresher works with.

        `on_change` is called when articles have come or were corrected.
        """
        self._on_change = on_change
        self._context = context
        self._notifier = notifier
        self._tasks = tasks
        self._rows = rows
        self._stop: Event | None = None

    def toggle(self, feeds: tuple[str, ...] = ()) -> None:
        """Start to refresh feeds in the background, or stop a running refresh.

        `feeds` are the addresses of those to refresh; () for all.
        """
        if self._stop is not None:
            self._stop.set()
            self._notifier.say("Stopping. New articles so far are kept.")
            return
        self.refresh(feeds)

    def refresh(self, feeds: tuple[str, ...] = ()) -> None:
        """Refresh the feeds with these addresses in the background; all for ().

        While a refresh is running, only a message is shown.
        """
        if self._stop is not None:
            self._notifier.say("Feeds are being refreshed. Press R in the list to stop that.")
            return
        self._stop = Event()
        self._tasks.in_thread(
            partial(self._refresh, self._stop, feeds), group="sync", exclusive=False
        )

    def _refresh(self, stop: Event, feeds: tuple[str, ...], pause: Pause) -> None:
        """Thread body: refresh the feeds one after the other, and show the progress.

        `stop` ends it after the present feed; `feeds` are addresses, () for all.
        """
        call, count = self._tasks.call, RefreshCount()
        call(self._notifier.say, "Refreshing feeds …  ·  R stops")
        for result in self._context.refresh_feeds(stop, feeds):
            try:
                pause()
            except StoppedError:
                stop.set()
                raise
            count = count.plus(result)
            if result.new:
                call(self._insert, result)
            if result.corrected:
                self._record_corrections(result)
            title = result.feed.shown_title
            call(self._notifier.say, f"{count} · {title}  ·  R stops")
        pause()
        call(self._finish, count)

    def _record_corrections(self, result: FeedSyncResult) -> None:
        """Keep the earlier versions of corrected articles, and show which they are."""
        notebook = self._context.notebook
        try:
            notebook.record_corrections(result.corrected)
        except TuiReaderError as error:
            self._tasks.call(self._notifier.complain, error)
        self._context.catalogue.forget(article.location for article in result.corrected)
        self._tasks.call(self._on_change)

    def _insert(self, result: FeedSyncResult) -> None:
        """Insert a feed's new articles before its earlier ones."""
        feed, catalogue = result.feed, self._context.catalogue
        before = (feed.address, *feed.entries[len(result.new) :])
        listed = (location for location in before if catalogue.number(location) >= 0)
        self._rows.insert(list(result.new), next(listed, ""))
        # The speakers of all articles were counted by the places in the list.
        self._context.speaker_index = None

    def _finish(self, count: RefreshCount) -> None:
        """Show the result of the refresh."""
        self._stop = None
        if count.new:
            self._on_change()
        if not count.feeds:
            self._notifier.say("No feeds yet. Press I in the article list to add one.")
            return
        why = " · tuireader sync says why" if count.failed else ""
        self._notifier.say(f"{count}{why}")
