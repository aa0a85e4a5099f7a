"""The three panes beside one another: which are shown, how wide, and which has the keys."""

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.getters import query_one

from tuireader.app.context import AppContext
from tuireader.layout.pane_widths import NARROWEST, USUAL, WIDEST, PaneName, pane_widths
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.reader.quote_editing import Mending
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.widgets.strips import Edge

STEP = 4
"""Cells by which the column grows and shrinks."""

NAMES: tuple[PaneName, ...] = ("articles", "text", "quotes")


class PaneRow(Horizontal):
    """Where the panes stand; it draws nothing itself."""

    BLANK = True


class Panes(Mending):
    """Three panes on a wide terminal, two or one on a narrow one, and the status line."""

    BINDINGS = [
        key("1", "pane('articles')", "Articles", "To the articles", PANES),
        key("2", "pane('text')", "Text", "To the text", PANES),
        key("3", "pane('quotes')", "Quotes", "To the quotations", PANES),
        key("tab", "next_pane(1)", "Next pane", "To the next pane", PANES, show=True),
        key("shift+tab", "next_pane(-1)", "Previous pane", "To the pane before", PANES),
        key("z", "zoom", "Only this pane", "Only this pane, or all again", PANES),
        key("plus", "column(1)", "Wider", "Make the text's column wider", PANES),
        key("minus", "column(-1)", "Narrower", "Make the text's column narrower", PANES),
        key("equals_sign", "column(0)", "Usual width", "The column's usual width", PANES),
        key("q,escape", "leave", "Back one level", "Back one level", PANES),
    ]

    AUTO_FOCUS = "TextPane"
    BLANK = True

    articles = query_one(ArticleList)
    text = query_one(TextPane)
    quotations = query_one(QuoteList)
    status = query_one(StatusLine)

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self._zoomed = False
        self._side: PaneName = "articles"

    def compose(self) -> ComposeResult:
        """The panes, bound to what is open."""
        columns, rows = self.app.size
        expected = Size(pane_widths(columns).text, max(0, rows - 1))
        text = TextPane(self.desk.settings.column, expected)
        with PaneRow():
            yield ArticleList(self.desk.catalogue, self.desk.order()).data_bind(Panes.readings)
            yield text.data_bind(Panes.article, Panes.quotes, Panes.bookmarks)
            yield QuoteList().data_bind(
                Panes.article, Panes.quotes, Panes.others, Panes.looking, Panes.refusal
            )
        yield StatusLine()

    def panes(self) -> Iterator[tuple[PaneName, Pane]]:
        """The panes and their names, from the left."""
        yield from zip(NAMES, (self.articles, self.text, self.quotations), strict=True)

    @property
    def focused_pane(self) -> PaneName:
        """The pane that has the keys; the text if none has."""
        return next((name for name, pane in self.panes() if pane.has_focus), "text")

    def say(self, message: str) -> None:
        """Show a message in the status line."""
        self.status.say(message)

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as the width holds."""
        self._arrange(event.size.width)

    def on_descendant_focus(self) -> None:
        """Show the focused pane, and the keys that it has."""
        if self.size.width:
            self._arrange(self.size.width)

    def _arrange(self, total: int) -> None:
        focused = self.focused_pane
        if focused != "text":
            self._side = focused
        widths = pane_widths(total, focused, self._side, zoomed=self._zoomed)
        alone = sum(width > 0 for width in widths) == 1
        edges: tuple[Edge, ...] = ("", "", "") if alone else ("right", "", "left")
        for (_, pane), width, edge in zip(self.panes(), widths, edges, strict=True):
            pane.edge = edge
            pane.display = width > 0
            if width:
                pane.styles.width = width

    def action_pane(self, name: PaneName) -> None:
        """Give a pane the keys."""
        pane = dict(self.panes())[name]
        pane.display = True
        # At once, so that keys typed after this one are the pane's.
        self.set_focus(pane)

    def action_next_pane(self, way: int) -> None:
        """Give the next pane the keys, round the end."""
        here = NAMES.index(self.focused_pane)
        self.action_pane(NAMES[(here + way) % len(NAMES)])

    def action_zoom(self) -> None:
        """Only the focused pane, or all again."""
        self._zoomed = not self._zoomed
        self._arrange(self.size.width)

    def action_column(self, way: int) -> None:
        """Make the text's column wider or narrower, or as wide as usual."""
        shown = min(self.text.column, self.text.viewport.text_column.width)
        column = shown + way * STEP if way else USUAL
        self.text.column = max(NARROWEST, min(WIDEST, column))
        self.desk.remember(column=self.text.column)
        self.say(f"The column is {self.text.column} cells wide at the most.")

    def action_leave(self) -> None:
        """Back one level: all panes again, then the text, then the articles."""
        if self._zoomed:
            self.action_zoom()
        elif self.focused_pane == "quotes":
            self.action_pane("text")
        elif self.focused_pane == "text":
            self.action_pane("articles")
        else:
            self.say("Ctrl+Q quits.")
