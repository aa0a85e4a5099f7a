"""The process that keeps the search index up to date while the reader is open.

The process runs `python -m tuireader.app.index_worker FOLDERS`, at a low priority, so that keys
never wait for it. It prints one message a line as JSON, and takes a line on standard input as the
request to look for changes at once. It ends when standard input is closed. Of several windows'
processes one indexes; the others wait for its end.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tuireader.app.folder_poller import FolderPoller
from tuireader.app.indexed_documents import shortened_words
from tuireader.app.library_indexer import LibraryIndexer
from tuireader.app.library_state import indexing_lock
from tuireader.app.memory import release_memory
from tuireader.app.text_indexer import IndexProgress, LibraryChange
from tuireader.domain.errors import NotebookError, TuiReaderError
from tuireader.library.search.index import SearchIndex
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths

NICENESS = 10
"""The POSIX niceness of the process."""

CHECK_INTERVAL = 0.5
"""Seconds between two checks of the notebook; changes within them are indexed together."""

LOCK_INTERVAL = 2.0
"""Seconds between two attempts to become the process that indexes."""

MAX_REPORTED = 1000
"""Locations of new and removed articles that are reported at most."""


class _Changed(Exception):  # noqa: N818 - not an error: what was begun is continued later
    """Interrupts the search for quotations because texts have changed, which are indexed first."""


class IndexWorker:
    """Indexes what changes in the library and the notebook, until the process ends."""

    def __init__(
        self,
        folders: AppPaths,
        notebook: Notebook,
        index: SearchIndex,
        requested: threading.Event,
        tell: Callable[[dict[str, Any]], None],
    ) -> None:
        """Take what is indexed and the index; nothing is read yet.

        `requested` is set when the reader asks to look for changes at once. `tell` sends a message,
        a JSON object as `report_of` reads it, to the reader.
        """
        self._notebook = notebook
        self._index = index
        self._indexer = LibraryIndexer(folders, index, notebook, self._report)
        self._poller = FolderPoller(self._indexer.texts.has_changed)
        self._requested = requested
        self._tell = tell
        self._revision = -1
        self._sources: tuple[str, ...] | None = None

    def run(self) -> None:
        """Index what has changed every `CHECK_INTERVAL`, or at once on request; never returns."""
        while True:
            self.step()
            self._requested.wait(CHECK_INTERVAL)

    def step(self) -> None:
        """Index what has changed since the last step: texts, notes, then quotations.

        Returns early if texts change while quotations are found; the next step continues.
        """
        is_first = self._sources is None
        has_new_revision = self._has_new_revision()
        has_new_texts = self._has_new_texts()
        if has_new_texts:
            self._update_texts(announce=not is_first)
        if has_new_texts or has_new_revision:
            self._update_reader_data()
        try:
            self._indexer.update_quotations()
        except _Changed:
            return  # to the next step
        if has_new_texts:
            self._tell({"progress": None})
            gc.collect()
            release_memory()

    def _update_texts(self, *, announce: bool) -> None:
        """Index new and changed texts.

        With `announce`, a message names the articles that have appeared or gone.
        """
        is_requested = self._requested.is_set()
        self._requested.clear()
        self._sources = self._notebook.sources.all()
        shortened = self._index.count_shortened()
        change = self._indexer.update_texts(anew=is_requested and announce)
        self._poller.mark_seen()
        with suppress(NotebookError):  # the next run follows the moves
            moved = self._indexer.follow_moves()
            change = LibraryChange(change.added, (*change.removed, *moved))
        if (count := self._index.count_shortened()) > shortened:
            self._tell({"problem": shortened_words(count)})
        if announce and change:
            self._tell(_change_message(change))

    def _update_reader_data(self) -> None:
        """Index the notes, tags and states of articles, and tell the number of indexed articles."""
        self._indexer.update_reader_data()
        self._tell({"updated": len(self._index)})

    def _report(self, progress: IndexProgress) -> None:
        """Tell the progress; while quotations are found, also index what has changed.

        Raises _Changed if texts may have changed.
        """
        self._tell({"progress": asdict(progress)})
        if progress.step == "quotations":
            has_new_revision = self._has_new_revision()
            if self._has_new_texts():
                raise _Changed
            if has_new_revision:
                self._update_reader_data()

    def _has_new_texts(self) -> bool:
        """Return whether sources or files may have changed, or a check was requested."""
        return (
            self._requested.is_set()
            or self._sources != self._notebook.sources.all()
            or self._poller.has_changed()
        )

    def _has_new_revision(self) -> bool:
        """Return whether the notebook has changed since the last call; true at the first."""
        before, self._revision = self._revision, self._notebook.revision
        return before != self._revision


def _change_message(change: LibraryChange) -> dict[str, Any]:
    """Return the message that names new and removed articles.

    If they are more than `MAX_REPORTED`, the lists are empty and the key "many" is set.
    """
    if len(change.added) + len(change.removed) > MAX_REPORTED:
        return {"added": [], "removed": [], "many": True}
    return {"added": list(change.added), "removed": list(change.removed)}


def main(words: Iterable[str]) -> None:
    """Run the process until it is killed or the index cannot be used.

    `words` are the data, cache, state and config folders. Only one process indexes at a time;
    others wait. An error is printed as a message with the key "problem", and ends the process.
    """
    data, cache, state, config = map(Path, words)
    folders = AppPaths(data=data, cache=cache, state=state, config=config)
    os.nice(NICENESS)
    requested = threading.Event()
    threading.Thread(target=_listen, args=(requested,), daemon=True).start()
    try:
        while True:
            with indexing_lock(folders) as is_mine:
                if is_mine:
                    with (
                        Notebook.open(folders.data) as notebook,
                        SearchIndex(folders.search_index) as index,
                    ):
                        IndexWorker(folders, notebook, index, requested, _print).run()
            time.sleep(LOCK_INTERVAL)
    except TuiReaderError as error:
        _print({"problem": str(error)})
    except OSError as error:
        _print({"problem": f"The search index cannot be written: {error.strerror}."})


def _listen(requested: threading.Event) -> None:
    """Thread body: set `requested` for each line read, and exit the process at the end of input.

    Standard input ends when the reader ends.
    """
    for _ in sys.stdin.buffer:
        requested.set()
    os._exit(0)


def _print(message: dict[str, Any]) -> None:
    """Print a message as one line of JSON; exit the process if nobody reads it."""
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(0)  # the reader has ended


if __name__ == "__main__":
    main(sys.argv[1:])
