"""Brings the search index up to date with the sources and the notebook.

Texts come first, quotations after them. Each batch is one transaction, so that an interrupted run
loses at most one batch, and the next run continues. Only one process indexes at a time.
"""

import datetime as dt
import fcntl
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tuireader.app.article_loader import ArticleLoader, site_selectors
from tuireader.app.process_pool import map_in_processes
from tuireader.app.source_resolver import library_locations
from tuireader.domain.article import Article, text_hash
from tuireader.domain.dates import first_day
from tuireader.domain.errors import SourceError
from tuireader.library.article_index import file_stamp
from tuireader.library.search.documents import Document, QuotationText, ReaderData, State
from tuireader.library.search.index import SearchIndex
from tuireader.paths import AppPaths, make_private_folder
from tuireader.sources.files import is_address
from tuireader.sources.html.selectors import Sites
from tuireader.sources.open import open_article, read_list_entry

if TYPE_CHECKING:
    from tuireader.domain.bookmark import Bookmark, ReadingProgress
    from tuireader.notebook.notebook import Notebook

Item = TypeVar("Item")

BATCH = 200
"""Articles that are written in one transaction."""

LOCAL_ITEMS = 24
"""Articles that are read in this process before others are started."""


def search_index_path(folders: AppPaths) -> Path:
    """Return the path of the search index."""
    return folders.cache / "search.sqlite"


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far the index is: articles that were done, and those that are left."""

    step: str
    """What is being indexed: "texts" or "quotations"."""
    done: int
    left: int
    rate: float
    """Articles a second."""


Report = Callable[[IndexProgress], None]


@dataclass(slots=True)
class LibraryIndexer:
    """Updates the search index of a library."""

    folders: AppPaths
    index: SearchIndex
    notebook: "Notebook"
    report: Report = lambda _progress: None
    """Receives the progress after each batch; it may raise to stop the run."""

    def update(self, jobs: int = 0) -> None:
        """Index what has changed: texts, then what the reader made of them, then quotations.

        Args:
            jobs: The number of processes; 0 for one per core.
        """
        self.update_texts(jobs)
        self.update_reader_data()
        self.update_quotations(jobs)

    def update_texts(self, jobs: int = 0) -> None:
        """Index the texts of new and changed articles, and remove those of removed sources."""
        known = self.index.stamps()
        changed, present = [], set()
        for item in self._library():
            present.add(item.location)
            if known.get(item.location) != (item.size, item.modified):
                changed.append(item)
        self.index.remove(known.keys() - present)
        sites = site_selectors(self.folders)
        read = partial(_read_file, sites)
        documents = map_in_processes(
            read,
            (item for item in changed if not is_address(item.location)),
            jobs,
            local_items=LOCAL_ITEMS,
            size=lambda item: item.size,
        )
        stored = (self._read_address(item) for item in changed if is_address(item.location))
        self._put(chain(documents, stored), len(changed))

    def update_reader_data(self) -> None:
        """Index notes, tags and states of all articles for which they have changed."""
        bookmarks: dict[str, list[Bookmark]] = {}
        for bookmark in self.notebook.bookmarks.all():
            bookmarks.setdefault(bookmark.article.location, []).append(bookmark)
        progress = self.notebook.progress.all()
        data = {
            location: reader_data(bookmarks.get(location, ()), progress.get(location))
            for location in {*bookmarks, *progress, *self.index.with_reader_data()}
        }
        self.index.set_reader_data(data)

    def update_quotations(self, jobs: int = 0) -> None:
        """Find and index the quotations of the articles that have none indexed yet.

        `jobs` is the number of processes; 0 for one per core.
        """
        done, begun = 0, time.monotonic()
        while waiting := self.index.without_quotations(BATCH * 4):
            left = self.index.count_without_quotations()
            texts = ((location, self.index.text(location)) for location in waiting)
            found = map_in_processes(
                _find_quotations, texts, jobs, local_items=LOCAL_ITEMS, size=_length
            )
            for location, quotations in found:
                self.index.set_quotations(location, quotations)
                done += 1
            rate = done / max(0.001, time.monotonic() - begun)
            self.report(IndexProgress("quotations", done, left - len(waiting), rate))

    def _library(self) -> Iterator["_LibraryItem"]:
        """Yield the articles of the library's sources, each once."""
        seen: set[str] = set()
        loader = ArticleLoader(self.folders, self.notebook.sources.citation)
        sources = self.notebook.sources.all()
        for source in sources:
            for location in library_locations((source,), loader.locations):
                if location not in seen:
                    seen.add(location)
                    size, modified = file_stamp(location) or (-1, 0)
                    yield _LibraryItem(source, location, size, modified)

    def _read_address(self, item: "_LibraryItem") -> Document:
        """Return a stored web page as a document."""
        loader = ArticleLoader(self.folders, self.notebook.sources.citation)
        try:
            return _document(item, loader.load_article(item.location, lambda: None))
        except SourceError as error:
            return _problem(item, loader.describe(item.location).title, error.reason)

    def _put(self, documents: Iterable[Document], total: int) -> None:
        """Write documents in batches, and report the progress after each."""
        done, begun = 0, time.monotonic()
        for batch in _batches(documents):
            self.index.put(batch)
            done += len(batch)
            rate = done / max(0.001, time.monotonic() - begun)
            self.report(IndexProgress("texts", done, total - done, rate))


@dataclass(frozen=True, slots=True)
class _LibraryItem:
    """An article to index: its source, and the size (bytes) and time (ns) of its file."""

    source: str
    location: str
    size: int
    modified: int


@contextmanager
def indexing_lock(folders: AppPaths) -> Iterator[bool]:
    """Hold the lock of the indexing process; yields False if another process has it."""
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


def reader_data(bookmarks: Iterable["Bookmark"], progress: "ReadingProgress | None") -> ReaderData:
    """Return what the index holds of the reader's work on one article."""
    kept = tuple(bookmarks)
    notes = tuple(bookmark.note for bookmark in kept if bookmark.note)
    tags = tuple(dict.fromkeys(tag for bookmark in kept for tag in bookmark.tags))
    states = {
        State.READ: progress is not None and progress.finished,
        State.KEPT: bool(kept),
        State.NOTED: bool(notes),
        State.TAGGED: bool(tags),
        State.ORPHANED: any(bookmark.orphan for bookmark in kept),
    }
    state = State.NONE
    for each, holds in states.items():
        state |= each if holds else State.NONE
    return ReaderData(
        state=state,
        progress=round(100 * progress.progress) if progress else 0,
        notes=notes,
        bookmarks=len(kept),
        tags=tags,
    )


def _read_file(sites: Sites, item: _LibraryItem) -> Document:
    """Return the document of an article's file; its `problem` tells why it cannot be read."""
    try:
        return _document(item, open_article(item.location, sites=sites))
    except SourceError as error:
        entry = read_list_entry(item.location)
        return _problem(item, entry.title, error.reason)


def _problem(item: _LibraryItem, title: str, reason: str) -> Document:
    """Return the document of an article that cannot be read, with the reason."""
    return Document(
        location=item.location,
        source=item.source,
        size=item.size,
        modified=item.modified,
        title=title,
        problem=reason,
        added=_today(),
    )


def _document(item: _LibraryItem, article: Article) -> Document:
    """Return an article and its metadata as the index stores them."""
    return Document(
        location=item.location,
        source=item.source,
        address=article.source if is_address(article.source) else "",
        size=item.size,
        modified=item.modified,
        hash=text_hash(article.text),
        title=article.title,
        author=article.author,
        outlet=article.outlet,
        date=article.date,
        language=article.language,
        text=article.text,
        words=len(article.text.split()),
        added=_today(),
    )


def _find_quotations(pair: tuple[str, str]) -> tuple[str, tuple[QuotationText, ...]]:
    """Find the quotations of a text; none if it has too many quotation marks."""
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - its word lists take time
    from tuireader.quotes.quote_marks import has_too_many_marks  # noqa: PLC0415 - in another process

    location, text = pair
    if has_too_many_marks(text):
        return location, ()
    quotes = extract_all(Article(location=location, text=text))
    return location, tuple(
        QuotationText(
            speaker=quote.speaker,
            words=" ".join(span.of(text) for span in quote.spans),
        )
        for quote in quotes
        if not quote.unattributed
    )


def _length(pair: tuple[str, str]) -> int:
    """Return the length of a text, given with its location, as the cost of its work."""
    return len(pair[1])


def _batches(documents: Iterable[Document]) -> Generator[list[Document]]:
    """Group documents into batches that are sorted by day, as the index stores them."""
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        yield sorted(batch, key=_first_day)


def _first_day(document: Document) -> dt.date:
    """Return the day by which a batch is sorted; the earliest one for an unknown date."""
    return first_day(document.date) if document.date else dt.date.min


def _today() -> dt.date:
    """Return the local date."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()
