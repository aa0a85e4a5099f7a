"""The result of reading an export: its service, articles, and skipped entries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.import_item import ImportItem


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that cannot be imported.

    Where it is in the export ("entry 3"), and why not, a clause.
    """

    where: str
    reason: str


ImportedItems = Iterator[ImportItem | Skipped]


@dataclass(frozen=True, slots=True)
class ServiceExport:
    """A recognised export: the service's name, and its items, which are read lazily."""

    service: str
    items: ImportedItems


@dataclass(frozen=True, slots=True)
class NotebookExport:
    """An exported notebook of tuireader: its stored records by table and id."""

    tables: Mapping[str, Any]
    damaged: tuple[Skipped, ...] = ()
