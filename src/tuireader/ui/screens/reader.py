"""The reader: articles, the text, and who said what, beside one another."""

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget

from tuireader.ui.bindings import PANES, key
from tuireader.ui.screens.keeping import Keeping
from tuireader.ui.widgets.article_list import ArticleList
from tuireader.ui.widgets.asking import Asked
from tuireader.ui.widgets.quote_list import QuoteList
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.widgets.text_pane import TextPane

WIDE, MEDIUM = 105, 66
"""The widths in cells from which three panes and two panes are shown."""

STEP = 4
"""Cells by which the column grows and shrinks."""

WIDTH = 72
"""The column's width that `=` gives."""


class ReaderScreen(Keeping):
    """Three panes on a wide terminal, two or one on a narrow one, and the status line."""

    BINDINGS = [
        key("1", "pane('articles')", "Articles", "To the articles", PANES),
        key("2", "pane('text')", "Text", "To the text", PANES),
        key("3", "pane('quotes')", "Quotes", "To the quotations", PANES),
        key("tab", "next_pane(1)", "Next pane", "To the next pane", PANES, show=True),
        key("shift+tab", "next_pane(-1)", "Previous pane", "To the pane before", PANES),
        key("z", "zoom", "Only this pane", "Only this pane, or all again", PANES),
        key("J", "neighbour(1)", "Next article", "Open the next article", PANES),
        key("K", "neighbour(-1)", "Previous article", "Open the article before", PANES),
        key("plus", "column(1)", "Wider", "Make the text's column wider", PANES),
        key("minus", "column(-1)", "Narrower", "Make the text's column narrower", PANES),
        key("equals_sign", "column(0)", "Usual width", "The column's usual width", PANES),
        key("B", "notes", "All notes", "All passages and notes, of all articles", PANES, show=True),
        key("ctrl+o,alt+left", "back", "Back to before", "Back to where you were", PANES),
        key("question_mark", "help", "Keys", "Show the keys", PANES, show=True),
        key("q,escape", "leave", "Back one level", "Back one level", PANES),
        key("ctrl+q", "app.quit", "Quit", "Leave; nothing is lost", PANES, show=True),
    ]

    articles = query_one(ArticleList)
    text = query_one(TextPane)
    quotations = query_one(QuoteList)
    status = query_one(StatusLine)

    def compose(self) -> ComposeResult:
        """The panes, bound to what is open."""
        with Horizontal():
            yield ArticleList(self.desk.catalogue).data_bind(ReaderScreen.readings)
            yield TextPane().data_bind(
                ReaderScreen.article, ReaderScreen.quotes, ReaderScreen.bookmarks
            )
            yield QuoteList().data_bind(
                ReaderScreen.article, ReaderScreen.quotes, ReaderScreen.looking
            )
        yield StatusLine()

    def on_mount(self) -> None:
        """Paint the first article; everything else comes after that."""
        self._zoomed = False
        self._side: Widget = self.articles
        self._before: list[tuple[str, int]] = []
        self.articles.order = self.desk.order()
        self.text.column = self.desk.settings.column
        self.text.focus()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.desk.first is not None:
            self.show(self.desk.first, self.desk.offset)
        self._find_more()
        self.set_interval(1.0, self._catch_up)

    @work(thread=True, group="find")
    def _find_more(self) -> None:
        call = self.app.call_from_thread
        call(setattr, self.articles, "reading_on", True)
        batch: list[str] = []
        for location in self.desk.more():
            batch.append(location)
            if len(batch) >= 500:
                call(self._found, batch)
                batch = []
        call(self._found, batch)
        call(setattr, self.articles, "reading_on", False)
        for notice in self.desk.notebook.notices:
            self.app.notify(notice, severity="warning", markup=False, timeout=20)

    def _found(self, locations: list[str]) -> None:
        if self.desk.catalogue.extend(locations):
            self.articles.grown()
        if self.article is None and locations:
            self.open(locations[0])

    def _catch_up(self) -> None:
        if self.desk.notebook_changed():
            self.renew()

    def say(self, message: str) -> None:
        """Show a message in the status line."""
        self.status.say(message)

    def go_to(self, offset: int) -> None:
        """Put the reading cursor at an offset."""
        self.text.go_to(offset, centre=True)

    def watch_article(self) -> None:
        """Mark the open article in the list."""
        if self.article is not None:
            self.articles.opened = self.article.location

    @on(ArticleList.Opened)
    def _article_opened(self, event: ArticleList.Opened) -> None:
        self._remember()
        self.open(event.location)
        self.action_pane("text")

    @on(ArticleList.Sorted)
    def _article_list_sorted(self, event: ArticleList.Sorted) -> None:
        self.desk.remember(sort=event.order.value)

    @on(QuoteList.Opened)
    def _quote_opened(self, event: QuoteList.Opened) -> None:
        self._remember()
        self.action_pane("text")
        self.go_to(event.quote.start)

    @on(QuoteList.Lit)
    def _quote_lit(self, event: QuoteList.Lit) -> None:
        self.text.light(event.quote)

    @on(TextPane.LinkFollowed)
    def _link_followed(self, event: TextPane.LinkFollowed) -> None:
        if event.target.startswith(("http://", "https://")):
            self.app.open_url(event.target)
            self.say(f"Opened {event.target}")
        else:
            self.say(f"It is at {event.target}")

    @on(TextPane.Found)
    def _words_found(self, event: TextPane.Found) -> None:
        if event.query:
            more = "" if event.complete else "+"
            found = f"{event.number}/{event.count}{more}" if event.count else "not found"
            self.say(f"“{event.query}”: {found}")

    @on(TextPane.Moved)
    def _cursor_moved(self, event: TextPane.Moved) -> None:
        self.moved(event.offset, event.seen)
        number = self.text.quotation_at(event.offset)
        if number >= 0 and not self.quotations.has_focus:
            self.quotations.light(number)
        self._tell_place(event.seen.end)

    def _tell_place(self, end: int) -> None:
        length = len(self.text.text)
        share = f"{min(1.0, end / length):.0%}" if length else ""
        selection = self.text.selection
        words = len(selection.of(self.text.text[: selection.end]).split()) if selection else 0
        parts = [
            self.text.typed,
            f"SELECT {words} words" if words != 1 else "SELECT 1 word",
            share,
        ]
        if selection is None:
            parts[1] = ""
        self.status.place("  ".join(part for part in parts if part) + " ")

    @on(Asked)
    async def _ask(self, event: Asked) -> None:
        from tuireader.ui.widgets.prompt_line import PromptLine  # noqa: PLC0415 - not at the start

        event.stop()
        if not self.query(PromptLine):
            line = PromptLine(event.pane)
            await self.mount(line, before=self.status)
            line.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as the width holds."""
        self._arrange(event.size.width)

    def on_descendant_focus(self) -> None:
        """Show the focused pane, and the keys that it has."""
        self._arrange(self.size.width)
        self.status.refresh()

    def _arrange(self, width: int) -> None:
        panes = (self.articles, self.text, self.quotations)
        focused = next((pane for pane in panes if pane.has_focus), self.text)
        if focused is not self.text:
            self._side = focused
        if self._zoomed or width < MEDIUM:
            shown: tuple[Widget, ...] = (focused,)
        elif width < WIDE:
            shown = (self.text, self._side)
        else:
            shown = panes
        for pane in panes:
            pane.display = pane in shown
        self.set_class(len(shown) == 1, "-single")

    def action_pane(self, name: str) -> None:
        """Give a pane the keys."""
        named = {"articles": self.articles, "text": self.text, "quotes": self.quotations}
        pane = named[name]
        pane.display = True
        pane.focus()

    def action_next_pane(self, way: int) -> None:
        """Give the next pane the keys, round the end."""
        panes = (self.articles, self.text, self.quotations)
        here = next((n for n, pane in enumerate(panes) if pane.has_focus), 1)
        self.action_pane(("articles", "text", "quotes")[(here + way) % 3])

    def action_zoom(self) -> None:
        """Only the focused pane, or all again."""
        self._zoomed = not self._zoomed
        self._arrange(self.size.width)

    def action_leave(self) -> None:
        """Back one level: out of the zoom, to the text, to the articles, and out."""
        if self._zoomed:
            self.action_zoom()
        elif self.quotations.has_focus:
            self.action_pane("text")
        elif self.text.has_focus:
            self.action_pane("articles")
        else:
            self.say("Ctrl+Q quits.")

    def action_neighbour(self, step: int) -> None:
        """Open the article that is so many places on in the list."""
        location = self.articles.neighbour(step)
        if location:
            self._remember()
            self.open(location)
        else:
            self.say("This is the last article." if step > 0 else "This is the first article.")

    def action_column(self, way: int) -> None:
        """Make the text's column wider or narrower, or as wide as usual."""
        column = self.text.column + way * STEP if way else WIDTH
        self.text.column = max(20, min(200, column))
        self.desk.remember(column=self.text.column)
        self.say(f"Column: {self.text.column} cells.")

    @work
    async def action_notes(self) -> None:
        """Show all notes, and go to the one that is chosen."""
        from tuireader.ui.screens.notes import NotesScreen  # noqa: PLC0415 - not at the start

        mark = await self.app.push_screen_wait(NotesScreen(self.desk.notebook))
        self.renew()
        if mark is not None:
            self._remember()
            self.desk.catalogue.extend([mark.article.location])
            self.articles.grown()
            self.open(mark.article.location, mark.start)
            self.action_pane("text")

    def _remember(self) -> None:
        if self.article is not None:
            self._before.append((self.article.location, self.text.cursor))
            del self._before[:-100]

    def action_back(self) -> None:
        """Back to where the reader was before the last jump."""
        if self._before:
            self.open(*self._before.pop())
        else:
            self.say("There is no place to go back to.")

    def action_help(self) -> None:
        """Show the keys by group."""
        from tuireader.ui.screens.help import HelpScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(HelpScreen(a.binding for a in self.active_bindings.values()))
