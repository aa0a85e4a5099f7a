"""The main screen: three panes, and the controllers that run their commands."""

from collections.abc import Mapping
from functools import partial
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import var

from tuireader.app.context import AppContext
from tuireader.domain.article import Article, Passage
from tuireader.domain.article_list import SortOrder
from tuireader.domain.bookmark import Bookmark, ReadingProgress
from tuireader.domain.quote import Quote
from tuireader.layout.frame import PaneName, pane_widths
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.lists.sources import SourcePane
from tuireader.ui.notebook_editor import NotebookEditor, notifier_of, show_warning
from tuireader.ui.reader.article_actions import ArticleActions, ArticleVerb, ListedArticles
from tuireader.ui.reader.bindings import READER_KEYS
from tuireader.ui.reader.bookmarking import BookmarkController
from tuireader.ui.reader.indexing import START_DELAY, IndexingController
from tuireader.ui.reader.library import TICK_INTERVAL, FeedRefresher, LibraryController
from tuireader.ui.reader.navigation import NavigationController, browser_opener
from tuireader.ui.reader.pane_layout import PaneLayout, PaneRow
from tuireader.ui.reader.progress import ReadingProgressStore
from tuireader.ui.reader.quote_editing import QuoteEditController
from tuireader.ui.reader.session import ArticleOpener, ArticleSession, SessionState
from tuireader.ui.reader.sources import SourceController
from tuireader.ui.text_pane.decorations import described_quote, quotation_at
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.prompt_line import PromptingScreen
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import ScreenTasks


class ReaderScreen(PromptingScreen[None]):
    """The main screen: the article list, the text of the open article, and its quotations."""

    BINDINGS = READER_KEYS
    AUTO_FOCUS = "TextPane"
    BLANK = True

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
        expected = Size(pane_widths(size.width).text, max(0, size.height - 1))
        order, search = context.sort_order(), context.library_search
        self.articles = ArticleList(context.catalogue, order, search)
        self.text = TextPane(context.settings.column, expected)
        self.sources = SourcePane()
        self.quotations = QuoteList()
        self.status = StatusLine()
        self.panes = PaneLayout(
            {"articles": self.articles, "text": self.text, "quotes": self.quotations},
            self.text,
            self.set_focus,
            self.status.say,
        )
        self.panes.add_sources(self.sources)
        self.tasks = ScreenTasks(self)
        self.notifier = notifier_of(lambda: self.app, self.status.say)
        self._make_session()
        self._make_editors()
        self._make_library()
        self._make_lists()

    def _make_session(self) -> None:
        """Create the objects that hold the open article's state."""
        context, tasks, notifier = self.context, self.tasks, self.notifier

        def publish_readings(readings: Mapping[str, ReadingProgress]) -> None:
            self.readings = readings
            self.source_view.refresh()

        self.progress = ReadingProgressStore(
            context.resume,
            lambda: context.notebook.progress,
            publish_readings,
            self.set_timer,
            notifier,
            count_bookmarks=context.count_bookmarks,
        )
        self.session = ArticleSession(
            context,
            tasks,
            notifier,
            self.progress,
            publish=self._show_state,
            go_to=partial(self.text.go_to, centre=True),
        )
        self.opener = ArticleOpener(context, self.session, tasks, notifier, self.articles.renew)

    def _make_editors(self) -> None:
        """Create the controllers that change the notebook."""
        context, session = self.context, self.session
        notifier, tasks = self.notifier, self.tasks
        self.editor = editor = NotebookEditor(lambda: context.notebook, notifier, session.renew)
        self.bookmarking = BookmarkController(
            lambda: context.notebook,
            session,
            notifier,
            tasks,
            editor=editor,
            app=lambda: self.app,
            deselect=self.text.action_deselect,
        )
        self.quote_editing = QuoteEditController(
            context,
            session,
            notifier,
            tasks,
            editor=editor,
            text=self.text,
            focus=self.panes.focus,
        )

    def _make_library(self) -> None:
        """Create the controllers of the article list and of navigation."""
        context, session, opener, editor = self.context, self.session, self.opener, self.editor
        notifier, tasks = self.notifier, self.tasks
        self.library = LibraryController(
            context,
            session,
            notifier,
            tasks,
            opener=opener,
            editor=editor,
            rows=self.articles,
            warn=partial(show_warning, lambda: self.app),
        )
        repeat, progress = self.articles.filter.repeat, self.status.progress
        self.indexing = IndexingController(context, tasks, self.library, progress, repeat)
        self.navigation = NavigationController(
            context,
            session,
            notifier,
            tasks,
            opener=opener,
            editor=editor,
            cursor=lambda: self.text.cursor.offset,
            focus_text=partial(self.panes.focus, "text"),
            show_found=self.library.show_found,
            open_in_browser=browser_opener(lambda: self.app),
            end_find=lambda: self.text.search.look_for(""),
        )
        self.text.step_to_hit = self.navigation.step_to_hit

    def _make_lists(self) -> None:
        """Create the controllers of articles, feeds and sources in the lists."""
        context, notifier, tasks = self.context, self.notifier, self.tasks
        listed = ListedArticles(self.articles, self.session)
        self.actions = ArticleActions(context, notifier, tasks, editor=self.editor, listed=listed)
        self.feeds = FeedRefresher(context, notifier, tasks, self.articles, self.session.renew)
        self.source_view = SourceController(
            context,
            notifier,
            tasks,
            editor=self.editor,
            tree=self.sources,
            articles=self.articles,
            actions=self.actions,
            feeds=self.feeds,
            focus_articles=partial(self.panes.focus, "articles"),
        )

    def compose(self) -> ComposeResult:
        """Yield the panes, bound to the state of the open article."""
        here = ReaderScreen
        with PaneRow():
            yield self.sources
            yield self.articles.data_bind(here.readings)
            yield self.text.data_bind(here.article, here.quotes, here.bookmarks, here.drafts)
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
        self.session.start(self.text.cursor.offset)
        self.library.fill()
        self.set_timer(START_DELAY, self.indexing.start)
        self.set_interval(TICK_INTERVAL, self._tick)

    def _tick(self) -> None:
        """Show what other windows changed, and count how long the text has been on the screen."""
        self.library.tick((self.article, self.text.cursor.offset))
        self.source_view.tick()
        if self.is_current and self.app.app_focus and self.text.display:
            self.progress.tick(TICK_INTERVAL)

    def _show_state(self, state: SessionState) -> None:
        """Copy the state of the open article to the panes."""
        with self.app.batch_update():
            # First, so that no count is shown before the quotations are found.
            self.searching = self.searching or state.searching
            self.quotes, self.others = state.quotes, state.others
            self.bookmarks, self.drafts = state.bookmarks, state.drafts
            self.refusal = state.refusal
            self.article = state.article
            self.searching = state.searching
        if state.article is not None:
            self.articles.opened = state.article.location

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as fit."""
        self.panes.arrange(event.size.width)

    def on_descendant_focus(self) -> None:
        """Show the focused pane and its keys."""
        self.panes.arrange()

    @on(ArticleList.OpenRequested)
    def _open_article(self, event: ArticleList.OpenRequested) -> None:
        """Open the article that was chosen in the list."""
        self.navigation.open(event.location)

    @on(ArticleList.Sorted)
    def _save_sort_order(self, event: ArticleList.Sorted) -> None:
        """Save the list's order in the settings."""
        self.context.save_choice(sort=SortOrder(event.order).value)

    @on(QuoteList.OpenRequested)
    def _open_quote(self, event: QuoteList.OpenRequested) -> None:
        """Go to the quotation that was chosen in its list."""
        self.navigation.go_to(event.quote.start)

    @on(QuoteList.Highlighted)
    def _highlight_quote(self, event: QuoteList.Highlighted) -> None:
        """Highlight the quotation under the list's cursor in the text."""
        self.text.highlight_quote(event.quote)

    @on(QuoteList.BookmarkRequested)
    def _bookmark_quote(self, event: QuoteList.BookmarkRequested) -> None:
        """Bookmark a quotation with its speaker."""
        passage = Passage(event.quote.start, event.quote.end)
        self.bookmarking.do(event.verb, passage, event.quote.speaker)

    @on(QuoteList.CorrectionRequested)
    def _edit_quote(self, event: QuoteList.CorrectionRequested) -> None:
        """Correct a quotation."""
        self.quote_editing.edit(event.how, event.quote)

    @on(TextPane.SpeakerRequested)
    def _name_speaker(self, event: TextPane.SpeakerRequested) -> None:
        """Add a passage as a quotation, or name the speaker of one."""
        self.quote_editing.name_speaker(event.passage, event.quote)

    @on(TextPane.ExtentChanged)
    def _set_extent(self, event: TextPane.ExtentChanged) -> None:
        """Save the new extent of a quotation."""
        self.quote_editing.set_extent(event.quote, event.extent)

    @on(TextPane.BookmarkActionRequested)
    def _bookmark_passage(self, event: TextPane.BookmarkActionRequested) -> None:
        """Run a command on a passage of the text."""
        self.bookmarking.do(event.verb, event.passage)

    @on(TextPane.LinkFollowed)
    def _follow_link(self, event: TextPane.LinkFollowed) -> None:
        """Open the target of a link."""
        self.navigation.follow(event.target, event.place)

    @on(TextPane.LinksRequested)
    def _choose_link(self) -> None:
        """Ask for one of the article's links, and open it."""
        self.tasks.dialog(self.navigation.choose_link())

    @on(TextPane.MarkSet)
    def _set_mark(self, event: TextPane.MarkSet) -> None:
        """Set a place mark at the cursor."""
        self.navigation.set_mark(event.letter, self.text.cursor.sentence)

    @on(TextPane.MarkRequested)
    def _go_to_mark(self, event: TextPane.MarkRequested) -> None:
        """Go to a place mark."""
        self.navigation.go_to_mark(event.letter)

    @on(TextPane.Searched)
    def _show_search(self, event: TextPane.Searched) -> None:
        """Show the number of matches, and which one is at the cursor."""
        if event.state.query:
            self.status.say(event.state.message(is_typing=bool(self.query("PromptLine"))))

    @on(TextPane.Moved)
    def _note_move(self, event: TextPane.Moved) -> None:
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

    @on(TextPane.QuotationReached)
    def _describe_quote(self, event: TextPane.QuotationReached) -> None:
        """Show the speaker of the quotation that the cursor jumped to."""
        self.status.say(described_quote(event.quote, self.text.viewport.text))

    def action_pane(self, name: PaneName | Literal["sources"]) -> None:
        """Focus the pane with a name; "sources" is the view of the sources."""
        self.panes.focus(name)
        if name == "sources":
            self.source_view.refresh()

    def action_next_pane(self, step: int) -> None:
        """Focus the next pane to the right for a step of 1, or to the left for -1."""
        self.panes.focus_next(step)

    def action_zoom(self) -> None:
        """Show only the focused pane, or all panes again."""
        self.panes.toggle_zoom()

    def action_column(self, step: int) -> None:
        """Widen the text column (1), narrow it (-1), or reset its width (0)."""
        self.context.save_choice(column=self.panes.resize_column(step))

    def action_leave(self) -> None:
        """Go back one level."""
        self.panes.leave()

    def action_edit(self, step: str) -> None:
        """Undo the last change to the notebook ("undo"), or redo it ("redo")."""
        self.editor.undo() if step == "undo" else self.editor.redo()

    def action_go(self, place: str) -> None:
        """Open the "next" or "previous" article, the book's "contents", or go "back" or "on"."""
        match place:
            case "contents":
                self.navigation.open_contents()
            case "back":
                self.navigation.back()
            case "on" if self.text.viewport.is_at_end and not self.text.selection:
                self.navigation.open_unread(self.articles.model.next_unread())
            case "on":
                self.text.action_motion("page_down")
            case _:
                step = 1 if place == "next" else -1
                self.navigation.open_neighbour(self.articles.model.neighbour(step), step)

    def action_choose(self, what: str) -> None:
        """Show "changes", "hits", "notes", "orphans", "speakers" or "encoding", and use one."""
        self.tasks.dialog(self.navigation.choose(what))

    def action_library(self, change: Literal["add", "refresh", "page"]) -> None:
        """Ask for a source to "add", "refresh" the feeds, or show the whole web "page"."""
        if change == "refresh":
            self.indexing.refresh()
            self.feeds.toggle()
        elif change == "add":
            self.tasks.dialog(self.library.ask_source())
        else:
            self.opener.toggle_page()

    def action_articles(self, verb: ArticleVerb) -> None:
        """Run a command on the selected articles of the list, or on the open one."""
        self.actions.do(verb)
