"""The layout of the three panes: which are visible, how wide, and which has the focus."""

from collections.abc import Callable, Mapping
from typing import Literal

from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget

from tuireader.layout.frame import (
    DEFAULT_COLUMN,
    FITTING,
    MAX_COLUMN,
    MIN_COLUMN,
    MIN_SIDE,
    PaneName,
    PaneWidths,
    SideWidths,
    pane_widths,
)
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.pane import Pane

STEP = 4
"""Cells by which the text column grows and shrinks."""

PANE_STEP = 4
"""Cells by which a pane grows and shrinks."""

BOTH_LISTS, SOURCES_WIDTH = 160, 30
"""The screen width from which the sources stand beside the articles, and theirs, in cells."""

NAMES: tuple[PaneName, ...] = ("articles", "text", "quotes")
"""The panes from left to right."""


class PaneRow(Horizontal):
    """The row that holds the panes; it draws nothing itself."""

    BLANK = True

    virtual_size: var[Size] = var(Size(0, 0))
    """The size of the content for Textual, which would lay out the screen again when it changes."""


class PaneLayout:
    """Shows as many panes as fit on the screen, and moves the focus between them."""

    def __init__(
        self,
        panes: Mapping[PaneName, Pane],
        text: TextPane,
        set_focus: Callable[[Widget], None],
        say: Callable[[str], None],
        chosen: SideWidths = FITTING,
    ) -> None:
        """Take the panes by name, the text pane, two functions of the screen, and chosen widths.

        `set_focus` gives a widget the focus, and `say` shows a message.
        """
        self.chosen = chosen
        """The widths of the lists that the reader chose."""
        self._panes = panes
        self._text = text
        self._set_focus = set_focus
        self._say = say
        self._sources: Pane | None = None
        self._is_sources_view = False
        """Whether the sources are shown, and not only the articles."""
        self._total = 0
        self._is_zoomed = False
        self._is_single = False
        self._side: PaneName = "articles"

    def show_one(self) -> None:
        """Show only the focused pane, always, for a screen reader."""
        self._is_zoomed = self._is_single = True

    def add_sources(self, sources: Pane) -> None:
        """Add the view of the sources, which takes the place of the articles, or stands beside."""
        self._sources = sources
        sources.display = False

    @property
    def focused(self) -> PaneName:
        """The pane that has the focus; the text if none has. The sources count as the articles."""
        if self._sources is not None and self._sources.has_focus:
            return "articles"
        return next((name for name in NAMES if self._panes[name].has_focus), "text")

    def arrange(self, total: int | None = None) -> None:
        """Share the screen's width among the panes.

        `total` is the width in cells; None if it has not changed.
        """
        self._total = self._total if total is None else total
        if not self._total:
            return
        focused = self.focused
        if focused != "text":
            self._side = focused
        widths = self._widths()
        for name, width in zip(NAMES, widths, strict=True):
            pane = self._panes[name]
            pane.display = width > 0
            if width:
                pane.styles.width = width
        if self._sources is not None:
            self._arrange_sources(self._sources, widths)

    def _widths(self) -> PaneWidths:
        """Return the widths of the panes for the screen, the focus and what was chosen."""
        return pane_widths(
            self._total, self.focused, self._side, zoomed=self._is_zoomed, chosen=self.chosen
        )

    def _arrange_sources(self, sources: Pane, widths: PaneWidths) -> None:
        """Show the sources in the place of the articles; beside them on a wide screen."""
        articles = self._panes["articles"]
        sources.display = self._is_sources_view and widths.articles > 0
        if not sources.display:
            return
        if self._total >= BOTH_LISTS and widths.text > 0:
            sources.styles.width = SOURCES_WIDTH
            self._panes["text"].styles.width = widths.text - SOURCES_WIDTH
        else:
            sources.styles.width = widths.articles
            articles.display = False

    def focus(self, name: PaneName | Literal["sources"]) -> None:
        """Show a pane and focus it.

        For "sources" it is the view of the sources; without one, nothing happens.
        """
        if name == "sources":
            if self._sources is None:
                return
            pane, self._is_sources_view = self._sources, True
        else:
            pane = self._panes[name]
            is_beside = self._total >= BOTH_LISTS
            self._is_sources_view = self._is_sources_view and (name != "articles" or is_beside)
        pane.display = True
        # At once, so that keys typed after this one are the pane's.
        self._set_focus(pane)

    def focus_next(self, step: int) -> None:
        """Focus the pane `step` places to the right, wrapping around."""
        self.focus(NAMES[(NAMES.index(self.focused) + step) % len(NAMES)])

    def toggle_zoom(self) -> None:
        """Show only the focused pane, or all panes again."""
        self._is_zoomed = self._is_single or not self._is_zoomed
        self.arrange()

    def resize_column(self, step: int) -> int:
        """Widen the text column (1), narrow it (-1), or reset its width (0).

        Returns its new maximum width in cells, between `MIN_COLUMN` and `MAX_COLUMN`.
        """
        shown = min(self._text.column, self._text.viewport.text_column.width)
        column = max(MIN_COLUMN, min(MAX_COLUMN, shown + step * STEP if step else DEFAULT_COLUMN))
        self._text.column = column
        is_less = self._text.viewport.text_column.width < column
        limit = " (the window has no room for more)" if is_less else ""
        self._say(f"Text width: {column}{limit}")
        return column

    def resize(self, step: int) -> None:
        """Make the focused pane wider (1), narrower (-1), or all panes as wide as fits best (0).

        The text takes its cells from both lists.
        """
        now, focused = self._widths(), self.focused
        cells = step * PANE_STEP
        if not step:
            self.chosen = FITTING
        elif focused == "text":
            half = cells // 2
            self.chosen = SideWidths(
                max(0, now.articles and now.articles - half),
                max(0, now.quotes and now.quotes - half),
            )
        else:
            side = SideWidths(*self.chosen)
            width = {focused: max(MIN_SIDE, getattr(now, focused) + cells)}
            self.chosen = side._replace(**width)
        self._arrange_chosen()

    def drag(self, pane: Widget, column: int) -> None:
        """Move the left line of a pane's frame to a column of the screen, in cells from 0."""
        if pane is self._panes["text"]:
            self.chosen = self.chosen._replace(articles=max(MIN_SIDE, column))
        elif pane is self._panes["quotes"]:
            self.chosen = self.chosen._replace(quotes=max(MIN_SIDE, self._total - column))
        self._arrange_chosen()

    def choose(self, chosen: SideWidths) -> None:
        """Make the lists as wide as chosen; 0 for what fits best."""
        self.chosen = chosen
        self._arrange_chosen()

    def _arrange_chosen(self) -> None:
        """Share the width again, and keep what the screen has room for as chosen."""
        self.arrange()
        now = self._widths()
        self.chosen = SideWidths(
            now.articles if self.chosen.articles and now.articles else self.chosen.articles,
            now.quotes if self.chosen.quotes and now.quotes else self.chosen.quotes,
        )

    def leave(self, *, quits: bool = False) -> bool:
        """Go back one level: from the zoom to all panes, then to the text, then to the articles.

        From the sources it goes to the articles, too.

        Returns False in the articles, where there is no such level. Which key quits is then said,
        unless the key that was pressed `quits`.
        """
        if self._is_zoomed and not self._is_single:
            self.toggle_zoom()
        elif self.focused == "quotes":
            self.focus("text")
        elif self.focused == "text" or (self._sources is not None and self._sources.has_focus):
            self.focus("articles")
        else:
            if not quits:
                self._say("Press q to quit.")
            return False
        return True
