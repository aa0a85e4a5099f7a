"""The preview of a bookmark: its words and note in full, and where they are from."""

from collections.abc import Iterator

from textual.strip import Strip

from tuireader.domain.bookmark import Bookmark
from tuireader.domain.dates import long_date
from tuireader.layout.wrap import wrap_rows
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.styles import StyledText

MIN_SCREEN = 96
"""The width of the screen in cells from which there is room for a preview beside the list."""

MAX_LENGTH = 20_000
"""Code points of the words and of the note that are shown."""


def preview_rows(bookmark: Bookmark, width: int) -> Iterator[list[StyledText]]:
    """Yield the rows of the preview of a bookmark, for `width` cells.

    They have the title and the facts of its article, its words, the speaker, the note, its tags,
    and how the words have changed.
    """
    about = bookmark.article
    date = long_date(about.date) if about.date else ""
    facts = " · ".join(filter(None, (about.outlet, about.author, date)))
    yield from _wrapped(about.title or about.location, width, "headline")
    yield from _wrapped(facts, width, "faint")
    yield from _wrapped(about.source if "://" in about.source else "", width, "source")
    yield []
    style = f"kept-{bookmark.colour}" if bookmark.colour else "strong"
    for row in _wrapped(bookmark.words or "(the whole article)", width - 2, ""):
        yield [("▌", style), (" ", ""), *row]
    yield from _wrapped(f"— {bookmark.speaker}" if bookmark.speaker else "", width, "strong")
    if bookmark.note:
        yield []
        for line in bookmark.note[:MAX_LENGTH].splitlines():
            yield from _wrapped(line, width, "em") if line.strip() else [[]]
    if bookmark.tags:
        yield []
        yield [piece for tag in bookmark.tags for piece in ((f" {tag} ", "pill"), ("  ", ""))]
    if bookmark.change_notice:
        yield []
        yield from _wrapped(bookmark.change_notice, width, "problem")


def _wrapped(text: str, width: int, style: str) -> Iterator[list[StyledText]]:
    """Yield the rows of a text, wrapped to `width` cells; none for ""."""
    line = " ".join(text[:MAX_LENGTH].split())
    for start, end in wrap_rows(line, 0, len(line), max(1, width)) if line else ():
        yield [(line[start:end], style)]


class NotePreview(Pane, can_focus=False):
    """The pane with the preview; it shows as much as fits."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bookmark: Bookmark | None = None
        self._shown: list[list[StyledText]] = []

    def show(self, bookmark: Bookmark | None) -> None:
        """Show a bookmark; nothing for None."""
        if bookmark is not self._bookmark:
            self._bookmark = bookmark
            self.resized()

    def heading(self) -> str:
        """Return the title of the pane."""
        return "Preview"

    def resized(self) -> None:
        """Make the rows for another size."""
        width = max(8, self.inner.width - 2)
        self._shown = list(preview_rows(self._bookmark, width)) if self._bookmark else []
        self.refresh()

    def body_line(self, y: int) -> Strip:
        """Return row y of the preview, from 0."""
        row = self._shown[y] if y < len(self._shown) else []
        if row and y == self.inner.height - 1 and y < len(self._shown) - 1:
            row = [("…", "faint")]
        return self.strip([(" ", ""), *row])
