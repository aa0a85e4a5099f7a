"""The list of articles: title, outlet, date, reading progress, and number of bookmarks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import var
from textual.worker import Worker, get_current_worker

from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.catalogue import Catalogue
from tuireader.ui.bindings import LIST, key
from tuireader.ui.lists.article_filter import ArticleFilter, WidgetThreads
from tuireader.ui.lists.article_rows import ArticleRow
from tuireader.ui.lists.article_selection import ArticleSelection
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel
from tuireader.ui.widgets.pane import HEADING
from tuireader.ui.workers import StoppedError

if TYPE_CHECKING:
    from tuireader.app.library_search import LibrarySearch

PAUSE_DURATION = 0.0005
"""Seconds the describing thread rests after each article, so that keys are never late."""

UPDATE_INTERVAL = 0.4
"""Seconds at least between two updates of the list while titles are being read."""

UPDATE_SHARE = 10
"""How many times longer titles are read than an update of the list took."""

HEADING_WORDS = 18
"""Cells that the heading's other words take: "Articles", a number, "so far"."""


class ArticleModel(ListModel[int]):
    """The articles of a catalogue, sorted and filtered; an item is a number in the catalogue.

    An article is read for the list only if the list is sorted or filtered, or shows it.
    """

    def __init__(self, catalogue: Catalogue, order: SortOrder = SortOrder.GIVEN) -> None:
        super().__init__(range(len(catalogue)))
        self.catalogue = catalogue
        self.order = order
        """How the list is sorted."""
        self.readings: Mapping[str, ReadingProgress] = {}
        """How far each article was read, by location."""
        self.selection: ArticleSelection = ArticleSelection()
        self.hidden: frozenset[str] = frozenset()
        """The locations of articles that the user hid from the list."""
        self.opened = ""
        """The location of the article in the text pane."""
        self.filling = False
        """Whether more articles are still being found."""
        self.describing = False
        """Whether the titles that sorting and filtering need are still being read."""
        self.width = 0
        """The width of the heading, in cells."""

        self.found: Sequence[str] = ()
        """The locations that the search index has found for the filter, in its order."""
        self.is_plain_query = True
        """Whether the filter is nothing but words, which are looked for in the list itself, too."""

    @property
    def is_arranged(self) -> bool:
        """Whether the list is sorted or filtered."""
        return bool(self.query) or self.order is not SortOrder.GIVEN

    def arranged(self) -> Sequence[int]:
        """Return the numbers of the articles that match the filter, in order."""
        self.items = range(len(self.catalogue))
        numbers: Sequence[int] = self.items
        if self.is_arranged:
            numbers = self.filtered()
        hidden = self._hidden_numbers()
        return [number for number in numbers if number not in hidden] if hidden else numbers

    def filtered(self) -> Sequence[int]:
        """Return the numbers of the articles that match the filter, sorted.

        Unless the list is sorted, the matches of plain words in the list come first.
        """
        if not self.query:
            return self.catalogue.arranged(self.readings, self.order)
        found = (self.catalogue.number(location) for location in self.found)
        numbers = {number: None for number in found if number >= 0}
        if self.is_plain_query:
            listed = self.catalogue.arranged(self.readings, self.order, self.query)
            numbers = dict.fromkeys(listed) | numbers
            if self.order is SortOrder.GIVEN:
                return list(numbers)
        elif "sort:" in self.query:
            return list(numbers)
        ordered = self.catalogue.arranged(self.readings, self.order)
        return [number for number in ordered if number in numbers]

    @property
    def needs_titles(self) -> bool:
        """Whether the titles of all articles have to be known for the list."""
        return self.order is not SortOrder.GIVEN or bool(self.query and self.is_plain_query)

    def _hidden_numbers(self) -> set[int]:
        """Return the numbers of the hidden articles that the catalogue has."""
        return {number for place in self.hidden if (number := self.catalogue.number(place)) >= 0}

    def set_readings(self, readings: Mapping[str, ReadingProgress]) -> bool:
        """Take how far each article was read; return whether other articles are hidden now."""
        self.readings = readings
        hidden = frozenset(place for place, reading in readings.items() if reading.hidden)
        before, self.hidden = self.hidden, hidden
        return hidden != before

    def place_of(self, item: int, cursor: int) -> int:
        """Return the new index of an article; where it was if it was hidden, else the first."""
        if item < len(self.catalogue) and self.catalogue.location(item) in self.hidden:
            return min(cursor, max(0, len(self.listed) - 1))
        return super().place_of(item, cursor)

    def targets(self, cursor: int) -> tuple[str, ...]:
        """Return the selected articles that are listed, or without a selection the one at an index.

        The order is that of the list.
        """
        if self.selection:
            return tuple(place for place in self.locations() if place in self.selection)
        here = self.location(cursor)
        return (here,) if here else ()

    def deselect(self) -> bool:
        """End the selection; return whether there was one."""
        was = bool(self.selection)
        self.selection.clear()
        return was

    def locations(self) -> tuple[str, ...]:
        """Return the locations of all listed articles, in the order of the list."""
        return tuple(map(self.catalogue.location, self.listed))

    def location(self, index: int) -> str:
        """Return the location of a listed article; empty if there is none."""
        number = self.item(index)
        return "" if number is None else self.catalogue.location(number)

    def index(self, location: str) -> int:
        """Return where an article is listed; -1 if it is not."""
        number = self.catalogue.number(location)
        return self.listed.index(number) if number in self.listed else -1

    def neighbour(self, steps: int) -> str:
        """Return the location `steps` places from the open article; empty past the ends."""
        return self.location(self.index(self.opened) + steps)

    def next_unread(self) -> str:
        """Return the next unread article after the open one, or from the top; empty without one."""
        start = self.index(self.opened) + 1
        for index in (*range(start, len(self)), *range(max(0, start - 1))):
            location = self.location(index)
            reading = self.readings.get(location)
            if not (reading and reading.finished):
                return location
        return ""

    def undescribed(self, start: int, end: int) -> list[int]:
        """Return the numbers of the articles listed in [start, end) that have not been read yet."""
        near = self.listed[max(0, start) : max(0, end)]
        return [number for number in near if not self.catalogue.is_described(number)]

    def insert(self, locations: Sequence[str], before: str) -> int:
        """Put new articles before the one at a location, or at the end; return how many.

        They are listed when the list is arranged again.
        """
        place = self.catalogue.number(before)
        added = self.catalogue.insert(locations, before)
        if added and place >= 0:
            self.listed = [number + added if number >= place else number for number in self.listed]
        return added

    def drop_removed(self) -> None:
        """Remove the articles that are no longer in the catalogue."""
        total = len(self.catalogue)
        if isinstance(self.listed, range):
            self.items = range(total)
            self.listed = self.arranged() if self.hidden else self.items
        else:
            self.listed = [number for number in self.listed if number < total]

    def heading(self) -> str:
        """Return how many articles are listed, of how many, and in what order."""
        how = self.query or self.order
        if self.selection:
            return f"Articles {self.counted()} · {len(self.selection)} selected"
        if self.describing and self.is_arranged:
            listed = f"{len(self):,} so far" if self.query else f"{len(self):,}"
            read, total = self.catalogue.described_count, len(self.catalogue)
            return f"Articles {listed}, {progress_words(read, total, self.width)} · {how}"
        more = "…" if self.filling else ""
        return f"Articles {self.counted()}{more} · {how}"

    def counted(self) -> str:
        """Return how many articles there are, as "3/12" while a filter hides some."""
        total = len(self.catalogue) - len(self._hidden_numbers())
        return f"{len(self)}/{total}" if self.query else f"{total}"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        if not self.query:
            return "No articles yet"
        return "No matching article so far" if self.describing else "No matching article"

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the title, then bookmarks, progress, date and outlet, or what is wrong with it."""
        entry = self.catalogue.entry(self.listed[index])
        row = ArticleRow(
            entry=entry,
            reading=self.readings.get(entry.location),
            is_open=entry.location == self.opened,
            is_selected=entry.location in self.selection,
        )
        return row.rows(width)


def progress_words(read: int, total: int, width: int) -> str:
    """Return how many titles were read, in fewer words if the heading is narrow."""
    words = f"reading titles {read:,} of {total:,}…"
    return words if width >= len(words) + HEADING_WORDS else f"{read / max(1, total):.0%} read…"


class ArticleList(ItemList[ArticleModel]):
    """The list of articles, sorted and filtered by the reader."""

    BINDINGS = [
        *FILTER_KEYS,
        key("s", "sort", "Sort", "Change the sort order", LIST, name="sort", show=True),
        key("space", "select('one')", "Select", "Select the article, or not", LIST, show=True),
        key(
            "V",
            "select('range')",
            "Select a range",
            "Select from here to where the cursor goes; again: end the range",
            LIST,
        ),
        key("pagedown", "move('page_down')", "Next page of items", "One page down", LIST),
    ]

    STATE = ("readings", "opened", "filling")

    readings: var[Mapping[str, ReadingProgress]] = var(dict)
    """How far each article was read, by location."""
    opened: var[str] = var("")
    """The location of the article in the text pane."""
    filling: var[bool] = var(False)
    """Whether more articles are still being found.

    Not named `loading`: Textual gives no keys to a widget for which that is set.
    """

    @dataclass
    class OpenRequested(Message):
        """The reader wants to read an article."""

        location: str

    @dataclass
    class Sorted(Message):
        """The sort order has changed."""

        order: SortOrder

    def __init__(
        self,
        catalogue: Catalogue,
        order: SortOrder = SortOrder.GIVEN,
        search: "Callable[[], LibrarySearch] | None" = None,
        *,
        id: str | None = None,
    ) -> None:
        """Take the articles, their order, and what opens the search that the filter uses."""
        super().__init__(ArticleModel(catalogue, order), id=id)
        if search is not None:
            self.filter = ArticleFilter(self, self.model, WidgetThreads(self), search)
        self._describing: Worker[None] | None = None
        self._awaited = False
        """Whether the open article is not in the list yet."""

    def state_changed(self, name: str) -> None:
        """Show the change; the order stays until the list is sorted or filtered again."""
        if name == "readings":
            if self.model.set_readings(self.readings):
                self.rearrange()
            else:
                self.renew()
            return
        setattr(self.model, name, getattr(self, name))
        if name == "opened":
            index = self.model.index(self.opened)
            self._awaited = index < 0
            self.renew(index if index >= 0 else None)
        else:
            self.refresh_rows([HEADING])

    def catalogue_changed(self) -> None:
        """Show that the catalogue has more articles, or fewer."""
        self.model.drop_removed()
        if self.model.is_arranged or self.model.hidden:
            self.rearrange()
        elif self._awaited:
            self.state_changed("opened")
        else:
            self.renew()

    def insert(self, locations: list[str], before: str) -> None:
        """Put new articles before the one at a location; the cursor stays on its article."""
        if self.model.insert(locations, before):
            self.rearrange()

    def rearrange(self) -> None:
        """Sort and filter again; the articles that were not read yet are read for it."""
        super().rearrange()
        model = self.model
        if model.needs_titles and not model.catalogue.complete and self._describing is None:
            model.describing = True
            self._describing = self.run_worker(
                partial(
                    _describe_all,
                    model.catalogue,
                    partial(self.app.call_from_thread, self._show_described),
                ),
                thread=True,
                group="describe",
            )

    def heading(self) -> str:
        """Return the heading for the present width."""
        self.model.width = self.inner.width
        return super().heading()

    def _show_described(self, *, all_read: bool) -> None:
        """Sort and filter again by the titles that were read so far."""
        if all_read:
            self._describing, self.model.describing = None, False
        if self.model.is_arranged:
            self.rearrange()

    def action_open(self) -> None:
        """Read the article under the cursor."""
        if self.count:
            self.post_message(self.OpenRequested(self.model.location(self.cursor)))

    def action_select(self, what: str) -> None:
        """Select the article at the cursor or deselect it ("one"), or begin or end a "range"."""
        selection, here = self.model.selection, self.model.location(self.cursor)
        if what == "range":
            selection.toggle_range(here, self.model.locations())
        elif here:
            selection.toggle(here)
            self.move_to(self.cursor + 1)
        self.renew()

    def action_sort(self) -> None:
        """Sort by the next order."""
        self.model.order = self.model.order.following
        self.rearrange()
        self.post_message(self.Sorted(self.model.order))

    def cursor_moved(self) -> None:
        """Read the articles of the pages around the cursor in the background."""
        if self.model.selection.is_range:
            self.model.selection.extend(self.model.location(self.cursor), self.model.locations())
            self.renew()
        page = self.body_height
        numbers = self.model.undescribed(self.cursor - page, self.cursor + page)
        if numbers:
            self.run_worker(
                partial(_describe, self.model.catalogue, numbers),
                thread=True,
                exclusive=True,
                group="ahead",
            )


def _describe(catalogue: Catalogue, numbers: list[int]) -> None:
    """Thread body: read what a list shows of some articles."""
    worker = get_current_worker()
    for number in numbers:
        if worker.is_cancelled:
            return
        catalogue.entry(number)


def _describe_all(catalogue: Catalogue, show: Callable[..., object]) -> None:
    """Thread body: read what a list shows of all articles, and call `show` now and then."""
    worker = get_current_worker()
    due = time.monotonic() + UPDATE_INTERVAL

    def pause() -> None:
        """Stop if cancelled, update the list if that is due, and let keys pass."""
        nonlocal due
        if worker.is_cancelled:
            raise StoppedError
        begun = time.monotonic()
        if begun > due:
            show(all_read=False)
            now = time.monotonic()
            due = now + max(UPDATE_INTERVAL, UPDATE_SHARE * (now - begun))
        time.sleep(PAUSE_DURATION)

    try:
        catalogue.read_all(pause)
    except StoppedError:
        return
    show(all_read=True)
