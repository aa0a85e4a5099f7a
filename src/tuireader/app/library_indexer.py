"""Brings the search index up to date with the sources and the notebook.

Texts come first, quotations after them. Each batch is one transaction, so that an interrupted run
loses at most one batch, and the next run continues. Only one process indexes at a time.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tuireader.app.indexed_documents import reader_data
from tuireader.app.library_state import indexing_lock, is_current
from tuireader.app.quotation_indexer import QuotationIndexer
from tuireader.app.text_indexer import LibraryChange, Report, TextIndexer
from tuireader.library.search.documents import ReaderData
from tuireader.library.search.errors import IndexUnavailableError
from tuireader.library.search.index import SearchIndex
from tuireader.paths import AppPaths
from tuireader.sources.files import path_stamp

if TYPE_CHECKING:
    from tuireader.domain.bookmark import Bookmark
    from tuireader.notebook.notebook import Notebook


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
    texts: TextIndexer = field(init=False)
    quotations: QuotationIndexer = field(init=False)

    def __post_init__(self) -> None:
        """Create the parts that index texts and quotations; nothing is read yet."""
        self.texts = TextIndexer(self.folders, self.index, self.notebook, self.report, self.jobs)
        self.quotations = QuotationIndexer(
            self.index, self.notebook.corrections, self.report, self.jobs
        )

    def update(self, *, quotations: bool = True, anew: bool = False) -> None:
        """Index all that has changed: texts, then notes, tags and states, then quotations.

        Without `quotations`, which take much longer than the texts, these are left for later. With
        `anew`, every folder is read, whatever its time of change.
        """
        self.update_texts(anew=anew)
        self.follow_moves()
        self.update_reader_data()
        if quotations:
            self.update_quotations()

    def update_texts(self, *, anew: bool = False) -> LibraryChange:
        """Index new and changed texts; see `TextIndexer.update`."""
        return self.texts.update(anew=anew)

    def update_quotations(self) -> None:
        """Index the quotations that are missing; see `QuotationIndexer.update`."""
        self.quotations.update()

    def follow_moves(self) -> tuple[str, ...]:
        """Move the notes, tags and states of moved articles; return their old locations.

        All moves are one undo step. An article has moved if its file is missing, and a new one with
        the same text has nothing in the notebook. A missing article on which the notebook has
        nothing only leaves the index. Raises NotebookError if the notebook cannot be written.
        """
        moved = self.index.moved_articles()
        if not moved:
            return ()
        known = {*self.notebook.progress.all(), *self.notebook.bookmarks.counts()}
        with_records = {old: new for old, new in moved.items() if old in known and new not in known}
        if with_records:
            self.notebook.relocations.move(with_records)
        gone = (*with_records, *(old for old in moved if old not in known))
        self.index.remove(gone)
        return gone

    def update_reader_data(self) -> None:
        """Index notes, tags and states of all articles for which they have changed."""
        stamp = path_stamp(self.notebook.path)
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
        state = self.index.folders.state
        if state is not None and state.notebook != stamp:
            self.index.folders.set_state(replace(state, notebook=stamp))


def bring_up_to_date(
    folders: AppPaths,
    notebook: "Notebook",
    report: Report = lambda _progress: None,
    *,
    quotations: bool = False,
    anew: bool = False,
) -> tuple[str, ...] | None:
    """Index what has changed in the library, unless another process is indexing.

    Args:
        folders: The program's folders.
        notebook: The notebook, whose sources and notes are indexed.
        report: Receives the progress after each batch.
        quotations: Whether to find quotations, too, which takes much longer than the texts.
        anew: Whether to read every folder, whatever its time of change.

    Returns:
        The locations of all articles in the order of the library; None if another process is
        indexing.

    Raises:
        IndexUnavailableError: The index cannot be opened or written.
    """
    try:
        with SearchIndex(folders.search_index) as index:
            indexer = LibraryIndexer(folders, index, notebook, report)
            if anew or not is_current(folders, index, quotations=quotations):
                with indexing_lock(folders) as is_mine:
                    if not is_mine:
                        return None
                    indexer.update(quotations=quotations, anew=anew)
            return tuple(indexer.texts.locations())
    except OSError as error:
        raise IndexUnavailableError((error.strerror or "it cannot be written").lower()) from error
