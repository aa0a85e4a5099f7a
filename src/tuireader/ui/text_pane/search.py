"""The search in a text: highlights all matches, and steps through them with wrap-around."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from re import Pattern
from typing import Protocol

from tuireader.app.usage import Usage
from tuireader.domain.article import Passage
from tuireader.domain.errors import TuiReaderError
from tuireader.ui.text_pane.cursor import TextCursor
from tuireader.ui.text_pane.search_query import MAX_HITS, query_of
from tuireader.ui.widgets.prompt_line import PromptHistory, QueryHelp
from tuireader.ui.widgets.styles import NO_SPANS, StyleSpan, StyleSpans

PREVIEW_LENGTH = 1_000_000
"""Code points that are searched at each key while the user types."""

MAX_JUMPS = 1_000
"""The most matches that a count steps over."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the status line shows of a search."""

    query: str
    count: int
    number: int
    """The number of the match at or before the cursor, from 1; 0 if there is none."""
    complete: bool
    """Whether all matches were counted."""
    problem: str = ""
    """What is wrong with the query; "" if nothing is."""

    def message(self, *, is_typing: bool) -> str:
        """Return what the status line says: the query, and which match of how many.

        `is_typing` tells whether the words are still being typed; then the keys are named too.
        """
        more = "" if self.complete else "+"
        none = self.problem or "not found"
        found = f"{self.number}/{self.count}{more}" if self.count else none
        keys = "  ·  Enter stays here, Esc goes back" if is_typing else ""
        return f"Find “{self.query}”: {found}{keys}"


NO_SEARCH = SearchState("", 0, 0, complete=True)
"""The state after the search was ended."""


class SearchHost(Protocol):
    """The methods of the pane that the search calls."""

    def go_to(self, offset: int, *, centre: bool = False) -> None:
        """Move the cursor to an offset; with `centre`, a third of the height is above it."""

    def count_hits(self, pattern: Pattern[str], *, at_once: bool) -> None:
        """Have `TextSearch.count` called in the background.

        That is after the first match is on the screen, or `at_once` if it is still looked for.
        """

    def search_changed(self, *, hits: bool) -> None:
        """Show the state of the search; with `hits`, the matches have changed too."""

    def focus(self) -> object:
        """Take the focus."""


class TextSearch:
    """A search in one text, which the prompt line controls.

    Accents make no difference, nor does case without a capital letter; the search wraps around at
    the ends of the text.
    """

    QUERY_PROMPT = "Find"
    query_help: QueryHelp | None = None

    def __init__(self, host: SearchHost, cursor: TextCursor) -> None:
        """Create a search without a query or a text, for a pane and its cursor."""
        self._host = host
        self._cursor = cursor
        self._text = ""
        self._former = ""
        self._began_at = 0
        self._waiting = False
        self.usage = Usage()
        """Keeps what was searched for."""
        self.history = PromptHistory(())
        self._forget("")

    def _forget(self, query: str) -> None:
        """Reset the search for another query."""
        self.query = query
        self._asked = query_of(query)
        self._failed = ""
        self._lasts = False
        self.shown: list[Passage] = []
        """The matches that are marked in the text."""
        self.marks = NO_SPANS
        """Their marks."""
        self._found: list[Passage] = []
        self._counted = False

    @property
    def state(self) -> SearchState | None:
        """The state to show; None while the matches are being counted.

        Without a query, it has no matches.
        """
        if not self._counted and self.query and not self._asked.problem:
            return None
        number = bisect_right(self._found, self._cursor.offset, key=_start)
        complete = len(self._found) < MAX_HITS
        problem = self._asked.problem or self._failed
        return SearchState(self.query, len(self._found), number, complete, problem)

    @property
    def is_active(self) -> bool:
        """Whether matches are shown, or the words were accepted without a match."""
        return bool(self.shown) or self._lasts

    @property
    def pattern(self) -> Pattern[str] | None:
        """The pattern that is searched for; None if there is none."""
        return self._asked.pattern

    def begin(self) -> None:
        """Store the cursor's place, to go back there if the search is cancelled."""
        self._began_at, self._former = self._cursor.offset, self.query
        self.history = PromptHistory(self.usage.history("search"))

    def show_text(self, text: str) -> None:
        """Search another text, in code points, for the same query."""
        self._text = text
        query, had_marks = self.query, bool(self.shown)
        self._forget("")
        if had_marks:
            self._host.search_changed(hits=True)
        self.look_for(query)

    def query_typed(self, query: str) -> None:
        """Go to the first match after the place where the search began.

        Without a match nearby, the cursor goes back to that place until all matches are known.
        """
        is_new = self._set(query)
        hit = self._near(self._began_at)
        self._host.go_to(hit.start if hit else self._began_at, centre=True)
        self._waiting = hit is None
        if is_new and self.pattern is not None:
            self._host.count_hits(self.pattern, at_once=self._waiting)
        self._host.search_changed(hits=False)

    def query_ended(self, *, accepted: bool) -> None:
        """Stay at the match if `accepted`, or go back to where the search began."""
        if accepted:
            self.usage.add("search", self.query)
            self._lasts = bool(self.query)
            self._host.search_changed(hits=False)
        else:
            self.look_for(self._former)
            self._host.go_to(self._began_at)

    def focus(self) -> None:
        """Give the focus back to the text."""
        self._host.focus()

    def count(
        self, pattern: Pattern[str], cancelled: Callable[[], bool], call: Callable[..., object]
    ) -> None:
        """Find the first match if it is still looked for, and then all.

        It is called in a thread; `call` calls a function in the main thread. What keeps the search
        from an end is shown as its state. Nothing is done for another query than the present one.
        """
        asked = self._asked
        if asked.pattern is not pattern:
            return
        if self._waiting:
            first = asked.first(self._text, self._began_at + PREVIEW_LENGTH, cancelled)
            if first is not None:
                call(self._take_first, pattern, first)
        try:
            hits = asked.all(self._text, cancelled)
        except TuiReaderError as error:
            self._failed, hits = str(error), []
        marks = StyleSpans(StyleSpan(hit.start, hit.end, "hit") for hit in hits)
        if not cancelled():
            call(self.take_hits, pattern, hits, marks)

    def _take_first(self, pattern: Pattern[str], hit: Passage) -> None:
        """Go to the first match, unless `pattern` is that of another query by now."""
        if pattern is self.pattern and self._waiting:
            self._waiting = False
            self._host.go_to(hit.start, centre=True)

    def look_for(self, query: str) -> None:
        """Search for a query; do nothing if it is the present one. "" ends the search."""
        if self._set(query) and self.pattern is not None:
            self._host.count_hits(self.pattern, at_once=False)

    def _set(self, query: str) -> bool:
        """Make a query the present one; return False if it was that already."""
        if query == self.query:
            return False
        had_marks = bool(self.shown)
        self._forget(query)
        if had_marks:
            self._host.search_changed(hits=True)
        return True

    def step(self, way: int, count: int) -> None:
        """Go `count` matches forward if `way` is 1, or backward if it is -1.

        The search wraps around; without a match the cursor stays. At most `MAX_JUMPS` are stepped
        over.
        """
        for _ in range(min(count, MAX_JUMPS)):
            hit = self._another(way)
            if hit is None:
                break
            self._host.go_to(hit.start, centre=True)
        self._host.search_changed(hits=False)

    def hide(self) -> bool:
        """End the search, and hide its matches; return whether it was active.

        `n` still finds them.
        """
        if not self.is_active:
            return False
        self.shown, self.marks, self._lasts = [], NO_SPANS, False
        self._host.search_changed(hits=True)
        return True

    def take_hits(self, pattern: Pattern[str], hits: list[Passage], marks: StyleSpans) -> None:
        """Set the matches that were found in the background, in order, and their marks.

        They are ignored unless `pattern` is that of the present query.
        """
        if pattern is not self.pattern:
            return
        self.shown = self._found = hits
        self.marks = marks
        self._counted = True
        self._host.search_changed(hits=True)
        if self._waiting and hits:
            ahead = bisect_left(hits, self._began_at, key=_start)
            self._host.go_to(hits[ahead % len(hits)].start, centre=True)
        self._waiting = False
        self._host.search_changed(hits=False)

    def _near(self, offset: int) -> Passage | None:
        """Return the first match from an offset on, as far as is known at once; None if none is.

        Until all matches are counted, it begins within `PREVIEW_LENGTH` of the offset.
        """
        if self._counted and self._found:
            ahead = bisect_left(self._found, offset, key=_start)
            return self._found[ahead % len(self._found)]
        return next(self._asked.matches(self._text, offset, offset + PREVIEW_LENGTH), None)

    def _another(self, way: int) -> Passage | None:
        """Return the match after the cursor, or before it if `way` is negative.

        The search wraps around. Returns None if the text has no match.
        """
        hits, at = self._found, self._cursor.offset
        if self._counted and len(hits) < MAX_HITS:
            if not hits:
                return None
            if way > 0:
                return hits[bisect_right(hits, at, key=_start) % len(hits)]
            return hits[bisect_left(hits, at, key=_start) - 1]
        if way < 0:
            return self._asked.before(self._text, at)
        ahead = next(self._asked.matches(self._text, at + 1), None)
        return ahead or next(self._asked.matches(self._text, 0), None)


def _start(hit: Passage) -> int:
    """Return the start of a match, by which matches are searched."""
    return hit.start
