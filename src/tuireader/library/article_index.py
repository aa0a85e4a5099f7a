"""The index of articles that were read to their end, and where else each of them was found.

It is a SQLite database in the cache folder. What is not in it is read again.
"""

import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self

from tuireader import __version__
from tuireader.domain.article import Article, text_hash
from tuireader.domain.article_list import ListEntry
from tuireader.domain.dates import parse_date
from tuireader.paths import make_private_folder
from tuireader.sources.files import is_address, split_location
from tuireader.sources.web.url import comparison_key

if TYPE_CHECKING:
    import sqlite3

_SCHEMA = zlib.crc32(f"1 {__version__}".encode()) & 0x7FFFFFFF
"""The version of the database; that of another version of the program is made anew."""
_MIN_TEXT_LENGTH = 120
"""Code points of a text that identifies its article; a shorter one may be a notice."""
_MAX_LOCATIONS = 20
"""The most other locations that are returned for one article."""
_MAX_ROWS = 2 * _MAX_LOCATIONS
"""Rows that are read for them: some may be out of date."""
_TABLE = """
    CREATE TABLE articles (
        location TEXT PRIMARY KEY, size INTEGER, changed INTEGER, title TEXT, outlet TEXT,
        date TEXT, address TEXT, hash TEXT
    ) WITHOUT ROWID;
    CREATE INDEX by_address ON articles (address) WHERE address <> '';
    CREATE INDEX by_hash ON articles (hash) WHERE hash <> '';
"""

Stamp = tuple[int, int]
"""The state of a file: its size in bytes, and when it was last changed, in nanoseconds."""

ADDRESS: Stamp = 0, 0
"""The stamp of an article at a web address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArticle:
    """What the index stores of an article."""

    location: str
    size: int
    """The size of its file in bytes."""
    changed: int
    """When its file was last changed, in nanoseconds."""
    title: str
    outlet: str
    date: str
    """The date in ISO 8601; "" if unknown."""
    address: str
    """Its web address in a form that is equal for equal addresses; "" if it has none."""
    hash: str
    """The hash of its text; "" for a short text."""


def file_stamp(location: str) -> Stamp | None:
    """Return the size and the modification time of the file that contains an article.

    `ADDRESS` for a web address; None if there is no such file.
    """
    if is_address(location):
        return ADDRESS
    try:
        status = os.stat(split_location(location)[0])  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def indexed_article(article: Article, stamp: Stamp) -> IndexedArticle:
    """Return the record that the index stores of an article.

    `stamp` is the state of its file, from `file_stamp`.
    """
    return IndexedArticle(
        location=article.location,
        size=stamp[0],
        changed=stamp[1],
        title=article.title,
        outlet=article.outlet,
        date=article.date.isoformat() if article.date else "",
        address=comparison_key(article.source),
        hash=text_hash(article.text) if len(article.text) >= _MIN_TEXT_LENGTH else "",
    )


def list_entry(known: IndexedArticle, outlet: str) -> ListEntry:
    """Return the list entry of an indexed article.

    `outlet` is used if the article states none; the date is None if it is unknown.
    """
    return ListEntry(
        location=known.location,
        title=known.title,
        outlet=known.outlet or outlet,
        date=parse_date(known.date) if known.date else None,
    )


class ArticleIndex:
    """The stored `IndexedArticle` records by location.

    Several threads can use one object. It is only a cache: a database that cannot be read counts as
    empty, and failed writes are ignored.
    """

    def __init__(self, path: Path) -> None:
        """Open or create the file; if that is not possible, use a database in memory."""
        self._lock = RLock()
        self._database = _open_database(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def get(self, location: str, stamp: Stamp) -> IndexedArticle | None:
        """Return the record of a location; None if there is none, or its file has changed since.

        `stamp` is the present state of the file, from `file_stamp`.
        """
        rows = self._rows("SELECT * FROM articles WHERE location = ?", location)
        found = rows[0] if rows else None
        return found if found and (found.size, found.changed) == stamp else None

    def store(self, *known: IndexedArticle) -> None:
        """Store records, replacing those with the same locations.

        If the file cannot be written, nothing is stored and no error is raised.
        """
        import sqlite3  # noqa: PLC0415 - not at the start

        # If a cache cannot be written, articles are read again, and nothing is lost.
        with self._lock, suppress(sqlite3.Error), self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [astuple(each) for each in known],
            )

    def other_locations(self, known: IndexedArticle) -> tuple[str, ...]:
        """Return the other locations of an article: those with the same address or text.

        Only locations whose files have not changed since they were stored, 20 at most, without its
        own; empty if there are none.
        """
        same = [
            *(self._with_value("address", known.address) if known.address else ()),
            *(self._with_value("hash", known.hash) if known.hash else ()),
        ]
        places = dict.fromkeys(each.location for each in same if self._is_unchanged(each))
        places.pop(known.location, None)
        return tuple(places)[:_MAX_LOCATIONS]

    def close(self) -> None:
        """Close the database; the index cannot be used afterwards."""
        with self._lock:
            self._database.close()

    def _with_value(self, column: str, value: str) -> Iterable[IndexedArticle]:
        """Return the records whose `column` ("address" or "hash") has a value.

        The value must not be ""; at most `_MAX_ROWS` records.
        """
        query = f"SELECT * FROM articles WHERE {column} = ? AND {column} <> '' LIMIT {_MAX_ROWS}"  # noqa: S608 - no input
        return self._rows(query, value)

    @staticmethod
    def _is_unchanged(known: IndexedArticle) -> bool:
        """Return whether the file of an article has the size and time that it had when indexed."""
        return file_stamp(known.location) == (known.size, known.changed)

    def _rows(self, query: str, value: str) -> list[IndexedArticle]:
        """Return the articles that an SQL statement selects; none if the database is unreadable.

        `value` is bound to the statement's one parameter.
        """
        import sqlite3  # noqa: PLC0415 - not at the start

        names = tuple(IndexedArticle.__dataclass_fields__)
        with self._lock, suppress(sqlite3.Error, UnicodeError):
            rows = self._database.execute(query, (value,)).fetchall()
            return [IndexedArticle(**dict(zip(names, row, strict=True))) for row in rows]
        return []


def _open_database(path: Path) -> "sqlite3.Connection":
    """Open the database file, and create it with its folder if needed.

    A damaged file is deleted and created again; if it cannot be opened, a database in memory is
    returned.
    """
    import sqlite3  # noqa: PLC0415 - not at the start

    for _ in range(2):
        try:
            make_private_folder(path.parent)
            return _prepared(sqlite3.connect(path, check_same_thread=False))
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                break
            with suppress(OSError):
                path.unlink()
        except OSError:
            break
    return _prepared(sqlite3.connect(":memory:", check_same_thread=False))


def _prepared(database: "sqlite3.Connection") -> "sqlite3.Connection":
    """Return the connection after creating tables that are missing or of another version."""
    # A cache need not be on the disk at once: it can be made again.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA:
            database.execute("DROP TABLE IF EXISTS articles")
            for statement in filter(str.strip, _TABLE.split(";")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_SCHEMA}")
    return database
