"""What is known of articles that were read through, and where else each of them was found.

It lies in the cache: what is not there is read again.
"""

import datetime as dt
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
from tuireader.paths import make_private_folder
from tuireader.sources.files import is_address, split_location
from tuireader.sources.web.canonical_url import comparison_key

if TYPE_CHECKING:
    import sqlite3

_FORM = zlib.crc32(f"1 {__version__}".encode()) & 0x7FFFFFFF
"""What is known by another version of the program is not known by this one."""
_SHORTEST = 120
"""Code points of a text that says which article it is; a shorter one may be a notice."""
_MOST = 20
"""Other places that are told of one article."""
_TABLE = """
    CREATE TABLE articles (
        location TEXT PRIMARY KEY, size INTEGER, changed INTEGER, title TEXT, outlet TEXT,
        date TEXT, address TEXT, hash TEXT
    ) WITHOUT ROWID;
    CREATE INDEX by_address ON articles (address) WHERE address <> '';
    CREATE INDEX by_hash ON articles (hash) WHERE hash <> '';
"""

Stamp = tuple[int, int]
"""A file's size in bytes, and when it was changed last, in nanoseconds; zeros for an address."""

ADDRESS: Stamp = 0, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArticle:
    """An article that was read through."""

    location: str
    size: int
    changed: int
    title: str
    outlet: str
    date: str
    """ISO 8601, or empty."""
    address: str
    """Where it belongs, so written that two ways to write it are the same; empty if nowhere."""
    hash: str
    """Of its text; empty for a short one."""


def file_stamp(location: str) -> Stamp | None:
    """The state of the file that an article is in; None if it has gone."""
    if is_address(location):
        return ADDRESS
    try:
        status = os.stat(split_location(location)[0])  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def indexed_article(article: Article, stamp: Stamp) -> IndexedArticle:
    """What is to be known of an article, in a file of that state."""
    return IndexedArticle(
        location=article.location,
        size=stamp[0],
        changed=stamp[1],
        title=article.title,
        outlet=article.outlet,
        date=article.date.isoformat() if article.date else "",
        address=comparison_key(article.source),
        hash=text_hash(article.text) if len(article.text) >= _SHORTEST else "",
    )


def entry_of(known: IndexedArticle, outlet: str) -> ListEntry:
    """Its line in a list; the outlet is that of an article which states none."""
    return ListEntry(
        location=known.location,
        title=known.title,
        outlet=known.outlet or outlet,
        date=dt.date.fromisoformat(known.date) if known.date else None,
    )


class ArticleIndex:
    """The articles that are known, by their locations; threads may share it."""

    def __init__(self, path: Path) -> None:
        """Open the file; where that cannot be, it is forgotten at the end."""
        self._lock = RLock()
        self._database = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def get(self, location: str, stamp: Stamp) -> IndexedArticle | None:
        """What is known of an article in a file of that state; None if it must be read."""
        rows = self._rows("SELECT * FROM articles WHERE location = ?", location)
        found = rows[0] if rows else None
        return found if found and (found.size, found.changed) == stamp else None

    def note(self, *known: IndexedArticle) -> None:
        """Remember articles."""
        import sqlite3  # noqa: PLC0415 - not at the start

        # A cache that cannot be written costs time, and nothing else.
        with self._lock, suppress(sqlite3.Error), self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [astuple(each) for each in known],
            )

    def others(self, known: IndexedArticle) -> tuple[str, ...]:
        """Where else the article is: at the same address, or with the same words."""
        same = [
            *(self._same("address", known.address) if known.address else ()),
            *(self._same("hash", known.hash) if known.hash else ()),
        ]
        places = dict.fromkeys(each.location for each in same if self._is_there(each))
        places.pop(known.location, None)
        return tuple(places)[:_MOST]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _same(self, column: str, value: str) -> Iterable[IndexedArticle]:
        query = f"SELECT * FROM articles WHERE {column} = ? AND {column} <> '' LIMIT {2 * _MOST}"  # noqa: S608 - of two columns
        return self._rows(query, value)

    @staticmethod
    def _is_there(known: IndexedArticle) -> bool:
        return file_stamp(known.location) == (known.size, known.changed)

    def _rows(self, query: str, value: str) -> list[IndexedArticle]:
        import sqlite3  # noqa: PLC0415 - not at the start

        names = tuple(IndexedArticle.__dataclass_fields__)
        with self._lock, suppress(sqlite3.Error, UnicodeError):
            rows = self._database.execute(query, (value,)).fetchall()
            return [IndexedArticle(**dict(zip(names, row, strict=True))) for row in rows]
        return []


def _opened(path: Path) -> "sqlite3.Connection":
    """The database; a damaged one, or one of another version, is begun anew."""
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
    # Nothing here is worth waiting for the disk: it can be made again.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone()[0] != _FORM:
            database.execute("DROP TABLE IF EXISTS articles")
            for statement in filter(str.strip, _TABLE.split(";")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_FORM}")
    return database
