"""Passages whose words are gone from their article."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.reading import Bookmark
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.widgets.bookmark_list import BookmarkList
from tuireader.ui.widgets.item_list import ItemRows


class OrphanList(BookmarkList):
    """The list of passages without a place: those that wait first, then those left as they are."""

    BINDINGS = [
        *(
            key(
                str(number),
                f"attach({number})",
                "Attach",
                "Attach it to the candidate of that number",
                KEEP,
                name=f"orphan-attach-{number}",
                show=number == 1,
                display="1-5",
            )
            for number in range(1, 6)
        ),
        key("s", "leave", "Leave as it is", "Leave it without a place", KEEP, show=True),
        key("x", "throw", "To the trash", "Put it into the trash", KEEP, name="orphan-trash"),
        key("o", "go", "To the article", "To where it stood", KEEP, name="orphan-go", show=True),
    ]

    COUNT_STARTS = ""
    NAME = "Not found in their text"
    EMPTY = "Every passage has its place."

    left: var[AbstractSet[int]] = var(frozenset())
    """The ids of those that the reader has left as they are."""

    @dataclass
    class Shown(Message):
        """Another passage is under the cursor; None if there is none."""

        bookmark: Bookmark | None

    @dataclass
    class Attached(Message):
        """The reader chose a candidate by its number, from 1."""

        number: int

    @dataclass
    class Left(Message):
        """The reader leaves a passage as it is."""

        bookmark: Bookmark

    @dataclass
    class Thrown(Message):
        """The reader throws a passage away."""

        bookmark: Bookmark

    @dataclass
    class Opened(Message):
        """The reader wants to see where it stood."""

        bookmark: Bookmark

    class Entered(Message):
        """The reader wants to go through the candidates."""

    def heading(self) -> str:
        """How many there are, and how many were left."""
        left = sum(mark.id in self.left for mark in self.bookmarks)
        said = f" · {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
        return f"{self.NAME} {len(self.bookmarks) - left}{said}"

    def make_item(self, index: int) -> ItemRows:
        """The words that were kept, the note, and the source."""
        rows = super().make_item(index)
        if self.listed[index].id in self.left:
            return ([("    left as it is", "faint")], *rows)
        return rows

    def rearrange(self) -> None:
        """Filter again, and tell what is under the cursor now."""
        super().rearrange()
        self.cursor_moved()

    def cursor_moved(self) -> None:
        """Tell which passage is under the cursor."""
        self.post_message(self.Shown(self.current))

    def action_open(self) -> None:
        """Go through the candidates."""
        self.post_message(self.Entered())

    def action_go(self) -> None:
        """To where it stood."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_attach(self, number: int) -> None:
        """Attach it to a candidate."""
        self.post_message(self.Attached(number))

    def action_leave(self) -> None:
        """Leave it without a place."""
        if self.current is not None:
            self.post_message(self.Left(self.current))

    def action_throw(self) -> None:
        """Put it into the trash."""
        if self.current is not None:
            self.post_message(self.Thrown(self.current))
