"""The journal as a TinyDB storage: a transaction is one line of it, or none.

What is read is what the lines add up to; nothing is cached. `JournalTable` hands
over only what changed; stock tables and middleware hand over the whole, and what
changed is found by comparison.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from tuireader.notebook.journal.lines import Edit, to_json
from tuireader.notebook.journal.lock import PATIENCE
from tuireader.notebook.journal.tidying import tidy
from tuireader.notebook.journal.upkeep import open_journal


class JournalStorage(Storage):
    """Keeps TinyDB's tables in an append-only journal."""

    def __init__(self, path: Path | str, patience: float = PATIENCE) -> None:
        """Open the journal at the path; `patience` is how many seconds it waits for a writer."""
        self.journal = open_journal(Path(path), patience)
        self._staged: dict[str, dict[int, bytes | None]] | None = None
        self._handed_out: dict[str, dict[int, bytes]] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The whole database, decoded, as stock TinyDB wants it; None if there is no table."""
        with self.journal.mutex:
            self.journal.refresh()
            self._handed_out = {
                table: dict(records) for table, records in self.journal.fold.tables.items()
            }
            return {
                table: {str(number): json.loads(doc) for number, doc in records.items()}
                for table, records in self._handed_out.items()
            } or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Save what differs from what `read` last gave; other windows' changes stay."""
        with self.journal.exclusive():
            edits = [Edit(table, None, None) for table in self._handed_out if table not in data]
            for table, documents in data.items():
                edits += self._differences(table, documents)
            if edits:
                self.journal.append(edits)

    def close(self) -> None:
        """Make the journal small if that is worth it, and let it go."""
        with self.journal.mutex:
            tidy(self.journal)
            self.journal.close()

    def staged(self, table: str) -> Iterable[int]:
        """The table's records with changes that are not on the disk yet; for their own thread."""
        return tuple((self._staged or {}).get(table, ()))

    def record(self, table: str, number: int) -> bytes | None:
        """One record's JSON, None if there is none."""
        with self.journal.mutex:
            if self._staged is not None and number in self._staged.get(table, {}):
                return self._staged[table][number]
            return self.journal.fold.tables.get(table, {}).get(number)

    def records(self, table: str) -> dict[int, bytes]:
        """All of a table's records as JSON, as they are at this moment."""
        with self.journal.mutex:
            records = dict(self.journal.fold.tables.get(table, {}))
            for number, doc in (self._staged or {}).get(table, {}).items():
                records.pop(number, None) if doc is None else records.update({number: doc})
            return records

    def shared_records(self, table: str) -> dict[int, bytes]:
        """As `records`, not to be changed, and for as long as the mutex is held."""
        if self._staged and self._staged.get(table):
            return self.records(table)
        return self.journal.fold.tables.get(table, {})

    def version(self, table: str) -> int:
        """A number that grows whenever the table changes."""
        return self.journal.fold.versions.get(table, 0)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """The records that have changed since that version; None if that is not known."""
        return self.journal.fold.changed_since(table, version)

    @contextlib.contextmanager
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """Make all that is saved inside one change; what is raised inside leaves no trace.

        `patience` is how many seconds it waits for another window, if not as long as usual.
        """
        with self.journal.exclusive(patience):
            if self._staged is not None:
                yield
                return
            self._staged = {}
            try:
                yield
                self._save_staged()
            finally:
                self._staged = None

    def stage(self, table: str, changes: Mapping[int, bytes | None]) -> None:
        """Note what a table's records become when the transaction ends; None deletes one."""
        if self._staged is None:
            raise RuntimeError("Changes are staged inside a transaction only.")
        self._staged.setdefault(table, {}).update(changes)

    def _save_staged(self) -> None:
        edits = []
        for table, changes in (self._staged or {}).items():
            known = self.journal.fold.tables.get(table)
            if known is None and not changes:
                edits.append(Edit(table, None, b"{}"))
            edits += [
                Edit(table, number, doc)
                for number, doc in changes.items()
                if doc != (known or {}).get(number)
            ]
        if edits:
            self.journal.append(edits)

    def _differences(self, table: str, documents: Mapping[Any, Any]) -> Iterator[Edit]:
        before = self._handed_out.get(table, {})
        after = {int(number): to_json(doc) for number, doc in documents.items()}
        if not after and table not in self._handed_out:
            yield Edit(table, None, b"{}")
        for number, doc in after.items():
            if before.get(number) != doc:
                yield Edit(table, number, doc)
        for number in before:
            if number not in after:
                yield Edit(table, number, None)
