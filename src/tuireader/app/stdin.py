"""Stores standard input as a file, and reads keys from the terminal instead."""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import BinaryIO

from tuireader.domain.errors import NoTerminalError, SourceError
from tuireader.paths import AppPaths, make_private_folder
from tuireader.sources.files import MAX_FILE_SIZE
from tuireader.sources.filetype import FileType, extension_of, filetype_of_file

CHUNK = 1 << 20
"""Bytes that are copied at once."""


def today() -> dt.date:
    """Return the date of today in the local time zone."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def store_stdin(stream: BinaryIO, folder: Path, day: dt.date) -> Path:
    """Store a stream as a file in `folder`, and return its path: DATE-HASH and an extension.

    If the same bytes were stored before, the path of that file is returned. The extension is chosen
    by the content. `day` is the date in the name.

    Raises:
        SourceError: The stream is empty or too long.
    """
    import tempfile  # noqa: PLC0415 - 4 ms with its imports, and this module is at the start

    make_private_folder(folder)
    handle, name = tempfile.mkstemp(prefix=".incoming.", dir=folder)
    incoming = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            digest = _copy(stream, file)
            file.flush()
            os.fsync(file.fileno())
        for known in folder.glob(f"????-??-??-{digest}.*"):
            return known
        ending = _ending_of(incoming)
        target = folder / f"{day.isoformat()}-{digest}{ending}"
        incoming.replace(target)
        return target
    finally:
        incoming.unlink(missing_ok=True)


def _ending_of(path: Path) -> str:
    """Return the usual extension, with its dot, of a file's type as told by its content.

    ".txt" for plain text; ".gz" is added for a compressed file.
    """
    with path.open("rb") as file:
        found = filetype_of_file("", file)
        if found is not None:
            return extension_of(found)
        from tuireader.sources.gzip_file import expand  # noqa: PLC0415 - only for compressed files

        with expand(file, "-") as expanded:
            return extension_of(filetype_of_file("", expanded) or FileType.TEXT) + ".gz"


def _copy(stream: BinaryIO, file: BinaryIO) -> str:
    """Copy the stream, and return the first twelve digits of its SHA-256.

    Raises SourceError if the stream is empty or too long.
    """
    import hashlib  # noqa: PLC0415 - not at the start, as tempfile

    seen, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MAX_FILE_SIZE:  # an endless stream must not fill the disk
            raise SourceError("-", f"standard input is longer than {MAX_FILE_SIZE // 1_000_000} MB")
        seen.update(chunk)
        file.write(chunk)
    if not size:
        raise SourceError("-", "standard input is empty")
    return seen.hexdigest()[:12]


def replace_stdin(sources: tuple[str, ...], folders: AppPaths) -> tuple[str, ...]:
    """Return the sources with the path of stored standard input in place of each `-`.

    Without `-`, nothing is read. Raises SourceError if standard input is empty or too long.
    """
    if "-" not in sources:
        return sources
    stored = str(store_stdin(sys.stdin.buffer, folders.stdin, today()))
    return tuple(stored if source == "-" else source for source in sources)


def open_terminal() -> int:
    """Open the controlling terminal, and return its descriptor.

    Raises NoTerminalError if there is none.
    """
    try:
        return os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise NoTerminalError from error


def read_keys_from(terminal: int) -> None:
    """Make a terminal, given by its descriptor, standard input; the descriptor is closed."""
    os.dup2(terminal, 0)
    os.close(terminal)
