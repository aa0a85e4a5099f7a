"""The articles: title, outlet, date, how far each was read, and what is kept of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.reactive import var
from textual.worker import Worker, get_current_worker

from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.layout.cells import fit_cells
from tuireader.library.article_collection import ArticleCollection
from tuireader.library.catalogue import Catalogue
from tuireader.ui.bindings import LIST, key
from tuireader.ui.widgets.item_list import FilterList, ItemRows
from tuireader.ui.widgets.pane import HEADING

REST = 0.0005
"""Seconds the describing thread rests after each article, so that keys are never late."""


class ArticleList(FilterList):
    """The list of articles, sorted and filtered as the reader likes."""

    BINDINGS = [
        key("s", "sort", "Sort", "Sort the list another way", LIST, name="sort", show=True),
    ]

    readings: var[Mapping[str, ReadingProgress]] = var(dict)
    """How far each article was read, by location."""
    order: var[SortOrder] = var(SortOrder.GIVEN)
    """How the list is sorted."""
    opened: var[str] = var("")
    """The location of the article in the text pane."""
    reading_on: var[bool] = var(False)
    """Whether more articles are still being found."""

    @dataclass
    class Opened(Message):
        """The reader wants to read an article."""

        location: str

    @dataclass
    class Sorted(Message):
        """The list is sorted another way."""

        order: SortOrder

    def __init__(
        self, catalogue: Catalogue, order: SortOrder = SortOrder.GIVEN, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(ArticleList.order, order)
        self._catalogue = catalogue
        self._numbers: list[int] | None = None
        self._describing: Worker[None] | None = None
        self._awaited = False
        """Whether the open article is not in the list yet."""

    @property
    def count(self) -> int:
        """How many articles the list shows."""
        return len(self._catalogue) if self._numbers is None else len(self._numbers)

    def number(self, index: int) -> int:
        """The catalogue's number of the article at a place of the list."""
        return index if self._numbers is None else self._numbers[index]

    def heading(self) -> str:
        """How many articles there are, of how many, and in what order."""
        total = len(self._catalogue)
        counted = f"{self.count}/{total}" if self.query_words else f"{total}"
        more = "…" if self.reading_on else ""
        return f"Articles {counted}{more} · {self.query_words or self.order}"

    def empty_words(self) -> str:
        """Why the list is empty."""
        return "No article matches." if self.query_words else "No articles yet."

    def make_item(self, index: int) -> ItemRows:
        """Title, then outlet, date, progress and kept passages."""
        entry = self._catalogue.entry(self.number(index))
        reading = self.readings.get(entry.location)
        room = self.inner.width - 1
        look = "strong" if entry.location == self.opened else ""
        state, share, kept = "•", "", ""
        if reading and (reading.length or reading.done):
            state = "✓" if reading.finished else "◐"
            share = "" if reading.finished else f"{reading.progress:.0%}"
        if reading and reading.kept:
            kept = f"◆{reading.kept}"
        date = f"{entry.date:%-d %b %Y}" if entry.date else ""
        facts = [entry.problem] if entry.problem else [kept, share, date, entry.outlet]
        said = " · ".join(fact for fact in facts if fact)
        return (
            ((fit_cells(f"{state} {entry.title}", room), look),),
            ((fit_cells(f"  {said}", room), "problem" if entry.problem else "faint"),),
        )

    def action_open(self) -> None:
        """Read the article under the cursor."""
        if self.count:
            self.post_message(self.Opened(self._catalogue.location(self.number(self.cursor))))

    def neighbour(self, step: int) -> str:
        """The location that many places from the open article in the list, "" past its ends."""
        here = self._index(self.opened) + step
        return self._catalogue.location(self.number(here)) if 0 <= here < self.count else ""

    def _index(self, location: str) -> int:
        number = self._catalogue.number(location)
        if self._numbers is None:
            return number
        return self._numbers.index(number) if number in self._numbers else -1

    def grown(self) -> None:
        """The catalogue has more articles, perhaps the open one among them, or fewer."""
        if self._numbers is not None:
            total = len(self._catalogue)
            self._numbers = [number for number in self._numbers if number < total]
            self.rearrange()
        elif self._awaited and self._index(self.opened) >= 0:
            self.watch_opened()
        else:
            self.renew()

    def insert(self, locations: list[str], before: str) -> None:
        """Put new articles before one that is there, the cursor staying on its own."""
        at = self._catalogue.location(self.number(self.cursor)) if self.count else ""
        if not self._catalogue.insert(locations, before):
            return
        if self._numbers is not None:
            self.rearrange()
        else:
            self.renew(cursor=max(0, self._index(at)))

    def rearrange(self) -> None:
        """Sort and filter again, keeping the cursor on its article."""
        at = self._catalogue.location(self.number(self.cursor)) if self.count else ""
        if self.order is SortOrder.GIVEN and not self.query_words:
            self._numbers = None
        else:
            shelf = ArticleCollection(self._catalogue.entries(), self.readings)
            self._numbers = shelf.arranged(self.order, self.query_words)
            if not self._catalogue.complete and self._describing is None:
                self._describing = self._describe_rest()
        self.renew(cursor=max(0, self._index(at)))

    def watch_readings(self) -> None:
        """Show how far the articles were read."""
        self.renew()

    def watch_reading_on(self) -> None:
        """Say whether more are being found."""
        self.refresh_rows([HEADING])

    def watch_opened(self) -> None:
        """Have the open article under the cursor."""
        index = self._index(self.opened)
        self._awaited = index < 0
        self.renew(cursor=index if index >= 0 else None)

    def action_sort(self) -> None:
        """Sort the next way."""
        self.order = self.order.following
        self.rearrange()
        self.post_message(self.Sorted(self.order))

    def cursor_moved(self) -> None:
        """Read the entries of the next pages, so that they are there when they are looked at."""
        page = self.body_height
        near = range(max(0, self.cursor - page), min(self.count, self.cursor + page))
        unknown = [n for n in map(self.number, near) if not self._catalogue.knows(n)]
        if unknown:
            self._read_ahead(unknown)

    @work(thread=True, exclusive=True, group="ahead")
    def _read_ahead(self, numbers: list[int]) -> None:
        worker = get_current_worker()
        for number in numbers:
            if worker.is_cancelled:
                return
            self._catalogue.entry(number)

    @work(thread=True, group="describe")
    def _describe_rest(self) -> None:
        worker = get_current_worker()

        def pause() -> None:
            if worker.is_cancelled:
                raise _StoppedError
            time.sleep(REST)

        try:
            self._catalogue.read_all(pause)
        except _StoppedError:
            return
        self.app.call_from_thread(self._described)

    def _described(self) -> None:
        self._describing = None
        if self._numbers is not None:
            self.rearrange()


class _StoppedError(Exception):
    """The reader left before all articles were described."""
