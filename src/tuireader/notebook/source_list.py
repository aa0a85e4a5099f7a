"""The list of sources: which articles, files and folders were added or opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.bookmark import Citation
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import SCHEMA, citation_from_record, citation_record
from tuireader.notebook.table_cache import IndexedTable
from tuireader.notebook.undo import UndoLog

TABLE = "sources"
"""The table of sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What the user says of a source; only of feeds so far."""

    name: str = ""
    """The name that the user gave it; "" for its own title."""
    folder: str | None = None
    """The path of the folder that the user moved it to, "" for none; None if it was not moved."""
    paused: bool = False
    """Whether it is left out when all feeds are refreshed."""


def source_record(citation: Citation) -> dict[str, Any]:
    """Return the record of an article that is added without being opened."""
    return {**citation_record(citation), "opened": None}


class SourceList:
    """The locations of everything that was added or opened."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        """Give access to the sources in a database."""
        self._database = database
        self._undo_log = undo_log
        self._record_ids: dict[str, int] = {}
        self._values = IndexedTable(database.storage, TABLE, _entry_of, self._replace)

    def all(self) -> tuple[str, ...]:
        """Return all locations, most recently added or opened first; empty if there are none."""
        entries = sorted(
            (
                (when, record_id, location)
                for record_id, (location, when) in self._values.all().items()
            ),
            reverse=True,
        )
        return tuple(dict.fromkeys(location for _, _, location in entries))

    def citation(self, location: str) -> Citation | None:
        """Return the citation that was stored when an article was added without being opened.

        None if there is none, or the location is not in the list.
        """
        record = self._record(location)
        return citation_from_record(record) if record and "title" in record else None

    def add(self, *locations: str, opened: bool = False, group: str = "") -> int:
        """Add locations to the list, and return how many are new.

        Adding is an undo step; opening is not. Raises NotebookError if nothing can be saved.

        Args:
            locations: The locations; the first one becomes the first in the list.
            opened: Whether they were opened now; known ones then move to the top.
            group: Additions with the same group are one undo step; "" for a step of its own.
        """
        with self._database.storage.transaction():
            self._values.refresh()
            known = self._record_ids
            new = [location for location in dict.fromkeys(locations) if location not in known]
            again = [known[location] for location in locations if location in known]
            stamp = now()
            table = self._database.table(TABLE)
            # The first one given becomes the first in the list.
            new.reverse()
            if new and opened:
                table.insert_multiple(
                    {
                        "v": SCHEMA,
                        "created": stamp,
                        "updated": stamp,
                        "location": location,
                        "opened": stamp,
                    }
                    for location in new
                )
            elif new:
                with self._undo_log.step(f"added “{new[0]}”", group) as step:
                    for location in new:
                        step.insert(TABLE, {"location": location, "opened": None})
                    if len(step.edits) > 1:
                        step.label = f"added {len(step.edits)} sources"
            if again and opened:
                table.update({"opened": stamp, "updated": stamp}, doc_ids=again)
            return len(new)

    def options(self, location: str) -> SourceOptions:
        """Return what the user set for a source; the defaults if it is unknown."""
        record = self._record(location) or {}
        folder = record.get("folder")
        return SourceOptions(
            name=str(record.get("name") or ""),
            folder=None if folder is None else str(folder),
            paused=bool(record.get("paused")),
        )

    def set_options(self, location: str, **options: str | bool) -> bool:
        """Set fields of `SourceOptions` as one undo step; return whether any was changed.

        False if the source is not in the list. At least one field must be given. Raises
        NotebookError if nothing can be saved.
        """
        labels = {"name": "renamed {}", "folder": "moved {}", "paused": "paused or resumed {}"}
        label = labels[next(iter(options))].format(f"“{location}”")
        with self._database.storage.transaction(), self._undo_log.step(label) as step:
            self._values.refresh()
            record_id = self._record_ids.get(location)
            return record_id is not None and step.update(TABLE, record_id, options)

    def _record(self, location: str) -> dict[str, Any] | None:
        """Return a copy of the record of a location; None if it is not in the list."""
        with self._database.storage.journal.mutex:
            self._values.refresh()
            record_id = self._record_ids.get(location)
        if record_id is None:
            return None
        record = self._database.table(TABLE).get(doc_id=record_id)
        return dict(record) if isinstance(record, dict) else None

    def source_of(self, location: str) -> str:
        """Return the source that contains a location; "" if none does.

        It is the location itself if that is a source, else the innermost folder or file.
        """
        known = self.all()
        if location in known:
            return location
        around = (source for source in known if location.startswith((f"{source}/", f"{source}#")))
        return max(around, key=len, default="")

    def remove(self, *locations: str, keep: Iterable[str] = ()) -> int:
        """Remove locations from the list as one undo step; return how many were there.

        `keep` are articles in them that stay in the library: they are added as sources. Raises
        NotebookError if nothing can be saved.
        """
        what = f"“{locations[0]}”" if len(locations) == 1 else f"{len(locations)} sources"
        gone = set(locations)
        with self._undo_log.step(f"removed {what} from the list") as step:
            known = self._values.all()
            removed = [one for one, (location, _) in known.items() if location in gone]
            for record_id in removed:
                step.delete(TABLE, record_id)
            there = {location for location, _ in known.values()}
            for location in reversed(tuple(keep) if removed else ()):
                if location not in there:
                    step.insert(TABLE, {"location": location, "opened": None})
        return len(removed)

    def _replace(
        self, record_id: int, before: tuple[str, str] | None, now: tuple[str, str] | None
    ) -> None:
        """Update the index after a change of a record."""
        if before and self._record_ids.get(before[0]) == record_id:
            del self._record_ids[before[0]]
        if now:
            self._record_ids[now[0]] = record_id


def _entry_of(_record_id: int, record: Mapping[str, Any]) -> tuple[str, str]:
    """Return the location in a record, and when it was added or last opened (a time stamp)."""
    return str(record["location"]), str(record.get("opened") or record["created"])
