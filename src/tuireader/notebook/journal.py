"""The notebook's file: nothing is acknowledged before it is on the disk, or ever overwritten.

A writer holds the lock, takes in what others appended, appends one line and
flushes it; only then does memory change. Readers take no lock: they take in
what was appended since they last looked.
"""

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook import damage, files
from tuireader.notebook.fold import Fold
from tuireader.notebook.ids import Ids, now
from tuireader.notebook.lines import FORMAT, Edit, Scan, format_of, line_of, scan
from tuireader.notebook.lock import PATIENCE, WriteLock
from tuireader.notebook.logfile import FlushError, LogFile

_GENERATIONS = 50
"""How many compactions a window may sleep through and still know the file as its own."""


class Journal:
    """An append-only file of changes, and the state that they add up to."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet; `upkeep.open_journal` does that."""
        self.path = path
        self.mutex = threading.RLock()
        self.fold = Fold()
        self.ids = Ids()
        self.notices: list[str] = []
        self.revision = 0
        self.refusal = ""
        """Why nothing can be saved, as a clause; empty if it can."""
        self.lock = WriteLock(path.with_name(f"{path.name}.lock"))
        self.file = LogFile(path)
        self._final = False
        self._inside = self._closed = False
        self._generations: tuple[int, ...] = ()

    def read(self) -> bool:
        """Read the file for the first time; False if it holds something, but not one line.

        OSError if it cannot be read at all; a file that is not there is empty.
        """
        try:
            data = self.file.read_whole()
        except FileNotFoundError:
            return True
        found = scan(data)
        if data.strip() and not found.lines and format_of(data) <= FORMAT:
            self.file.forget()
            return False
        self._adopt(data, found, Fold.of(found.lines))
        return True

    def refresh(self) -> None:
        """Take in what other windows wrote since; one `stat` if that is nothing."""
        with self.mutex:
            if self._inside or self._closed or self.file.unchanged():
                return
            try:
                if not self._take_in(locked=False):
                    with self.exclusive():
                        pass
            except (OSError, NotebookError) as error:
                reason = files.reason_of(error) if isinstance(error, OSError) else str(error)
                self.tell(f"The notebook's file cannot be read again: {reason}")

    @contextlib.contextmanager
    def exclusive(self, patience: float = PATIENCE) -> Iterator[None]:
        """Keep all others from writing, having taken in what they wrote; NotebookError if not."""
        with self.mutex:
            if self._inside:
                yield
                return
            if self._final:
                raise self._unsaved(self.refusal)
            with contextlib.ExitStack() as held:
                try:
                    held.enter_context(self.lock.held(patience))
                    self._inside = True
                    held.callback(setattr, self, "_inside", False)
                    self._take_in(locked=True)
                except OSError as error:
                    raise self._unsaved(files.reason_of(error)) from error
                if self._final:
                    raise self._unsaved(self.refusal)
                yield

    def append(self, edits: Sequence[Edit]) -> None:
        """Make the edits as one change, whole or not at all; return when it is on the disk.

        NotebookError says why not; then nothing has changed, in memory or in the file.
        """
        with self.exclusive():
            try:
                if not self.file.size:
                    self.rewrite()
                self._keep_torn_end()
                self.file.append(line_of(edits, now()))
            except FlushError as error:
                # A second flush that succeeds would prove nothing (PostgreSQL's fsyncgate, 2018).
                self.refuse(files.reason_of(error))
                raise self._unsaved(files.reason_of(error)) from error
            except OSError as error:
                raise self._unsaved(files.reason_of(error)) from error
            self.fold.apply(edits)
            self.revision += 1
            self.refusal = ""
            try:
                self._take_in(locked=True)
            except OSError as error:
                raise self._unsaved(files.reason_of(error)) from error

    def rewrite(self) -> None:
        """Put a new file with all that is known in the place of the old; OSError if it cannot be.

        Needs the lock; a notebook that is new gets its first line that way.
        """
        generations = (self.ids.next(), *self._generations)[:_GENERATIONS]
        lines = [line_of((), now(), generations)]
        lines += [line_of((edit,), now()) for edit in self.fold.edits()]
        data = b"".join(lines)
        files.write_atomically(self.path, data)
        self._generations = generations
        self.file.read_whole()
        self.file.took(data, len(data))

    def settle(self) -> None:
        """Set a torn end aside if there is one and no other window is writing it just now."""
        if self.file.torn_end() and not self.refusal:
            with contextlib.suppress(NotebookError), self.exclusive(patience=0.0):
                self._keep_torn_end()

    def check(self) -> None:
        """Find out whether anything can be saved here."""
        try:
            self.lock.open()
            if not os.access(self.path.parent, os.W_OK):
                self.refusal = "its folder may not be written to"
        except OSError as error:
            self.refusal = files.reason_of(error)

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the reader, once."""
        if sentence and sentence not in self.notices:
            self.notices.append(sentence)

    def refuse(self, reason: str) -> None:
        """Refuse to save from now on, for the reason given as a clause."""
        self.refusal, self._final = reason, True

    def close(self) -> None:
        """Let the files go; what is in memory can still be read."""
        with self.mutex:
            self.file.forget()
            self.lock.close()
            self._closed = True
            self.refuse("it is closed")

    def _take_in(self, *, locked: bool) -> bool:
        """Take in what is in the file now; False if that needs the lock."""
        if self.file.unchanged():
            return True
        data = self.file.read_appended()
        if data is not None:
            found = scan(data)
            for line in found.lines:
                self.fold.apply(line.edits)
            self.revision += bool(found.lines)
            self._keep_damaged(data, found)
            self.file.took(data, found.end)
            return True
        return self._take_whole(locked=locked)

    def _take_whole(self, *, locked: bool) -> bool:
        """Take in another file that is now in the place: compacted, or an old one put back."""
        try:
            data = self.file.read_whole()
        except FileNotFoundError:
            data = b""
        found = scan(data)
        fold = Fold.of(found.lines)
        if format_of(data[:1024]) > FORMAT:
            fold.apply(self.fold.lacking_in(fold))
            self._adopt(data, found, fold)
            return True
        compacted = self._generations and self._generations[0] in _generations_of(found)[1:]
        if compacted or not self.fold.tables:
            self._adopt(data, found, fold)
            return True
        if not locked:
            self.file.forget()
            return False
        if not data.strip():
            self.rewrite()
            self.tell("The notebook's file was gone; it was written again from memory.")
            return True
        lacking = self.fold.lacking_in(fold)
        self.file.took(data, found.end)
        if lacking:
            self._keep_torn_end()
            try:
                self.file.append(b"".join(line_of((edit,), now()) for edit in lacking))
            except OSError:
                self.file.forget()
                raise
            fold.apply(lacking)
            self.tell(
                "The notebook's file was put back to an older state by another program; "
                "what it lacked was written into it again."
            )
        self._adopt_fold(fold, _generations_of(found))
        return True

    def _adopt(self, data: bytes, found: Scan, fold: Fold) -> None:
        """Make what was read of a file the state, whatever was known before."""
        self._adopt_fold(fold, _generations_of(found))
        if self.file.is_open:
            self.file.took(data, found.end)
        if format_of(data[:1024]) > FORMAT:
            self.refuse("it was written by a newer version of tuireader")
            self.tell(
                "The notebook was written by a newer version of tuireader: "
                "it can be read here, but nothing can be saved."
            )
        self._keep_damaged(data, found)

    def _adopt_fold(self, fold: Fold, generations: tuple[int, ...]) -> None:
        fold.follow(self.fold)
        self.fold, self._generations = fold, generations
        self.revision += 1

    def _keep_damaged(self, data: bytes, found: Scan) -> None:
        """Set the damaged pieces of the file aside and say so."""
        pieces = filter(None, (data[start:stop] for start, stop in found.damaged))
        self.tell(damage.sentence(*damage.keep_pieces(self.path, pieces)))
        self.tell(damage.MENDED if found.mended else "")

    def _keep_torn_end(self) -> None:
        """Set aside what a writer left that died before its line was whole; needs the lock."""
        torn = self.file.torn_end()
        if torn.strip() and damage.keep_pieces(self.path, (torn,))[0]:
            self.tell(damage.TORN)

    def _unsaved(self, reason: str) -> NotebookError:
        return NotebookError(f"This was not saved in the notebook, because {reason}.")


def _generations_of(found: Scan) -> tuple[int, ...]:
    return next((line.generations for line in found.lines if line.generations), ())
