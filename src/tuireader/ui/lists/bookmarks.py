"""Bookmarks and notes over all articles, and those in the trash, filtered by what they say."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.dates import long_date
from tuireader.domain.tags import format_tags
from tuireader.layout.cells import fit_cells
from tuireader.notebook.anchoring.diff import diff_words
from tuireader.text.filter_index import FilterIndex
from tuireader.ui.bindings import KEEP, Verb, key
from tuireader.ui.lists.differences import inline_diff
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, styled_rows, wrapped_lines
from tuireader.ui.widgets.styles import StyledText
from tuireader.ui.workers import StoppedError, worker_pause

MAX_ROWS = 3
"""Rows of the words and of the note that the list shows."""


class BookmarkModel(ListModel[Bookmark]):
    """Bookmarks, newest first; the filter searches words, notes, tags, speakers and titles."""

    def __init__(self, title: str, nothing: str, step: str = "") -> None:
        """Create an empty model with the title of its heading.

        `nothing` is shown while there are no bookmarks at all, with `step`, what can be done.
        """
        super().__init__()
        self.title = title
        self._nothing = nothing
        self._step = step
        self._orphans = 0
        self.filter_index = FilterIndex[Bookmark]((), searchable_text)
        """The bookmarks' texts, folded for the filter."""

    def show(self, bookmarks: Sequence[Bookmark]) -> None:
        """Set the bookmarks; they are listed after the next `arrange`."""
        self.items = bookmarks
        self.filter_index = FilterIndex(bookmarks, searchable_text, self.filter_index)
        self._orphans = sum(bookmark.orphan for bookmark in bookmarks)

    def heading(self) -> str:
        """Return how many bookmarks there are, and how many of them are orphans."""
        orphans = f" · {self._orphans} orphaned" if self._orphans else ""
        return f"{self.title} {self.counted()}{orphans} · {self.query or 'newest first'}"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        return "No matching note" if self.query else self._nothing

    def next_step(self) -> str:
        """Return what the user can do while no bookmark is listed."""
        return super().next_step() if self.query else self._step

    def text_of(self, item: Bookmark) -> str:
        """Return the text that the filter searches; see `searchable_text`."""
        return searchable_text(item)

    def arranged(self) -> Sequence[Bookmark]:
        """Return the bookmarks that match the filter."""
        return self.filter_index.filter(self.query) if self.query else self.items

    def place_of(self, item: Bookmark, cursor: int) -> int:
        """Return the new index of a bookmark; `cursor`, its old index, if it is not listed."""
        places = (place for place, bookmark in enumerate(self.listed) if bookmark.id == item.id)
        return next(places, cursor)

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the bookmark at an index of the list for `width` cells.

        They have the words, the note, what has changed, then tags, speaker and source.
        """
        bookmark = self.listed[index]
        room = max(8, width - 4)
        sign = "" if self.is_spoken else f"◆{bookmark.colour[:1]}"
        style = f"kept-{bookmark.colour}" if bookmark.colour else "strong"
        rows: list[list[StyledText]] = []
        lines = wrapped_lines(bookmark.written or "(the whole article)", room, MAX_ROWS)
        for number, line in enumerate(lines):
            rows.append([(fit_cells(sign if number == 0 else "", 2), style), (f" {line}", "")])
        note = wrapped_lines(bookmark.note, room, MAX_ROWS)
        rows.extend([("   ", ""), (line, "em")] for line in note)
        if bookmark.altered and bookmark.placement:
            rows.extend(_changes(bookmark.words, bookmark.placement.words, room))
        facts = [
            "ORPHANED: not found in the present text" if bookmark.orphan else "",
            "ALTERED since you bookmarked it" if bookmark.altered else "",
            str(bookmark.colour) if self.is_spoken else "",
            format_tags(bookmark.tags, "#"),
            bookmark.attribution,
            bookmark.position,
            bookmark.article.title,
            bookmark.article.outlet,
            long_date(bookmark.article.date) if bookmark.article.date else "",
        ]
        rows.append([("   ", ""), (fit_cells(" · ".join(filter(None, facts)), room), "faint")])
        return (*rows, ())


B = TypeVar("B", bound=BookmarkModel)


def _changes(kept: str, now: str, width: int) -> Iterator[list[StyledText]]:
    """Yield at most `MAX_ROWS` rows that show how the words in the text differ.

    They begin shortly before the first change. `kept` are the words of the bookmark, and `now`
    those in the text; for "" there is no row.
    """
    if not now:
        return
    whole = Passage(0, len(kept)), Passage(0, len(now))
    shown = inline_diff(kept, now, diff_words(kept, now, *whole))
    first = min((span.start for span in shown.spans), default=0)
    begin = shown.text.rfind(" ", 0, max(0, first - width // 2)) + 1
    for pieces in islice(styled_rows(shown.text, shown.spans, width, begin), MAX_ROWS):
        yield [("   ", ""), *pieces]


def searchable_text(bookmark: Bookmark) -> str:
    """Return the text by which a bookmark is filtered.

    It has the words, the note, the tags, the speaker, the title and the outlet.
    """
    tags = format_tags(bookmark.tags, "#")
    about = bookmark.article
    parts = (bookmark.written, bookmark.note, tags, bookmark.attribution, about.title, about.outlet)
    return "\n".join(parts)


def show_bookmarks(pane: ItemList[B], bookmarks: Sequence[Bookmark]) -> None:
    """List other bookmarks in a pane, and fold their texts for the filter in the background."""
    pane.model.show(bookmarks)
    pane.rearrange()
    pane.run_worker(partial(_prepare, pane.model.filter_index), thread=True, exclusive=True)


def _prepare(index: FilterIndex[Bookmark]) -> None:
    """Thread body: fold the texts for the filter."""
    with suppress(StoppedError):
        index.prepare(worker_pause(get_current_worker()))


class NoteModel(BookmarkModel):
    """All bookmarks and notes, with drafts that were not saved."""

    def __init__(self) -> None:
        super().__init__(
            "Notes",
            "No notes yet.",
            "In the text, b bookmarks the sentence at the cursor, and a writes a note on it."
            " q goes back there.",
        )
        self.drafts: AbstractSet[int] = frozenset()
        """The ids of the bookmarks that stand for drafts."""
        self.loading = False
        """Whether the notes are still being read."""

    def empty_text(self) -> str:
        """Return why the list is empty."""
        return "Loading notes …" if self.loading else super().empty_text()

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of a bookmark, as in `BookmarkModel`, below a line that marks a draft."""
        rows = super().rows(index, width)
        if self.listed[index].id in self.drafts:
            return ([(" … ", "problem"), ("DRAFT, not saved. a continues it", "problem")], *rows)
        return rows


class NoteList(ItemList[NoteModel]):
    """The list of all bookmarks and notes."""

    KEY_SCOPE = "notes"
    BINDINGS = [
        *FILTER_KEYS,
        key("a", "do('note')", "Note", "Edit the note", KEEP, name="list-note", show=True),
        key(
            "e", "do('edit')", "Edit in $EDITOR", "Edit the note in $EDITOR", KEEP, name="list-edit"
        ),
        key("c", "do('colour')", "Colour", "Change the colour", KEEP, name="list-colour"),
        key("t", "do('tag')", "Tags", "Edit the tags", KEEP, name="list-tags"),
        key(
            "x",
            "do('trash')",
            "To the trash",
            "Move to the trash",
            KEEP,
            name="list-trash",
            show=True,
        ),
        key("y", "do('copy')", "Copy", "Copy the words", KEEP, name="list-copy"),
        key(
            "Y",
            "do('cite')",
            "Copy with source",
            "Copy the words with their source",
            KEEP,
            name="list-cite",
        ),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on a bookmark; None if the list is empty."""

        bookmark: Bookmark | None

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to the place of a bookmark."""

        bookmark: Bookmark

    @dataclass
    class NoteActionRequested(Message):
        """The user runs the command `verb` on a bookmark of the list, perhaps a draft."""

        verb: Verb
        bookmark: Bookmark

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(NoteModel(), id=id)

    def wait(self) -> None:
        """Show that the notes are being loaded."""
        self.model.loading = True
        self.renew()

    def show(self, bookmarks: Sequence[Bookmark], drafts: AbstractSet[int]) -> None:
        """List bookmarks; those with ids in `drafts` are marked as drafts."""
        self.model.loading = False
        self.model.drafts = drafts
        show_bookmarks(self, bookmarks)

    def renew(self, cursor: int | None = None) -> None:
        """Make all rows again, and post which bookmark the cursor is on."""
        super().renew(cursor)
        self.cursor_moved()

    def cursor_moved(self) -> None:
        """Post which bookmark the cursor is on."""
        self.post_message(self.Highlighted(self.model.item(self.cursor)))

    def action_open(self) -> None:
        """Go to the bookmark's place."""
        bookmark = self.model.item(self.cursor)
        if bookmark is not None:
            self.post_message(self.OpenRequested(bookmark))

    def action_do(self, verb: Verb) -> None:
        """Request a command on the bookmark under the cursor."""
        bookmark = self.model.item(self.cursor)
        if bookmark is not None:
            self.post_message(self.NoteActionRequested(verb, bookmark))


class TrashList(ItemList[BookmarkModel]):
    """The list of the bookmarks in the trash."""

    KEY_SCOPE = "trash"
    BINDINGS = [
        *FILTER_KEYS,
        key("b", "restore", "Restore", "Restore from the trash", KEEP, show=True),
        key("A", "restore_all", "Restore all", "Restore everything that is listed", KEEP),
        key("g x", "empty", "Empty", "Empty the trash", KEEP, show=True),
    ]

    @dataclass
    class RestoreRequested(Message):
        """The user wants to restore these bookmarks from the trash, at least one."""

        bookmarks: tuple[Bookmark, ...]

    class EmptyRequested(Message):
        """The user wants to empty the trash."""

    def __init__(self, *, id: str | None = None) -> None:
        step = "x in the list of notes moves a note here. q goes back."
        super().__init__(BookmarkModel("Trash", "The trash is empty.", step), id=id)

    def show(self, bookmarks: Sequence[Bookmark]) -> None:
        """List the bookmarks in the trash."""
        show_bookmarks(self, bookmarks)

    def action_open(self) -> None:
        """Restore the bookmark under the cursor; it has no place in the text to go to."""
        self.action_restore()

    def action_restore(self) -> None:
        """Request to restore the bookmark under the cursor."""
        bookmark = self.model.item(self.cursor)
        if bookmark is not None:
            self.post_message(self.RestoreRequested((bookmark,)))

    def action_restore_all(self) -> None:
        """Request to restore all listed bookmarks."""
        if self.count:
            self.post_message(self.RestoreRequested(tuple(self.model.listed)))

    def action_empty(self) -> None:
        """Request to empty the trash."""
        self.post_message(self.EmptyRequested())
