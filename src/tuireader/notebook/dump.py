"""Writes all tables of the notebook as one JSON document, a record at a time."""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from tuireader.notebook.serialization import record_location
from tuireader.notebook.undo import INTERNAL_TABLES

_PIECE = 1 << 20
"""Bytes that are collected into one piece."""


@dataclass(frozen=True, slots=True)
class NotebookDump:
    """The tables of the notebook at one time.

    >>> b"".join(NotebookDump({"notes": {1: b'{"text":"word"}'}}).pieces())
    b'{"notes": {"1": {"text": "word"}}}'
    """

    tables: Mapping[str, Mapping[int, bytes]]
    """The JSON of each record by its table's name and its id."""

    @property
    def count(self) -> int:
        """The number of records."""
        return sum(map(len, self.tables.values()))

    def of(self, locations: Container[str]) -> "NotebookDump":
        """Return only the records that belong to articles at some locations.

        Tables without such a record are left out, and so are the undo steps.
        """
        found = {
            name: {
                number: record
                for number, record in records.items()
                if record_location(json.loads(record)) in locations
            }
            for name, records in self.tables.items()
            if name not in INTERNAL_TABLES
        }
        return NotebookDump({name: records for name, records in found.items() if records})

    def pieces(self) -> Iterator[bytes]:
        """Yield the document, encoded in UTF-8, in pieces of about a megabyte.

        It is an object with the tables by name, each with its records by id, as TinyDB reads it.
        Only one record is decoded at a time.
        """
        waiting, size = [], 0
        for text in self._parts():
            waiting.append(text)
            size += len(text)
            if size > _PIECE:
                yield "".join(waiting).encode("utf-8", "surrogatepass")
                waiting, size = [], 0
        yield "".join(waiting).encode("utf-8", "surrogatepass")

    def _parts(self) -> Iterator[str]:
        """Yield the document a record at a time."""
        yield "{"
        for number, (table, records) in enumerate(self.tables.items()):
            yield f"{', ' if number else ''}{_json(table)}: {{"
            for place, (record_id, record) in enumerate(records.items()):
                yield f'{", " if place else ""}"{record_id}": {_json(json.loads(record))}'
            yield "}"
        yield "}"


def _json(value: object) -> str:
    """Return a value as JSON, with its letters as they are."""
    return json.dumps(value, ensure_ascii=False)
