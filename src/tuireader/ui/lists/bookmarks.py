"""Passages and notes over all articles, as a list that is filtered by what they say.

All passages and notes, over all articles, the newest first.

What is in the trash, the newest there first.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.reactive import var
from textual.worker import get_current_worker

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.exporters.citation import long_date
from tuireader.layout.cells import fit_cells
from tuireader.layout.wrap import wrap_rows
from tuireader.notebook.anchoring.diff import diff_words
from tuireader.text.filter_index import FilterIndex
from tuireader.ui.bindings import KEEP, Verb, key
from tuireader.ui.lists.differences import inline_diff
from tuireader.ui.widgets.item_list import FilterList, ItemRows
from tuireader.ui.widgets.look_spans import LookSpans, split_by_looks
from tuireader.ui.widgets.strips import StyledText
from tuireader.ui.workers import StoppedError, worker_pause

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
        self._sieve = FilterIndex[Bookmark]((), searchable_text)
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
        rows: list[list[StyledText]] = []
        look = f"kept-{mark.colour}" if mark.colour else "strong"
        for number, line in enumerate(_lines(mark.words or "(the whole article)", room)):
            rows.append([(fit_cells(sign if number == 0 else "", 2), look), (f" {line}", "")])
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
        rows.append([("   ", ""), (fit_cells(" · ".join(filter(None, facts)), room), "faint")])
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
        self._sieve = FilterIndex(self.bookmarks, searchable_text, self._sieve)
        self._lost = sum(mark.orphan for mark in self.bookmarks)
        self.rearrange()
        self._prepare(self._sieve)

    @work(thread=True, exclusive=True)
    def _prepare(self, sieve: FilterIndex[Bookmark]) -> None:
        with suppress(StoppedError):
            sieve.prepare(worker_pause(get_current_worker()))

    def action_open(self) -> None:
        """Go to the passage's place."""
        if self.listed:
            self.post_message(self.Opened(self.listed[self.cursor]))


def _altered(kept: str, now: str, room: int) -> Iterator[list[StyledText]]:
    """How the words differ from those that stand there now, from the first change on."""
    if not now:
        return
    whole = Passage(0, len(kept)), Passage(0, len(now))
    shown = inline_diff(kept, now, diff_words(kept, now, *whole))
    first = min((span.start for span in shown.spans), default=0)
    begin = shown.text.rfind(" ", 0, max(0, first - room // 2)) + 1
    spans = LookSpans(shown.spans)
    for start, end in wrap_rows(shown.text, begin, len(shown.text), room)[:MOST_ROWS]:
        cut = split_by_looks(start, end, spans.over(start, end), "")
        yield [("   ", ""), *((shown.text[one.start : one.end], one.look) for one in cut)]


def _lines(words: str, room: int) -> list[str]:
    line = " ".join(words[: room * (MOST_ROWS + 1)].split())
    rows = wrap_rows(line, 0, len(line), room) if line else []
    lines = [line[start:end] for start, end in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines[-1] = fit_cells(f"{lines[-1][: room - 1]}…", room)
    return lines


def searchable_text(mark: Bookmark) -> str:
    """The text by which a passage is filtered."""
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    about = mark.article
    return f"{mark.words}\n{mark.note}\n{tags}\n{mark.speaker}\n{about.title}\n{about.outlet}"


class NoteList(BookmarkList):
    """The list of what the reader kept."""

    BINDINGS = [
        key("a", "do('note')", "Note", "Change the note", KEEP, name="list-note", show=True),
        key("e", "do('edit')", "Edit in $EDITOR", "Edit the note outside", KEEP, name="list-edit"),
        key("c", "do('colour')", "Colour", "Give it the next colour", KEEP, name="list-colour"),
        key("t", "do('tag')", "Tags", "Give it tags", KEEP, name="list-tags"),
        key(
            "x",
            "do('trash')",
            "To the trash",
            "Put it into the trash",
            KEEP,
            name="list-trash",
            show=True,
        ),
        key("y", "do('copy')", "Copy", "Copy the words", KEEP, name="list-copy"),
        key("Y", "do('cite')", "Copy with source", "Copy with its source", KEEP, name="list-cite"),
    ]

    drafts: var[AbstractSet[int]] = var(frozenset())
    """The ids of those that were begun and not saved."""

    reading: bool = False
    """Whether they are still being read."""

    NAME = "Notes"
    EMPTY = "Nothing is kept yet: b keeps a passage, a keeps it with a note."

    @dataclass
    class Asked(Message):
        """The reader wants something done with a passage."""

        verb: Verb
        bookmark: Bookmark

    def empty_words(self) -> str:
        """Why the list is empty."""
        return "Reading your notes …" if self.reading else super().empty_words()

    def make_item(self, index: int) -> ItemRows:
        """The words, the note, then tags, speaker and source; a draft says that it is one."""
        rows = super().make_item(index)
        if self.listed[index].id in self.drafts:
            return (
                [(" … ", "problem"), ("DRAFT, not saved yet: a goes on with it", "problem")],
                *rows,
            )
        return rows

    def action_do(self, verb: Verb) -> None:
        """Ask for something to be done with the passage under the cursor."""
        if self.current is not None:
            self.post_message(self.Asked(verb, self.current))


class TrashList(BookmarkList):
    """The list of what was thrown away."""

    BINDINGS = [
        key("r,x", "restore", "Restore", "Take it out of the trash again", KEEP, show=True),
        key("A", "restore_all", "Restore all", "Take all that is listed out of the trash", KEEP),
        key("E", "empty", "Empty", "Drop all that is in the trash", KEEP, show=True),
    ]

    NAME = "Trash"
    EMPTY = "The trash is empty."

    @dataclass
    class Restored(Message):
        """The reader wants passages back."""

        bookmarks: tuple[Bookmark, ...]

    class Emptied(Message):
        """The reader wants the trash emptied."""

    def action_open(self) -> None:
        """Enter takes it out of the trash, for its place is no longer marked in the text."""
        self.action_restore()

    def action_restore(self) -> None:
        """Take the passage under the cursor out of the trash."""
        if self.current is not None:
            self.post_message(self.Restored((self.current,)))

    def action_restore_all(self) -> None:
        """Take all that is listed out of the trash."""
        if self.listed:
            self.post_message(self.Restored(self.listed))

    def action_empty(self) -> None:
        """Drop all that is in the trash."""
        self.post_message(self.Emptied())
