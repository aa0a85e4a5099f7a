"""The list of articles, with its keys; titles are read in the background."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.worker import Worker, get_current_worker

from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.catalogue import Catalogue
from tuireader.ui.bindings import LIST, key
from tuireader.ui.lists.arranging_thread import ArrangingThread
from tuireader.ui.lists.article_filter import ArticleFilter, WidgetThreads
from tuireader.ui.lists.article_model import ArticleModel
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
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


ARTICLE_KEYS: list[BindingType] = [
    *FILTER_KEYS,
    key("s", "sort", "Sort", "Change the sort order", LIST, name="sort", show=True),
    key(
        "v,space",
        "select('one')",
        "Select",
        "Select the article, or not",
        LIST,
        name="select-article",
        show=True,
    ),
    key(
        "V",
        "select('range')",
        "Select a range",
        "Select from here to where the cursor goes; again: end the range",
        LIST,
        name="select-range",
    ),
    key("ctrl+a", "select('all')", "Select all", "Select all articles in the list", LIST),
    key(
        "ctrl+s,f2",
        "screen.library('save')",
        "Save the filter",
        "Save the filter as a saved search, which is among the sources",
        LIST,
    ),
    key("l,right", "open", "Into the article", "Open the article", LIST, name="into-the-article"),
    key("h,left", "screen.pane('sources')", "Sources", "Go up to the sources", LIST, show=True),
]
"""The keys of the list of articles."""


class ArticleList(ItemList[ArticleModel]):
    """The list of articles, sorted and filtered by the reader."""

    KEY_SCOPE = "articles"
    BINDINGS = ARTICLE_KEYS

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
        """The user wants to read the article at a location."""

        location: str

    @dataclass
    class Sorted(Message):
        """The user has sorted the list; `order` is the new order."""

        order: SortOrder

    def __init__(
        self,
        catalogue: Catalogue,
        order: SortOrder = SortOrder.GIVEN,
        search: "Callable[[], LibrarySearch] | None" = None,
        *,
        id: str | None = None,
    ) -> None:
        """Take the articles, their order, and what opens the search of the filter.

        Without `search`, the filter looks for words in titles, outlets, dates and locations only.
        `id` is Textual's.
        """
        super().__init__(ArticleModel(catalogue, order), id=id)
        if search is not None:
            self.filter = ArticleFilter(self, self.model, WidgetThreads(self), search)
        self._describing: Worker[None] | None = None
        self._arranging = ArrangingThread(self)
        self._awaited = False
        """Whether the open article is not in the list yet."""

    def state_changed(self, name: str) -> None:
        """Show the new value of the reactive attribute with a name.

        The order of the list stays until it is sorted or filtered again.
        """
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
        if self.model.is_arranged or self.model.is_limited:
            self._arranging.rearrange_later()
        elif self._awaited:
            self.state_changed("opened")
        else:
            self.renew()

    def insert(self, locations: list[str], before: str) -> None:
        """Put new articles before the one at a location; at the end for "".

        The cursor stays on its article.
        """
        if self.model.insert(locations, before):
            self.rearrange()

    def rearrange(self) -> None:
        """Sort and filter again; the articles that were not read yet are read for it.

        Of many articles the first matches are listed at once, and the others by a thread.
        """
        super().rearrange()
        model = self.model
        self._arranging.restart()
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
            self._arranging.rearrange_later()

    def action_open(self) -> None:
        """Read the article under the cursor."""
        if self.count:
            self.post_message(self.OpenRequested(self.model.location(self.cursor)))

    def action_select(self, what: str) -> None:
        """Select the article at the cursor or deselect it ("one"), or select "all" listed ones.

        A "range" begins or ends at the cursor.
        """
        selection, here = self.model.selection, self.model.location(self.cursor)
        if what == "all":
            selection.select_all(self.model.locations())
        elif what == "range":
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
        page = self.inner.height
        numbers = self.model.undescribed(self.cursor - page, self.cursor + page)
        if numbers:
            self.run_worker(
                partial(_describe, self.model.catalogue, numbers),
                thread=True,
                exclusive=True,
                group="ahead",
            )


def _describe(catalogue: Catalogue, numbers: list[int]) -> None:
    """Thread body: read what the list shows of the articles with these numbers."""
    worker = get_current_worker()
    for number in numbers:
        if worker.is_cancelled:
            return
        catalogue.entry(number)


def _describe_all(catalogue: Catalogue, show: Callable[..., object]) -> None:
    """Thread body: read what the list shows of all articles.

    `show` is called now and then, with `all_read` telling whether that was the last time.
    """
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
