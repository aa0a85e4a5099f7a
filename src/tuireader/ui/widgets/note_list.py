"""All passages and notes, over all articles, the newest first."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.reading import Bookmark
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.verbs import Verb
from tuireader.ui.widgets.bookmark_list import BookmarkList
from tuireader.ui.widgets.item_list import ItemRows


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
