"""The differences between two versions of an article, word by word, with the bookmarks in them.

Removed words stand in `[-…-]`, added words in `{+…+}`, so that nothing is told by colour alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from textual.message import Message

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.layout.cells import fit_cells
from tuireader.notebook.anchoring.diff import DiffHunk, DiffPart, diff_texts
from tuireader.text.messages import counted
from tuireader.ui.bindings import FIND, key
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, styled_rows
from tuireader.ui.widgets.styles import StyledText, StyleSpan

_MAX_SEGMENT_LENGTH = 1000
"""Code points after which a change continues in another segment."""


@dataclass(frozen=True, slots=True)
class PassageMove:
    """A bookmark's passage in the older and in the newer text; None where it is not found."""

    bookmark: Bookmark
    old: Passage | None
    new: Passage | None


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A segment of a comparison, shown as one item of the list."""

    text: str
    """What is shown."""
    spans: tuple[StyleSpan, ...] = ()
    """The styles of the text shown: removed, added, kept."""
    offset: int = 0
    """The segment's place in the newer text, in code points."""
    changed: bool = False
    """Whether it shows a change; else it counts unchanged paragraphs."""
    remarks: tuple[str, ...] = ()
    """What happened to the bookmarks whose passages changed here."""


def diff_segments(
    old: str, new: str, moves: Sequence[PassageMove], pause: Callable[[], None]
) -> Iterator[DiffSegment]:
    """Yield the comparison of two texts as segments, in the order of the texts.

    `moves` are the passages of the bookmarks in both texts; changes in them are remarked. `pause`
    is called between steps, and may raise to stop the comparison.
    """
    for hunk in diff_texts(old, new, pause):
        if hunk.unchanged:
            unchanged = f"… {counted(hunk.unchanged, 'paragraph')} unchanged"
            yield DiffSegment(unchanged, offset=hunk.new.start)
        else:
            yield from _changed_segments(hunk, old, new, moves)


def inline_diff(old: str, new: str, parts: Iterable[DiffPart]) -> DiffSegment:
    """Return the differences of two short texts, `parts` of them in order, as one segment."""
    builder = _SegmentBuilder(old, new, ())
    for part in parts:
        builder.add(part)
    return builder.segment()


def _changed_segments(
    hunk: DiffHunk, old: str, new: str, moves: Sequence[PassageMove]
) -> Iterator[DiffSegment]:
    """Yield a changed hunk as segments of limited length, the last one with the remarks.

    `old` and `new` are the whole texts, `moves` the passages of the bookmarks in both.
    """
    concerned = [
        move
        for move in moves
        if (move.old and move.old.overlaps(hunk.old)) or (move.new and move.new.overlaps(hunk.new))
    ]
    builder = _SegmentBuilder(old, new, concerned)
    for part in hunk.parts:
        if builder.length >= _MAX_SEGMENT_LENGTH:
            yield builder.segment()
            builder = _SegmentBuilder(old, new, concerned)
        builder.add(part)
    yield builder.segment(_remarks(hunk, concerned))


def _remarks(hunk: DiffHunk, moves: Sequence[PassageMove]) -> tuple[str, ...]:
    """Return one line for each bookmark whose passage was altered or removed in a hunk.

    The line says what became of it and begins with its words; () if there is none.
    """
    changed = [part for part in hunk.parts if not part.same]
    remarks = []
    for move in moves:
        before = move.old
        if before is None or not any(_touches(part.old, before) for part in changed):
            continue
        words = " ".join(move.bookmark.words[:200].split())
        became = "removed" if move.new is None else "altered"
        remarks.append(f"◆ {became}: “{words}”")
    return tuple(remarks)


def _touches(changed: Passage, kept: Passage) -> bool:
    """Return whether a change is in a bookmark's passage, both in the older text.

    An addition has no length there; it must be inside the passage.
    """
    if len(changed):
        return changed.overlaps(kept)
    return kept.start < changed.start < kept.end


@dataclass(slots=True)
class _SegmentBuilder:
    """Builds the text and the styles of a segment, part by part."""

    old: str
    new: str
    moves: Sequence[PassageMove]
    pieces: list[str] = field(default_factory=list)
    spans: list[StyleSpan] = field(default_factory=list)
    length: int = 0
    offset: int = -1

    def add(self, part: DiffPart) -> None:
        """Add the words of a part: those of both texts where they differ."""
        if self.offset < 0:
            self.offset = part.new.start
        if part.same:
            self._add_words(self.new, part.new, "", "", "")
            return
        if len(part.old):
            self._add_words(self.old, part.old, "[-", "-]", "removed")
        if len(part.new):
            self._add_words(self.new, part.new, "{+", "+}", "added")

    def segment(self, remarks: tuple[str, ...] = ()) -> DiffSegment:
        """Return the segment built so far, with remarks on bookmarks, one a line."""
        text = "".join(self.pieces)
        return DiffSegment(
            text, tuple(self.spans), max(0, self.offset), changed=True, remarks=remarks
        )

    def _add_words(
        self, text: str, passage: Passage, opening: str, closing: str, style: str
    ) -> None:
        """Add a passage of one of the texts between two marks, with a style ("" for none)."""
        before = text[max(0, passage.start - 1) : passage.start]
        if before.isspace() and self.length:
            self._add("\n" if "\n" in before and not style else " ")
        start = self.length
        self._add(opening)
        begin = self.length
        words = passage.of(text)
        self._add(words.replace("\n", " ") if style else words)
        self._add(closing)
        if style:
            self.spans.append(StyleSpan(start, self.length, style))
        for move in self.moves:
            kept = move.old if text is self.old else move.new
            if kept and kept.overlaps(passage):
                first = begin + max(kept.start, passage.start) - passage.start
                last = begin + min(kept.end, passage.end) - passage.start
                self.spans.append(StyleSpan(first, last, "kept"))

    def _add(self, text: str) -> None:
        """Append text to the segment."""
        self.pieces.append(text)
        self.length += len(text)


class DifferenceModel(ListModel[DiffSegment]):
    """The comparison of two texts, in the order of the texts."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        """Which texts are compared."""

    def show(self, segments: Sequence[DiffSegment]) -> int:
        """Set a comparison; return the index of its first change, 0 if there is none."""
        self.items = self.listed = segments
        return next((index for index, segment in enumerate(segments) if segment.changed), 0)

    def next_change(self, index: int, step: int) -> int | None:
        """Return the index of the next change after an index (`step` 1), or before it (-1).

        Returns None if there is none.
        """
        index += step
        while 0 <= index < len(self):
            if self.listed[index].changed:
                return index
            index += step
        return None

    def heading(self) -> str:
        """Return which texts are compared, and how many changes there are."""
        changes = sum(segment.changed for segment in self.items)
        return f"{self.title} · {counted(changes, 'change')}" if self.items else self.title

    def empty_text(self) -> str:
        """Return the text that is shown while the versions are compared."""
        return "Comparing …"

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the segment at an index of the list for `width` cells.

        They have its words, and below them what became of bookmarks.
        """
        segment, room = self.listed[index], max(8, width - 4)
        if not segment.changed:
            return [[(f"   {segment.text}", "faint")], ()]
        rows: list[Sequence[StyledText]] = []
        for pieces in styled_rows(segment.text, segment.spans, room):
            sign = "◆" if any("kept" in style.split() for _, style in pieces) else " "
            rows.append([(f"{sign}  ", "strong"), *pieces])
        rows += [[("   ", ""), (fit_cells(remark, room), "problem")] for remark in segment.remarks]
        return [*rows, ()]


class DifferenceList(ItemList[DifferenceModel]):
    """A list of the differences between two versions of an article."""

    KEY_SCOPE = "changes"
    BINDINGS = [
        key("n", "change(1)", "Next change", "Next change", FIND, show=True),
        key("N", "change(-1)", "Previous change", "Previous change", FIND),
    ]

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to a place in the newer text, in code points."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(DifferenceModel(), id=id)

    def show(self, title: str, segments: Sequence[DiffSegment]) -> None:
        """Show a comparison under a title, from its first change on.

        Without segments, show that the comparison is running.
        """
        self.model.title = title
        self.renew(self.model.show(segments))

    def action_change(self, step: int) -> None:
        """Go to the next change, or to the previous for a step of -1; stay if there is none."""
        index = self.model.next_change(self.cursor, step)
        if index is not None:
            self.move_to(index)

    def action_open(self) -> None:
        """Go to the place in the article."""
        segment = self.model.item(self.cursor)
        if segment is not None:
            self.post_message(self.OpenRequested(segment.offset))
