"""Finding words in the text: all places marked, `n` and `N` go round."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from re import Pattern

from textual import work
from textual.message import Message
from textual.worker import Worker, get_current_worker

from tuireader.domain.article import Article, Passage
from tuireader.text import search
from tuireader.ui.bindings import FIND, key
from tuireader.ui.text_pane.renderer import LookSpan, LookSpans
from tuireader.ui.text_pane.selection import TextSelection
from tuireader.ui.widgets.prompt_line import PromptRequested

NEAR = 1_000_000
"""Code points that are searched at once while the reader types."""

MOST_HITS = 100_000
"""Places that are counted; a text with more says "100000+"."""


class TextFind(TextSelection):
    """A text in which words are found across line ends, whatever their case and accents."""

    BINDINGS = [
        key("slash", "ask", "Find", "Find words in the text", FIND, show=True),
        key("n", "find_again(1)", "Next match", "To the next match, round the end", FIND),
        key("N", "find_again(-1)", "Previous match", "To the match before, round the top", FIND),
    ]

    QUERY_PROMPT = "Find"

    @dataclass
    class Found(Message):
        """How many places were found, and the number of the one under the cursor, from 1."""

        query: str
        count: int
        number: int
        complete: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._query = ""
        self._pattern: Pattern[str] | None = None
        self._hits: list[Passage] = []
        self._found: list[Passage] = []
        self._waiting = False
        self._counted = False
        self._asked_at = 0
        self._former = ""
        self._counting: Worker[None] | None = None

    def action_ask(self) -> None:
        """Ask for what is to be found."""
        self._asked_at, self._former = self.cursor, self._query
        self.post_message(PromptRequested(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to others while nothing is selected and no matches are marked."""
        if action == "deselect":
            return bool(self.mode or self._hits)
        return super().check_action(action, parameters)

    def action_deselect(self) -> None:
        """Let go of the selection; else mark the matches no more, though `n` still finds them."""
        if not self.mode and self._hits:
            self._hits = []
            self.lay("hits", LookSpans())
        super().action_deselect()

    def query_typed(self, query: str) -> None:
        """Go to the first place from where the search began, while the reader types."""
        self._look_for(query)
        hit = self._near(self._asked_at)
        self.go_to(hit.start if hit else self._asked_at, centre=True)
        self._waiting = hit is None
        self._tell()

    def query_ended(self, *, accepted: bool) -> None:
        """Stay at the place that was found, or go back to where the search began."""
        if not accepted:
            self._look_for(self._former)
            self.go_to(self._asked_at)

    def action_find_again(self, way: int) -> None:
        """Go to the next or the previous place, round the ends of the text."""
        if self._pattern is None:
            self.action_ask()
            return
        for _ in range(min(self.take_count() or 1, 1000)):
            hit = self._another(way)
            if hit is None:
                break
            self.go_to(hit.start, centre=True)
        self._tell()

    def _near(self, offset: int) -> Passage | None:
        """The first place from an offset on, if it is near; the rest is the counting thread's."""
        if self._pattern is None:
            return None
        return next(search.find_all(self.text, self._pattern, offset, offset + NEAR), None)

    def _another(self, way: int) -> Passage | None:
        """The next or the previous place from the cursor, round the ends of the text."""
        hits = self._found
        if self._counted and len(hits) < MOST_HITS:
            if not hits:
                return None
            if way > 0:
                return hits[bisect_right(hits, self.cursor, key=_start) % len(hits)]
            return hits[bisect_left(hits, self.cursor, key=_start) - 1]
        if self._pattern is None:
            return None
        if way > 0:
            return search.search_next(self.text, self._pattern, self.cursor + 1)
        return search.search_previous(self.text, self._pattern, self.cursor)

    def _look_for(self, query: str) -> None:
        if query == self._query:
            return
        self._query, self._pattern = query, search.search_pattern(query)
        self._hits, self._found, self._counted = [], [], False
        self.lay("hits", LookSpans())
        if self._counting is not None:
            self._counting.cancel()
        if self._pattern is not None:
            self._counting = self._count_hits(self.text, self._pattern)

    @work(thread=True, group="find")
    def _count_hits(self, text: str, pattern: Pattern[str]) -> None:
        worker = get_current_worker()
        hits: list[Passage] = []
        for hit in search.find_all(text, pattern):
            hits.append(hit)
            if worker.is_cancelled or len(hits) >= MOST_HITS:
                break
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take_hits, pattern, hits)

    def _take_hits(self, pattern: Pattern[str], hits: list[Passage]) -> None:
        if pattern is self._pattern:
            self._hits = self._found = hits
            self._counted = True
            self.lay("hits", LookSpans(LookSpan(hit.start, hit.end, "hit") for hit in hits))
            if self._waiting and hits:
                ahead = bisect_left(hits, self._asked_at, key=_start)
                self.go_to(hits[ahead % len(hits)].start, centre=True)
            self._waiting = False
            self._tell()

    def _tell(self) -> None:
        if not self._counted and self._query:
            return
        number = bisect_right(self._found, self.cursor, key=_start)
        full = len(self._found) >= MOST_HITS
        self.post_message(self.Found(self._query, len(self._found), number, not full))

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Look for the same words in another article."""
        super().watch_article(old, new)
        query, self._query = self._query, ""
        self._look_for(query)


def _start(hit: Passage) -> int:
    return hit.start
