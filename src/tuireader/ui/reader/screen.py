"""The main screen: three panes, whose commands its controllers run."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget

from tuireader.app.context import AppContext
from tuireader.domain.article import Article, Passage
from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import Bookmark, ReadingProgress
from tuireader.domain.quote import Quote
from tuireader.layout.frame import PaneName, SideWidths, pane_widths
from tuireader.ui.commands.controller import CommandController
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.lists.sources import SourcePane
from tuireader.ui.reader.article_actions import ArticleVerb
from tuireader.ui.reader.bindings import READER_KEYS
from tuireader.ui.reader.controllers import ReaderCallbacks, ReaderPanes, controllers_of
from tuireader.ui.reader.indexing import START_DELAY
from tuireader.ui.reader.library import TICK_INTERVAL
from tuireader.ui.reader.pane_layout import PaneLayout, PaneRow
from tuireader.ui.reader.preloading import PRELOAD_DELAY, preload_screens
from tuireader.ui.reader.quit_guard import QuitGuard
from tuireader.ui.reader.session import SessionState
from tuireader.ui.reader.text_requests import run_text_request
from tuireader.ui.reader.typesetting import set_anew, toggle_tint
from tuireader.ui.text_pane import messages
from tuireader.ui.text_pane.decorations import described_quote, quotation_at
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.text_pane.typography import Choice, typography_of
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.widgets.frame import FrameDragged
from tuireader.ui.widgets.pane import Pane, typed_count
from tuireader.ui.widgets.prompt_line import PromptingScreen, PromptLine
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import ScreenTasks

QuoteRequest = (
    QuoteList.BookmarkRequested | QuoteList.CorrectionRequested | QuoteList.ExplanationRequested
)
"""What the list of quotations asks for."""


class ReaderScreen(PromptingScreen[None], DirectScreen[None]):
    """The main screen: the article list, the text of the open article, and its quotations."""

    BINDINGS = READER_KEYS
    AUTO_FOCUS = "TextPane"

    focused: var[Widget | None] = var(None)
    """The widget with the focus. Textual's own attribute paints the whole screen when it changes;
    here the panes and the status line paint themselves."""

    article: var[Article | None] = var(None)
    """The open article, or its head while the rest is loading."""
    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """Its bookmarks, in the order of the text."""
    drafts: var[tuple[Passage, ...]] = var(())
    """The passages of it with a draft of a note."""
    quotes: var[tuple[Quote, ...]] = var(())
    """Its quotations, in the order of the text."""
    others: var[tuple[Quote, ...]] = var(())
    """Unattributed words in quotation marks, and quotations that the user dismissed."""
    searching: var[bool] = var(True)
    """Whether the search for quotations is still running."""
    refusal: var[str] = var("")
    """Why the article is not searched for quotations; empty if it is."""
    readings: var[Mapping[str, ReadingProgress]] = var(dict)
    """How far each article was read, by location."""

    def __init__(self, context: AppContext, size: Size) -> None:
        """Take the services, and the size that the screen will have in cells."""
        super().__init__()
        self.set_reactive(ReaderScreen.article, context.first_article)
        self.context = context
        chosen = SideWidths(context.settings.articles_width, context.settings.quotes_width)
        widths = pane_widths(size.width, zoomed=context.settings.accessible, chosen=chosen)
        expected = Size(widths.text, max(0, size.height - 1))
        self.articles = ArticleList(context.catalogue, context.sort_order(), context.library_search)
        self.text = TextPane(context.settings.column, expected, typography_of(context.settings))
        self.text.set_reactive(TextPane.tinted, context.settings.tint)
        self.sources = SourcePane()
        self.quotations = QuoteList()
        self.status = StatusLine()
        self.panes = PaneLayout(
            {"articles": self.articles, "text": self.text, "quotes": self.quotations},
            self.text,
            self.set_focus,
            self.status.say,
            chosen,
        )
        self.panes.add_sources(self.sources)
        if context.settings.accessible:
            self.panes.show_one()
        self.panes.arrange(size.width)  # at once, so that nothing is laid out twice
        self.tasks = ScreenTasks(self)
        self.controllers = controllers_of(
            context,
            ReaderPanes(self.articles, self.text, self.sources, self.status, self.panes),
            self.tasks,
            lambda: self.app,
            ReaderCallbacks(self._show_state, self._show_readings, self.set_timer),
        )
        self.notifier = self.controllers.notifier
        self.session = self.controllers.session
        self.progress = self.controllers.progress
        self.library = self.controllers.library
        self.commands = CommandController(self)
        self.quit_guard = QuitGuard(self.set_timer)
        self.text.search.usage = context.usage

    def compose(self) -> ComposeResult:
        """Yield the panes, bound to the state of the open article."""
        here = ReaderScreen
        with PaneRow():
            yield self.sources
            yield self.articles.data_bind(here.readings)
            yield self.text.data_bind(
                here.article, here.quotes, here.bookmarks, here.drafts, here.readings
            )
            yield self.quotations.data_bind(
                here.article, here.quotes, here.others, here.searching, here.refusal
            )
        yield self.status

    def on_mount(self) -> None:
        """Paint the first article; start everything else after that."""
        if self.context.first_article is not None:
            self.articles.opened = self.context.first_article.location
            if self.context.first_article.notices:
                self.status.say(" ".join(self.context.first_article.notices))
            self.text.go_to(self.context.first_offset)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Load the rest of the first article, and find the other articles."""
        # The user may have moved already, with keys that were typed during the start.
        self.session.start(self.text.view.kept_offset())
        self.library.fill()
        self.set_timer(START_DELAY, self.controllers.indexing.start)
        preload = partial(self.run_worker, preload_screens, thread=True, group="preload")
        self.set_timer(PRELOAD_DELAY, preload)
        self.set_interval(TICK_INTERVAL, self._tick)

    def _tick(self) -> None:
        """Show what other windows changed, and count how long the text has been on the screen."""
        self.library.tick((self.article, self.text.cursor.offset))
        self.controllers.source_view.tick()
        if self.is_current and self.app.app_focus and self.text.display:
            self.progress.tick(TICK_INTERVAL)

    def _show_readings(self, readings: Mapping[str, ReadingProgress]) -> None:
        """Copy how far each article was read to the list and to the sources."""
        self.readings = readings
        self.controllers.source_view.refresh()

    def _show_state(self, state: SessionState) -> None:
        """Copy the state of the open article to the panes."""
        with self.app.batch_update():
            is_another = state.article is not self.article
            # First, so that no count is shown before the quotations are found.
            self.searching = self.searching or state.searching or is_another
            if is_another:
                self.quotes, self.others = (), ()  # so that their list begins at its top
            self.quotes, self.others = state.quotes, state.others
            self.bookmarks, self.drafts = state.bookmarks, state.drafts
            self.refusal = state.refusal
            self.article = state.article
            self.searching = state.searching
        if state.article is not None:
            self.articles.opened = state.article.location

    @on(events.Resize)
    @on(events.DescendantFocus)
    def _arrange(self, event: events.Resize | events.DescendantFocus) -> None:
        """Show as many panes as fit, and the focused one."""
        self.panes.arrange(event.size.width if isinstance(event, events.Resize) else None)

    def on_unmount(self) -> None:
        """Save the positions in the articles that were left last."""
        self.progress.save_left()

    @on(ArticleList.OpenRequested)
    def _open_article(self, event: ArticleList.OpenRequested) -> None:
        """Open the article that was chosen in the list."""
        self.controllers.navigation.open(event.location)

    @on(ArticleList.Sorted)
    def _save_sort_order(self, event: ArticleList.Sorted) -> None:
        """Save the list's order in the settings."""
        self.context.save_choice(sort=SortOrder(event.order).value)

    @on(QuoteList.OpenRequested)
    def _open_quote(self, event: QuoteList.OpenRequested) -> None:
        """Go to the quotation that was chosen in its list."""
        self.controllers.navigation.go_to(event.quote.start)

    @on(QuoteList.Highlighted)
    def _highlight_quote(self, event: QuoteList.Highlighted) -> None:
        """Highlight the quotation under the list's cursor in the text."""
        self.text.highlight_quote(event.quote)

    @on(QuoteList.BookmarkRequested)
    @on(QuoteList.CorrectionRequested)
    @on(QuoteList.ExplanationRequested)
    def _do_with_quote(self, event: QuoteRequest) -> None:
        """Bookmark or correct a quotation, or show why it has its speaker."""
        if isinstance(event, QuoteList.BookmarkRequested):
            self.controllers.bookmarking.do_with_quote(event.verb, event.quote)
        elif isinstance(event, QuoteList.CorrectionRequested):
            self.controllers.quote_editing.edit(event.how, event.quote)
        else:
            from tuireader.quotes.explanation import explanation  # noqa: PLC0415 - not at the start

            self.status.say(explanation(event.quote, self.text.viewport.text))

    @on(messages.TextRequest)
    def _run_request(self, request: messages.TextRequest) -> None:
        """Do what the user asks for in the text."""
        run_text_request(request, self.controllers, self.tasks, self.text.cursor)

    @on(messages.Searched)
    def _show_search(self, event: messages.Searched) -> None:
        """Show the number of matches, and which one is at the cursor; nothing without a query."""
        if event.state.query:
            is_typing = any(not line.has_ended for line in self.query(PromptLine))
            self.status.say(event.state.message(is_typing=is_typing))
        else:
            self.status.hush()

    @on(messages.Moved)
    def _note_move(self, event: messages.Moved) -> None:
        """Record the reading progress, and select the quotation at the cursor in its list."""
        self.session.move(event.offset, event.seen)
        if self.text.selection:
            self.status.hush()
        number = quotation_at(self.quotes, event.offset)
        if number >= 0 and not self.quotations.has_focus:
            self.quotations.highlight(number)
        self.status.place(self.text.whereabouts())

    @on(Pane.KeysTyped)
    def _show_typed(self, event: Pane.KeysTyped) -> None:
        """Show the typed part of a command in the status line."""
        if event.pane is self.text:
            self.status.place(self.text.whereabouts())

    @on(messages.QuotationReached)
    def _describe_quote(self, event: messages.QuotationReached) -> None:
        """Show the speaker of the quotation that the cursor jumped to."""
        self.status.say(described_quote(event.quote, self.text.viewport.text))

    def action_pane(self, name: PaneName | Literal["sources"]) -> None:
        """Focus the pane with a name; "sources" is the view of the sources."""
        self.panes.focus(name)
        if name == "sources":
            self.controllers.source_view.refresh()

    def action_next_pane(self, step: int) -> None:
        """Focus the next pane to the right for a step of 1, or to the left for -1."""
        self.panes.focus_next(step)

    def action_zoom(self) -> None:
        """Show only the focused pane, or all panes again."""
        self.panes.toggle_zoom()

    def action_typeset(self, choice: Choice | Literal["tint"]) -> None:
        """Change one of the choices about how the text is set and lit, or tinted."""
        if choice == "tint":
            toggle_tint(self.text, self.context, self.status)
        else:
            set_anew(self.text, choice, self.context, self.status)

    def action_column(self, step: int) -> None:
        """Widen the text column (1), narrow it (-1), or reset its width (0)."""
        self.context.save_choice(column=self.panes.resize_column(step))

    def action_width(self, step: int) -> None:
        """Make the focused pane wider (1), or narrower (-1)."""
        self.panes.resize(step)
        self._save_widths()

    @on(FrameDragged)
    def _drag_frame(self, event: FrameDragged) -> None:
        """Make panes wider and narrower by the mouse."""
        self.panes.drag(event.pane, event.column)
        if event.ended:
            self._save_widths()

    def _save_widths(self) -> None:
        """Save the widths of the lists in the settings."""
        articles, quotes = self.panes.chosen
        self.context.save_choice(articles_width=articles, quotes_width=quotes)

    async def action_leave(self, quits: bool) -> None:
        """Go back one level; where there is none, quit the program if `quits` is true.

        Right after it went back, such a key does not quit: a key pressed twice is no wish to quit.
        """
        has_left = self.panes.leave(quits=quits)
        if not quits:
            return
        if has_left:
            self.quit_guard.hold()
        elif self.quit_guard.is_held:
            self.status.say("Press q again to quit.")
        else:
            await self.app.action_quit()

    def action_edit(self, step: str) -> None:
        """Undo the last change to the notebook ("undo"), or redo it ("redo")."""
        undoing = self.controllers.undoing
        undoing.undo() if step == "undo" else undoing.redo()

    def action_go(self, place: str) -> None:
        """Open the "next", "previous" or next "unread" article, or the book's "contents".

        "back" goes back, "forward" undoes that, and "on" goes a page on. The typed count repeats
        the step.
        """
        count = typed_count(self)
        match place:
            case "contents":
                self.controllers.navigation.open_contents()
            case "back":
                self.controllers.navigation.back(count or 1)
            case "forward":
                self.controllers.navigation.forward(count or 1)
            case "unread":
                self.controllers.navigation.open_unread(self.articles.model.next_unread())
            case "on" if self.text.viewport.is_at_end and not self.text.selection:
                self.controllers.navigation.open_unread(self.articles.model.next_unread())
            case "on":
                self.text.cursor_placed(self.text.view.move("page_down", count))
            case _:
                step = (1 if place == "next" else -1) * (count or 1)
                found = self.articles.model.neighbour(step)
                self.controllers.navigation.open_neighbour(found, step)

    def action_prompt(self, kind: Literal["command", "pipe", "settings"]) -> None:
        """Ask for a "command", for a program to "pipe" to, or for a setting of the "settings"."""
        if kind == "settings":
            self.tasks.dialog(self.commands.choose_setting())
        else:
            self.commands.ask(kind, self)

    def action_choose(self, what: str) -> None:
        """Show "changes", "hits", "notes", "orphans", "speakers" or "encoding", and use one."""
        self.tasks.dialog(self.controllers.navigation.choose(what))

    def action_library(self, change: Literal["add", "refresh", "page", "save", "tour"]) -> None:
        """Run a command on the library.

        "add" asks for a source, "refresh" is for feeds, "page" shows the whole web page, "save" is
        for the filter, and "tour" opens the tour.
        """
        if change == "refresh":
            self.controllers.indexing.refresh()
            feeds = self.controllers.actions.feeds_to_refresh()
            if feeds is not None:
                self.controllers.feeds.toggle(feeds)
        elif change == "add":
            self.tasks.dialog(self.library.ask_source())
        elif change == "save":
            self.tasks.dialog(self.controllers.searches.save(self.articles.model.query))
        elif change == "tour":
            self.controllers.navigation.open(self.library.list_tour())
        else:
            self.controllers.opener.toggle_page()

    def action_articles(self, verb: ArticleVerb) -> None:
        """Run a command on the selected articles of the list, or on the open one."""
        self.controllers.actions.do(verb)
