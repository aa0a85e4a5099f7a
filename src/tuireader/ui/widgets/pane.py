"""What all panes share: a headed rectangle that draws its own rows."""

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import fit, width

Piece = tuple[str, str]
"""A stretch of text and the names of its looks, apart by blanks."""


LOOKS = (
    "heading",
    "faint",
    "strong",
    "title",
    "caption",
    "code",
    "link",
    "em",
    "bold",
    "bar",
    "item",
    "sentence",
    "selection",
    "caret",
    "hit",
    "lit",
    "problem",
    "kept",
    "kept-yellow",
    "kept-green",
    "kept-blue",
    "kept-red",
)
"""Every look that a pane can give to a piece of text; the stylesheets say what they are."""


class Pane(Widget, can_focus=True):
    """A pane: one heading row, then rows that the subclass draws, and nothing inside it.

    It draws through Textual's line API and takes text as it is: nothing from an
    article passes through markup.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"look--{name}" for name in LOOKS}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}

    @property
    def body_height(self) -> int:
        """How many rows there are under the heading."""
        return max(0, self.size.height - 1)

    def heading(self) -> str:
        """What stands in the heading row; subclasses say more."""
        return ""

    def body_line(self, y: int) -> Strip:
        """The row y under the heading, counted from 0; subclasses draw it."""
        del y
        return self.strip([])

    def render_line(self, y: int) -> Strip:
        """One row of the pane, the heading or a row of the body."""
        if y:
            return self.body_line(y - 1)
        mark = "▸" if self.has_focus else " "
        return self.strip([(fit(f"{mark}{self.heading()}", self.size.width), "heading")])

    def strip(
        self, pieces: Iterable[Piece], *, ground: str = "", last: Piece | None = None
    ) -> Strip:
        """A row made of pieces, filled up to the pane's width with the ground's look.

        `last` stands in the pane's last cell, whatever is before it.
        """
        room = self.size.width - (1 if last else 0)
        segments: list[Segment] = []
        used = 0
        for text, looks in pieces:
            if text:
                segments.append(Segment(text, self.look(looks)))
                used += width(text)
        if used < room:
            segments.append(Segment(" " * (room - used), self.look(ground)))
        elif used > room:
            segments = list(Strip(segments, used).crop(0, room))
        if last:
            segments.append(Segment(last[0], self.look(last[1])))
        return Strip(segments, self.size.width)

    def look(self, names: str) -> Style:
        """The style that the named looks make together, the later ones over the earlier."""
        style = self._looks.get(names)
        if style is None:
            style = self.rich_style
            for name in names.split():
                style += self.get_component_rich_style(f"look--{name}", partial=True)
            self._looks[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the looks when the theme or the focus changes."""
        self._looks.clear()
        super().notify_style_update()

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw only these rows of the body again."""
        regions = [Region(0, y + 1, self.size.width, 1) for y in rows if 0 <= y < self.body_height]
        if regions:
            self.refresh(*regions)

    def refresh_heading(self) -> None:
        """Draw the heading again."""
        self.refresh(Region(0, 0, self.size.width, 1))
