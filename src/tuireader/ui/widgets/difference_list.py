"""What changed between two texts of an article, as a list that is gone through change by change."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.layout.cells import fit
from tuireader.layout.wrap import wrap
from tuireader.ui.bindings import FIND, key
from tuireader.ui.comparing import Shown
from tuireader.ui.spans import Spans, pieces
from tuireader.ui.widgets.item_list import ItemList, ItemRows
from tuireader.ui.widgets.pane import Piece


class DifferenceList(ItemList):
    """The comparison of two texts."""

    BINDINGS = [
        key("n", "change(1)", "Next change", "To the next change", FIND, show=True),
        key("N", "change(-1)", "Change before", "To the change before", FIND),
    ]

    shown: var[tuple[Shown, ...]] = var(())
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
        spans = Spans(one.spans)
        rows: list[Sequence[Piece]] = []
        for start, end in wrap(one.text, 0, len(one.text), room):
            over = spans.over(start, end)
            sign = "◆" if any(span.look == "kept" for span in over) else " "
            cut = pieces(start, end, over, "")
            words = [(one.text[piece.start : piece.end], piece.look) for piece in cut]
            rows.append([(f"{sign}  ", "strong"), *words])
        rows += [[("   ", ""), (fit(remark, room), "problem")] for remark in one.remarks]
        return [*rows, ()]

    def watch_shown(self) -> None:
        """Show the comparison, from its first change."""
        first = next((number for number, one in enumerate(self.shown) if one.changed), 0)
        self.renew(cursor=first)

    def watch_title(self) -> None:
        """Say which texts are compared."""
        self.refresh_heading()

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
