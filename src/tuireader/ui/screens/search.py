"""The search over the library: finds as the user types, and goes to what is chosen."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tuireader.app.context import AppContext
from tuireader.app.library_search import FoundArticle
from tuireader.domain.errors import TuiReaderError
from tuireader.library.query.completion import completions
from tuireader.library.query.conditions import Query, QueryError, SortKey
from tuireader.library.query.plain import as_typed
from tuireader.library.search.documents import Hit
from tuireader.library.search.errors import IndexUnavailableError, SearchInterruptedError
from tuireader.ui.bindings import FIND, PANES, key
from tuireader.ui.lists.hits import HitList, HitModel, HitOrder, LibraryHit, library_hits
from tuireader.ui.screens.dialogs import Answering, QuestionScreen
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.widgets.prompt_line import (
    COMMAND_KEYS,
    ProblemMarker,
    PromptingScreen,
    PromptLine,
    QueryProblem,
    next_completion,
)
from tuireader.ui.widgets.status_line import StatusLine

MAX_ARTICLES = 200
"""Articles that are listed at most."""


class SearchScreen(
    Answering[LibraryHit | None],
    PromptingScreen[LibraryHit | None],
    DirectScreen[LibraryHit | None],
):
    """A line for the query above what it finds; returns the hit to go to, None for none."""

    AUTO_FOCUS = "Input"
    KEY_SCOPE: ClassVar = "hits"

    BINDINGS = [
        key("escape", "back", "Back", "Back", PANES, name="escape", show=True),
        key("q", "back", "Back", "Back", PANES, name="back"),
        key("down", "list", "To the list", "To what was found", PANES, show=True),
        key(
            "ctrl+s,f2",
            "save",
            "Save",
            "Save the query as a saved search, which is among the sources",
            FIND,
            name="search-save",
            show=True,
            priority=True,
        ),
        key(
            "tab",
            "complete",
            "Complete",
            "Complete a field or a value",
            PANES,
            priority=True,
            show=True,
        ),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, name="help"),
        *COMMAND_KEYS,
    ]

    def __init__(self, context: AppContext, model: HitModel) -> None:
        """Take the program's services, and the model of the last search; an empty one at first."""
        super().__init__()
        self._app_context = context
        self._search = context.library_search()
        self._model = model
        self._marker = ProblemMarker()
        self._completions: tuple[str, ...] = ()
        self._is_opening = False
        """Whether the first hit is to be opened once it is found."""

    def compose(self) -> ComposeResult:
        """Yield the line, the list and the status line."""
        line = Input(
            self._model.text,
            placeholder="Search…",
            compact=True,
            highlighter=self._marker,
            select_on_focus=True,
        )
        line.cursor_blink = False
        yield line
        yield HitList(self._model)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show what was found last; the cursor is on the hit that was gone to."""
        hits = self.query_one(HitList)
        hits.renew(self._model.cursor)
        if self._model.listed:
            hits.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Search for what is typed."""
        event.stop()
        self._is_opening = False
        if event.value not in self._completions:
            self._completions = ()
        if event.value.strip() != self._model.text or self._marker.problem is not None:
            self._begin(event.value.strip())

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        """Open the selected hit; while the search is running, the first one once it is found."""
        event.stop()
        if self._marker.problem is not None:
            return
        if self._model.is_searching:
            self._is_opening = True
        elif self._model.listed:
            self._choose(self.query_one(HitList).cursor)

    def _begin(self, text: str) -> None:
        """Search for a query in a thread, or show what is wrong with it.

        `text` is the query as it was typed; for a blank one nothing is listed.
        """
        self._search.interrupt()
        status = self.query_one(StatusLine)
        try:
            query = as_typed(self._search.parse(text))
        except QueryError as error:
            self._mark(QueryProblem(str(error), error.start, error.end))
            return
        self._mark(None)
        status.hush()
        self._model.text = text
        if query.is_empty and query.sort is None:
            self._show(text, [], 0)
            return
        self._model.is_searching = True
        self.query_one(HitList).refresh()
        self.run_worker(
            partial(self._find, text, query), thread=True, exclusive=True, group="search"
        )

    def _find(self, text: str, query: Query) -> None:
        """Thread body: search, and show what is found.

        `text` is the query as it was typed, and `query` what it was parsed to.
        """
        call = self.app.call_from_thread
        order, number = self._model.order, self._app_context.catalogue.number
        if query.sort is None and order is HitOrder.RELEVANCE:
            query = Query(query.condition, SortKey.RELEVANCE)
        try:
            found = self._search.search(
                query,
                limit=MAX_ARTICLES,
                key=(lambda hit: _library_order(number(hit.location), hit))
                if query.sort is None and order is HitOrder.LIBRARY
                else None,
            )
            articles = list(found)
            count = self._search.count(query) if len(articles) == MAX_ARTICLES else len(articles)
        except SearchInterruptedError:
            return
        except IndexUnavailableError as error:
            call(self._mark, QueryProblem(str(error), 0, 0))
            return
        call(self._show, text, articles, count)

    def _show(self, text: str, articles: list[FoundArticle], count: int) -> None:
        """List what was found, unless the query has changed since.

        `text` is the query as it was typed, and `count` the number of articles found in all.
        """
        if text == self._model.text and self.is_attached:
            self._model.show(library_hits(articles), count)
            self._model.cursor = 0
            self.query_one(HitList).renew(0)
            if self._is_opening and self._model.listed:
                self._choose(0)

    def _mark(self, problem: QueryProblem | None) -> None:
        """Underline the wrong part of the query, and say what is wrong; undo both for None."""
        self._marker.problem = problem
        if problem is not None:
            self.query_one(StatusLine).say(problem.message)
        self.query_one(Input).refresh()

    @on(HitList.OpenRequested)
    def _open(self, event: HitList.OpenRequested) -> None:
        """Open the hit that is chosen."""
        self._choose(event.index)

    def _choose(self, index: int) -> None:
        """Close the screen, and return the hit at an index of the list."""
        self._model.cursor = index
        self.dismiss(self._model.item(index))

    @on(HitList.Sorted)
    def _sort(self) -> None:
        """Search again in the next order."""
        self._model.order = self._model.order.following
        self._begin(self._model.text)

    @on(HitList.QueryRequested)
    def action_ask(self) -> None:
        """Give the keys to the line."""
        self.query_one(Input).focus()

    def action_list(self) -> None:
        """Give the keys to what was found."""
        if self._model.listed:
            self.query_one(HitList).focus()

    def action_complete(self) -> None:
        """Complete the query; without completions, give the keys to the other part."""
        line = self.query_one(Input)
        if not line.has_focus:
            line.focus()
            return
        if not self._completions:
            known = completions(line.value, self._search.known_values)
            self._completions = (*(each.text for each in known), line.value)
        following = next_completion(self._completions, line.value)
        if following is None:
            self.action_list()
        else:
            line.value = following
            line.cursor_position = len(following)

    @opens_dialog
    async def action_save(self) -> None:
        """Ask for a name, and save the query under it; undo is in the reader."""
        status, query = self.query_one(StatusLine), self.query_one(Input).value.strip()
        problem = self._marker.problem
        if not query or problem is not None:
            status.say(problem.message if problem else "There is no query to save.")
            return
        name = await self.app.push_screen_wait(
            QuestionScreen(f"Name of the saved search “{query}”")
        )
        if not name:
            return
        try:
            self._app_context.notebook.lists.add(name, query)
        except TuiReaderError as error:
            status.say(str(error))
        else:
            status.say(f"Saved as “{name}”, which is among the sources.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Tab and the arrows to the prompt line while a command is typed."""
        if action in {"complete", "list", "save"} and isinstance(self.focused, PromptLine):
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Close the screen; the search is kept."""
        self._search.interrupt()
        self._model.is_searching = False
        self.dismiss(None)


def _library_order(number: int, hit: Hit) -> tuple[bool, int, int]:
    """Return a sort key for a hit by the number of its article in the list.

    Articles that are not in it (number -1) come last, the newest in the index first.
    """
    return number < 0, number, -hit.id
