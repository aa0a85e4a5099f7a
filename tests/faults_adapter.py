"""The notebook as the program opens it, as plain records, for tools that break stores."""

from pathlib import Path
from typing import Any

from tinydb import where

from tuireader.notebook.notebook import Notebook

_FIELD = "fault_key"


class Adapter:
    """Records by key in one table of the notebook; what `put` returns from is on the disk."""

    def __init__(self, folder: str) -> None:
        self._notebook = Notebook.open(Path(folder))
        self._table = self._notebook._database.table("faults")

    def put(self, key: str, record: dict[str, Any]) -> None:
        self._table.upsert({_FIELD: key, **record}, where(_FIELD) == key)

    def all(self) -> dict[str, dict[str, Any]]:
        return {
            doc[_FIELD]: {name: value for name, value in doc.items() if name != _FIELD}
            for doc in self._table.all()
        }

    def delete(self, key: str) -> None:
        self._table.remove(where(_FIELD) == key)

    def close(self) -> None:
        self._notebook.close()
