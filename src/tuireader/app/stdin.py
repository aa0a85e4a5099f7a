"""Standard input: kept as a file, so that its text can be found again tomorrow."""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import BinaryIO

from tuireader.domain.errors import NoTerminalError, SourceError
from tuireader.paths import AppPaths, make_private_folder
from tuireader.sources.files import LARGEST_FILE
from tuireader.sources.filetype import FILETYPE_HEAD_SIZE, extension_of, filetype_of_stream

CHUNK = 1 << 20


def today() -> dt.date:
    """The date where the reader is."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def store_stdin(stream: BinaryIO, folder: Path, day: dt.date) -> Path:
    """Store what the stream gives as a file named by date and hash; the same bytes only once.

    Its ending says what kind of source it is, as far as its first bytes tell.
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
        with incoming.open("rb") as file:
            ending = extension_of(filetype_of_stream(file.read(FILETYPE_HEAD_SIZE)))
        kept = folder / f"{day.isoformat()}-{digest}{ending}"
        incoming.replace(kept)
        return kept
    finally:
        incoming.unlink(missing_ok=True)


def _copy(stream: BinaryIO, file: BinaryIO) -> str:
    """Copy the stream; the first twelve digits of the SHA-256 of its bytes."""
    import hashlib  # noqa: PLC0415 - not at the start, as tempfile

    seen, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > LARGEST_FILE:  # an endless stream must not fill the disk
            raise SourceError("-", f"standard input is longer than {LARGEST_FILE // 1_000_000} MB")
        seen.update(chunk)
        file.write(chunk)
    if not size:
        raise SourceError("-", "nothing came in on standard input")
    return seen.hexdigest()[:12]


def replace_stdin(sources: tuple[str, ...], folders: AppPaths) -> tuple[str, ...]:
    """The sources, with each `-` replaced by the file that standard input was kept in."""
    if "-" not in sources:
        return sources
    kept = str(store_stdin(sys.stdin.buffer, folders.stdin, today()))
    return tuple(kept if source == "-" else source for source in sources)


def open_terminal() -> int:
    """The descriptor of the terminal that the program was started from.

    NoTerminalError if there is none.
    """
    try:
        return os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise NoTerminalError from error


def take_keys_from(terminal: int) -> None:
    """Make the terminal standard input, after a text came in on it."""
    os.dup2(terminal, 0)
    os.close(terminal)
