"""What may have become of a passage whose words are gone, with what differs."""

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.passage import Passage
from tuireader.layout.wrap import wrap
from tuireader.notebook.anchoring.differences import parts
from tuireader.notebook.orphans import Candidate
from tuireader.ui.comparing import Shown, word_by_word
from tuireader.ui.spans import Spans, pieces
from tuireader.ui.widgets.item_list import ItemList, ItemRows
from tuireader.ui.widgets.pane import Piece

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
        rows: list[list[Piece]] = [[(f" {index + 1}  ", "strong"), (" · ".join(facts), "faint")]]
        kept, now = " ".join(self.words.split()), " ".join(one.words.split())
        whole = Passage(0, len(kept)), Passage(0, len(now))
        shown = Shown(now)
        if one.likeness >= TOLD_APART:
            shown = word_by_word(kept, now, parts(kept, now, *whole))
        spans = Spans(shown.spans)
        for start, end in wrap(shown.text, 0, len(shown.text), room)[:MOST_ROWS]:
            cut = pieces(start, end, spans.over(start, end), "")
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
