"""Which keys of the text are active, and whether others have become so."""

from tuireader.ui.text_pane.viewport import Viewport

SIDES = {"right_side": 16, "left_side": -16}
"""The motions that scroll wide lines of code and tables, and by how many cells."""

OTHER_END = "other_end"
"""The motion to the other end of the selection."""


class ActiveKeys:
    """Tells which keys of the text are active."""

    def __init__(self, viewport: Viewport) -> None:
        """Take what is seen of the text."""
        self._viewport = viewport
        self._last = (False, False)

    def allows(self, motion: str, *, is_selecting: bool) -> bool:
        """Return whether the key of a motion is active, while text is selected or not."""
        if motion in SIDES:
            return self._has_wide_lines
        return is_selecting or motion not in {OTHER_END, "word_end"}

    def have_changed(self, *, is_selecting: bool) -> bool:
        """Return whether other keys are active than when this was asked last."""
        before = self._last
        self._last = is_selecting, self._has_wide_lines
        return self._last != before

    @property
    def _has_wide_lines(self) -> bool:
        """Whether code or a table on the screen is wider than the text, and can be scrolled."""
        return any(row.window for _, row in self._viewport.rows())
