"""The articles of the list, found while the first one is read."""

from textual import work

from tuireader.domain.errors import TuiReaderError
from tuireader.sources.files import is_address
from tuireader.ui.screens.panes import Panes

BATCH = 500
"""Articles that are put into the list at once while a folder is looked through."""

LOOKED = 1.0
"""Seconds between two looks for what another window changed."""


class Listed(Panes):
    """A screen whose list fills while the first article is read."""

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
        self.set_interval(LOOKED, self._catch_up)

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
        for notice in self.desk.notebook.notices:
            call(self.app.notify, notice, severity="warning", timeout=20)

    def found(self, locations: list[str]) -> None:
        """Put articles into the list; the first file of them is opened if none is open yet.

        An address is opened only when the reader says so, for that may ask the network.
        """
        if self.desk.catalogue.extend(locations):
            self.articles.grown()
        first = next((place for place in locations if not is_address(place)), "")
        if self.article is None and first:
            self.open(first)

    def _catch_up(self) -> None:
        if self.desk.notebook_changed():
            self.renew()
