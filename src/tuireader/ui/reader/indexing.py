"""The process that indexes, on the screen: its progress, and the articles that it finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuireader.app.background_indexer import IndexReport
    from tuireader.app.context import AppContext
    from tuireader.ui.reader.library import LibraryController
    from tuireader.ui.workers import Tasks

START_DELAY = 1.5
"""Seconds after the first paint before the process is started."""


class IndexingController:
    """Starts the process that indexes, and shows what it reports."""

    def __init__(
        self,
        context: AppContext,
        tasks: Tasks,
        library: LibraryController,
        show_progress: Callable[[str], None],
        index_changed: Callable[[], None],
    ) -> None:
        """Take what the controller works with.

        `show_progress` shows a few words, "" for none. `index_changed` is called when a search may
        find something else.
        """
        self._context = context
        self._tasks = tasks
        self._show_progress = show_progress
        self._library = library
        self._index_changed = index_changed

    def start(self) -> None:
        """Start the process, if there is to be one."""
        if self._context.indexer is not None:
            self._context.indexer.start(lambda report: self._tasks.call(self.receive, report))

    def refresh(self) -> None:
        """Look for changes in the library's folders at once."""
        if self._context.indexer is not None:
            self._context.indexer.refresh()

    def receive(self, report: IndexReport) -> None:
        """Show what the process reports: its progress, problems, and new articles."""
        self._show_progress(report.progress)
        if report.problem:
            self._library.warn(report.problem)
        if added := tuple(filter(self._context.is_listed, report.added)):
            self._library.show_found(added)
        catalogue = self._context.catalogue
        if removed := [place for place in report.removed if catalogue.number(place) >= 0]:
            self._library.show_removed(removed)
        if report.is_updated:
            self._index_changed()
