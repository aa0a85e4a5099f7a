"""The journal's file in memory: what is known is never less than what was known before.

What is known is what the file's good lines add up to. Lines that others appended are added to
it; a file that was compacted from this one takes its place; into any other that is found in its
place, an old copy put back, is written what it lacks.
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
"""How many compactions a window may sleep through and still know the file as its own."""


class Snapshot(NamedTuple):
    """What was known at a moment, and of which file."""

    at: str
    tables: dict[str, dict[int, bytes]]
    end: int
    """How much of the file this is."""
    descriptor: int
    """The file, open until the snapshot is closed."""
    generations: tuple[int, ...]
    """Those of the file that is to be made of it."""

    def lines(self) -> Iterator[bytes]:
        """The lines of a file that holds this and nothing else."""
        yield encode_line((), self.at, self.generations)
        for edit in edits_for_tables(self.tables):
            yield encode_line((edit,), self.at)

    def close(self) -> None:
        """Let the file go."""
        os.close(self.descriptor)


class Replica:
    """The open file, and the state that its lines add up to."""

    def __init__(
        self, path: Path, tell: Callable[[str], None], refuse: Callable[[str], None]
    ) -> None:
        """Nothing is read yet. `tell` takes sentences for the reader, `refuse` ends all saving."""
        self.path = path
        self.file = LogFile(path)
        self.fold = JournalState()
        self.ids = IdGenerator()
        self.revision = 0
        """A number that grows with every change."""
        self.harmed = False
        """Whether lines of the file are damaged."""
        self._generations: tuple[int, ...] = ()
        self._tell = tell
        self._refuse = refuse

    def read(self) -> bool:
        """Read the file for the first time; False if it holds something, but not one line.

        OSError if it cannot be read at all; a file that is not there is empty.
        """
        try:
            loaded = load_journal(self.file)
        except FileNotFoundError:
            return True
        if not loaded.lines and not loaded.is_blank and loaded.format <= FORMAT:
            self.file.forget()
            return False
        self._adopt(loaded)
        return True

    def take_in(self, *, locked: bool) -> bool:
        """Take in what is in the file now; False if that needs the lock."""
        if self.file.unchanged():
            return True
        data = self.file.read_appended()
        if data is None:
            return self._take_whole(locked=locked)
        found = scan_lines(data)
        for line in found.lines:
            self.fold.apply(line.edits)
        self.revision += bool(found.lines)
        self._keep_damaged(data, found)
        self.file.took(data, found.end)
        return True

    def made(self, edits: Sequence[RecordEdit]) -> None:
        """Take in what this window has just written itself."""
        self.fold.apply(edits)
        self.revision += 1

    def rewrite(self) -> None:
        """Put a new file with all that is known in the place of the old; needs the lock."""
        generations = (self.ids.next(), *self._generations)[:_GENERATIONS]
        snapshot = Snapshot(now(), self.fold.tables, 0, -1, generations)
        replace_file(self.path, snapshot.lines(), private=True)
        self._generations = generations
        self.file.begin_at_end()

    def snapshot(self) -> Snapshot:
        """What is known now."""
        return Snapshot(
            at=now(),
            tables={table: dict(records) for table, records in self.fold.tables.items()},
            end=self.file.end,
            descriptor=self.file.duplicate(),
            generations=(self.ids.next(), *self._generations)[:_GENERATIONS],
        )

    def exchange(self, draft: AtomicFile, snapshot: Snapshot) -> bool:
        """Put a file made of a snapshot in the place, with what came since; needs the lock.

        False if the file is another than it was.
        """
        if not self.file.is_file(snapshot.descriptor):
            return False
        since = scan_lines(self.file.taken_since(snapshot.end))
        for line in since.lines:
            draft.write(encode_line(line.edits, line.at))
        draft.replace()
        self._generations = snapshot.generations
        self.file.begin_at_end()
        return True

    def keep_torn_end(self) -> None:
        """Set aside what a writer left that died before its line was whole; needs the lock."""
        torn = self.file.torn_end()
        if torn.strip() and quarantine.quarantine_pieces(self.path, (torn,))[0]:
            self._tell(quarantine.TORN)

    def _take_whole(self, *, locked: bool) -> bool:
        """Take in another file that is now in the place: compacted, or an old one put back."""
        try:
            loaded = load_journal(self.file)
        except FileNotFoundError:
            loaded = LoadResult()
        if loaded.format > FORMAT:
            loaded.fold.apply(self.fold.lacking_in(loaded.fold))
            self._adopt(loaded)
            return True
        compacted = self._generations and self._generations[0] in loaded.generations[1:]
        if compacted or not self.fold.tables:
            self._adopt(loaded)
            return True
        if not locked:
            self.file.forget()
            return False
        if loaded.is_blank:
            self.rewrite()
            self._tell("The notebook's file was gone; it was written again from memory.")
            return True
        self._add_lacking(loaded)
        return True

    def _add_lacking(self, loaded: LoadResult) -> None:
        """Write into the file that was put back what is known and not in it."""
        lacking = self.fold.lacking_in(loaded.fold)
        if lacking:
            self.keep_torn_end()
            try:
                self.file.append(b"".join(encode_line((edit,), now()) for edit in lacking))
            except OSError:
                self.file.forget()
                raise
            loaded.fold.apply(lacking)
            self._tell(
                "The notebook's file was put back to an older state by another program; "
                "what it lacked was written into it again."
            )
        self._stand_on(loaded)

    def _adopt(self, loaded: LoadResult) -> None:
        """Make what was read of a file the state, whatever was known before."""
        self._stand_on(loaded)
        if loaded.format > FORMAT:
            self._refuse("it was written by a newer version of tuireader")
            self._tell(
                "The notebook was written by a newer version of tuireader: "
                "it can be read here, but nothing can be saved."
            )
        self._keep_damaged(loaded.rest, loaded.found)

    def _stand_on(self, loaded: LoadResult) -> None:
        loaded.fold.follow(self.fold)
        self.fold, self._generations = loaded.fold, loaded.generations
        self.revision += 1

    def _keep_damaged(self, data: bytes, found: ScanResult) -> None:
        """Set the damaged pieces of the file aside and say so."""
        self.harmed = self.harmed or bool(found.damaged)
        pieces = filter(None, (data[start:stop] for start, stop in found.damaged))
        self._tell(quarantine.damage_notice(*quarantine.quarantine_pieces(self.path, pieces)))
        self._tell(quarantine.MENDED if found.mended else "")
