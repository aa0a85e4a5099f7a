"""What is in the trash, the newest there first."""

from dataclasses import dataclass

from textual.message import Message

from tuireader.domain.reading import Bookmark
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.widgets.bookmark_list import BookmarkList


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
