"""Expands gzip files in memory, within limits."""

import zlib
from io import BytesIO
from typing import BinaryIO

from tuireader.domain.errors import SourceError

LARGEST_EXPANDED = 50_000_000
"""The most bytes that a file may have when it is expanded."""
_PIECE = 1 << 18
_MAGIC = b"\x1f\x8b"


class ExpandedFile(BytesIO):
    """The expanded content of a compressed file, with the file descriptor of that file."""

    def __init__(self, data: bytes, file: BinaryIO) -> None:
        """Hold `data`, the expanded content of the compressed file `file`.

        `close` closes that file, too.
        """
        super().__init__(data)
        self._file = file

    def fileno(self) -> int:
        """Return the descriptor of the compressed file."""
        return self._file.fileno()

    def close(self) -> None:
        """Close this stream and the compressed file."""
        self._file.close()
        super().close()


def expand(file: BinaryIO, location: str) -> BinaryIO:
    """Return the expanded content of a gzip file; the file itself, rewound, if it is not gzip.

    Args:
        file: The open file, at its start; it is closed if an error is raised.
        location: The location that errors name.

    Raises SourceError if it is damaged or has more than `LARGEST_EXPANDED` bytes.
    """
    if file.read(len(_MAGIC)) != _MAGIC:
        file.seek(0)
        return file
    file.seek(0)
    try:
        return ExpandedFile(_content(file, location), file)
    except zlib.error as error:
        file.close()
        raise SourceError(location, "it is compressed incorrectly") from error
    except SourceError:
        file.close()
        raise


def _content(file: BinaryIO, location: str) -> bytes:
    """Return the expanded content of all members; a truncated last member gives what it has.

    Raises SourceError if there is nothing or too much, zlib.error if it is damaged.
    """
    pieces: list[bytes] = []
    size, left = 0, b""
    decoder = zlib.decompressobj(31)
    while data := left or file.read(_PIECE):
        piece = decoder.decompress(data, LARGEST_EXPANDED + 1 - size)
        left = decoder.unconsumed_tail
        size += len(piece)
        pieces.append(piece)
        if size > LARGEST_EXPANDED:
            most = LARGEST_EXPANDED // 1_000_000
            raise SourceError(location, f"it has more than {most} MB when it is expanded")
        if decoder.eof:
            left = decoder.unused_data.lstrip(b"\0")
            if left and not left.startswith(_MAGIC[: len(left)]):
                break
            decoder = zlib.decompressobj(31)
    if not size:
        raise SourceError(location, "it is compressed incorrectly, or empty")
    return b"".join(pieces)
