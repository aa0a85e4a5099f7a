"""The reader: what the panes tell of is answered here, and the other screens are opened."""

from textual import on

from tuireader.app.context import AppContext
from tuireader.domain.article import Article
from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import Bookmark
from tuireader.ui.bindings import MOVE, PANES, key
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.reader.navigation import Travelling
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.text_pane.targets import quotation_at
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.widgets.pane import Pane


class ReaderScreen(Travelling):
    """The screen that everything begins on."""

    BINDINGS = [
        key("D", "versions", "What changed", "What changed in the article", MOVE),
        key("B", "notes", "All notes", "All passages and notes, of all articles", PANES, show=True),
        key("O", "orphans", "Not found", "Passages whose words are gone from their text", PANES),
        key("S", "speakers", "All speakers", "Who speaks, in all articles", PANES),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, show=True),
        key(
            "ctrl+z", "app.suspend_process", "To the shell", "Back to the shell; fg returns", PANES
        ),
        key("ctrl+q", "app.quit", "Quit", "Leave; nothing is lost", PANES, show=True),
    ]

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        if desk.first is not None:
            self.set_reactive(ReaderScreen.article, desk.first)

    def go_to(self, offset: int) -> None:
        """Put the reading cursor at an offset."""
        self.text.go_to(offset, centre=True)

    def watch_article(self) -> None:
        """Mark the open article in the list."""
        if self.article is not None and self.is_mounted:
            self.articles.opened = self.article.location

    @on(ArticleList.Opened)
    def _article_opened(self, event: ArticleList.Opened) -> None:
        self.remember()
        self.open(event.location)
        self.action_pane("text")

    @on(ArticleList.Sorted)
    def _article_list_sorted(self, event: ArticleList.Sorted) -> None:
        self.desk.remember(sort=SortOrder(event.order).value)

    @on(QuoteList.Opened)
    def _quote_opened(self, event: QuoteList.Opened) -> None:
        self.remember()
        self.action_pane("text")
        self.go_to(event.quote.start)

    @on(QuoteList.Lit)
    def _quote_lit(self, event: QuoteList.Lit) -> None:
        self.text.light(event.quote)

    @on(TextPane.Searched)
    def _words_found(self, event: TextPane.Searched) -> None:
        state = event.state
        if state.query:
            more = "" if state.complete else "+"
            found = f"{state.number}/{state.count}{more}" if state.count else "not found"
            asking = "  ·  Enter stays here, Esc goes back" if self.query("PromptLine") else ""
            self.say(f"Find “{state.query}”: {found}{asking}")

    @on(TextPane.Moved)
    def _cursor_moved(self, event: TextPane.Moved) -> None:
        self.moved(event.offset, event.seen)
        if self.text.selection:
            self.status.hush()
        number = quotation_at(self.quotes, event.offset)
        if number >= 0 and not self.quotations.has_focus:
            self.quotations.light(number)
        self.status.place(self.text.whereabouts())

    @on(Pane.KeysTyped)
    def _keys_typed(self, event: Pane.KeysTyped) -> None:
        if event.pane is self.text:
            self.status.place(self.text.whereabouts())

    @on(TextPane.QuotationReached)
    def _quotation_reached(self, event: TextPane.QuotationReached) -> None:
        quote, text = event.quote, self.text.viewport.text
        cue = " ".join(quote.cue.of(text).split()) if quote.cue else ""
        speaker = quote.speaker or "Unknown speaker"
        facts = (speaker, cue, str(quote.kind), str(quote.confidence))
        self.say(" · ".join(fact for fact in facts if fact))

    @opens_dialog
    async def action_versions(self) -> None:
        """Show what changed in the open article, and go to the place that is chosen."""
        article, notebook = self.article, self.desk.notebook
        if article is None:
            return
        versions = notebook.versions.of(article.location, notebook.bookmarks.of(article))
        if len(versions) < 2:
            self.say("The article has not changed since you first opened it.")
            return
        from tuireader.ui.screens.versions import VersionsScreen  # noqa: PLC0415 - as above

        offset = await self.app.push_screen_wait(VersionsScreen(notebook, article, versions))
        if offset is not None:
            self.remember()
            self.go_to(offset)

    @opens_dialog
    async def action_notes(self) -> None:
        """Show all notes, and go to the one that is chosen."""
        from tuireader.ui.screens.notes import NotesScreen  # noqa: PLC0415 - not at the start

        mark = await self.app.push_screen_wait(NotesScreen(self.desk.notebook))
        self.renew()
        self._go_to_mark(mark)

    @opens_dialog
    async def action_orphans(self) -> None:
        """Show the passages whose words are gone, and go to where the chosen one stood."""
        from tuireader.ui.screens.orphans import OrphansScreen  # noqa: PLC0415 - as above

        def whole(location: str) -> Article:
            return self.desk.whole(location, lambda: None)

        mark = await self.app.push_screen_wait(OrphansScreen(self.desk.notebook, whole))
        self.renew()
        self._go_to_mark(mark)

    def _go_to_mark(self, mark: Bookmark | None) -> None:
        if mark is not None and mark.article.is_elsewhere:
            self.say(mark.missing)
        elif mark is not None:
            self.remember()
            self.found([mark.article.location])
            self.open(mark.article.location, mark.start)
            self.action_pane("text")
            if mark.orphan:
                self.say("These words are not in the text any more; they stood about here.")

    @opens_dialog
    async def action_speakers(self) -> None:
        """Show who speaks in all articles, and go to the words that are chosen."""
        from tuireader.ui.screens.speakers import SpeakersScreen  # noqa: PLC0415 - as above

        chosen = await self.app.push_screen_wait(SpeakersScreen(self.desk))
        if chosen is not None:
            self.remember()
            self.open(chosen.location, chosen.start)
            self.action_pane("text")
