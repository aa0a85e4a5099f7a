"""Selecting in the text: vim's grammar for hands, and a drag for the mouse."""

from textual import events
from textual.reactive import var

from tuireader.domain.article import Passage
from tuireader.layout import motions
from tuireader.layout.cells import next_grapheme
from tuireader.ui.bindings import SELECT, key
from tuireader.ui.text_pane.cursor import MOST_STEPS, TextCursor
from tuireader.ui.text_pane.renderer import LookSpan, LookSpans

CHARACTERS, SENTENCES = "characters", "sentences"
"""What a selection grows by."""


class TextSelection(TextCursor):
    """A text in which a passage can be selected.

    While something is selected the motions stretch the selection and every digit
    is a count; otherwise 1, 2 and 3 go to the panes.
    """

    BINDINGS = [
        key("v", "select('characters')", "Select", "Select by characters", SELECT, show=True),
        key(
            "V",
            "select('sentences')",
            "Select sentences",
            "Select by whole sentences",
            SELECT,
        ),
        key("i s", "object('sentence')", "Select the sentence", "Select this sentence", SELECT),
        key("i p", "object('paragraph')", "Select the paragraph", "Select this paragraph", SELECT),
        key("i q", "object('quotation')", "Select the quotation", "Select this quotation", SELECT),
        key("h,left", "motion('left')", "Left", "One character left", SELECT),
        key("l,right", "motion('right')", "Right", "One character right", SELECT),
        key("w", "motion('word_forward')", "Next word", "To the next word", SELECT),
        key("W", "motion('word_back')", "Previous word", "To the word before", SELECT),
        key("0", "motion('row_start')", "Start of line", "To the start of the line", SELECT),
        key("dollar_sign", "motion('row_end')", "End of line", "To the end of the line", SELECT),
        key("o", "swap", "Other end", "Go on from the selection's other end", SELECT),
        key("escape", "deselect", "Leave the selection", "Select nothing", SELECT, show=True),
    ]

    mode: var[str] = var("", bindings=True)
    """What the selection grows by; empty while nothing is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fixed = 0
        self._dragged_from: int | None = None

    @property
    def selection(self) -> Passage | None:
        """The selected passage, without white space at its ends; None if there is none."""
        if not self.mode:
            return None
        first, last = sorted((self._fixed, self.cursor))
        if self.mode == SENTENCES:
            ground = self.ground()
            start = motions.sentence(ground, first).start
            end = motions.sentence(ground, last).end
        else:
            start, end = first, next_grapheme(self.text, last)
        return Passage(start, end).trimmed(self.text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave `o` and Esc to others while nothing is selected."""
        if action in {"swap", "deselect"}:
            return bool(self.mode)
        return super().check_action(action, parameters)

    def select(self, passage: Passage) -> None:
        """Select a passage, with the cursor on its last character."""
        if not len(passage):
            return
        self._fixed = passage.start
        self.mode = CHARACTERS
        self.go_to(max(passage.start, passage.end - 1))

    def action_select(self, grain: str) -> None:
        """Begin to select at the cursor; the same key again lets go."""
        if self.mode == grain:
            self.action_deselect()
            return
        if not self.mode:
            self._fixed = self.cursor
        self.mode = grain
        self.go_to(self.cursor)

    def action_object(self, name: str) -> None:
        """Select a sentence, a paragraph, or a quotation as a whole."""
        passage = self.text_object(name)
        if passage is not None:
            self.select(passage)

    def text_object(self, name: str) -> Passage | None:
        """The passage that a text object takes at the cursor; None if there is none."""
        ground = self.ground()
        if name == "paragraph":
            return motions.paragraph(ground, self.cursor)
        return motions.sentence(ground, self.cursor)

    def action_swap(self) -> None:
        """Put the cursor at the selection's other end."""
        fixed, self._fixed = self._fixed, self.cursor
        self.go_to(fixed)

    def action_deselect(self) -> None:
        """Let go of the selection."""
        self.mode = ""
        self.go_to(self.cursor)

    def watch_mode(self) -> None:
        """Count with every digit while something is selected."""
        self.COUNT_STARTS = "123456789" if self.mode else "456789"
        self._layers["cursor"] = self.cursor_spans()
        self.redraw()

    def cursor_spans(self) -> LookSpans:
        """The selection and the caret, or the sentence while nothing is selected."""
        selection = self.selection
        if selection is None:
            return super().cursor_spans()
        return LookSpans([LookSpan(selection.start, selection.end, "selection"), self.caret()])

    def action_motion(self, name: str) -> None:
        """Move; a selection that grows to the next sentence or paragraph ends before it."""
        if self.mode == CHARACTERS and name in {"sentence_next", "paragraph_next"}:
            for _ in range(min(self.take_count() or 1, MOST_STEPS)):
                self.grow(name)
        else:
            super().action_motion(name)

    def grow(self, name: str) -> None:
        """Put the cursor on the last character before where a motion leads."""
        ground = self.ground()
        behind = min(next_grapheme(self.text, self.cursor), max(0, len(self.text) - 1))
        target = motions.MOTIONS[name](ground, behind, 1)
        if target <= behind:
            self.go_to(target)
            return
        last = Passage(self.cursor, target).trimmed(self.text).end
        self.go_to(max(self.cursor, last - 1))

    def marked(self) -> Passage:
        """The selection, or the sentence while nothing is selected."""
        return self.selection or super().marked()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse is."""
        if event.button == 1 and event.y:
            event.stop()
            self._dragged_from = self.offset_under(event.x, event.y)
            self.mode = ""
            self.go_to(self._dragged_from)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down to where the mouse is."""
        if self._dragged_from is None:
            return
        if event.y < 1:
            self.put_top(self.flow.before(self.top))
        elif event.y > self.body_height:
            self.put_top(self.flow.after(self.top))
        offset = self.offset_under(event.x, event.y)
        if offset != self.cursor or self.mode:
            self._fixed = self._dragged_from
            self.mode = CHARACTERS
            self.go_to(offset)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag; what it selected stays selected."""
        if self._dragged_from is not None:
            event.stop()
            self._dragged_from = None
            self.release_mouse()
