"""Notes while they are being typed: one small file each, so that a crash loses next to nothing."""

import contextlib
import hashlib
import json
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook import files
from tuireader.notebook.reserve import Reserve


class Drafts:
    """A folder of drafts; a file's name is a hash of its key, so that no key leads elsewhere."""

    def __init__(self, folder: Path, reserve: Reserve | None = None) -> None:
        """The reserve is spent when there is no other room for a draft."""
        self._folder = folder
        self._reserve = reserve

    def save(self, key: str, text: str) -> None:
        """Keep the draft in the place of the one before; NotebookError if it cannot be."""
        data = json.dumps({"v": 1, "key": key, "text": text}).encode("ascii")
        try:
            if self._reserve:
                self._reserve.spend(lambda: files.write_atomically(self._path(key), data))
            else:
                files.write_atomically(self._path(key), data)
        except OSError as error:
            raise NotebookError(
                f"The draft was not kept, because {files.reason_of(error)}."
            ) from error

    def get(self, key: str) -> str:
        """The draft of that key; empty if there is none."""
        draft = _read(self._path(key))
        return draft[1] if draft else ""

    def drop(self, key: str) -> None:
        """Forget the draft if there is one."""
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def all(self) -> dict[str, str]:
        """All drafts by key, the oldest first; a file that is no draft is passed over."""
        try:
            paths = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        except OSError:
            return {}
        return dict(draft for path in paths if (draft := _read(path)))

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.json"


def _read(path: Path) -> tuple[str, str] | None:
    try:
        record = json.loads(path.read_bytes())
        return str(record["key"]), str(record["text"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
