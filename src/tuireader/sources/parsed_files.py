"""Remembers what was parsed of the files that were read last."""

import os
from collections.abc import Callable
from typing import BinaryIO, Generic, TypeVar

Parsed = TypeVar("Parsed")
_MOST = 4


class ParsedFiles(Generic[Parsed]):
    """Remembers what a parser returned for the last four files, until they change.

    A container file is read once for each article that is listed; parsing it each time would take
    time quadratic in the number of articles.
    """

    def __init__(self, parse: Callable[[BinaryIO, str], Parsed]) -> None:
        """Take the parser, which is called with the open file and its path."""
        self._parse = parse
        self._known: dict[tuple[str, int, int, int, int], Parsed] = {}

    def of(self, stream: BinaryIO, path: str) -> Parsed:
        """Return what the parser returns for a file, remembered or new; its errors are raised.

        `path` is the file's path. A stream that is no file on the disk is parsed each time.
        """
        try:
            state = os.fstat(stream.fileno())
        except OSError:
            return self._parse(stream, path)
        stamp = path, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
        if stamp not in self._known:
            found = self._parse(stream, path)
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[stamp] = found
        return self._known[stamp]
