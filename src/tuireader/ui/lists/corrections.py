"""The list of the corrections of quotations over all articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from tuireader.layout.cells import fit_cells
from tuireader.notebook.corrections import ListedCorrection
from tuireader.text.messages import in_marks
from tuireader.ui.bindings import KEEP, key
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, wrapped_lines

MAX_ROWS = 2
"""Rows of a quotation's words that the list shows."""


class CorrectionModel(ListModel[ListedCorrection]):
    """All corrections, the last changed first."""

    def heading(self) -> str:
        """Return how many corrections there are."""
        return f"Corrections {self.counted()} · {self.query or 'newest first'}"

    def empty_text(self) -> str:
        """Return why the list is empty, and what to do."""
        if self.query:
            return "No matching correction"
        return "No corrections yet. In the quotations, Q changes the speaker, x removes one."

    def text_of(self, item: ListedCorrection) -> str:
        """Return what was corrected, the words, and the article's title and location."""
        return f"{item.label}\n{item.words}\n{item.record.title}\n{item.record.location}"

    def place_of(self, item: ListedCorrection, cursor: int) -> int:
        """Return the new index of a correction; `cursor`, its old index, if it was removed."""
        places = (place for place, each in enumerate(self.listed) if each.id == item.id)
        return next(places, cursor)

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the correction at an index of the list for `width` cells.

        They have what was corrected, the words, and the article.
        """
        item = self.listed[index]
        room = max(8, width - 2)
        words = in_marks(item.words.rstrip(",")) if item.words else ""
        return [
            [(fit_cells(item.label, room), "strong")],
            *([("  ", ""), (line, "")] for line in wrapped_lines(words, room - 2, MAX_ROWS)),
            [("  ", ""), (fit_cells(item.record.title or item.record.location, room - 2), "faint")],
            [],
        ]


class CorrectionList(ItemList[CorrectionModel]):
    """The list of all corrections: gone to, or removed."""

    KEY_SCOPE = "corrections"
    BINDINGS = [
        *FILTER_KEYS,
        key(
            "x",
            "remove",
            "Remove",
            "Remove the correction, so that the quotation is as it was found",
            KEEP,
            name="remove-correction",
            show=True,
        ),
    ]

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to a corrected quotation."""

        correction: ListedCorrection

    @dataclass
    class RemoveRequested(Message):
        """The user wants to remove a correction."""

        correction: ListedCorrection

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(CorrectionModel(), id=id)

    def show(self, corrections: Sequence[ListedCorrection]) -> None:
        """List the corrections."""
        self.model.items = corrections
        self.rearrange()

    def action_open(self) -> None:
        """Go to the quotation of the correction under the cursor."""
        item = self.model.item(self.cursor)
        if item is not None:
            self.post_message(self.OpenRequested(item))

    def action_remove(self) -> None:
        """Request to remove the correction under the cursor."""
        item = self.model.item(self.cursor)
        if item is not None:
            self.post_message(self.RemoveRequested(item))
