"""Passages whose words are gone from their article.

What may have become of a passage whose words are gone, with what differs.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.layout.wrap import wrap_rows
from tuireader.notebook.anchoring.diff import diff_words
from tuireader.notebook.orphans import Candidate
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.lists.bookmarks import BookmarkList
from tuireader.ui.lists.differences import DiffSegment, inline_diff
from tuireader.ui.widgets.item_list import ItemList, ItemRows
from tuireader.ui.widgets.look_spans import LookSpans, split_by_looks
from tuireader.ui.widgets.strips import StyledText


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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        # Every digit attaches a candidate.
        self.keys.count_starts = ""

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


TOLD_APART = 0.25
"""How like a candidate must be for what differs to be told; else its words stand alone."""

MOST_ROWS = 8
"""Rows of a candidate's words that are shown."""


class CandidateList(ItemList):
    """The candidates for one passage, the likeliest first."""

    candidates: var[tuple[Candidate, ...]] = var(())
    words: var[str] = var("")
    """The words that were kept."""
    state: var[str] = var("")
    """Why there are none, or that they are looked for."""

    @dataclass
    class Chosen(Message):
        """The reader says that this is what became of the passage."""

        candidate: Candidate

    @property
    def count(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    def heading(self) -> str:
        """What is shown."""
        return "What may stand in its place · Enter, or its number, attaches the passage there"

    def empty_words(self) -> str:
        """Why the list is empty."""
        return self.state

    def make_item(self, index: int) -> ItemRows:
        """How like it is, then what differs from the words that were kept."""
        one, room = self.candidates[index], max(8, self.inner.width - 5)
        facts = ["stands where it stood"] if one.in_place else []
        facts += [f"{one.likeness:.0%} of its words"] if one.likeness else []
        rows: list[list[StyledText]] = [
            [(f" {index + 1}  ", "strong"), (" · ".join(facts), "faint")]
        ]
        kept, now = " ".join(self.words.split()), " ".join(one.words.split())
        whole = Passage(0, len(kept)), Passage(0, len(now))
        shown = DiffSegment(now)
        if one.likeness >= TOLD_APART:
            shown = inline_diff(kept, now, diff_words(kept, now, *whole))
        spans = LookSpans(shown.spans)
        for start, end in wrap_rows(shown.text, 0, len(shown.text), room)[:MOST_ROWS]:
            cut = split_by_looks(start, end, spans.over(start, end), "")
            rows.append([("    ", ""), *((shown.text[at.start : at.end], at.look) for at in cut)])
        return [*rows, ()]

    def watch_candidates(self) -> None:
        """Show other candidates."""
        self.renew(cursor=0)

    def watch_state(self) -> None:
        """Say why there are none."""
        self.refresh()

    def action_open(self) -> None:
        """Choose the one under the cursor."""
        if self.candidates:
            self.post_message(self.Chosen(self.candidates[self.cursor]))
