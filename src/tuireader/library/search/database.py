"""The connection to the search index, which threads share, and the texts that it stores."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from tuireader.domain.article import Passage
from tuireader.library.search.documents import IndexedQuotation, StoredArticle
from tuireader.library.search.errors import IndexUnavailableError, SearchInterruptedError
from tuireader.library.search.schema import open_database

SEPARATOR = "\n\u241e\n"
"""Stands between notes and between tags, so that no phrase reaches over two of them."""

UNDECODABLE = "\x01bytes:"
"""Begins a location that is stored as its bytes."""

LEVEL = 6
"""The level of compression."""

Value = str | int | bytes


class IndexDatabase:
    """A connection to the search index; one thread uses it at a time."""

    def __init__(self, path: Path) -> None:
        """Open the index; one that is damaged or of another version is deleted and begun anew.

        Raises:
            IndexUnavailableError: It cannot be opened or created.
        """
        self._lock = RLock()
        try:
            with _translated_errors():
                self._database = open_database(path)
        except OSError as error:
            reason = (error.strerror or "it cannot be created").lower()
            raise IndexUnavailableError(reason) from error

    def close(self) -> None:
        """Close the connection, and stop a query that is running in another thread."""
        self._database.interrupt()
        with self._lock:
            self._database.close()

    def interrupt(self) -> None:
        """Stop the query that is running in another thread; it raises SearchInterruptedError."""
        self._database.interrupt()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the changes in a `with` block one transaction; an exception undoes them."""
        with self._lock, _translated_errors(), self._database:
            yield

    def rows(self, sql: str, *values: Value) -> list[Any]:
        """Return all rows of an SQL query, whose parameters are `values`; empty if none.

        Raises IndexUnavailableError, or SearchInterruptedError after `interrupt`; so do all
        methods.
        """
        with self._lock, _translated_errors():
            return self._database.execute(sql, values).fetchall()

    def each(self, sql: str, *values: Value) -> Iterator[Any]:
        """Yield the rows of an SQL query, of which one at a time is in memory.

        No other thread can use the connection until the last row was yielded.
        """
        with self._lock, _translated_errors():
            yield from self._database.execute(sql, values)

    def one(self, sql: str, *values: Value) -> Any:
        """Return the first column of the first row of an SQL query; None if there is no row."""
        with self._lock, _translated_errors():
            row = self._database.execute(sql, values).fetchone()
        return row[0] if row else None

    def run(self, sql: str, *values: Value) -> int:
        """Run an SQL statement that changes data, and return the id of an inserted row.

        0 if it inserted none.
        """
        with self._lock, _translated_errors():
            return self._database.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Run an SQL statement once for each row of parameters."""
        with self._lock, _translated_errors():
            self._database.executemany(sql, rows)

    def checkpoint(self) -> None:
        """Move what was written from the log into the file, unless another process reads it."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def setting(self, name: str) -> bytes:
        """Return the stored value of a setting; b"" if there is none."""
        return self.one("SELECT value FROM settings WHERE name = ?", name) or b""

    def set_setting(self, name: str, value: bytes) -> None:
        """Store the value of a setting, replacing an earlier one."""
        self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    @property
    def data_version(self) -> int:
        """A number that changes when another connection has changed the index."""
        return int(self.one("PRAGMA data_version"))

    def stored_article(self, article: int) -> StoredArticle:
        """Return the text, notes and quotations of the article with an id.

        All are empty if there is no such article.
        """
        rows = self.rows(
            "SELECT text, note, quotations FROM articles JOIN texts ON texts.id = stored"
            " LEFT JOIN quoted ON article = articles.id WHERE articles.id = ?",
            article,
        )
        if not rows:
            return StoredArticle()
        text, note, quotations = rows[0]
        return StoredArticle(
            text=unpacked_text(text),
            notes=tuple(filter(None, note.split(SEPARATOR))),
            quotations=unpacked_quotations(quotations or b""),
        )


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Raise IndexUnavailableError or SearchInterruptedError in place of SQLite errors."""
    try:
        yield
    except sqlite3.Error as error:
        if str(error) == "interrupted":
            raise SearchInterruptedError from error
        raise IndexUnavailableError(str(error)) from error


def stored_location(location: str) -> str:
    """Return the form of a location that the index stores.

    It is the location itself, unless that is a file name with bytes that are not UTF-8; then these
    are in hexadecimal after `UNDECODABLE`.
    """
    if location.isascii():
        return location
    try:
        location.encode()
    except UnicodeEncodeError:
        return UNDECODABLE + location.encode("utf-8", "surrogateescape").hex()
    return location


def restored_location(stored: str) -> str:
    """Return the location that `stored_location` stored."""
    if not stored.startswith(UNDECODABLE):
        return stored
    return bytes.fromhex(stored[len(UNDECODABLE) :]).decode("utf-8", "surrogateescape")


def packed_text(text: str) -> bytes:
    """Return a text compressed with raw deflate, as the index stores it."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return packer.compress(text.encode("utf-8", "surrogatepass")) + packer.flush()


def unpacked_text(data: bytes) -> str:
    """Return the text that `packed_text` compressed."""
    return zlib.decompress(data, -15).decode("utf-8", "surrogatepass")


def packed_quotations(quotations: Iterable[IndexedQuotation]) -> bytes:
    """Return the spans and speakers of quotations as compressed JSON; b"" for none."""
    records = [
        [each.speaker, *(place for span in each.spans for place in (span.start, span.end))]
        for each in quotations
    ]
    if not records:
        return b""
    return zlib.compress(json.dumps(records, separators=(",", ":")).encode(), LEVEL)


def unpacked_quotations(data: bytes) -> tuple[IndexedQuotation, ...]:
    """Return the quotations that `packed_quotations` packed; empty for b""."""
    if not data:
        return ()
    return tuple(
        IndexedQuotation(
            speaker=speaker,
            spans=tuple(map(Passage, places[::2], places[1::2])),
        )
        for speaker, *places in json.loads(zlib.decompress(data))
    )
