"""Passages and notes over all articles, as a list that is filtered by what they say."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.reactive import var
from textual.worker import get_current_worker

from tuireader.domain.passage import Passage
from tuireader.domain.reading import Bookmark
from tuireader.domain.sifting import Sieve
from tuireader.exports.citation import long_date
from tuireader.layout.cells import fit
from tuireader.layout.wrap import wrap
from tuireader.notebook.anchoring.differences import parts
from tuireader.ui.background import StoppedError, pause_of
from tuireader.ui.comparing import word_by_word
from tuireader.ui.spans import Spans, pieces
from tuireader.ui.widgets.filter_list import FilterList
from tuireader.ui.widgets.item_list import ItemRows
from tuireader.ui.widgets.pane import Piece

MOST_ROWS = 3
"""Rows of the words and of the note that the list shows."""


class BookmarkList(FilterList):
    """A list of what the reader kept; it filters over words, notes, tags and titles."""

    NAME = ""
    """What the list is called."""
    EMPTY = ""
    """What stands there if there is nothing."""

    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """What is kept, the newest first."""

    @dataclass
    class Opened(Message):
        """The reader wants to go to a passage's place."""

        bookmark: Bookmark

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listed: tuple[Bookmark, ...] = ()
        """What the filter leaves."""
        self._sieve = Sieve[Bookmark]((), searched)
        self._lost = 0

    @property
    def count(self) -> int:
        """How many passages the list shows."""
        return len(self.listed)

    def heading(self) -> str:
        """How many passages there are."""
        total = len(self.bookmarks)
        counted = f"{self.count}/{total}" if self.query_words else f"{total}"
        lost = f" · {self._lost} not found in their text" if self._lost else ""
        return f"{self.NAME} {counted}{lost} · {self.query_words or 'newest first'}"

    def empty_words(self) -> str:
        """Why the list is empty."""
        if self.query_words:
            return "No note matches."
        return self.EMPTY

    @property
    def current(self) -> Bookmark | None:
        """The passage under the cursor; None if none is listed."""
        return self.listed[self.cursor] if self.listed else None

    def make_item(self, index: int) -> ItemRows:
        """The words, the note, then tags, speaker and source."""
        mark = self.listed[index]
        room = max(8, self.inner.width - 4)
        sign = f"◆{mark.colour[:1]}" if mark.colour else "◆"
        rows: list[list[Piece]] = []
        look = f"kept-{mark.colour}" if mark.colour else "strong"
        for number, line in enumerate(_lines(mark.words or "(the whole article)", room)):
            rows.append([(fit(sign if number == 0 else "", 2), look), (f" {line}", "")])
        rows.extend([("   ", ""), (line, "em")] for line in _lines(mark.note, room))
        if mark.altered and mark.placement:
            rows.extend(_altered(mark.words, mark.placement.words, room))
        facts = [
            "NOT FOUND in the text as it is now" if mark.orphan else "",
            "ALTERED since you kept it" if mark.altered else "",
            " ".join(f"#{tag}" for tag in mark.tags),
            mark.speaker,
            mark.article.title,
            mark.article.outlet,
            long_date(mark.article.date) if mark.article.date else "",
        ]
        rows.append([("   ", ""), (fit(" · ".join(filter(None, facts)), room), "faint")])
        return (*rows, ())

    def rearrange(self) -> None:
        """Filter again, keeping the cursor on its passage."""
        at = self.listed[self.cursor].id if self.listed else None
        self.listed = tuple(
            self._sieve.sift(self.query_words) if self.query_words else self.bookmarks
        )
        numbers = (number for number, mark in enumerate(self.listed) if mark.id == at)
        self.renew(cursor=next(numbers, min(self.cursor, self.count - 1)))

    def watch_bookmarks(self) -> None:
        """Show what is kept now, and make it ready to be filtered meanwhile."""
        self._sieve = Sieve(self.bookmarks, searched, self._sieve)
        self._lost = sum(mark.orphan for mark in self.bookmarks)
        self.rearrange()
        self._prepare(self._sieve)

    @work(thread=True, exclusive=True)
    def _prepare(self, sieve: Sieve[Bookmark]) -> None:
        with suppress(StoppedError):
            sieve.prepare(pause_of(get_current_worker()))

    def action_open(self) -> None:
        """Go to the passage's place."""
        if self.listed:
            self.post_message(self.Opened(self.listed[self.cursor]))


def _altered(kept: str, now: str, room: int) -> Iterator[list[Piece]]:
    """How the words differ from those that stand there now, from the first change on."""
    if not now:
        return
    whole = Passage(0, len(kept)), Passage(0, len(now))
    shown = word_by_word(kept, now, parts(kept, now, *whole))
    first = min((span.start for span in shown.spans), default=0)
    begin = shown.text.rfind(" ", 0, max(0, first - room // 2)) + 1
    spans = Spans(shown.spans)
    for start, end in wrap(shown.text, begin, len(shown.text), room)[:MOST_ROWS]:
        cut = pieces(start, end, spans.over(start, end), "")
        yield [("   ", ""), *((shown.text[one.start : one.end], one.look) for one in cut)]


def _lines(words: str, room: int) -> list[str]:
    line = " ".join(words[: room * (MOST_ROWS + 1)].split())
    rows = wrap(line, 0, len(line), room) if line else []
    lines = [line[start:end] for start, end in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines[-1] = fit(f"{lines[-1][: room - 1]}…", room)
    return lines


def searched(mark: Bookmark) -> str:
    """The text by which a passage is filtered."""
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    about = mark.article
    return f"{mark.words}\n{mark.note}\n{tags}\n{mark.speaker}\n{about.title}\n{about.outlet}"
