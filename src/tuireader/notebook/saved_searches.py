"""Saved searches, called lists: queries under names, in the order that the reader gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.table_cache import IndexedTable
from tuireader.notebook.undo import UndoLog

Rewrite = Callable[[str, str, str], str]
"""Returns a query in which a saved search has another name, given the query and both names."""

TABLE = "lists"
"""The table of saved searches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query under a name."""

    name: str
    query: str
    position: int
    """The number by which saved searches are sorted; it may have gaps."""


class SavedSearches:
    """The saved searches; every change is an undo step."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        """Give access to the saved searches of a database."""
        self._storage = database.storage
        self._undo_log = undo_log
        self._values = IndexedTable(database.storage, TABLE, saved_search_from_record, _ignore)

    def all(self) -> tuple[SavedSearch, ...]:
        """Return all saved searches in the user's order; empty if there are none."""
        return tuple(search for _, search in self._sorted())

    def queries(self) -> dict[str, str]:
        """Return the queries by name, in the user's order; empty if there are none."""
        return {search.name: search.query for search in self.all()}

    def add(self, name: str, query: str) -> None:
        """Save a query under a new name, as the last one.

        Raises:
            NotebookError: The name is empty or taken, or nothing can be saved.
        """
        name = _clean(name)
        with self._storage.transaction(), self._undo_log.step(f"added the list “{name}”") as step:
            self._refuse_taken(name)
            last = max((search.position for search in self.all()), default=0)
            step.insert(TABLE, {"name": name, "query": query, "position": last + 1})

    def change(self, name: str, *, query: str) -> None:
        """Save another query under a name, which is found in any case.

        Raises:
            NotebookError: There is no such list, or nothing can be saved.
        """
        with self._storage.transaction(), self._undo_log.step(f"changed the list “{name}”") as step:
            step.update(TABLE, self._id_of(name), {"query": query})

    def rename(self, name: str, new_name: str, rewrite: Rewrite | None = None) -> None:
        """Give a saved search another name, also in the other saved searches that name it.

        Args:
            name: The name, in any case.
            new_name: The other name.
            rewrite: Rewrites a query; None leaves the other queries as they are.

        Raises:
            NotebookError: There is no such list, the new name is empty or taken, or nothing can
                be saved.
        """
        new_name = _clean(new_name)
        label = f"renamed the list “{name}” to “{new_name}”"
        with self._storage.transaction(), self._undo_log.step(label) as step:
            if new_name.casefold() != name.casefold():
                self._refuse_taken(new_name)
            step.update(TABLE, self._id_of(name), {"name": new_name})
            if rewrite is None:
                return
            for record_id, search in self._values.all().items():
                query = rewrite(search.query, name, new_name)
                if query != search.query:
                    step.update(TABLE, record_id, {"query": query})

    def move(self, name: str, steps: int) -> None:
        """Move a saved search down by `steps` places, or up by a negative number.

        It stops at the ends of the list.

        Raises:
            NotebookError: There is no such list, or nothing can be saved.
        """
        with self._storage.transaction(), self._undo_log.step(f"moved the list “{name}”") as step:
            moved = self._id_of(name)
            order = [record_id for record_id, _ in self._sorted()]
            place = order.index(moved)
            order.remove(moved)
            order.insert(max(0, min(len(order), place + steps)), moved)
            for position, record_id in enumerate(order, 1):
                step.update(TABLE, record_id, {"position": position})

    def remove(self, name: str) -> None:
        """Remove a saved search; the articles that it finds are not touched.

        Raises:
            NotebookError: There is no such list, or nothing can be saved.
        """
        with self._storage.transaction(), self._undo_log.step(f"removed the list “{name}”") as step:
            step.delete(TABLE, self._id_of(name))

    def _sorted(self) -> list[tuple[int, SavedSearch]]:
        """Return the record ids and the saved searches in their order; empty if there are none."""
        return sorted(self._values.all().items(), key=lambda pair: (pair[1].position, pair[0]))

    def _id_of(self, name: str) -> int:
        """Return the record id of a saved search, whose name is compared without case.

        Raises NotebookError if there is none.
        """
        for record_id, search in self._values.all().items():
            if search.name.casefold() == name.casefold():
                return record_id
        raise NotebookError(f"There is no list “{name}”.")

    def _refuse_taken(self, name: str) -> None:
        """Raise NotebookError if there is a saved search of this name."""
        if any(search.name.casefold() == name.casefold() for search in self.all()):
            raise NotebookError(f"There is already a list “{name}”.")


def saved_search_from_record(_record_id: int, record: Mapping[str, Any]) -> SavedSearch:
    """Return the saved search in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    return SavedSearch(
        name=str(record["name"]),
        query=str(record["query"]),
        position=int(record.get("position", 0)),
    )


def _clean(name: str) -> str:
    """Return a name as one sanitized line; raise NotebookError if it is empty."""
    name = " ".join(name.replace('"', " ").split())
    if not name:
        raise NotebookError("A list needs a name.")
    return name


def _ignore(_record_id: int, _before: SavedSearch | None, _now: SavedSearch | None) -> None:
    """Take no notice of a change: nothing is derived from the table."""
