"""The view of the sources: its tree, what is done with a source, and the articles of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from tuireader.library.source_tree import TODAY, SourceNode, source_tree
from tuireader.ui.reader.article_actions import MOST_UNASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from tuireader.app.context import AppContext
    from tuireader.ui.lists.articles import ArticleList
    from tuireader.ui.lists.sources import SourcePane, SourceVerb
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.article_actions import ArticleActions
    from tuireader.ui.reader.library import FeedRefresher
    from tuireader.ui.reader.saved_searches import SavedSearchController, SearchVerb
    from tuireader.ui.workers import Pause, Tasks


class SourceController:
    """Fills the tree of sources, and lists the articles of the one that is chosen."""

    def __init__(
        self,
        context: AppContext,
        notifier: Notifier,
        tasks: Tasks,
        *,
        editor: NotebookEditor,
        tree: SourcePane,
        articles: ArticleList,
        actions: ArticleActions,
        feeds: FeedRefresher,
        searches: SavedSearchController,
        focus_articles: Callable[[], None],
    ) -> None:
        """Take the services, panes and controllers that this one works with.

        `focus_articles` gives the focus to the list of articles.
        """
        self._context = context
        self._notifier = notifier
        self._tasks = tasks
        self._editor = editor
        self._tree = tree
        tree.on_verb = self.do
        tree.model.name_of = self._name
        self._articles = articles
        self._actions = actions
        self._feeds = feeds
        self._searches = searches
        self._focus_articles = focus_articles
        self._articles_in_tree = 0

    def refresh(self) -> None:
        """Make the tree again in the background, if it is shown or a source's articles are."""
        if self._tree.display or self._articles.model.source is not None:
            locations = self._context.catalogue.locations()
            self._articles_in_tree = len(locations)
            self._tasks.in_thread(lambda pause: self._build(locations, pause), group="sources")

    def tick(self) -> None:
        """Make the tree again if articles have come to the list or left it."""
        if len(self._context.catalogue) != self._articles_in_tree:
            self.refresh()

    def do(self, verb: SourceVerb, node: SourceNode) -> None:
        """Run a command of `SourceVerb` on a node of the tree."""
        match verb:
            case "enter":
                self._enter(node)
            case "rename" | "move" | "change" | "remove" if node.search:
                self._tasks.dialog(self._edit_search(verb, node.search))
            case "change":
                self._notifier.say("Only a saved search has a query.")
            case "read":
                self._mark_read(node)
            case "remove":
                self._remove(node)
            case "refresh":
                self._feeds.refresh(self._feeds_of(node))
            case "rename":
                self._ask_about_feed(node, self._rename)
            case "move":
                self._ask_about_feed(node, self._move)
            case "pause":
                self._pause(node)
            case _:
                assert_never(verb)

    async def _edit_search(self, verb: SearchVerb, name: str) -> None:
        """Change the saved search of a name, and make the tree again."""
        await self._searches.edit(verb, name)
        self.refresh()

    def _build(self, locations: tuple[str, ...], pause: Pause) -> None:
        """Thread body: make the tree of the articles at some locations, and show it."""
        del pause
        notebook = self._context.notebook
        nodes = source_tree(
            locations,
            notebook.progress.all(),
            notebook.sources.all(),
            self._context.followed_feeds(),
            self._found_by_searches(),
        )
        self._tasks.call(self._show, nodes)

    def _found_by_searches(self) -> dict[str, tuple[str, ...]]:
        """Return the locations of today's articles, and those that each saved search finds.

        They are by the name of the search. A query that is not valid, or has no index, finds none;
        then today's articles are left out.
        """
        from tuireader.library.query.conditions import QueryError  # noqa: PLC0415 - not at the start
        from tuireader.library.search.errors import (  # noqa: PLC0415 - the same
            IndexUnavailableError,
            SearchInterruptedError,
        )

        search = self._context.library_search()
        found: dict[str, tuple[str, ...]] = {}
        saved = self._context.notebook.lists.queries()
        found.update(dict.fromkeys(saved, ()))
        for name, query in {TODAY: "date:today", **saved}.items():
            with suppress(QueryError, IndexUnavailableError, SearchInterruptedError):
                found[name] = tuple(search.locations(search.parse(query)))
        return found

    def _show(self, nodes: Sequence[SourceNode]) -> None:
        """Show a new tree, and the articles that have come to the source that is listed.

        Articles that were read or lost their star stay listed until another source is chosen.
        """
        self._tree.show(nodes)
        listed = self._articles.model.source
        now = next((node for node in nodes if listed and node.key == listed.key), None)
        if listed is not None and now is not None and not now.locations <= listed.locations:
            both = replace(now, locations=now.locations | listed.locations)
            self._articles.model.source = both
            self._articles.rearrange()

    def _name(self, node: SourceNode) -> str:
        """Return the title of the book or chapter that a node stands for."""
        catalogue = self._context.catalogue
        number = catalogue.number(node.article)
        if number < 0:
            return node.label
        entry = catalogue.entry(number)
        return (entry.outlet if node.book is not None else entry.title) or node.label

    def _enter(self, node: SourceNode) -> None:
        """List the articles of a node, and give the list the keys; a chapter is opened.

        Of a chapter, the articles of its book are listed.
        """
        is_chapter = bool(node.article) and node.book is None
        model = self._tree.model
        source = model.listed[model.parent(self._tree.cursor)] if is_chapter else node
        if source.book is not None:
            source = replace(source, label=self._name(source))
        self._articles.model.source = None if node.key == "all" else source
        self._articles.rearrange()
        if is_chapter:
            self._articles.post_message(self._articles.OpenRequested(node.article))
        else:
            self._focus_articles()

    def _mark_read(self, node: SourceNode) -> None:
        """Mark the articles of a node as read; ask first if there are many."""
        if node.locations:
            self._actions.do("all_read", tuple(sorted(node.locations)))
            self.refresh()
        else:
            self._notifier.say("No article here")

    def _remove(self, node: SourceNode) -> None:
        """Remove the source of a node from the library; ask first if it has many articles."""
        if node.source and len(node.locations) > MOST_UNASKED:
            count = len(node.locations)
            self._tasks.dialog(self._actions.ask_and_remove_source(node.source, count))
        elif node.source:
            self._actions.remove_source(node.source)
            self.refresh()
        else:
            self._notifier.say("Only a source or a saved search can be removed.")

    def _feeds_of(self, node: SourceNode) -> tuple[str, ...]:
        """Return the addresses of the feeds of which a node has articles, or that it stands for."""
        feeds = self._context.followed_feeds()
        return tuple(
            feed.address
            for feed in feeds
            if feed.address == node.source or node.locations.intersection(feed.entries)
        )

    def _ask_about_feed(
        self, node: SourceNode, ask: Callable[[SourceNode], Coroutine[Any, Any, None]]
    ) -> None:
        """Run the dialog `ask` for a node that stands for a feed; else say that it is none."""
        if self._is_feed(node):
            self._tasks.dialog(ask(node))

    def _is_feed(self, node: SourceNode) -> bool:
        """Return whether a node stands for a feed; if it does not, show a message."""
        is_feed = node.source in {feed.address for feed in self._context.followed_feeds()}
        if not is_feed:
            self._notifier.say("This is neither a feed nor a saved search.")
        return is_feed

    async def _rename(self, node: SourceNode) -> None:
        """Ask for another name of a feed; an empty one gives it its own title again."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        name = await self._tasks.ask(QuestionScreen("Name of the feed", node.label))
        if name is not None:
            self._change(node, f"Renamed: {name or node.source}", name=name)

    async def _move(self, node: SourceNode) -> None:
        """Ask for the folder of a feed."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        feeds = {feed.address: feed for feed in self._context.followed_feeds()}
        question = "Folder of the feed; one in another: Science/Physics"
        folder = await self._tasks.ask(QuestionScreen(question, feeds[node.source].folder))
        if folder is not None:
            where = f"to {folder}" if folder else "out of all folders"
            self._change(node, f"Moved {where}: {node.label}", folder=folder.strip("/ "))

    def _pause(self, node: SourceNode) -> None:
        """Pause a feed, or resume it: a paused one is refreshed only on its own."""
        if self._is_feed(node):
            paused = not self._context.notebook.sources.options(node.source).paused
            done = "Paused" if paused else "Resumed"
            self._change(node, f"{done}: {node.label}", paused=paused)

    def _change(self, node: SourceNode, message: str, **options: str | bool) -> None:
        """Change options of the feed of a node, such as its name, and show the message.

        `options` are those of `set_options`: name, folder, paused.
        """
        sources = self._context.notebook.sources
        if self._editor.change(lambda: sources.set_options(node.source, **options), message):
            self.refresh()
