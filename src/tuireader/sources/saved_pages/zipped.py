"""Reads zip archives of pages and other files: each file that can be read is an article."""

from collections.abc import Iterator
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.embedded import is_readable, read_embedded
from tuireader.sources.files import natural_key
from tuireader.sources.zip_archive import ZipArchive

_BESIDE = ("_files", "-files", "_Dateien", "-Dateien", "_fichiers", "_archivos")
"""The ends of the names of folders in which browsers save the pictures and styles of a page."""
MOST_PAGES = 20_000
LARGEST_ARCHIVE = 2_000_000_000
"""The most bytes that all pages of an archive may have together when they are expanded."""


def zipped_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Return the paths inside an archive of the files that are read, in natural order.

    Raises SourceError, which names `path`, if there are none, or they are too many or too large.
    """
    archive = ZipArchive(stream, path)
    names = sorted(filter(_is_page, archive), key=natural_key)
    if not names:
        raise SourceError(path, "it contains no pages or texts")
    if len(names) > MOST_PAGES:
        raise SourceError(path, f"it contains more than {MOST_PAGES:,} pages")
    if sum(map(archive.size, names)) > LARGEST_ARCHIVE:
        most = LARGEST_ARCHIVE // 1_000_000
        raise SourceError(path, f"its pages have more than {most:,} MB when they are expanded")
    yield from names


def read_zipped(stream: BinaryIO, path: str, name: str) -> Article:
    """Return the article of a file in an archive, by its path inside it.

    Args:
        stream: The open archive.
        path: Its path.
        name: The path inside it.

    Raises SourceNotFoundError if there is no such file, SourceError if it cannot be read.
    """
    location = f"{path}#{name}"
    archive = ZipArchive(stream, path)
    if name not in archive or not _is_page(name):
        raise SourceNotFoundError(location, "no such page in the archive")
    return read_embedded(archive.read(name), name, location)


def _is_page(name: str) -> bool:
    """Return whether a file of an archive is an article of its own.

    Hidden files, and what a browser saved beside a page, are not. `name` is the path inside.
    """
    folders = name.split("/")
    if any(part.startswith((".", "__MACOSX")) for part in folders):
        return False
    if any(folder.endswith(_BESIDE) for folder in folders[:-1]):
        return False
    return is_readable(folders[-1])
