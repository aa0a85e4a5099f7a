"""The schema of the search index, and how its database is opened."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from tuireader.library.search.documents import State
from tuireader.paths import make_private_folder

VERSION = 8
"""The version of the schema and of the folding; an index of another version is built anew."""

TABLES = (
    *("vocabulary", "content", "quotations", "speakers", "tags", "texts", "articles"),
    *("words", "folders", "utterances", "quoted", "settings"),
)
"""The tables of all versions, to be dropped in this order."""

PAGE_SIZE = 16_384
"""Bytes of a page of the database: of compressed texts, few bytes are lost at its end."""

LOG_PAGES = 256
"""Pages after which the write-ahead log is moved into the file: 4 MB."""

QUOTATION_BITS = 16
"""Bits of the id of a quotation that number those of one article; the others are its id."""

READER_DATA = (
    "(bookmarks > 0 OR progress > 0 OR opened > 0 OR state & "
    f"{State.READ | State.STARRED | State.KEPT | State.NOTED | State.TAGGED | State.CHANGED:d})"
)
"""The condition for articles with states, notes or tags, which an index of the table repeats."""

# Texts are numbered as they come, and not by the article's id, so that their pages fill up.
# Quotations are not stored with them: a row that grows moves, and leaves a gap.
# The text is the first column of `content`, because all others cost two bytes more a word.
SCHEMA = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, location TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    address TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL,
    title TEXT NOT NULL, author TEXT NOT NULL, outlet TEXT NOT NULL, date TEXT NOT NULL,
    day INTEGER NOT NULL, language TEXT NOT NULL, words INTEGER NOT NULL, added INTEGER NOT NULL,
    problem TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0, progress INTEGER NOT NULL DEFAULT 0,
    opened INTEGER NOT NULL DEFAULT 0, bookmarks INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT -1, stored INTEGER NOT NULL
);
CREATE INDEX articles_by_hash ON articles (hash) WHERE hash <> x'';
CREATE INDEX articles_by_state ON articles (id) WHERE state & {State.STARRED | State.KEPT:d};
CREATE INDEX articles_gone ON articles (id) WHERE state & {State.GONE:d};
CREATE INDEX articles_by_reader ON articles (id) WHERE {READER_DATA};
CREATE INDEX articles_without_quotes ON articles (id) WHERE quotes < 0;
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, text BLOB NOT NULL, note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT ''
);
CREATE TABLE quoted (article INTEGER PRIMARY KEY, quotations BLOB NOT NULL);
CREATE TABLE tags (folded TEXT, article INTEGER, tag TEXT, PRIMARY KEY (folded, article))
    WITHOUT ROWID;
CREATE TABLE speakers (name TEXT PRIMARY KEY, quotes INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE utterances (sentence INTEGER, article INTEGER, PRIMARY KEY (sentence, article))
    WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE folders (
    source TEXT, path TEXT, modified INTEGER NOT NULL, entries BLOB NOT NULL,
    PRIMARY KEY (source, path)
);
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE content USING fts5 (
    text, title, author, outlet, note, tags, place,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE quotations USING fts5 (
    said, speaker, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab ('content', 'row');
"""


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database file, and create it with its folder if needed.

    A damaged file is deleted and created again; tables of another version are dropped.

    Raises:
        sqlite3.OperationalError: The file cannot be opened or written.
        OSError: The folder cannot be created.
    """
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
    database.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # of a file that is created
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA cache_size = -16000")
    if database.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return database
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in TABLES:
                database.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in filter(str.strip, SCHEMA.split(";\n")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {VERSION}")
    return database
