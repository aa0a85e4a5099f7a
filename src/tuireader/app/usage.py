"""What was typed and used before, in one small local file: histories, and how often.

The file can be deleted at any time. A missing or damaged one counts as empty.
"""

import contextlib
import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

from tuireader.paths import make_private_folder

MAX_ENTRIES = 200
"""Lines of a history that are kept."""

PRIVATE = 0o600
"""The mode of the file: what somebody searches for is nobody else's business."""


class Usage:
    """The histories of the prompts by name, and how often each action was chosen by its name."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the path of the file, which is read when it is first needed.

        Without a path, nothing is kept when the program ends.
        """
        self._path = path

    @cached_property
    def _kept(self) -> dict[str, dict[str, Any]]:
        """The content of the file, with all its tables."""
        kept: Any = {}
        if self._path is not None:
            with contextlib.suppress(OSError, ValueError):
                kept = json.loads(self._path.read_text(encoding="utf-8"))
        tables = kept if isinstance(kept, dict) else {}
        return {
            name: table if isinstance(table := tables.get(name), dict) else {}
            for name in ("typed", "used")
        }

    def history(self, name: str) -> tuple[str, ...]:
        """Return what was typed into a prompt, the newest last; () if nothing was."""
        lines = self._kept["typed"].get(name)
        return tuple(filter(_is_text, lines)) if isinstance(lines, list) else ()

    def add(self, name: str, line: str) -> None:
        """Add a line to the history of a prompt as its newest, and save the file."""
        if line.strip():
            before = [each for each in self.history(name) if each != line]
            self._kept["typed"][name] = [*before, line][-MAX_ENTRIES:]
            self._save()

    def count(self, action: str) -> int:
        """Return how often an action was chosen by its name; 0 if it never was."""
        count = self._kept["used"].get(action)
        return count if isinstance(count, int) else 0

    def used(self, action: str) -> None:
        """Count that an action was chosen by its name, and save the file."""
        self._kept["used"][action] = self.count(action) + 1
        self._save()

    def _save(self) -> None:
        """Write the file, atomically. Errors are ignored: nothing that matters is lost."""
        if self._path is None:
            return
        draft = self._path.with_name(f".{self._path.name}.{os.urandom(8).hex()}")
        try:
            make_private_folder(self._path.parent)
            draft.touch(PRIVATE)
            draft.write_text(json.dumps(self._kept), encoding="utf-8")
            draft.replace(self._path)
        except (OSError, UnicodeError):
            with contextlib.suppress(OSError):
                draft.unlink()


def _is_text(value: object) -> bool:
    """Return whether a value of the file is a text."""
    return isinstance(value, str)
