"""What an export of another service gives: articles, and what cannot be taken over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.domain.import_item import ImportItem


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that cannot be taken over: where it stands in the export, and why not."""

    where: str
    reason: str


Found = Iterator[ImportItem | Skipped]


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was recognised: the service's name, and what is in it, read as it is asked."""

    service: str
    items: Found


@dataclass(frozen=True, slots=True)
class NotebookExport:
    """A notebook of this program: its records as they are, by table and id."""

    tables: Mapping[str, Any]
    damaged: tuple[Skipped, ...] = ()
