"""Two texts of an article as one: the words that came and went, and what is kept of them.

What went stands in `[-…-]`, what came in `{+…+}`, so that nothing is told by colour alone.

What changed between two texts of an article, as a list that is gone through change by change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.layout.cells import fit_cells
from tuireader.layout.wrap import wrap_rows
from tuireader.notebook.anchoring.diff import DiffHunk, DiffPart, diff_texts
from tuireader.ui.bindings import FIND, key
from tuireader.ui.widgets.item_list import ItemList, ItemRows
from tuireader.ui.widgets.look_spans import LookSpan, LookSpans, split_by_looks
from tuireader.ui.widgets.pane import HEADING
from tuireader.ui.widgets.strips import StyledText

_MOST = 1000
"""Code points after which what is shown goes on in another item."""


@dataclass(frozen=True, slots=True)
class PassageMove:
    """Where a kept passage stands in the earlier and in the later text; None where it does not."""

    mark: Bookmark
    old: Passage | None
    new: Passage | None


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A stretch of a comparison: what is written there, how it looks, and where it leads."""

    text: str
    spans: tuple[LookSpan, ...] = ()
    offset: int = 0
    """Where it is in the later text, in code points."""
    changed: bool = False
    remarks: tuple[str, ...] = ()
    """What became of the kept passages that were changed here."""


def diff_segments(
    old: str, new: str, standings: Sequence[PassageMove], pause: Callable[[], None]
) -> Iterator[DiffSegment]:
    """The comparison of two texts, in order; the pause is called now and then, and may raise."""
    for one in diff_texts(old, new, pause):
        if one.unchanged:
            yield DiffSegment(_counted(one.unchanged), offset=one.new.start)
        else:
            yield from _changed(one, old, new, standings)


def inline_diff(old: str, new: str, found: Iterable[DiffPart]) -> DiffSegment:
    """The parts of two short texts, on one line."""
    writing = _Writing(old, new, ())
    for part in found:
        writing.write(part)
    return writing.shown()


def _changed(
    one: DiffHunk, old: str, new: str, standings: Sequence[PassageMove]
) -> Iterator[DiffSegment]:
    concerned = [
        standing
        for standing in standings
        if (standing.old and standing.old.overlaps(one.old))
        or (standing.new and standing.new.overlaps(one.new))
    ]
    writing = _Writing(old, new, concerned)
    for part in one.parts:
        if writing.length >= _MOST:
            yield writing.shown(remarks=())
            writing = _Writing(old, new, concerned)
        writing.write(part)
    yield writing.shown(_remarks(one, concerned))


def _remarks(one: DiffHunk, standings: Sequence[PassageMove]) -> tuple[str, ...]:
    changed = [part for part in one.parts if not part.same]
    remarks = []
    for standing in standings:
        there = standing.old
        if there is None or not any(_touches(part.old, there) for part in changed):
            continue
        words = " ".join(standing.mark.words[:200].split())
        became = "removed" if standing.new is None else "altered"
        remarks.append(f"◆ {became}: “{words}”")
    return tuple(remarks)


def _touches(changed: Passage, kept: Passage) -> bool:
    """Whether a change is in a passage; something added has no length in the earlier text."""
    if len(changed):
        return changed.overlaps(kept)
    return kept.start < changed.start < kept.end


@dataclass(slots=True)
class _Writing:
    """What is shown of some parts while it is put together."""

    old: str
    new: str
    standings: Sequence[PassageMove]
    pieces: list[str] = field(default_factory=list)
    spans: list[LookSpan] = field(default_factory=list)
    length: int = 0
    offset: int = -1

    def write(self, part: DiffPart) -> None:
        """Add a part."""
        if self.offset < 0:
            self.offset = part.new.start
        if part.same:
            self._put(self.new, part.new, "", "", "")
            return
        if len(part.old):
            self._put(self.old, part.old, "[-", "-]", "removed")
        if len(part.new):
            self._put(self.new, part.new, "{+", "+}", "added")

    def shown(self, remarks: tuple[str, ...] = ()) -> DiffSegment:
        """All that was written."""
        text = "".join(self.pieces)
        return DiffSegment(
            text, tuple(self.spans), max(0, self.offset), changed=True, remarks=remarks
        )

    def _put(self, text: str, stretch: Passage, opening: str, closing: str, look: str) -> None:
        before = text[max(0, stretch.start - 1) : stretch.start]
        if before.isspace() and self.length:
            self._add("\n" if "\n" in before and not look else " ")
        start = self.length
        self._add(opening)
        begin = self.length
        words = stretch.of(text)
        self._add(words.replace("\n", " ") if look else words)
        self._add(closing)
        if look:
            self.spans.append(LookSpan(start, self.length, look))
        for standing in self.standings:
            kept = standing.old if text is self.old else standing.new
            if kept and kept.overlaps(stretch):
                first = begin + max(kept.start, stretch.start) - stretch.start
                last = begin + min(kept.end, stretch.end) - stretch.start
                self.spans.append(LookSpan(first, last, "kept"))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _counted(count: int) -> str:
    return "… 1 paragraph unchanged" if count == 1 else f"… {count:,} paragraphs unchanged"


class DifferenceList(ItemList):
    """The comparison of two texts."""

    BINDINGS = [
        key("n", "change(1)", "Next change", "To the next change", FIND, show=True),
        key("N", "change(-1)", "Change before", "To the change before", FIND),
    ]

    shown: var[tuple[DiffSegment, ...]] = var(())
    """What is shown, in the order of the texts."""
    title: var[str] = var("")
    """Which texts are compared."""

    @dataclass
    class Opened(Message):
        """The reader wants to go to a place in the later text."""

        offset: int

    @property
    def count(self) -> int:
        """How many stretches there are."""
        return len(self.shown)

    def heading(self) -> str:
        """Which texts are compared, and how many changes there are."""
        changes = sum(one.changed for one in self.shown)
        counted = f" · {changes} {'change' if changes == 1 else 'changes'}" if self.shown else ""
        return f"{self.title}{counted}"

    def empty_words(self) -> str:
        """What stands there while they are compared."""
        return "Comparing …"

    def make_item(self, index: int) -> ItemRows:
        """The words, with what became of passages below them."""
        one, room = self.shown[index], max(8, self.inner.width - 4)
        if not one.changed:
            return [[(f"   {one.text}", "faint")], ()]
        spans = LookSpans(one.spans)
        rows: list[Sequence[StyledText]] = []
        for start, end in wrap_rows(one.text, 0, len(one.text), room):
            over = spans.over(start, end)
            sign = "◆" if any(span.look == "kept" for span in over) else " "
            cut = split_by_looks(start, end, over, "")
            words = [(one.text[piece.start : piece.end], piece.look) for piece in cut]
            rows.append([(f"{sign}  ", "strong"), *words])
        rows += [[("   ", ""), (fit_cells(remark, room), "problem")] for remark in one.remarks]
        return [*rows, ()]

    def watch_shown(self) -> None:
        """Show the comparison, from its first change."""
        first = next((number for number, one in enumerate(self.shown) if one.changed), 0)
        self.renew(cursor=first)

    def watch_title(self) -> None:
        """Say which texts are compared."""
        self.refresh_rows([HEADING])

    def action_change(self, way: int) -> None:
        """To the next change, or the one before."""
        number = self.cursor + way
        while 0 <= number < self.count:
            if self.shown[number].changed:
                self.move_to(number)
                return
            number += way

    def action_open(self) -> None:
        """Go to the place in the article."""
        if self.shown:
            self.post_message(self.Opened(self.shown[self.cursor].offset))
