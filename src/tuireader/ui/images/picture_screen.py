"""The screen that shows one picture of an article with what is said of it."""

import sys
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tuireader.ui.bindings import PANES, first_key, key
from tuireader.ui.images.picture import CELL, fitted_cells, half_blocks, scaled
from tuireader.ui.images.protocols import KITTY_CLEAR, Protocol, picture_sequence
from tuireader.ui.screens.dialogs import Answering
from tuireader.ui.terminal.driver import FastExitDriver
from tuireader.ui.widgets.prompt_line import BACK_KEYS

if TYPE_CHECKING:
    from PIL.Image import Image


def cell_size() -> tuple[int, int]:
    """Return the width and height of a cell of the terminal in pixels, as far as it states them."""
    if sys.platform == "win32":
        return CELL
    import fcntl  # noqa: PLC0415 - not there on Windows
    import struct  # noqa: PLC0415 - only for pictures
    import termios  # noqa: PLC0415 - as above

    try:
        answer = fcntl.ioctl(1, termios.TIOCGWINSZ, b"\0" * 8)
    except OSError:
        return CELL
    rows, columns, width, height = struct.unpack("HHHH", answer)
    if not (rows and columns and width and height):
        return CELL
    return max(1, width // columns), max(1, height // rows)


class PictureView(Widget):
    """A picture in the middle of the room that it has."""

    def __init__(self, image: "Image", protocol: Protocol) -> None:
        """Take the picture, and how the terminal shows pictures."""
        super().__init__()
        self._image = image
        self._protocol: Protocol = protocol if FastExitDriver.running else "blocks"
        self._rows: list[list[Segment]] = []
        self._box = (0, 0, 0, 0)

    def on_resize(self) -> None:
        """Fit the picture into the room."""
        width, height = self.size
        if not width or not height:
            return
        ground = self.background_colors[1].hex6
        columns, rows = fitted_cells(self._image, width, height, cell_size())
        self._box = ((width - columns) // 2, (height - rows) // 2, columns, rows)
        if self._protocol == "blocks":
            self._rows = half_blocks(self._image, columns, rows, ground)
        else:
            self.call_after_refresh(self._draw, ground)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row of half blocks; a blank one where the terminal draws the picture."""
        left, top, columns, rows = self._box
        ground = self.visual_style.rich_style
        if not self._rows or not top <= y < top + rows:
            return Strip([Segment(" " * self.size.width, ground)], self.size.width)
        after = self.size.width - left - columns
        row = [Segment(" " * left, ground), *self._rows[y - top], Segment(" " * after, ground)]
        return Strip(row, self.size.width)

    def _draw(self, ground: str) -> None:
        """Have the terminal draw the picture over the blank rows."""
        driver = FastExitDriver.running
        if driver is None:
            return
        left, top, columns, rows = self._box
        wide, high = cell_size()
        image = scaled(self._image, columns * wide, rows * high, ground)
        x, y = self.region.x + left + 1, self.region.y + top + 1
        drawn = picture_sequence(self._protocol, image, columns, rows)
        clear = KITTY_CLEAR if self._protocol == "kitty" else ""
        driver.write(f"{clear}\x1b7\x1b[{y};{x}H{drawn}\x1b8")

    def on_unmount(self) -> None:
        """Remove the picture from the screen."""
        if self._protocol == "kitty" and FastExitDriver.running is not None:
            FastExitDriver.running.write(KITTY_CLEAR)


class PictureScreen(Answering[int]):
    """Shows a picture above its caption; returns by how many pictures to go on, 0 to go back."""

    KEY_SCOPE: ClassVar = "pictures"
    BINDINGS = [
        key("n,l,right,space", "leave(1)", "Next", "Next picture", PANES, show=True),
        key("N,h,left", "leave(-1)", "Previous", "Previous picture", PANES, show=True),
        *BACK_KEYS,
    ]

    def __init__(self, image: "Image", caption: str, protocol: Protocol) -> None:
        """Take the picture, what is said of it, and how the terminal shows pictures."""
        super().__init__()
        self._image = image
        self.caption = caption
        """What is shown below the picture."""
        self._protocol: Protocol = protocol

    def compose(self) -> ComposeResult:
        """Yield the picture, its caption, and the keys."""
        yield PictureView(self._image, self._protocol)
        yield Static(Content(self.caption), id="caption")
        following, previous = first_key(self, "next"), first_key(self, "previous")
        hint = f"{following} next · {previous} previous · {first_key(self, 'escape')} back"
        yield Static(Content(hint), id="keys")

    def action_back(self) -> None:
        """Close, and go back to the text."""
        self.dismiss(0)

    def action_leave(self, step: int) -> None:
        """Close, and go on by a step."""
        self.dismiss(step)
