"""Brings the texts in the search index up to date with the sources of the library.

What has changed is found by `app/library_files.py`. All articles are compared only if the sources
have changed, something was fetched, or the last run was killed.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from tuireader.app.article_loader import ArticleLoader, site_selectors
from tuireader.app.indexed_documents import LibraryItem, prepared, read_file, unreadable
from tuireader.app.library_files import (
    MISSING,
    ChangedFile,
    FileChanges,
    LibraryFiles,
    files_state,
)
from tuireader.app.source_resolver import library_locations
from tuireader.domain.errors import SourceError
from tuireader.library.article_index import file_stamp
from tuireader.library.search.folder_listings import LibraryState
from tuireader.library.search.index import SearchIndex
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address
from tuireader.sources.reading_options import FileEncodings

if TYPE_CHECKING:
    from tuireader.library.search.contents import PreparedDocument
    from tuireader.notebook.notebook import Notebook

T = TypeVar("T")

BATCH = 200
"""Articles that are written in one transaction."""

BATCH_SIZE = 4_000_000
"""Bytes of memory from which articles are written, even if they are fewer."""

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
class TextIndexer:
    """Updates the texts in the search index of a library.

    Its methods raise IndexUnavailableError if the index cannot be written.
    """

    folders: AppPaths
    index: SearchIndex
    notebook: "Notebook"
    report: Report = lambda _progress: None
    """Called with the progress after each batch; it may raise to stop the run."""
    jobs: int = 0
    """The number of processes; 0 for one per core."""
    files: LibraryFiles = field(init=False)
    """The files of the library, as they were indexed."""
    _found: FileChanges | None = field(init=False, default=None)
    """What `has_changed` has found, which `update` has not indexed yet."""

    def __post_init__(self) -> None:
        """Create the list of files; nothing is read yet."""
        self.files = LibraryFiles(self.index.folders)

    def update(self, *, anew: bool = False) -> LibraryChange:
        """Index the texts of new and changed articles, and remove those of removed sources.

        Returns the articles that are new and those that were removed; an article whose text has
        changed is neither. With `anew`, every folder is read, whatever its time of change.
        """
        sources = self.notebook.sources.all()
        begun, started = time.time(), time.monotonic()
        files = self._found if self._found and not anew else self.files.scan(sources, anew=anew)
        self._found = None
        now = LibraryState(
            sources=sources,
            web=self._web_state(),
            checked=begun,
            took=time.monotonic() - started,
        )
        before = self.index.folders.state
        known_state = before is not None and (before.sources, before.web) == (sources, now.web)
        if known_state and not files:
            self.files.commit(files)
            self._save_state(now, before)
            return LibraryChange((), ())
        self.index.folders.set_state(None)
        if known_state and not _overlap(sources):
            change = self._update_changed(files)
        else:
            change = self._update_all(files, sources)
        self.files.commit(files)
        self._save_state(now)
        return change

    def has_changed(self) -> bool:
        """Return whether a file of the library has come, changed or gone since the last update.

        The next `update` indexes what was found, without looking at other files again.
        """
        files = self.files.scan(self.notebook.sources.all())
        self._found = files or None
        state = self.index.folders.state
        return bool(files) or state is None or state.web != self._web_state()

    def _web_state(self) -> int:
        """Return the state of the stored pages and feeds."""
        return files_state((str(self.folders.pages), str(self.folders.feeds)))

    def _update_changed(self, files: FileChanges) -> LibraryChange:
        """Index the files that have changed; nothing else is compared."""
        items = [item for file in files.files for item in _items(file)]
        gone = {
            location
            for file in files.files
            if file.before is not None
            for location in file.before.locations(file.path)
        }
        gone.difference_update(item.location for item in items)
        known = self.index.stamps_of([*gone, *(item.location for item in items)])
        return self._update(items, gone & known.keys(), known)

    def _update_all(self, files: FileChanges, sources: tuple[str, ...]) -> LibraryChange:
        """Compare all articles of the library with those in the index, and index what differs."""
        self.files.commit(files)
        known = self.index.stamps()
        items = list(self._library(sources))
        return self._update(items, known.keys() - {item.location for item in items}, known)

    def _update(
        self, items: list[LibraryItem], absent: set[str], known: dict[str, tuple[int, int]]
    ) -> LibraryChange:
        """Index the items that differ from what is known, and remove those that are absent."""
        missing = [item.location for item in items if item.is_missing and item.location in known]
        gone = set(missing)
        changed = [
            item
            for item in items
            if item.location not in gone and known.get(item.location) != (item.size, item.modified)
        ]
        removed = self._remove(absent, missing, known)
        if changed:
            self._read(changed)
        if self.index.vocabulary.is_stale:
            self.index.vocabulary.rebuild()
        if changed or removed:
            self.index.writer.finish()
        new = (item.location for item in changed if item.location not in known)
        return LibraryChange(tuple(new), tuple(removed))

    def _save_state(self, now: LibraryState, before: LibraryState | None = None) -> None:
        """Store that the index agrees with a state of the library.

        The state of the notebook is that of `before`, which `update_reader_data` brings up to date.
        """
        notebook = before.notebook if before else (0, 0)
        self.index.folders.set_state(replace(now, notebook=notebook))

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

    def locations(self) -> Iterator[str]:
        """Yield the locations of the library in its order, each once, as of the last update."""
        sources = self.notebook.sources.all()
        # Without the items of `_library`, because a list has a hundred thousand locations.
        return iter(dict.fromkeys(chain.from_iterable(map(self._locations_in, sources or ("",)))))

    def _locations_in(self, source: str) -> Iterator[str]:
        """Yield the locations of the articles of one source; of the samples for ""."""
        if is_address(source):
            yield from (item.location for item in self._stored_items(source))
            return
        for file in self.files.files(source):
            if file.now is not None:
                yield from file.now.locations(file.path)

    def _library(self, sources: tuple[str, ...]) -> Iterator[LibraryItem]:
        """Yield the articles of the library's sources, each once; the samples if it is empty."""
        seen: set[str] = set()
        for source in sources or ("",):
            found = self._stored_items(source) if is_address(source) else self._file_items(source)
            for item in found:
                if item.location not in seen:
                    seen.add(item.location)
                    yield item

    def _file_items(self, source: str) -> Iterator[LibraryItem]:
        """Yield the articles of a source that is a file or a folder; of the samples for ""."""
        for file in self.files.files(source):
            yield from _items(file)

    def _stored_items(self, address: str) -> Iterator[LibraryItem]:
        """Yield the articles that are stored of an address."""
        loader = ArticleLoader(self.folders, self.notebook.sources.citation)
        for location in library_locations((address,), loader.locations):
            yield LibraryItem(address, location, *loader.web.stamp(location))

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
        for batch in _batches_of_size(documents):
            # In the order of the days, as the index stores them.
            self.index.writer.put(sorted(batch, key=lambda document: document.day))
            done += len(batch)
            rate = done / max(0.001, time.monotonic() - begun)
            self.report(IndexProgress("texts", done, total - done, rate))


def _items(file: ChangedFile) -> Iterator[LibraryItem]:
    """Yield the articles in a file as it is now, to be indexed; none if it is gone."""
    if file.now is not None:
        for location in file.now.locations(file.path):
            yield LibraryItem(file.source, location, file.now.size, file.now.modified)


def _overlap(sources: tuple[str, ...]) -> bool:
    """Return whether one source contains another, so that an article may be in both."""
    known = set(sources)
    return any(not known.isdisjoint(map(str, PurePath(source).parents)) for source in sources)


def _batches_of_size(
    documents: "Iterable[PreparedDocument]",
) -> "Iterator[list[PreparedDocument]]":
    """Group documents into lists of at most `BATCH`, closed once they take `BATCH_SIZE`."""
    batch: list[PreparedDocument] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += document.size
        if len(batch) == BATCH or size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def batches(items: Iterable[T], size: int = BATCH) -> Generator[list[T]]:
    """Group items into lists of `size`; the last may be shorter. Nothing for no items."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
