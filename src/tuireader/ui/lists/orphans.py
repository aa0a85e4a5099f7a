"""Orphaned bookmarks, and the candidates for their place in the present text."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from textual.message import Message

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.notebook.anchoring.diff import diff_words
from tuireader.notebook.orphans import OrphanCandidate
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.lists.bookmarks import BookmarkModel, show_bookmarks
from tuireader.ui.lists.differences import DiffSegment, inline_diff
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, styled_rows
from tuireader.ui.widgets.styles import StyledText

MIN_SIMILARITY = 0.25
"""The similarity, from 0 to 1, from which a candidate's differences are marked."""

MAX_ROWS = 8
"""Rows of a candidate's words that are shown."""


class OrphanModel(BookmarkModel):
    """The orphaned bookmarks; those that the user accepted as orphans come last."""

    def __init__(self) -> None:
        super().__init__(
            "Orphaned bookmarks",
            "No orphaned bookmarks",
            "The words of every bookmark are in its article. q goes back.",
        )
        self.left: AbstractSet[int] = frozenset()
        """The ids of the bookmarks that the user has accepted as orphans."""

    def heading(self) -> str:
        """Return how many orphans there are, and how many of them the user accepted."""
        left = sum(bookmark.id in self.left for bookmark in self.items)
        said = f" · {left} left orphaned" if left else ""
        words = f" · {self.query}" if self.query else ""
        return f"{self.title} {len(self.items) - left}{said}{words}"

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the bookmark at an index of the list for `width` cells.

        An accepted orphan has a line above them that says so.
        """
        rows = super().rows(index, width)
        if self.listed[index].id in self.left:
            return ([("    left orphaned", "faint")], *rows)
        return rows


class OrphanList(ItemList[OrphanModel]):
    """The list of orphaned bookmarks."""

    KEY_SCOPE = "orphans"
    BINDINGS = [
        *FILTER_KEYS,
        key("b", "leave", "Leave orphaned", "Keep it without a place", KEEP, show=True),
        key("x", "trash", "To the trash", "Move to the trash", KEEP, name="orphan-trash"),
        key(
            "o",
            "go",
            "To the article",
            "Go to the old place of the bookmark",
            KEEP,
            name="orphan-go",
            show=True,
        ),
    ]

    @dataclass
    class CursorMoved(Message):
        """Another bookmark is under the cursor; None if there is none."""

        bookmark: Bookmark | None

    @dataclass
    class AttachRequested(Message):
        """The user wants to attach the bookmark to a candidate, by its number from 1."""

        number: int

    @dataclass
    class LeaveRequested(Message):
        """The user wants to accept a bookmark as an orphan."""

        bookmark: Bookmark

    @dataclass
    class TrashRequested(Message):
        """The user wants to move a bookmark to the trash."""

        bookmark: Bookmark

    @dataclass
    class ArticleRequested(Message):
        """The user wants to see where a bookmark's passage was."""

        bookmark: Bookmark

    class CandidatesRequested(Message):
        """The user wants to go to the list of candidates."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(OrphanModel(), id=id)

    def show(self, bookmarks: Sequence[Bookmark], left: AbstractSet[int]) -> None:
        """List orphaned bookmarks; those with ids in `left` the user accepted as orphans."""
        self.model.left = left
        show_bookmarks(self, bookmarks)

    @property
    def current(self) -> Bookmark | None:
        """The bookmark under the cursor; None if none is listed."""
        return self.model.item(self.cursor)

    def rearrange(self) -> None:
        """Filter again, and post which bookmark is under the cursor now."""
        super().rearrange()
        self.cursor_moved()

    def cursor_moved(self) -> None:
        """Post which bookmark is under the cursor."""
        self.post_message(self.CursorMoved(self.current))

    def action_open(self) -> None:
        """Go to the list of candidates; with a count, attach to the candidate of that number."""
        number = self.keys.take_count()
        self.post_message(self.AttachRequested(number) if number else self.CandidatesRequested())

    def action_leave(self) -> None:
        """Leave the bookmark orphaned."""
        if self.current is not None:
            self.post_message(self.LeaveRequested(self.current))

    def action_trash(self) -> None:
        """Move the bookmark to the trash."""
        if self.current is not None:
            self.post_message(self.TrashRequested(self.current))

    def action_go(self) -> None:
        """Go to where the bookmark's passage was."""
        if self.current is not None:
            self.post_message(self.ArticleRequested(self.current))


class CandidateModel(ListModel[OrphanCandidate]):
    """The candidates for the place of one bookmark, the likeliest first."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        """The bookmark's words, with which the candidates are compared."""
        self.state = ""
        """Why there are no candidates, or that they are being looked for."""

    def show(self, candidates: Sequence[OrphanCandidate], words: str, state: str) -> None:
        """Set the candidates for the place of a bookmark's words, the likeliest first.

        `state` is the text that is shown if there are none.
        """
        self.items = self.listed = candidates
        self.words, self.state = words, state

    def heading(self) -> str:
        """Return what is listed, and how to attach."""
        return "Candidates · Enter, or their number and Enter, attaches the bookmark"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        return self.state

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the candidate at an index of the list for `width` cells.

        They have its similarity, then its words with the differences from the bookmark's marked.
        """
        candidate, room = self.listed[index], max(8, width - 5)
        facts = ["at the old place"] if candidate.has_context else []
        facts += [f"{candidate.similarity:.0%} of the words"] if candidate.similarity else []
        rows: list[list[StyledText]] = [
            [(f" {index + 1}  ", "strong"), (" · ".join(facts), "faint")]
        ]
        kept, now = " ".join(self.words.split()), " ".join(candidate.words.split())
        shown = DiffSegment(now)
        if candidate.similarity >= MIN_SIMILARITY:
            whole = Passage(0, len(kept)), Passage(0, len(now))
            shown = inline_diff(kept, now, diff_words(kept, now, *whole))
        words = islice(styled_rows(shown.text, shown.spans, room), MAX_ROWS)
        rows.extend([("    ", ""), *pieces] for pieces in words)
        return [*rows, ()]


class CandidateList(ItemList[CandidateModel]):
    """The list of candidates for the place of an orphaned bookmark."""

    @dataclass
    class Chosen(Message):
        """The user chose the candidate that the bookmark belongs to."""

        candidate: OrphanCandidate

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(CandidateModel(), id=id)

    def show(self, candidates: Sequence[OrphanCandidate], words: str, state: str) -> None:
        """List the candidates for the place of a bookmark's words, the likeliest first.

        `state` is the text that is shown if there are none.
        """
        self.model.show(candidates, words, state)
        self.renew(0)

    def action_open(self) -> None:
        """Choose the candidate under the cursor."""
        candidate = self.model.item(self.cursor)
        if candidate is not None:
            self.post_message(self.Chosen(candidate))
