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
    """The content of a compressed file, which still tells the state of that file."""

    def __init__(self, data: bytes, file: BinaryIO) -> None:
        """Take the content, and the compressed file, which is closed with this one."""
        super().__init__(data)
        self._file = file

    def fileno(self) -> int:
        """Return the descriptor of the compressed file."""
        return self._file.fileno()

    def close(self) -> None:
        """Close both."""
        self._file.close()
        super().close()


def expand(file: BinaryIO, location: str) -> BinaryIO:
    """Return the content of a gzip file; the file itself if it is not compressed.

    Raises SourceError if it is damaged, or too large when it is expanded.
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
    """Return the content of all members; what was cut off at the end is left out."""
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
