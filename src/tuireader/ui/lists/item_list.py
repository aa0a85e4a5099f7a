"""The list widget: a list of any length that draws only what is on the screen."""

from functools import partial
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import events, on
from textual.strip import Strip

from tuireader.layout.signs import SignSet
from tuireader.ui.bindings import FIND, LIST, key
from tuireader.ui.lists.model import ListModel
from tuireader.ui.lists.viewport import ListMotion, ListViewport
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.prompt_line import PromptRequested, QueryHelp

FILTER_KEYS = (
    key("slash", "filter(True)", "Filter", "Show only items with these words", FIND, show=True),
    key("escape", "filter(False)", "Show all", "Remove the filter", FIND),
)
"""The keys of a list that can be filtered."""

MIN_WIDTH_FOR_AIR = 24
"""Cells from which a blank one is between the rows and the frame at the right."""

M = TypeVar("M", bound=ListModel[Any])


class FilterHost(Protocol):
    """The methods of a list that its filter calls."""

    def rearrange(self) -> None:
        """Filter and sort the items again."""

    def focus(self) -> object:
        """Take the focus."""


class ListFilter:
    """The filter of a list, which the prompt line controls."""

    QUERY_PROMPT = "Filter"
    query_help: QueryHelp | None = None

    def __init__(self, host: FilterHost, model: ListModel[Any]) -> None:
        """Take the list and its model, which has the query."""
        self._host = host
        self._model = model

    def query_typed(self, query: str) -> None:
        """List the items with all the words typed so far; all items for ""."""
        if query.strip() != self._model.query:
            self._model.query = query.strip()
            self._host.rearrange()

    def repeat(self) -> None:
        """Filter again by the same query, because what is searched has changed."""
        self._host.rearrange()

    def query_ended(self, *, accepted: bool) -> None:
        """Keep the filter if `accepted` (on Enter), or remove it (on Esc)."""
        if not accepted:
            self.query_typed("")

    def focus(self) -> None:
        """Give the focus back to the list."""
        self._host.focus()


class ItemList(Pane, Generic[M]):
    """A list with a cursor, whose items may have different numbers of rows.

    It owns plain objects: the model with the items, the viewport with the cursor,
    and the filter. A list with `FILTER_KEYS` among its keys can be filtered.
    """

    BINDINGS: ClassVar = [
        key("j,down", "move('next')", "Next item", "Next item", LIST),
        key("k,up", "move('previous')", "Previous item", "Previous item", LIST),
        key(
            "space,pagedown",
            "move('page_down')",
            "Next page of items",
            "One page down",
            LIST,
        ),
        key(
            "pageup,ctrl+b",
            "move('page_up')",
            "Previous page of items",
            "One page up",
            LIST,
        ),
        key(
            "ctrl+d", "move('half_page_down')", "Half page of items down", "Half a page down", LIST
        ),
        key("ctrl+u", "move('half_page_up')", "Half page of items up", "Half a page up", LIST),
        key("g g,home", "move('first')", "First item", "First item", LIST),
        key("G,end", "move('last')", "Last item", "Last item", LIST),
        key("enter", "open", "Open", "Open the item", LIST, name="open-item", show=True),
    ]

    STATE: ClassVar[tuple[str, ...]] = ()
    """Reactive attributes that the model has under the same names."""

    def __init__(self, model: M, *, id: str | None = None) -> None:
        """Take the model with the items; `id` is Textual's."""
        super().__init__(id=id)
        self.model = model
        self.viewport = ListViewport(model)
        self.filter = ListFilter(self, model)
        self.drawn.with_focus = lambda: self.viewport.rows_of(self.cursor)
        self.frame.show(
            self.viewport.share, lambda share: self.move_to(round(share * (self.count - 1)))
        )
        for name in self.STATE:
            self.watch(self, name, partial(self.state_changed, name), init=False)

    def state_changed(self, name: str) -> None:
        """Copy the reactive attribute with a name to the model, and arrange the list again."""
        setattr(self.model, name, getattr(self, name))
        self.rearrange()

    @property
    def count(self) -> int:
        """How many items are listed."""
        return len(self.model)

    @property
    def cursor(self) -> int:
        """The index of the item under the cursor."""
        return self.viewport.cursor

    def heading(self) -> str:
        """Return the text of the heading row."""
        return self.model.heading()

    def body_line(self, y: int) -> Strip:
        """Return row y of the list, from 0, as wide as the pane."""
        pieces, ground = self.viewport.row(y, focused=self.has_focus)
        return self.strip(pieces, ground)

    def resized(self) -> None:
        """Make the rows for another size."""
        self.model.is_spoken = self.signs is SignSet.SPOKEN
        width = self.inner.width
        air = 1 if self.has_frame and width >= MIN_WIDTH_FOR_AIR else 0
        self.viewport.resize(width - air, self.inner.height)
        self.refresh()

    def renew(self, cursor: int | None = None) -> None:
        """Make all rows again, and move the cursor to an index; None leaves it where it is."""
        self.viewport.reset(self.cursor if cursor is None else cursor)
        self.refresh()

    def rearrange(self) -> None:
        """Filter and sort the items again; the cursor stays on its item."""
        self.renew(self.model.arrange(self.cursor))

    def move_to(self, index: int, *, quietly: bool = False) -> None:
        """Move the cursor to an index, and redraw only the rows that change.

        `cursor_moved` is called afterwards, unless `quietly` is true.
        """
        before, first = self.cursor, self.viewport.first
        if not self.viewport.move_to(index):
            return
        if self.viewport.first != first:
            self.refresh()
        else:
            self.refresh_rows(self.viewport.rows_of(before, self.cursor))
        if not quietly:
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """Handle a move of the cursor to another item; subclasses override it."""

    def action_move(self, motion: ListMotion) -> None:
        """Move the cursor by a motion, as often as the typed count says."""
        self.move_to(self.viewport.target(motion, self.keys.take_count() or 1))

    def action_open(self) -> None:
        """Open the item under the cursor; subclasses override it."""
        raise NotImplementedError

    def action_filter(self, shown: bool) -> None:
        """Ask for the words of the filter if `shown`.

        Else end the selection if there is one, or remove the filter.
        """
        if shown:
            self.post_message(PromptRequested(self.filter))
        elif self.model.deselect():
            self.renew()
        else:
            self.filter.query_typed("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while no filter is set and nothing is selected.

        Returns True if the action can run, False if its key is hidden, None if it is dimmed.
        """
        if (action, parameters) == ("filter", (False,)):
            return bool(self.model.query or self.model.selection)
        return super().check_action(action, parameters)

    @on(events.Click)
    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _mouse(self, event: events.Click | events.MouseScrollDown | events.MouseScrollUp) -> None:
        """Open the item that was clicked, or move the cursor with the wheel."""
        if not isinstance(event, events.Click):
            event.stop()
            self.move_to(self.cursor + (1 if isinstance(event, events.MouseScrollDown) else -1))
            return
        index = self.viewport.index_at(event.y - 1)
        if index is not None and not self.frame.takes(event):
            event.stop()
            self.move_to(index)
            self.action_open()
