"""The schema of the search index, and the texts of an article as it stores them."""

import json
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Self

from tuireader.library.search.documents import State
from tuireader.library.search.terms import index_text
from tuireader.paths import make_private_folder

VERSION = 1
"""The version of the schema and of the folding; an index of another version is built anew."""

SCHEMA = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, location TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    address TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash TEXT NOT NULL,
    title TEXT NOT NULL, author TEXT NOT NULL, outlet TEXT NOT NULL, date TEXT NOT NULL,
    day INTEGER NOT NULL, language TEXT NOT NULL, words INTEGER NOT NULL, added INTEGER NOT NULL,
    problem TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0, progress INTEGER NOT NULL DEFAULT 0,
    opened INTEGER NOT NULL DEFAULT 0, bookmarks INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT -1, stored BLOB NOT NULL
);
CREATE INDEX articles_by_hash ON articles (hash) WHERE hash <> '';
CREATE INDEX articles_by_address ON articles (address) WHERE address <> '';
CREATE INDEX articles_by_state ON articles (id) WHERE state & {State.STARRED | State.KEPT:d};
CREATE INDEX articles_without_quotes ON articles (id) WHERE quotes < 0;
CREATE TABLE tags (folded TEXT, article INTEGER, tag TEXT, PRIMARY KEY (folded, article))
    WITHOUT ROWID;
CREATE TABLE speakers (name TEXT, article INTEGER, quotes INTEGER, PRIMARY KEY (name, article))
    WITHOUT ROWID;
CREATE VIRTUAL TABLE content USING fts5 (
    title, author, outlet, text, note, said, speaker, tags, place,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab ('content', 'row');
"""


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """The texts of one article, one for each column of the FTS5 table, before folding."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    text: str = ""
    note: str = ""
    said: str = ""
    speaker: str = ""
    tags: str = ""
    place: str = ""

    def packed(self) -> bytes:
        """Return the columns compressed; level 1, because level 6 saves only 2 %."""
        return zlib.compress(json.dumps(astuple(self), ensure_ascii=False).encode(), 1)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Return the columns that `packed` compressed."""
        return cls(*json.loads(zlib.decompress(data)))

    def folded(self) -> list[str]:
        """Return the columns as they are indexed."""
        return [index_text(column) for column in astuple(self)]


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database; delete one that is damaged or of another version."""
    make_private_folder(path.parent)
    try:
        return _prepare(sqlite3.connect(path, check_same_thread=False, timeout=30))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            with suppress(OSError):
                name.unlink()
    return _prepare(sqlite3.connect(path, check_same_thread=False, timeout=30))


def _prepare(database: sqlite3.Connection) -> sqlite3.Connection:
    """Set up a connection, and create the tables if they are missing or of another version."""
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA cache_size = -16000")
    if database.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return database
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in ("vocabulary", "content", "speakers", "tags", "articles"):
                database.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in filter(str.strip, SCHEMA.split(";\n")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {VERSION}")
    return database
