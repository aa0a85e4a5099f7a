"""Letters at the links on the screen, by which a link is opened."""

from collections.abc import Callable, Iterable
from itertools import islice, product
from typing import Protocol

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tuireader.domain.article import Link
from tuireader.layout.cells import cell_width
from tuireader.ui.text_pane.messages import LinkFollowed
from tuireader.ui.text_pane.viewport import Viewport
from tuireader.ui.widgets.styles import WidgetStyles

LETTERS = "asdfghjklewrtyuiopqzxcvbnm"
"""The letters of the labels, those of the home row first."""


def labels_for(count: int) -> list[str]:
    """Return as many different labels of the same length, as short as possible.

    >>> labels_for(3)
    ['a', 's', 'd']
    """
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=length), count)]


class HintHost(Protocol):
    """What the hints need of the pane."""

    viewport: Viewport
    named_styles: WidgetStyles
    grab: Callable[[events.Key], bool] | None

    def refresh(self) -> object:
        """Draw all rows again."""

    def post_message(self, message: Message) -> bool:
        """Tell the screen."""


class LinkHints:
    """The labels of the links on the screen while one of them is being chosen."""

    def __init__(self, host: HintHost) -> None:
        """Start without labels, for a pane."""
        self._host = host
        self._links: dict[str, Link] = {}
        self._typed = ""

    def __bool__(self) -> bool:
        """Whether labels are shown."""
        return bool(self._links)

    def choose(self, number: int) -> None:
        """Label the links on the screen; open one at once if `number` names it, or it is alone.

        `number` counts from 1; 0 for none.
        """
        view = self._host.viewport
        seen = view.seen()
        links = [link for link in view.article.links if seen.start <= link.passage.start < seen.end]
        if number or len(links) < 2:
            place = (number or 1) - 1
            self._follow(links[place] if place < len(links) else None)
            return
        self._links = dict(zip(labels_for(len(links)), links, strict=True))
        self._host.grab = self._press
        self._host.refresh()

    def drawn_over(self, strip: Strip, y: int) -> Strip:
        """Return row y of the text with the labels of its links over their first letters.

        `strip` is the row without labels.
        """
        view = self._host.viewport
        rows = view.rows()
        if y >= len(rows):
            return strip
        row, style = rows[y][1], self._host.named_styles.style("caret")
        left = view.text_column.left + row.indent + cell_width(row.prefix)
        for offset, label in self._in_range(row.start, row.end):
            x = left + view.flow.column_of(offset)
            behind = strip.crop(x + len(label), strip.cell_length)
            piece = Strip([Segment(label, style)], len(label))
            strip = Strip.join([strip.crop(0, x), piece, behind])
        return strip

    def _press(self, event: events.Key) -> bool:
        """Take a letter of a label; open the link of a complete one. Other keys remove the labels.

        Returns True: the key is for the labels.
        """
        event.stop()
        self._typed += event.character.lower() if event.character else " "
        link = self._links.get(self._typed)
        if link is not None or not any(label.startswith(self._typed) for label in self._links):
            self._links, self._typed = {}, ""
            self._host.grab = None
        if link is not None:
            self._follow(link)
        self._host.refresh()
        return True

    def _follow(self, link: Link | None) -> None:
        """Post that a link is opened; None says that there is none."""
        self._host.post_message(LinkFollowed(link.target, link.place) if link else LinkFollowed())

    def _in_range(self, start: int, end: int) -> Iterable[tuple[int, str]]:
        """Yield the labels of the links that begin in [start, end), each with its offset.

        The letters that were typed already are left out.
        """
        for label, link in self._links.items():
            if start <= link.passage.start < end and label.startswith(self._typed):
                yield link.passage.start, label[len(self._typed) :]
