"""The search index in SQLite FTS5: derived from the sources and the notebook, and disposable.

The id of an article is its day times 2^18 plus a number, so that results come newest first
without sorting. The FTS5 table stores no text of its own; the texts are stored compressed, since
removing a row from such a table needs the words that were added.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any, Self

from tuireader.domain.dates import first_day, parse_date
from tuireader.library.query.conditions import Query, SortKey
from tuireader.library.search.documents import Document, Hit, QuotationText, ReaderData, State
from tuireader.library.search.schema import StoredTexts, open_database
from tuireader.library.search.selection import SqlSelection, select
from tuireader.library.search.terms import index_text

DAY_BITS = 18
"""Bits of an id that number the articles of one day."""

RANKED = 2000
"""The newest results that are sorted by relevance."""

MAX_VOCABULARY = 200
"""Words of the vocabulary that a search inside words expands to."""

_INSERT_CONTENT = """
    INSERT INTO content (rowid, title, author, outlet, text, note, said, speaker, tags, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE_CONTENT = """
    INSERT INTO content
        (content, rowid, title, author, outlet, text, note, said, speaker, tags, place)
    VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_HIT = (
    "articles.id, location, articles.title, articles.outlet, articles.author, date, state, progress"
)
_BREAK = "\n\u241e\n"
"""Stands between notes and between quotations, so that no phrase reaches over two of them."""

_ORDERS = {
    SortKey.DATE: "articles.id DESC",
    SortKey.ADDED: "added DESC, articles.id DESC",
    SortKey.TITLE: "articles.title COLLATE NOCASE, articles.id DESC",
    SortKey.LENGTH: "words DESC, articles.id DESC",
    SortKey.PROGRESS: "progress DESC, articles.id DESC",
}
_REVERSED_ORDERS = {
    SortKey.DATE: "articles.id",
    SortKey.ADDED: "added, articles.id",
    SortKey.TITLE: "articles.title COLLATE NOCASE DESC, articles.id",
    SortKey.LENGTH: "words, articles.id",
    SortKey.PROGRESS: "progress, articles.id",
}


class SearchIndex:
    """The search index over the library. Threads may share it.

    Every change is one transaction. Several processes may use the file at the same time: one
    writes while the others read the state before.
    """

    def __init__(self, path: Path) -> None:
        """Open the index; one that is damaged or of another version is deleted and begun anew."""
        self._lock = RLock()
        self._database = open_database(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index, and stop a query that is running in another thread."""
        self._database.interrupt()
        with self._lock:
            self._database.close()

    def interrupt(self) -> None:
        """Stop the query that is running in another thread; it raises sqlite3.OperationalError."""
        self._database.interrupt()

    def __len__(self) -> int:
        """Return the number of articles."""
        return int(self._one("SELECT count(*) FROM articles"))

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return the size and the time of the file of each article, by location."""
        rows = self._rows("SELECT location, size, modified FROM articles")
        return {location: (size, modified) for location, size, modified in rows}

    def location_of_hash(self, text_hash: str) -> tuple[str, ...]:
        """Return the locations of the articles with a text, by its SHA-256."""
        rows = self._rows("SELECT location FROM articles WHERE hash = ? AND hash <> ''", text_hash)
        return tuple(location for (location,) in rows)

    def put(self, documents: Iterable[Document]) -> None:
        """Add articles, or replace those with the same locations; one transaction.

        Quotations of a replaced article are searched anew; its reader data is kept.
        """
        with self._lock, self._database:
            for document in documents:
                self._put(document)

    def remove(self, locations: Iterable[str]) -> None:
        """Remove articles."""
        with self._lock, self._database:
            for location in locations:
                self._remove(location)

    def set_reader_data(self, data: Mapping[str, ReaderData]) -> None:
        """Set the states, notes and tags of articles, by location; others are left unchanged."""
        with self._lock, self._database:
            for location, each in data.items():
                self._set_reader_data(location, each)

    def with_reader_data(self) -> tuple[str, ...]:
        """Return the articles that have bookmarks or were opened, as far as the index knows."""
        rows = self._rows("SELECT location FROM articles WHERE bookmarks > 0 OR progress > 0")
        return tuple(location for (location,) in rows)

    def set_quotations(self, location: str, quotations: Sequence[QuotationText]) -> None:
        """Set the quotations of an article."""
        with self._lock, self._database:
            found = self._stored(location)
            if found is None:
                return
            number, stored = found
            speakers = [each.speaker for each in quotations if each.speaker]
            said = _BREAK.join(each.words for each in quotations)
            speaker = _BREAK.join(dict.fromkeys(speakers))
            self._replace(number, stored, replace(stored, said=said, speaker=speaker))
            self._database.execute(
                "UPDATE articles SET quotes = ? WHERE id = ?", (len(quotations), number)
            )
            self._database.execute("DELETE FROM speakers WHERE article = ?", (number,))
            self._database.executemany(
                "INSERT INTO speakers VALUES (?, ?, ?)",
                [(name, number, speakers.count(name)) for name in dict.fromkeys(speakers)],
            )

    def without_quotations(self, limit: int) -> tuple[str, ...]:
        """Return articles whose quotations have not been set yet, newest first."""
        rows = self._rows(
            "SELECT location FROM articles WHERE quotes < 0 ORDER BY id DESC LIMIT ?", limit
        )
        return tuple(location for (location,) in rows)

    def count_without_quotations(self) -> int:
        """Return the number of articles whose quotations have not been set yet."""
        return int(self._one("SELECT count(*) FROM articles WHERE quotes < 0"))

    def search(
        self, query: Query, today: dt.date, *, limit: int = 50, offset: int = 0
    ) -> list[Hit]:
        """Return the articles that a query finds, newest first unless it says otherwise.

        By relevance, only the newest 2,000 results are ranked.
        """
        selection = select(query.condition, self.words_containing, today)
        if query.sort is SortKey.RELEVANCE and selection.match:
            return self._ranked(selection, limit, offset)
        orders = _REVERSED_ORDERS if query.is_reversed else _ORDERS
        order = orders.get(query.sort or SortKey.DATE, orders[SortKey.DATE])
        if selection.match and query.sort in {None, SortKey.DATE}:
            order = order.replace("articles.id", "content.rowid")
        sql = f"SELECT {_HIT} {_from(selection)} ORDER BY {order} LIMIT ? OFFSET ?"
        return [_hit(row) for row in self._rows(sql, *_values(selection), limit, offset)]

    def count(self, query: Query, today: dt.date) -> int:
        """Return how many articles a query finds."""
        selection = select(query.condition, self.words_containing, today)
        if selection.match and selection.where == "1":
            return int(
                self._one("SELECT count(*) FROM content WHERE content MATCH ?", selection.match)
            )
        return int(self._one(f"SELECT count(*) {_from(selection)}", *_values(selection)))

    def locations(self, query: Query, today: dt.date) -> Iterator[str]:
        """Yield the locations of all articles that a query finds, newest first."""
        selection = select(query.condition, self.words_containing, today)
        sql = f"SELECT location {_from(selection)} ORDER BY articles.id DESC"
        for (location,) in self._rows(sql, *_values(selection)):
            yield location

    def text(self, location: str) -> str:
        """Return the stored text of an article, or ""."""
        found = self._stored(location)
        return found[1].text if found else ""

    def words_containing(self, letters: str) -> tuple[str, ...]:
        """Return the most frequent indexed words that contain some letters."""
        escaped = letters.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._rows(
            r"SELECT term FROM vocabulary WHERE term LIKE ? ESCAPE '\' ORDER BY doc DESC LIMIT ?",
            f"%{escaped}%",
            MAX_VOCABULARY,
        )
        return tuple(term for (term,) in rows)

    def known_values(self, field: str) -> tuple[str, ...]:
        """Return the values of a field, the most frequent first, for completion."""
        queries = {
            "tag": "SELECT min(tag) FROM tags GROUP BY folded ORDER BY count(*) DESC LIMIT 500",
            "speaker": "SELECT name FROM speakers GROUP BY name ORDER BY count(*) DESC LIMIT 500",
            "outlet": "SELECT outlet FROM articles WHERE outlet <> '' GROUP BY outlet"
            " ORDER BY count(*) DESC LIMIT 500",
            "author": "SELECT author FROM articles WHERE author <> '' GROUP BY author"
            " ORDER BY count(*) DESC LIMIT 500",
            "lang": "SELECT language FROM articles WHERE language <> '' GROUP BY language"
            " ORDER BY count(*) DESC",
        }
        return tuple(value for (value,) in self._rows(queries[field])) if field in queries else ()

    def _put(self, document: Document) -> None:
        """Add one article, or replace it and keep its reader data."""
        before = self._reader_data(document.location)
        self._remove(document.location)
        self._insert(document)
        if before is not None:
            self._set_reader_data(document.location, before)

    def _insert(self, document: Document) -> None:
        """Add one article that is not in the index."""
        day = first_day(document.date).toordinal() if document.date else 0
        number = self._new_id(day)
        stored = StoredTexts(
            title=document.title,
            author=document.author,
            outlet=document.outlet,
            text=document.text,
            place=f"{document.location} {document.address}",
        )
        state = State.PROBLEM if document.problem else State.NONE
        self._database.execute(
            f"INSERT INTO articles VALUES ({', '.join('?' * 22)})",  # noqa: S608 - of constants
            (
                *(number, document.location, document.source, document.address),
                *(document.size, document.modified, document.hash, document.title),
                *(document.author, document.outlet),
                document.date.isoformat() if document.date else "",
                *(day, document.language, document.words),
                document.added.toordinal() if document.added else 0,
                *(document.problem, int(state), 0, 0, 0, -1, stored.packed()),
            ),
        )
        self._database.execute(_INSERT_CONTENT, (number, *stored.folded()))

    def _reader_data(self, location: str) -> ReaderData | None:
        """Return what the reader made of an article, or None if it is not in the index."""
        rows = self._rows(
            "SELECT state, progress, opened, bookmarks, stored FROM articles WHERE location = ?",
            location,
        )
        if not rows:
            return None
        state, progress, opened, bookmarks, packed = rows[0]
        stored = StoredTexts.unpacked(packed)
        return ReaderData(
            state=State(state),
            progress=progress,
            opened=dt.date.fromordinal(opened) if opened else None,
            notes=tuple(filter(None, stored.note.split(_BREAK))),
            bookmarks=bookmarks,
            tags=tuple(filter(None, stored.tags.split(_BREAK))),
        )

    def _set_reader_data(self, location: str, data: ReaderData) -> None:
        """Set the states, the notes and the tags of one article."""
        found = self._stored(location)
        if found is None:
            return
        number, stored = found
        changed = replace(stored, note=_BREAK.join(data.notes), tags=_BREAK.join(data.tags))
        if changed != stored:
            self._replace(number, stored, changed)
        self._database.execute("DELETE FROM tags WHERE article = ?", (number,))
        self._database.executemany(
            "INSERT OR IGNORE INTO tags (folded, article, tag) VALUES (?, ?, ?)",
            [(index_text(tag), number, tag) for tag in data.tags],
        )
        opened = data.opened.toordinal() if data.opened else 0
        self._database.execute(
            "UPDATE articles SET state = ?, progress = ?, opened = ?, bookmarks = ? WHERE id = ?",
            (int(data.state), data.progress, opened, data.bookmarks, number),
        )

    def _remove(self, location: str) -> None:
        found = self._stored(location)
        if found is None:
            return
        number, stored = found
        self._database.execute(_DELETE_CONTENT, (number, *stored.folded()))
        for table, column in (("articles", "id"), ("tags", "article"), ("speakers", "article")):
            self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608 - of constants

    def _replace(self, number: int, before: StoredTexts, after: StoredTexts) -> None:
        """Index other words for an article."""
        self._database.execute(_DELETE_CONTENT, (number, *before.folded()))
        self._database.execute(_INSERT_CONTENT, (number, *after.folded()))
        self._database.execute(
            "UPDATE articles SET stored = ? WHERE id = ?", (after.packed(), number)
        )

    def _stored(self, location: str) -> tuple[int, StoredTexts] | None:
        """Return the id and the columns of an article, or None."""
        rows = self._rows("SELECT id, stored FROM articles WHERE location = ?", location)
        return (rows[0][0], StoredTexts.unpacked(rows[0][1])) if rows else None

    def _new_id(self, day: int) -> int:
        """Return an unused id for an article of a day."""
        first = day << DAY_BITS
        last = first + (1 << DAY_BITS) - 1
        highest = self._one("SELECT max(id) FROM articles WHERE id BETWEEN ? AND ?", first, last)
        return max(int(highest or first), first) + 1

    def _ranked(self, selection: SqlSelection, limit: int, offset: int) -> list[Hit]:
        """Return the newest results, sorted by relevance."""
        sql = (
            f"SELECT {_HIT} FROM (SELECT rowid AS number, bm25(content, 8, 2, 2, 1, 4, 0, 2, 4, 0)"  # noqa: S608 - of constants
            " AS score FROM content WHERE content MATCH ? ORDER BY rowid DESC LIMIT ?)"
            f" CROSS JOIN articles ON articles.id = number WHERE {selection.where}"
            " ORDER BY score, number DESC LIMIT ? OFFSET ?"
        )
        values = (selection.match, RANKED, *selection.values, limit, offset)
        return [_hit(row) for row in self._rows(sql, *values)]

    def _rows(self, sql: str, *values: str | int) -> list[Any]:
        with self._lock:
            return self._database.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: str | int) -> Any:
        return self._rows(sql, *values)[0][0]


def _from(selection: SqlSelection) -> str:
    """Return the FROM and WHERE clauses of a selection."""
    if not selection.match:
        return f"FROM articles WHERE {selection.where}"
    return (
        "FROM content CROSS JOIN articles ON articles.id = content.rowid"
        f" WHERE content MATCH ? AND {selection.where}"
    )


def _values(selection: SqlSelection) -> tuple[str | int, ...]:
    return (*((selection.match,) if selection.match else ()), *selection.values)


def _hit(row: Sequence[Any]) -> Hit:
    """Return the hit of a row of a search."""
    number, location, title, outlet, author, date, state, progress = row
    return Hit(
        id=number,
        location=location,
        title=title,
        outlet=outlet,
        author=author,
        date=parse_date(date) if date else None,
        state=State(state),
        progress=progress,
    )
