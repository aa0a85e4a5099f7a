"""Brings the search index up to date with the sources and the notebook.

Texts come first, quotations after them. Each batch is one transaction, so that an interrupted run
loses at most one batch, and the next run continues. Only one process indexes at a time.
"""

import fcntl
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from tuireader.app.article_loader import ArticleLoader, search_index_path, site_selectors
from tuireader.app.indexed_documents import (
    MISSING,
    LibraryItem,
    find_quotations,
    prepared,
    read_file,
    reader_data,
    unreadable,
)
from tuireader.app.source_resolver import library_locations
from tuireader.domain.errors import SourceError
from tuireader.library.article_index import file_stamp
from tuireader.library.search.documents import ReaderData
from tuireader.library.search.errors import IndexUnavailableError
from tuireader.library.search.index import SearchIndex
from tuireader.paths import AppPaths, make_private_folder
from tuireader.sources.files import is_address
from tuireader.sources.reading_options import FileEncodings

if TYPE_CHECKING:
    from tuireader.domain.bookmark import Bookmark
    from tuireader.library.search.contents import PreparedDocument
    from tuireader.notebook.notebook import Notebook

T = TypeVar("T")

BATCH = 200
"""Articles that are written in one transaction."""

QUOTATION_BATCH = 20
"""Articles whose quotations are written in one transaction: a second's work, which may be lost."""

LOCAL_ITEMS = 24
"""Articles that are read in this process before others are started."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How much of the library is indexed: articles that are done, and those that are left."""

    step: str
    """What is being indexed: "texts" or "quotations"."""
    done: int
    """The number of articles that are done in this step."""
    left: int
    """The number of articles that are left in this step."""
    rate: float
    """Articles a second."""

    def __str__(self) -> str:
        """Return it in words, like "Indexing texts: 200 of 1,000 · 900 a second"."""
        total = self.done + self.left
        return f"Indexing {self.step}: {self.done:,} of {total:,} · {self.rate:,.0f} a second"


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """The locations of articles that the last update added to the index or removed from it."""

    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether any article was added or removed."""
        return bool(self.added or self.removed)


Report = Callable[[IndexProgress], None]


@dataclass(slots=True)
class LibraryIndexer:
    """Updates the search index of a library.

    Its methods raise IndexUnavailableError if the index cannot be written.
    """

    folders: AppPaths
    index: SearchIndex
    notebook: "Notebook"
    report: Report = lambda _progress: None
    """Called with the progress after each batch; it may raise to stop the run."""
    jobs: int = 0
    """The number of processes; 0 for one per core."""
    locations: tuple[str, ...] = ()
    """All locations of the library in its order, as of the last `update_texts`; () before."""

    def update(self) -> None:
        """Index all that has changed: texts, then notes, tags and states, then quotations."""
        self.update_texts()
        self.follow_moves()
        self.update_reader_data()
        self.update_quotations()

    def update_texts(self) -> LibraryChange:
        """Index the texts of new and changed articles, and remove those of removed sources.

        Returns the articles that are new and those that were removed; an article whose text has
        changed is neither. Sets `locations`.
        """
        known = self.index.stamps()
        changed: list[LibraryItem] = []
        missing: list[str] = []
        absent, present = set(known), []
        for item in self._library():
            absent.discard(item.location)
            present.append(item.location)
            if item.is_missing and item.location in known:
                missing.append(item.location)
            elif known.get(item.location) != (item.size, item.modified):
                changed.append(item)
        self.locations = tuple(present)
        removed = self._remove(absent, missing, known)
        if changed:
            self._read(changed)
        if self.index.vocabulary.is_stale:
            self.index.vocabulary.rebuild()
        if changed or removed:
            self.index.writer.finish()
        new = (item.location for item in changed if item.location not in known)
        return LibraryChange(tuple(new), tuple(removed))

    def _read(self, changed: list[LibraryItem]) -> None:
        """Index the texts of new and changed articles, with several processes if they are many."""
        from tuireader.app.process_pool import map_in_processes  # noqa: PLC0415 - 30 ms, seldom needed

        encodings = FileEncodings(self.folders.encodings)
        read = partial(read_file, site_selectors(self.folders), encodings)
        documents = map_in_processes(
            read,
            (item for item in changed if not is_address(item.location)),
            self.jobs,
            local_items=LOCAL_ITEMS,
            size=lambda item: item.size,
        )
        stored = (self._read_address(item) for item in changed if is_address(item.location))
        self._put(chain(documents, stored), len(changed))

    def follow_moves(self) -> tuple[str, ...]:
        """Move the notes, tags and states of moved articles; return their old locations.

        All moves are one undo step. An article has moved if its file is missing, and a new one with
        the same text has nothing in the notebook. Raises NotebookError if the notebook cannot be
        written.
        """
        moved = self.index.moved_articles()
        if not moved:
            return ()
        known = {*self.notebook.progress.all(), *self.notebook.bookmarks.counts()}
        moved = {old: new for old, new in moved.items() if old in known and new not in known}
        if moved:
            self.notebook.relocations.move(moved)
            self.index.remove(moved)
        return tuple(moved)

    def update_reader_data(self) -> None:
        """Index notes, tags and states of all articles for which they have changed."""
        bookmarks: dict[str, list[Bookmark]] = {}
        for bookmark in self.notebook.bookmarks.all():
            bookmarks.setdefault(bookmark.article.location, []).append(bookmark)
        progress = self.notebook.progress.all()
        known = self.index.reader_data()
        data = {
            location: reader_data(bookmarks.get(location, ()), progress.get(location))
            for location in {*bookmarks, *progress, *known}
        }
        self.index.set_reader_data(
            {
                location: each
                for location, each in data.items()
                if known.get(location, ReaderData()) != each
            }
        )

    def update_quotations(self) -> None:
        """Find and index the quotations of all articles that were not searched for them yet."""
        from tuireader.app.process_pool import map_in_processes  # noqa: PLC0415 - as above

        done, begun = 0, time.monotonic()
        while waiting := self.index.without_quotations(BATCH * 4):
            left = self.index.count_without_quotations()
            texts = ((location, self.index.text(location)) for location in waiting)
            found = map_in_processes(
                find_quotations, texts, self.jobs, local_items=LOCAL_ITEMS, size=_length
            )
            for batch in _batches(found, QUOTATION_BATCH):
                self.index.writer.set_quotations(batch)
                done, left = done + len(batch), left - len(batch)
                rate = done / max(0.001, time.monotonic() - begun)
                self.report(IndexProgress("quotations", done, left, rate))
        if done:
            self.index.writer.finish()

    def _library(self) -> Iterator[LibraryItem]:
        """Yield the articles of the library's sources, each once; the samples if it is empty."""
        seen: set[str] = set()
        loader = ArticleLoader(self.folders, self.notebook.sources.citation)
        # An empty library shows the samples.
        for source in self.notebook.sources.all() or ("",):
            sources = (source,) if source else ()
            for location in library_locations(sources, loader.locations):
                if location not in seen:
                    seen.add(location)
                    if is_address(location):
                        stamp = loader.web.stamp(location)
                    else:
                        stamp = file_stamp(location) or (MISSING, 0)
                    yield LibraryItem(source, location, *stamp)

    def _remove(
        self, absent: set[str], missing: list[str], known: dict[str, tuple[int, int]]
    ) -> set[str]:
        """Remove articles from the index that are no longer in any source.

        An article that the reader has worked on stays, with its stored text, while its source is in
        the library, and so does every article whose source cannot be found at the moment. Those
        whose file is missing are marked as gone.

        Args:
            absent: Indexed locations that were not found in any source.
            missing: Locations that a source lists, but whose file does not exist. Is extended.
            known: The size and time of the file of each indexed location.

        Returns:
            The locations that were removed.
        """
        if absent:
            folders = self.notebook.sources
            worked_on = self.index.reader_data()
            kept = {
                location
                for location in absent
                if folders.source_of(location)
                and (location in worked_on or file_stamp(folders.source_of(location)) is None)
            }
            missing += kept
            absent = absent - kept
            self.index.remove(absent)
        self.index.writer.mark_gone(
            [location for location in missing if known[location][0] != MISSING]
        )
        return absent

    def _read_address(self, item: LibraryItem) -> "PreparedDocument":
        """Return the document of a stored web page; one without text if it cannot be read."""
        loader = ArticleLoader(self.folders, self.notebook.sources.citation)
        try:
            return prepared(item, loader.load_article(item.location, lambda: None))
        except SourceError as error:
            return unreadable(item, loader.describe(item.location).title, error.reason)

    def _put(self, documents: "Iterable[PreparedDocument]", total: int) -> None:
        """Write documents in batches, and report the progress after each.

        `total` is the number of all documents.
        """
        done, begun = 0, time.monotonic()
        for batch in _batches(documents):
            # In the order of the days, as the index stores them.
            self.index.writer.put(sorted(batch, key=lambda document: document.day))
            done += len(batch)
            rate = done / max(0.001, time.monotonic() - begun)
            self.report(IndexProgress("texts", done, total - done, rate))


@contextmanager
def indexing_lock(folders: AppPaths) -> Iterator[bool]:
    """Hold the lock of the indexing process, without waiting.

    A context manager that yields true, or false if another process has the lock. Raises OSError if
    the lock file cannot be opened.
    """
    make_private_folder(folders.cache)
    descriptor = os.open(folders.cache / "search.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
            return
        yield False
    finally:
        os.close(descriptor)


def _length(pair: tuple[str, str]) -> int:
    """Return the length of the text in a pair of location and text, in code points."""
    return len(pair[1])


def _batches(items: Iterable[T], size: int = BATCH) -> Generator[list[T]]:
    """Group items into lists of `size`; the last may be shorter. Nothing for no items."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def bring_up_to_date(
    folders: AppPaths,
    notebook: "Notebook",
    report: Report = lambda _progress: None,
    *,
    quotations: bool = False,
) -> tuple[str, ...] | None:
    """Index what has changed in the library, unless another process is indexing.

    Args:
        folders: The program's folders.
        notebook: The notebook, whose sources and notes are indexed.
        report: Receives the progress after each batch.
        quotations: Whether to find quotations, too, which takes much longer than the texts.

    Returns:
        The locations of all articles in the order of the library; None if another process is
        indexing.

    Raises:
        IndexUnavailableError: The index cannot be opened or written.
    """
    try:
        with indexing_lock(folders) as is_mine:
            if not is_mine:
                return None
            with SearchIndex(search_index_path(folders)) as index:
                indexer = LibraryIndexer(folders, index, notebook, report)
                indexer.update_texts()
                indexer.follow_moves()
                indexer.update_reader_data()
                if quotations:
                    indexer.update_quotations()
    except OSError as error:
        raise IndexUnavailableError((error.strerror or "it cannot be written").lower()) from error
    return indexer.locations
