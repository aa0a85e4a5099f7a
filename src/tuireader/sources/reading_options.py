"""What the reader chose for reading a file: the encoding of a text, the password of a PDF."""

import os
from dataclasses import dataclass
from pathlib import Path

from tuireader.paths import AtomicFile, make_private_folder

_LARGEST_STORE = 2_000_000
"""The largest file of choices that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a file is to be read: the encoding of a text, the password of a PDF file.

    An empty encoding is detected; an empty password means that none is needed.
    """

    encoding: str = ""
    password: str = ""


DETECTED = ReadingOptions()
"""The options if the reader has chosen nothing."""


class FileEncodings:
    """Remembers the encodings that the reader chose for files, by path, in one JSON file."""

    def __init__(self, store: Path) -> None:
        """Take the path of the JSON file, which need not exist."""
        self._store = store
        self._stamp: tuple[int, int] | None = None
        self._known: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Return the encoding that was chosen for a file; empty if none was."""
        return self._load().get(os.path.abspath(path), "")  # noqa: PTH100 - a link has its own name

    def choose(self, path: str, encoding: str) -> None:
        """Remember the encoding that the reader chose for a file.

        An empty encoding forgets the choice. Raises OSError if the store cannot be written.
        """
        known = dict(self._load())
        name = os.path.abspath(path)  # noqa: PTH100 - as above
        known.pop(name, None)
        if encoding:
            known[name] = encoding
        import json  # noqa: PLC0415 - not on the start path

        make_private_folder(self._store.parent)
        with AtomicFile(self._store) as file:
            file.write(json.dumps(known, ensure_ascii=True, indent=1).encode())
            file.replace()

    def _load(self) -> dict[str, str]:
        """Return the encodings by path; none if the store is missing, damaged or too large."""
        try:
            status = self._store.stat()
        except OSError:
            return {}
        stamp = status.st_mtime_ns, status.st_size
        if stamp != self._stamp:
            self._stamp = stamp
            self._known = _parsed(self._store) if status.st_size <= _LARGEST_STORE else {}
        return self._known


def _parsed(store: Path) -> dict[str, str]:
    """Return the encodings by path in the JSON file `store`; none if it is damaged."""
    import json  # noqa: PLC0415 - not on the start path

    try:
        found = json.loads(store.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: name for path, name in found.items() if isinstance(name, str)}
