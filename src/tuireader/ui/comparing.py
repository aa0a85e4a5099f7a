"""Two texts of an article as one: the words that came and went, and what is kept of them.

What went stands in `[-…-]`, what came in `{+…+}`, so that nothing is told by colour alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tuireader.domain.passage import Passage
from tuireader.domain.reading import Bookmark
from tuireader.notebook.anchoring.differences import Difference, Part, differences
from tuireader.ui.spans import Span

_MOST = 1000
"""Code points after which what is shown goes on in another item."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a kept passage stands in the earlier and in the later text; None where it does not."""

    mark: Bookmark
    old: Passage | None
    new: Passage | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a comparison: what is written there, how it looks, and where it leads."""

    text: str
    spans: tuple[Span, ...] = ()
    offset: int = 0
    """Where it is in the later text, in code points."""
    changed: bool = False
    remarks: tuple[str, ...] = ()
    """What became of the kept passages that were changed here."""


def compared(
    old: str, new: str, standings: Sequence[Standing], pause: Callable[[], None]
) -> Iterator[Shown]:
    """The comparison of two texts, in order; the pause is called now and then, and may raise."""
    for one in differences(old, new, pause):
        if one.unchanged:
            yield Shown(_counted(one.unchanged), offset=one.new.start)
        else:
            yield from _changed(one, old, new, standings)


def word_by_word(old: str, new: str, found: Iterable[Part]) -> Shown:
    """The parts of two short texts, on one line."""
    writing = _Writing(old, new, ())
    for part in found:
        writing.write(part)
    return writing.shown()


def _changed(one: Difference, old: str, new: str, standings: Sequence[Standing]) -> Iterator[Shown]:
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


def _remarks(one: Difference, standings: Sequence[Standing]) -> tuple[str, ...]:
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
    standings: Sequence[Standing]
    pieces: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    length: int = 0
    offset: int = -1

    def write(self, part: Part) -> None:
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

    def shown(self, remarks: tuple[str, ...] = ()) -> Shown:
        """All that was written."""
        text = "".join(self.pieces)
        return Shown(text, tuple(self.spans), max(0, self.offset), changed=True, remarks=remarks)

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
            self.spans.append(Span(start, self.length, look))
        for standing in self.standings:
            kept = standing.old if text is self.old else standing.new
            if kept and kept.overlaps(stretch):
                first = begin + max(kept.start, stretch.start) - stretch.start
                last = begin + min(kept.end, stretch.end) - stretch.start
                self.spans.append(Span(first, last, "kept"))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _counted(count: int) -> str:
    return "… 1 paragraph unchanged" if count == 1 else f"… {count:,} paragraphs unchanged"
