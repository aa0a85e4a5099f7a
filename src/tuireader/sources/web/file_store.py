"""Stores fetched files that are not pages, such as books and PDF files, under their URLs."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tuireader.domain.article import Article, Link
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.paths import replace_file
from tuireader.sources.files import path_stamp
from tuireader.sources.filetype import FileType, extension_of, filetype_of_name
from tuireader.sources.open import article_locations, folder_name, open_article, read_list_entry
from tuireader.sources.plaintext.title import name_of
from tuireader.sources.web.page_store import host_of

_VERSION = 1
_UNFIT = re.compile(r"[^\w.-]+")
_MAX_NAME_LENGTH = 80


class FileStore:
    """A folder of fetched files, each in a folder named by its hash, and an index by URL.

    The location of an article is the file's URL, or `URL#id` in a container file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, address: str, data: bytes, kind: FileType) -> None:
        """Store a file under its URL, in place of an earlier one.

        Args:
            address: The file's URL.
            data: Its content.
            kind: Its type, which gives the file name an extension if the URL has none.

        Raises SourceError if it has no article or cannot be read, and then does not keep it;
        OSError if it cannot be written.
        """
        folder = hashlib.sha256(data).hexdigest()[:40]
        path = self._folder / folder / _name(address, kind)
        known = path.exists()
        if not known:
            replace_file(path, data)
        try:
            self._check_readable(address, path)
        except SourceError:
            if not known:
                path.unlink()
            raise
        record = {"v": _VERSION, "address": address, "file": f"{folder}/{path.name}"}
        replace_file(self.record_path(address), json.dumps(record).encode("ascii"))

    def holds(self, location: str) -> bool:
        """Return whether a location is that of a stored file, or of an article in one."""
        return self._path(location) is not None

    def stamp(self, location: str) -> tuple[int, int]:
        """Return the size (bytes) and the time (ns) of the record of a location's file.

        Zeros if no file is stored.
        """
        return path_stamp(self.record_path(location))

    def locations(self, address: str) -> Iterator[str]:
        """Yield the article locations of a stored file; a location `URL#id` gives itself.

        Raises SourceNotFoundError if no file is stored, SourceError if it cannot be read.
        """
        file = _address(address)
        if file != address:
            yield address
            return
        path = self._stored_path(address)
        with _errors_named(address):
            for location in article_locations(str(path)):
                yield address + location.removeprefix(str(path))

    def article(self, location: str) -> Article:
        """Return the article at a location in a stored file.

        Raises SourceNotFoundError if no file is stored, SourceError if it cannot be read.
        """
        path, address = self._stored_path(location), _address(location)
        inside = str(path) + location.removeprefix(address)
        with _errors_named(location):
            found = open_article(inside)
        source = address if found.source in {"", inside, str(path)} else found.source
        return replace(
            found,
            location=location,
            source=source,
            outlet=_outlet(found.outlet, path, address),
            links=tuple(_relocated_link(link, str(path), address) for link in found.links),
        )

    def describe(self, location: str) -> ListEntry:
        """Return the list entry of an article in a stored file.

        Its `problem` tells why it cannot be opened, also if no file is stored; empty if it can.
        """
        address = _address(location)
        try:
            path = self._stored_path(location)
        except SourceError as error:
            return ListEntry(location=location, title=location, problem=error.reason)
        found = read_list_entry(str(path) + location.removeprefix(address))
        return replace(found, location=location, outlet=_outlet(found.outlet, path, address))

    def _check_readable(self, address: str, path: Path) -> None:
        """Raise SourceError if the file at a path has no article, or its first cannot be read.

        `address` is the URL that errors name.
        """
        with _errors_named(address):
            first = next(article_locations(str(path)), None)
            if first is None:
                raise SourceError(address, "it contains no articles")
            problem = read_list_entry(first).problem
        if problem:
            raise SourceError(address, problem)

    def _stored_path(self, location: str) -> Path:
        """Return the path of a stored file; raise SourceNotFoundError if there is none."""
        path = self._path(location)
        if path is None:
            raise SourceNotFoundError(location, "not fetched yet")
        return path

    def _path(self, location: str) -> Path | None:
        """Return the path of a location's stored file; None if there is none.

        None, too, if its record is damaged.
        """
        with suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads(self.record_path(location).read_bytes())
            if record["v"] == _VERSION:
                return self._folder / str(record["file"])
        return None

    def record_path(self, location: str) -> Path:
        """Return the path of the record that names the stored file of a location.

        The record need not exist.
        """
        name = hashlib.sha256(_address(location).encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / "addresses" / f"{name}.json"


@contextmanager
def _errors_named(location: str) -> Iterator[None]:
    """Make errors name the article's URL instead of the path of its stored file."""
    try:
        yield
    except SourceError as error:
        raise type(error)(location, error.reason) from error


def _name(address: str, kind: FileType) -> str:
    """Return a file name for a URL, from its end, since it may be shown as the title.

    It has an extension of the file type `kind`; "file" stands for an empty name.
    """
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    name = _UNFIT.sub("_", last).strip("._")[-_MAX_NAME_LENGTH:] or "file"
    return name if filetype_of_name(name) is kind else f"{name}{extension_of(kind)}"


def _address(location: str) -> str:
    """Return the URL of a location, without the id of the article in the file."""
    return location.partition("#")[0]


def _outlet(outlet: str, path: Path, address: str) -> str:
    """Return an article's outlet, or the site's host if it only names a file or folder.

    `path` is the stored file's path, `address` its URL.
    """
    stands_in = {"", folder_name(str(path)), name_of(str(path))}
    return host_of(address) if outlet in stands_in else outlet


def _relocated_link(link: Link, path: str, address: str) -> Link:
    """Return a link inside the stored file at `path` as one to its URL, `address`.

    Other links are returned unchanged.
    """
    if not link.target.startswith(path):
        return link
    return replace(link, target=address + link.target.removeprefix(path))
