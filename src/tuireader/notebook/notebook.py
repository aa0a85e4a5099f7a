"""The notebook: everything of the reader's that must not be lost, in one folder."""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tuireader.domain.article import Article
from tuireader.domain.errors import NotebookError
from tuireader.notebook.article_states import ArticleStates
from tuireader.notebook.bookmarks import Bookmarks, Trash
from tuireader.notebook.corrections import CorrectionTable
from tuireader.notebook.drafts import Drafts
from tuireader.notebook.dump import NotebookDump
from tuireader.notebook.journal.compaction import maintain
from tuireader.notebook.journal.lock import LOCK_TIMEOUT
from tuireader.notebook.journal.sync_folders import conflict_copy_notices, sync_folder_notice
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.orphans import Orphans
from tuireader.notebook.place_marks import PlaceMarks
from tuireader.notebook.progress import ProgressTable
from tuireader.notebook.relocation import Relocations
from tuireader.notebook.saved_searches import SavedSearches
from tuireader.notebook.schema import migrate_notebook
from tuireader.notebook.source_list import SourceList
from tuireader.notebook.text_store import TextStore, TextVersions
from tuireader.notebook.undo import LARGE_STEP, Pause, UndoLog, no_pause
from tuireader.paths import NOTEBOOK_FILE

if TYPE_CHECKING:
    from tuireader.notebook.import_items import ImportTransaction
    from tuireader.notebook.journal.backups import RestorePoint
    from tuireader.notebook.merge import Merge
    from tuireader.notebook.restore import Restoration

FILE = NOTEBOOK_FILE
"""The name of the journal in the notebook's folder."""


class Notebook:
    """One window's view of a notebook; may be used from several threads."""

    def __init__(self, folder: Path, timeout: float = LOCK_TIMEOUT) -> None:
        """Open the notebook in a folder; see `open`.

        `timeout` is how many seconds a change waits for another window that is writing.
        """
        self._database = JournalDB(folder / FILE, timeout)
        self._journal = self._database.storage.journal
        migrate_notebook(self._database.storage)
        for sentence in conflict_copy_notices(self._journal.path):
            self._journal.add_notice(sentence)
        self._undo_log = UndoLog(self._database)
        self.drafts = Drafts(folder / "drafts", self._journal.reserve)
        self.texts = TextStore(folder / "texts")
        self.bookmarks = Bookmarks(self._database, self._undo_log, self.texts)
        self.place_marks = PlaceMarks(self._database, self._undo_log, self.texts)
        self.trash = Trash(self._database, self._undo_log)
        self.orphans = Orphans(self.bookmarks, self._undo_log, self.texts)
        self.versions = TextVersions(self._database, self.texts)
        self.corrections = CorrectionTable(self._database, self._undo_log, self.texts)
        self.progress = ProgressTable(self._database, self.bookmarks)
        self.states = ArticleStates(self._database, self._undo_log, self.progress, self.bookmarks)
        self.sources = SourceList(self._database, self._undo_log)
        self.lists = SavedSearches(self._database, self._undo_log)
        self.relocations = Relocations(self._database, self._undo_log)

    def begin_import(self, service: str) -> "ImportTransaction":
        """Return an empty import from another service; only its `take` changes the notebook.

        `service` is the name of the service.
        """
        from tuireader.notebook.import_items import ImportTransaction  # noqa: PLC0415 - rarely needed

        return ImportTransaction(
            service,
            undo_log=self._undo_log,
            bookmarks=self.bookmarks,
            readings=self.progress,
            sources=self.sources,
            texts=self.texts,
        )

    def begin_merge(self, tables: Mapping[str, Any], *, revive: bool = True) -> "Merge":
        """Return a merge with another notebook's tables; only its `take` changes the notebook.

        `tables` has the form of `tables`. Records that were deleted here are added again only if
        `revive` is true.
        """
        from tuireader.notebook.merge import Merge  # noqa: PLC0415 - rarely needed

        return Merge(self._database.storage, self._undo_log, tables, revive=revive)

    def restore_points(self) -> list["RestorePoint"]:
        """Return the restore points, newest first: the journal and its backups.

        Empty if nothing was ever saved.
        """
        from tuireader.notebook.journal.backups import restore_points  # noqa: PLC0415 - rarely needed

        return list(restore_points(self._journal.path, dt.datetime.now(dt.UTC)))

    def begin_restore(self, moment: dt.datetime) -> "Restoration | None":
        """Return a restoration of the notebook to a time; only its `make` changes the notebook.

        None if no restore point covers the time.
        """
        from tuireader.notebook.journal.backups import state_at  # noqa: PLC0415 - rarely needed
        from tuireader.notebook.restore import Restoration  # noqa: PLC0415 - the same

        found = state_at(self._journal.path, moment, dt.datetime.now(dt.UTC))
        if found is None:
            return None
        state, then = found
        return Restoration(
            self._database.storage,
            self._undo_log,
            then,
            last=min(moment, state.last),
            whole=state.is_intact,
        )

    @classmethod
    def open(cls, folder: Path, timeout: float = LOCK_TIMEOUT) -> Self:
        """Open the notebook in a folder, and create it with the first change if there is none.

        It never raises an error: problems are in `notices`. `timeout` is how many seconds a change
        waits for another window that is writing.
        """
        return cls(folder, timeout)

    @property
    def notices(self) -> tuple[str, ...]:
        """Messages about problems with the notebook's file, one sentence each; empty if none."""
        return tuple(self._journal.notices)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about where the notebook is stored, such as a synchronised folder.

        One sentence each; empty if there are none.
        """
        return tuple(sync_folder_notice(self._journal.path.parent))

    @property
    def path(self) -> Path:
        """The path of the notebook's file, which may not exist."""
        return self._journal.path

    @property
    def revision(self) -> int:
        """A number that grows with every change, including those of other windows."""
        self._journal.refresh()
        return self._journal.revision

    def is_current(self, revision: int) -> bool:
        """Return whether the notebook is unchanged since it had a revision.

        It does not wait for changes that are being applied.
        """
        return self._journal.revision == revision and self._journal.file.is_unchanged()

    def record_corrections(self, earlier: Iterable[Article]) -> None:
        """Record the earlier versions of articles that their feeds have corrected.

        `earlier` has the articles with their earlier texts. Raises NotebookError if they cannot be
        saved.
        """
        articles = tuple(earlier)
        for article in articles:
            self.versions.record(article)
        if articles:
            self.progress.mark_corrected(article.location for article in articles)

    def maintain(self, pause: Callable[[], None]) -> None:
        """Compact the journal and back it up, if either is due; errors are ignored.

        `pause` is called between pieces of work, and may raise an exception to cancel it.
        """
        maintain(self._journal, pause)

    def undo(self, pause: Pause = no_pause) -> str | None:
        """Undo the last change and return its label; None if there is nothing to undo.

        Records that were changed since are left unchanged, and the label says so. Raises
        NotebookError if that applies to all of them, or nothing can be saved. `pause` is called
        before each record; if it raises, nothing is undone.
        """
        return self._undo_log.undo(pause)

    def redo(self, pause: Pause = no_pause) -> str | None:
        """Redo the change that was undone last and return its label; None if there is none.

        Changed records are treated as in `undo`, and so is `pause`.
        """
        return self._undo_log.redo(pause)

    def has_large_step(self, *, undone: bool) -> bool:
        """Return whether the next change to undo, or to redo if `undone` is false, takes long."""
        return self._undo_log.size_of_next(undone=undone) > LARGE_STEP

    def tables(self) -> dict[str, dict[str, Any]]:
        """Return all tables by name, each with its records by id, as stock TinyDB stores them."""
        return self._database.storage.read() or {}

    def dump(self, locations: Container[str] | None = None) -> NotebookDump:
        """Return the tables as they are now, to be written as one JSON document.

        `locations` are those of the articles whose records are wanted; None for all tables.
        """
        everything = NotebookDump(self._database.storage.copy())
        return everything if locations is None else everything.of(locations)

    def close(self) -> None:
        """Close the notebook's files; all changes were saved before.

        Nothing can be saved afterwards.
        """
        now = dt.datetime.now(dt.UTC)
        with suppress(NotebookError):
            self.trash.delete_expired(now)
        self.drafts.delete_expired(now)
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()
