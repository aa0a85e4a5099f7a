"""The application's part that writes for a screen reader, and for terminals with few signs."""

import os
from collections.abc import Iterable, Sequence

from textual.filter import LineFilter
from textual.strip import Strip
from textual.widgets import OptionList

from tuireader.layout.signs import SignSet, shown_text, sign_set
from tuireader.ui.accessible.entered import EnteredMarks
from tuireader.ui.accessible.frames import PlainFrames
from tuireader.ui.accessible.signs import SignFilter
from tuireader.ui.textual_compat import HookedApp


class AccessibleApp(HookedApp):
    """An application that can write its screen for a screen reader."""

    signs = SignSet.FULL
    """The signs that the terminal has."""
    _frames: PlainFrames | None = None
    """What is on the screen; None if it is not for a screen reader."""
    _highlighted = ""
    """The option of a dialog that was told last."""

    def use_signs(self, frames: PlainFrames | None) -> None:
        """Use the signs of the terminal; with `frames`, write them for a screen reader."""
        self._frames = frames
        self._entered = EnteredMarks(self.set_timer, self.announce)
        self.signs = sign_set(os.environ, accessible=frames is not None)
        if frames is not None:
            self.animation_level = "none"

    @property
    def is_accessible(self) -> bool:
        """Whether the screen is for a screen reader."""
        return self._frames is not None

    def announce(self, message: str) -> None:
        """Write a message into the last row, even if it stands there."""
        if self._frames is not None:
            self._frames.say(shown_text(message, self.signs))
            if self.screen_stack:
                self.screen.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, and one for signs that the terminal does not have."""
        filters = super().get_line_filters()
        if self.signs in {SignSet.FULL, SignSet.SPOKEN}:
            return filters
        return [*filters, SignFilter(self.signs)]

    def writes_frames(self) -> bool:
        """Return whether the screen is for a screen reader."""
        return self._frames is not None and not self.is_headless

    def draw_anew(self) -> None:
        """Write everything again, because the terminal was cleared."""
        if self._frames is not None:
            self._frames.forget()
        super().draw_anew()

    def written_frame(self, rows: Sequence[Strip]) -> str:
        """Return what shows rows as plain lines, with the cursor at the reading place."""
        frames = self._frames
        if frames is None:
            return super().written_frame(rows)
        from tuireader.ui.accessible.reading_place import is_typed_into, reading_place  # noqa: PLC0415 - only for a screen reader

        option = _highlighted_option(self.screen.query(OptionList))
        if option != self._highlighted:
            self._highlighted = option
            if option:
                frames.say(shown_text(option, self.signs))
        self._entered.tell(self.screen)
        lines = [shown_text(row.text, self.signs).rstrip() for row in rows]
        focused = self.screen.focused
        is_laid_out = focused is None or focused.region
        if not (is_laid_out and any(lines[:-1])):
            return ""
        place = reading_place(self.screen)
        if not is_typed_into(focused):
            line = lines[place.y]
            place = place._replace(x=max(place.x, len(line) - len(line.lstrip())))
        return frames.frame(lines, self.size.width, place, is_typed=is_typed_into(focused))


def _highlighted_option(lists: Iterable[OptionList]) -> str:
    """Return the words of the highlighted option of the first list; "" if there is none."""
    for options in lists:
        number = options.highlighted
        if number is not None and number < options.option_count:
            prompt = options.get_option_at_index(number).prompt
            words = " ".join(str(prompt).split())
            return f"{words}, {number + 1} of {options.option_count}"
    return ""
