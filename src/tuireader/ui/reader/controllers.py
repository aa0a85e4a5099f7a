"""Creates the controllers of the reader's screen, and gives each what it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.timer import Timer

from tuireader.app.context import AppContext
from tuireader.domain.bookmark import ReadingProgress
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.sources import SourcePane
from tuireader.ui.notebook_editor import NotebookEditor, Notifier, notifier_of, show_warning
from tuireader.ui.reader.article_actions import ArticleActions, ListedArticles
from tuireader.ui.reader.bookmarking import BookmarkController
from tuireader.ui.reader.indexing import IndexingController
from tuireader.ui.reader.library import FeedRefresher, LibraryController
from tuireader.ui.reader.navigation import NavigationController, browser_opener
from tuireader.ui.reader.opener import ArticleOpener
from tuireader.ui.reader.pane_layout import PaneLayout
from tuireader.ui.reader.progress import ReadingProgressStore
from tuireader.ui.reader.quote_editing import QuoteEditController
from tuireader.ui.reader.read_ahead import ReadAhead
from tuireader.ui.reader.saved_searches import SavedSearchController
from tuireader.ui.reader.session import ArticleSession, SessionState
from tuireader.ui.reader.sources import SourceController
from tuireader.ui.reader.undoing import UndoController
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import ScreenTasks


@dataclass(frozen=True, slots=True)
class ReaderPanes:
    """The widgets of the reader's screen that controllers work on."""

    articles: ArticleList
    text: TextPane
    sources: SourcePane
    status: StatusLine
    layout: PaneLayout


@dataclass(frozen=True, slots=True)
class ReaderCallbacks:
    """What the controllers call when there is something to show, or to do later."""

    show_state: Callable[[SessionState], None]
    """Show the state of the open article."""
    show_readings: Callable[[Mapping[str, ReadingProgress]], None]
    """Show how far each article was read, by location."""
    set_timer: Callable[[float, Callable[[], None]], Timer]
    """Call a function after some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderControllers:
    """The controllers of the reader's screen, one for each subject."""

    notifier: Notifier
    session: ArticleSession
    """The open article."""
    progress: ReadingProgressStore
    """How far each article was read."""
    opener: ArticleOpener
    editor: NotebookEditor
    """Changes of the notebook."""
    undoing: UndoController
    """Undo and redo."""
    bookmarking: BookmarkController
    quote_editing: QuoteEditController
    library: LibraryController
    indexing: IndexingController
    navigation: NavigationController
    actions: ArticleActions
    """Read state, stars, tags and removal of listed articles."""
    feeds: FeedRefresher
    source_view: SourceController
    searches: SavedSearchController


@dataclass(frozen=True, slots=True)
class _Basis:
    """What most controllers are made from."""

    context: AppContext
    panes: ReaderPanes
    tasks: ScreenTasks
    app: Callable[[], App[Any]]
    notifier: Notifier


def controllers_of(
    context: AppContext,
    panes: ReaderPanes,
    tasks: ScreenTasks,
    app: Callable[[], App[Any]],
    callbacks: ReaderCallbacks,
) -> ReaderControllers:
    """Return the controllers of a screen, connected with each other and with its panes.

    `tasks` runs their threads and dialogs, and `app` returns the running application.
    """
    basis = _Basis(context, panes, tasks, app, notifier_of(app, panes.status.say))
    progress = _progress(basis, callbacks)
    ahead = ReadAhead(context, partial(panes.articles.model.neighbour, 1))
    session = _session(basis, progress, ahead, callbacks)
    opener = _opener(basis, session, ahead)
    editor = NotebookEditor(lambda: context.notebook, basis.notifier, session.renew)
    library = _library(basis, session, opener, editor)
    navigation = _navigation(basis, session, opener, editor, library)
    listed = ListedArticles(panes.articles, session)
    actions = ArticleActions(context, basis.notifier, tasks, editor=editor, listed=listed)
    feeds = FeedRefresher(context, basis.notifier, tasks, panes.articles, session.renew)
    searches = SavedSearchController(context, basis.notifier, tasks, editor)
    return ReaderControllers(
        notifier=basis.notifier,
        session=session,
        progress=progress,
        opener=opener,
        editor=editor,
        undoing=UndoController(lambda: context.notebook, basis.notifier, tasks, editor),
        bookmarking=_bookmarking(basis, session, editor),
        quote_editing=_quote_editing(basis, session, editor),
        library=library,
        indexing=_indexing(basis, library),
        navigation=navigation,
        actions=actions,
        feeds=feeds,
        source_view=_source_view(basis, editor, actions, feeds, searches),
        searches=searches,
    )


def _progress(basis: _Basis, callbacks: ReaderCallbacks) -> ReadingProgressStore:
    """Return the store of how far each article was read."""
    return ReadingProgressStore(
        basis.context.resume,
        lambda: basis.context.notebook.progress,
        callbacks.show_readings,
        callbacks.set_timer,
        basis.notifier,
        count_bookmarks=basis.context.count_bookmarks,
    )


def _session(
    basis: _Basis, progress: ReadingProgressStore, ahead: ReadAhead, callbacks: ReaderCallbacks
) -> ArticleSession:
    """Return the session that holds the open article."""
    return ArticleSession(
        basis.context,
        basis.tasks,
        basis.notifier,
        progress,
        ahead=ahead,
        publish=callbacks.show_state,
        go_to=partial(basis.panes.text.go_to, centre=True),
    )


def _opener(basis: _Basis, session: ArticleSession, ahead: ReadAhead) -> ArticleOpener:
    """Return what opens articles by their location."""
    return ArticleOpener(
        basis.context,
        session,
        basis.tasks,
        basis.notifier,
        ahead=ahead,
        on_problem=basis.panes.articles.renew,
    )


def _bookmarking(
    basis: _Basis, session: ArticleSession, editor: NotebookEditor
) -> BookmarkController:
    """Return the controller of bookmarks and notes."""
    return BookmarkController(
        lambda: basis.context.notebook,
        session,
        basis.notifier,
        basis.tasks,
        editor=editor,
        app=basis.app,
        deselect=basis.panes.text.action_deselect,
    )


def _quote_editing(
    basis: _Basis, session: ArticleSession, editor: NotebookEditor
) -> QuoteEditController:
    """Return the controller of corrections of quotations."""
    return QuoteEditController(
        basis.context,
        session,
        basis.notifier,
        basis.tasks,
        editor=editor,
        text=basis.panes.text,
        focus=basis.panes.layout.focus,
    )


def _library(
    basis: _Basis, session: ArticleSession, opener: ArticleOpener, editor: NotebookEditor
) -> LibraryController:
    """Return the controller of the article list."""
    return LibraryController(
        basis.context,
        session,
        basis.notifier,
        basis.tasks,
        opener=opener,
        editor=editor,
        rows=basis.panes.articles,
        warn=partial(show_warning, basis.app),
    )


def _indexing(basis: _Basis, library: LibraryController) -> IndexingController:
    """Return the controller of the library's index."""
    panes = basis.panes
    repeat_filter = panes.articles.filter.repeat
    return IndexingController(
        basis.context, basis.tasks, library, panes.status.progress, repeat_filter
    )


def _navigation(
    basis: _Basis,
    session: ArticleSession,
    opener: ArticleOpener,
    editor: NotebookEditor,
    library: LibraryController,
) -> NavigationController:
    """Return the controller of jumps between places and articles."""
    text = basis.panes.text
    navigation = NavigationController(
        basis.context,
        session,
        basis.notifier,
        basis.tasks,
        opener=opener,
        editor=editor,
        cursor=lambda: text.cursor.offset,
        focus_text=partial(basis.panes.layout.focus, "text"),
        show_found=library.show_found,
        open_in_browser=browser_opener(basis.app),
        end_find=lambda: text.search.look_for(""),
    )
    text.step_to_hit = navigation.step_to_hit
    return navigation


def _source_view(
    basis: _Basis,
    editor: NotebookEditor,
    actions: ArticleActions,
    feeds: FeedRefresher,
    searches: SavedSearchController,
) -> SourceController:
    """Return the controller of the tree of sources."""
    return SourceController(
        basis.context,
        basis.notifier,
        basis.tasks,
        editor=editor,
        tree=basis.panes.sources,
        articles=basis.panes.articles,
        actions=actions,
        feeds=feeds,
        searches=searches,
        focus_articles=partial(basis.panes.layout.focus, "articles"),
    )
