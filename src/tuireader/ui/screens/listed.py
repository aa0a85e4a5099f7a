"""The articles of the list, found while the first one is read."""

from contextlib import suppress

from textual import work
from textual.worker import get_current_worker

from tuireader.domain.article import Article
from tuireader.domain.errors import TuiReaderError
from tuireader.sources.files import is_address
from tuireader.ui.background import StoppedError, pause_of
from tuireader.ui.screens.panes import Panes

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
            self.show(self.desk.first, self.text.cursor)
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
        at = self.article, self.text.cursor
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
            self.desk.notebook.tidy(pause_of(get_current_worker()))
