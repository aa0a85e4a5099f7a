"""The state of a journal in memory, kept in step with its file; known records are never lost.

Lines that other windows appended are applied. A file that was compacted from the known one replaces
it. Any other file in its place, such as an old backup, gets the records that it lacks.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tuireader.notebook.journal import quarantine
from tuireader.notebook.journal.ids import IdGenerator, now
from tuireader.notebook.journal.line_format import (
    FORMAT,
    RecordEdit,
    ScanResult,
    encode_line,
    scan_lines,
)
from tuireader.notebook.journal.log_file import LogFile
from tuireader.notebook.journal.state import (
    JournalState,
    LoadResult,
    edits_for_tables,
    load_journal,
)
from tuireader.paths import AtomicFile, replace_file

_GENERATIONS = 50
"""After how many compactions by others a window still recognises the file as its own."""


class Snapshot(NamedTuple):
    """A state of the journal, and the file that it was read from.

    `tables` has the JSON of each record by table and id; `at` is its time stamp.
    """

    at: str
    tables: dict[str, dict[int, bytes]]
    end: int
    """The length of the part of the file that the state covers, in bytes."""
    descriptor: int
    """The file, open until the snapshot is closed."""
    generations: tuple[int, ...]
    """The ids for the first line of the compacted file: its own, then those of earlier files."""

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of a new file that contains exactly this state."""
        yield encode_line((), self.at, self.generations)
        for edit in edits_for_tables(self.tables):
            yield encode_line((edit,), self.at)

    def close(self) -> None:
        """Close the file."""
        os.close(self.descriptor)


class Replica:
    """The open journal file, and the state that its lines result in."""

    def __init__(
        self, path: Path, tell: Callable[[str], None], refuse: Callable[[str], None]
    ) -> None:
        """Prepare the replica; nothing is read yet.

        `tell` is called with notices for the user, `refuse` with a reason (a clause) when nothing
        may be saved any more.
        """
        self.path = path
        self.file = LogFile(path)
        self.state = JournalState()
        self.ids = IdGenerator()
        self.revision = 0
        """A number that grows with every change."""
        self.is_damaged = False
        """Whether lines of the file are damaged."""
        self._generations: tuple[int, ...] = ()
        self._tell = tell
        self._refuse = refuse

    def read(self) -> bool:
        """Load the file for the first time.

        Returns False if it has content but no valid line. Raises OSError if it cannot be read; a
        missing file counts as empty.
        """
        try:
            loaded = load_journal(self.file)
        except FileNotFoundError:
            return True
        if not loaded.lines and not loaded.is_blank and loaded.format <= FORMAT:
            self.file.close()
            return False
        self._load(loaded)
        return True

    def catch_up(self, *, locked: bool) -> bool:
        """Apply what other windows wrote; return False if that needs the write lock.

        `locked` tells whether the caller holds it. Raises OSError if the file cannot be read.
        """
        if self.file.is_unchanged():
            return True
        data = self.file.read_appended()
        if data is None:
            return self._reload(locked=locked)
        found = scan_lines(data)
        for line in found.lines:
            self.state.apply(line.edits)
        self.revision += bool(found.lines)
        self._quarantine_damage(data, found)
        self.file.advance(data, found.end)
        return True

    def apply_own(self, edits: Sequence[RecordEdit]) -> None:
        """Apply edits that this window has just written to the file."""
        self.state.apply(edits)
        self.revision += 1

    def rewrite(self) -> None:
        """Replace the file by a new one with the whole state.

        The caller must hold the write lock. Raises OSError if it cannot be written.
        """
        generations = (self.ids.next(), *self._generations)[:_GENERATIONS]
        snapshot = Snapshot(now(), self.state.tables, 0, -1, generations)
        replace_file(self.path, snapshot.lines(), private=True)
        self._generations = generations
        self.file.open_at_end()

    def snapshot(self) -> Snapshot:
        """Return a snapshot of the state, which the caller must close."""
        return Snapshot(
            at=now(),
            tables={table: dict(records) for table, records in self.state.tables.items()},
            end=self.file.end,
            descriptor=self.file.duplicate(),
            generations=(self.ids.next(), *self._generations)[:_GENERATIONS],
        )

    def exchange(self, draft: AtomicFile, snapshot: Snapshot) -> bool:
        """Replace the file by one made from a snapshot, with the lines appended since.

        The caller must hold the write lock. Returns False if the file was replaced by others in the
        meantime.
        """
        if not self.file.is_same_file(snapshot.descriptor):
            return False
        since = scan_lines(self.file.read_since(snapshot.end))
        for line in since.lines:
            draft.write(encode_line(line.edits, line.at))
        draft.replace()
        self._generations = snapshot.generations
        self.file.open_at_end()
        return True

    def quarantine_torn_line(self) -> None:
        """Quarantine the remains of an interrupted write; the caller must hold the write lock."""
        torn = self.file.torn_line()
        if torn.strip() and quarantine.quarantine_pieces(self.path, (torn,))[0]:
            self._tell(quarantine.TORN_NOTICE)

    def _reload(self, *, locked: bool) -> bool:
        """Load a file that replaced the known one: a compacted file, or an old one put back.

        Returns False if that needs the write lock; `locked` tells whether the caller holds it.
        """
        try:
            loaded = load_journal(self.file)
        except FileNotFoundError:
            loaded = LoadResult()
        if loaded.format > FORMAT:
            loaded.state.apply(self.state.edits_missing_in(loaded.state))
            self._load(loaded)
            return True
        compacted = self._generations and self._generations[0] in loaded.generations[1:]
        if compacted or not self.state.tables:
            self._load(loaded)
            return True
        if not locked:
            self.file.close()
            return False
        if loaded.is_blank:
            self.rewrite()
            self._tell("The notebook's file was missing; it was written again from memory.")
            return True
        self._write_missing(loaded)
        return True

    def _write_missing(self, loaded: LoadResult) -> None:
        """Append the known records that a loaded file lacks to it, and use its state."""
        lacking = self.state.edits_missing_in(loaded.state)
        if lacking:
            self.quarantine_torn_line()
            try:
                self.file.append(b"".join(encode_line((edit,), now()) for edit in lacking))
            except OSError:
                self.file.close()
                raise
            loaded.state.apply(lacking)
            self._tell(
                "Another program replaced the notebook's file by an older one; "
                "the missing changes were written to it again."
            )
        self._switch_to(loaded)

    def _load(self, loaded: LoadResult) -> None:
        """Use a loaded state; if the file has a newer format, refuse saving from now on."""
        self._switch_to(loaded)
        if loaded.format > FORMAT:
            self._refuse("it was written by a newer version of tuireader")
            self._tell(
                "The notebook was written by a newer version of tuireader: "
                "it can be read here, but nothing can be saved."
            )
        self._quarantine_damage(loaded.rest, loaded.found)

    def _switch_to(self, loaded: LoadResult) -> None:
        """Use a loaded state as the successor of the present one."""
        loaded.state.succeed(self.state)
        self.state, self._generations = loaded.state, loaded.generations
        self.revision += 1

    def _quarantine_damage(self, data: bytes, found: ScanResult) -> None:
        """Quarantine the damaged stretches of the file, and add a notice about them."""
        self.is_damaged = self.is_damaged or bool(found.damaged)
        pieces = filter(None, (data[start:stop] for start, stop in found.damaged))
        self._tell(quarantine.damage_notice(*quarantine.quarantine_pieces(self.path, pieces)))
        self._tell(quarantine.REPAIRED_NOTICE if found.mended else "")
