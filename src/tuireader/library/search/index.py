"""The search index in SQLite FTS5: derived from the sources and the notebook, and disposable.

The id of an article is its day times 2^10 plus a number, so that results come newest first
without sorting.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tuireader.domain.dates import parse_date
from tuireader.library.query.conditions import Query, SortKey
from tuireader.library.search.contents import (
    IndexWriter,
    prepare_document,
    unpacked_reader_data,
)
from tuireader.library.search.database import (
    UNDECODABLE,
    IndexDatabase,
    restored_location,
    stored_location,
)
from tuireader.library.search.documents import (
    Document,
    Hit,
    IndexedEntry,
    IndexedQuotation,
    ReaderData,
    State,
    StoredArticle,
)
from tuireader.library.search.folder_listings import FolderListings
from tuireader.library.search.schema import READER_DATA
from tuireader.library.search.selection import SqlSelection, select
from tuireader.library.search.vocabulary import Vocabulary

RANKED = 2000
"""The newest results that are sorted by relevance."""

FEWEST_WORDS = 20
"""Words of a text at least that identifies its article; a shorter one may be a notice."""

_HIT = (
    "articles.id, location, articles.title, articles.outlet, articles.author, date, state,"
    " progress, problem"
)

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
_KNOWN_VALUES = {
    "tag": "SELECT min(tag) FROM tags GROUP BY folded ORDER BY count(*) DESC LIMIT 500",
    "speaker": "SELECT name FROM speakers ORDER BY quotes DESC LIMIT 500",
    "outlet": "SELECT outlet FROM articles WHERE outlet <> '' GROUP BY outlet"
    " ORDER BY count(*) DESC LIMIT 500",
    "author": "SELECT author FROM articles WHERE author <> '' GROUP BY author"
    " ORDER BY count(*) DESC LIMIT 500",
    "lang": "SELECT language FROM articles WHERE language <> '' GROUP BY language"
    " ORDER BY count(*) DESC",
}


class SearchIndex:
    """The search index over the library. Threads may share it.

    Every change is one transaction. Several processes may use the file at the same time: one
    writes while the others read the state before.
    """

    def __init__(self, path: Path) -> None:
        """Open the index; one that is damaged or of another version is deleted and begun anew.

        Raises:
            IndexUnavailableError: The file cannot be opened or created.
        """
        self._database = IndexDatabase(path)
        self.vocabulary = Vocabulary(self._database)
        self.writer = IndexWriter(self._database, self.vocabulary)
        self.folders = FolderListings(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index, and stop a query that is running in another thread."""
        self._database.close()

    def interrupt(self) -> None:
        """Stop the query that is running in another thread; it raises SearchInterruptedError."""
        self._database.interrupt()

    def __len__(self) -> int:
        """Return the number of articles."""
        return int(self._database.one("SELECT count(*) FROM articles"))

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Return the size and modification time of each article's file, by location.

        In bytes and nanoseconds; -1 and 0 for files that are missing.
        """
        rows = self._database.rows("SELECT location, size, modified FROM articles")
        return {restored_location(location): (size, time) for location, size, time in rows}

    def stamps_of(self, locations: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return what `stamps` does, for some locations; unknown locations are left out."""
        sql = "SELECT size, modified FROM articles WHERE location = ?"
        found = {}
        for location in locations:
            for size, time in self._database.rows(sql, stored_location(location)):
                found[location] = (size, time)
        return found

    def moved_articles(self) -> dict[str, str]:
        """Return the new locations of articles whose files were moved, by old location.

        An article was moved if its file is missing and another file has the same text. Short texts
        may be equal by chance, so that the file must have the same name, too. Empty if there are
        none.
        """
        rows = self._database.rows(
            "SELECT location, (SELECT min(here.location) FROM articles AS here"
            " WHERE here.hash = gone.hash AND here.hash <> x''"
            f" AND NOT here.state & {State.GONE:d})"
            f" FROM articles AS gone INDEXED BY articles_gone WHERE state & {State.GONE:d}"
            f" AND hash <> x'' AND words >= {FEWEST_WORDS}"
        )
        found = [*((gone, here) for gone, here in rows if here), *self._moved_short_articles()]
        return {restored_location(gone): restored_location(here) for gone, here in found}

    def _moved_short_articles(self) -> Iterator[tuple[str, str]]:
        """Yield the old and the new location, as stored, of each moved article with few words."""
        rows = self._database.rows(
            "SELECT hash, location FROM articles INDEXED BY articles_gone"
            f" WHERE state & {State.GONE:d} AND hash <> x'' AND words < {FEWEST_WORDS}"
        )
        named: dict[bytes, dict[str, str]] = {}
        for text_hash, gone in rows:
            if text_hash not in named:
                here = self._database.rows(
                    f"SELECT location FROM articles WHERE hash = ? AND NOT state & {State.GONE:d}"
                    " ORDER BY location DESC",
                    text_hash,
                )
                named[text_hash] = {_file_name(location): location for (location,) in here}
            if moved := named[text_hash].get(_file_name(gone)):
                yield gone, moved

    def entries(self) -> Iterator[IndexedEntry]:
        """Yield all articles of the index as entries of a list, in no particular order."""
        for row in self._database.rows(
            "SELECT location, size, modified, hash, words, title, outlet, date, problem"
            " FROM articles"
        ):
            if row[0].startswith(UNDECODABLE):
                yield IndexedEntry(restored_location(row[0]), *row[1:])
            else:
                yield IndexedEntry._make(row)

    def entries_after(self, article: int, limit: int) -> list[tuple[int, IndexedEntry]]:
        """Return the next entries after the article with an id, each with its own id.

        At most `limit`; those with the smallest ids, 0 begins. Empty if there are no more.
        """
        rows = self._database.rows(
            "SELECT id, location, size, modified, hash, words, title, outlet, date, problem"
            " FROM articles WHERE id > ? ORDER BY id LIMIT ?",
            article,
            limit,
        )
        return [(row[0], IndexedEntry(restored_location(row[1]), *row[2:])) for row in rows]

    def repeated_hashes(self) -> frozenset[bytes]:
        """Return the hashes of texts that several articles have, as entries have them."""
        rows = self._database.rows(
            "SELECT hash FROM articles WHERE hash <> x'' GROUP BY hash HAVING count(*) > 1"
        )
        return frozenset(found for (found,) in rows)

    def count_shortened(self) -> int:
        """Return the number of articles of whose text only the beginning is indexed."""
        sql = f"SELECT count(*) FROM articles WHERE state & {State.SHORTENED:d}"
        return int(self._database.one(sql))

    def problems(self) -> tuple[str, ...]:
        """Return the locations of the articles that cannot be opened."""
        rows = self._database.rows("SELECT location FROM articles WHERE problem <> ''")
        return tuple(restored_location(location) for (location,) in rows)

    def put(self, documents: Iterable[Document]) -> None:
        """Add articles, or replace those with the same locations.

        See `IndexWriter.put` for what is kept of a replaced article.
        """
        self.writer.put([prepare_document(document) for document in documents])

    def remove(self, locations: Iterable[str]) -> None:
        """Remove the articles at these locations; unknown locations are ignored."""
        self.writer.remove(locations)

    def set_reader_data(self, data: Mapping[str, ReaderData]) -> None:
        """Replace the states, notes and tags of the articles at these locations.

        Other articles are unchanged, and unknown locations are ignored.
        """
        self.writer.set_reader_data(data)

    def set_quotations(self, location: str, quotations: Sequence[IndexedQuotation]) -> None:
        """Replace the quotations of an article; an unknown location is ignored.

        An empty sequence records that the article has none.
        """
        self.writer.set_quotations([(location, quotations)])

    def reader_data(self) -> dict[str, ReaderData]:
        """Return the stored states, progress, notes and tags of articles, by location.

        Articles without any of these are left out.
        """
        rows = self._database.rows(
            "SELECT location, state, progress, opened, bookmarks, note, tags FROM articles"
            f" JOIN texts ON texts.id = stored WHERE {READER_DATA}"
        )
        return {restored_location(location): unpacked_reader_data(row) for location, *row in rows}

    def without_quotations(self, limit: int) -> tuple[str, ...]:
        """Return locations of articles whose quotations were not set yet, newest first.

        At most `limit` of them; empty if all are set.
        """
        rows = self._database.rows(
            "SELECT location FROM articles WHERE quotes < 0 ORDER BY id DESC LIMIT ?", limit
        )
        return tuple(restored_location(location) for (location,) in rows)

    def count_without_quotations(self) -> int:
        """Return the number of articles whose quotations have not been set yet."""
        return int(self._database.one("SELECT count(*) FROM articles WHERE quotes < 0"))

    def search(
        self, query: Query, today: dt.date, *, limit: int = 50, offset: int = 0
    ) -> list[Hit]:
        """Return the articles that a query finds, newest first unless it states an order.

        If the order is relevance, only the newest 2,000 results are ranked. Raises
        SearchInterruptedError after `interrupt`, and IndexUnavailableError if the index cannot be
        read.

        Args:
            query: The parsed query; an empty one finds every article.
            today: The day that `is:today` means.
            limit: The most results that are returned; -1 returns all.
            offset: How many results are skipped first.
        """
        selection = select(query.condition, self.vocabulary.words_containing, today)
        if query.sort is SortKey.RELEVANCE and selection.match:
            return self._ranked(selection, limit, offset)
        order = _order(query)
        if selection.match and query.sort in {None, SortKey.DATE}:
            order = order.replace("articles.id", "content.rowid")
        sql = f"SELECT {_HIT} {_from(selection)} ORDER BY {order} LIMIT ? OFFSET ?"
        rows = self._database.rows(sql, *_values(selection), limit, offset)
        return [_hit(row) for row in rows]

    def count(self, query: Query, today: dt.date) -> int:
        """Return how many articles a query finds; `today` is the day that `is:today` means."""
        selection = select(query.condition, self.vocabulary.words_containing, today)
        sql = f"SELECT count(*) {_from(selection)}"
        if selection.match and selection.where == "1":
            sql = "SELECT count(*) FROM content WHERE content MATCH ?"
        return int(self._database.one(sql, *_values(selection)))

    def locations(self, query: Query, today: dt.date) -> Iterator[str]:
        """Yield the locations of all articles that a query finds, in its order.

        `today` is the day that `is:today` means.
        """
        selection = select(query.condition, self.vocabulary.words_containing, today)
        sql = f"SELECT location {_from(selection)} ORDER BY {_order(query)}"
        for (location,) in self._database.rows(sql, *_values(selection)):
            yield restored_location(location)

    def stored(self, article: int) -> StoredArticle:
        """Return the text, notes and quotations of the article with an id.

        All are empty if there is no such article.
        """
        return self._database.stored_article(article)

    def text(self, location: str) -> str:
        """Return the stored text of the article at a location; "" if it is not in the index."""
        number = self._database.one(
            "SELECT id FROM articles WHERE location = ?", stored_location(location)
        )
        return self._database.stored_article(number).text if number else ""

    def setting(self, name: str) -> bytes:
        """Return the stored value of a setting; b"" if there is none."""
        return self._database.setting(name)

    def set_setting(self, name: str, value: bytes) -> None:
        """Store the value of a setting, replacing an earlier one."""
        with self._database.transaction():
            self._database.set_setting(name, value)

    def known_values(self, field: str) -> tuple[str, ...]:
        """Return the values of a field in the index, the most frequent first.

        For the fields tag, speaker, outlet, author and lang; empty for others.
        """
        if field not in _KNOWN_VALUES:
            return ()
        return tuple(value for (value,) in self._database.rows(_KNOWN_VALUES[field]))

    def _ranked(self, selection: SqlSelection, limit: int, offset: int) -> list[Hit]:
        """Return hits among the newest `RANKED` results of a selection, sorted by relevance."""
        sql = (
            f"SELECT {_HIT} FROM (SELECT rowid AS number, bm25(content, 1, 8, 2, 2, 4, 4, 0)"
            " AS score FROM content WHERE content MATCH ? ORDER BY rowid DESC LIMIT ?)"
            f" CROSS JOIN articles ON articles.id = number WHERE {selection.where}"
            " ORDER BY score, number DESC LIMIT ? OFFSET ?"
        )
        values = (selection.match, RANKED, *selection.values, limit, offset)
        return [_hit(row) for row in self._database.rows(sql, *values)]


def _file_name(location: str) -> str:
    """Return the last part of a location: the name of its file, with the id in a container."""
    return location.rpartition("/")[2]


def _order(query: Query) -> str:
    """Return the ORDER BY clause of a query, without these words.

    The order is by date if the query states none, or relevance.
    """
    orders = _REVERSED_ORDERS if query.is_reversed else _ORDERS
    return orders.get(query.sort or SortKey.DATE, orders[SortKey.DATE])


def _from(selection: SqlSelection) -> str:
    """Return the FROM and WHERE clauses of a selection, with the words FROM and WHERE."""
    if not selection.match:
        return f"FROM articles WHERE {selection.where}"
    return (
        "FROM content CROSS JOIN articles ON articles.id = content.rowid"
        f" WHERE content MATCH ? AND {selection.where}"
    )


def _values(selection: SqlSelection) -> tuple[str | int, ...]:
    """Return the SQL parameters of a selection, in order."""
    return (*((selection.match,) if selection.match else ()), *selection.values)


def _hit(row: Sequence[Any]) -> Hit:
    """Return the hit in a row of the columns `_HIT`."""
    number, location, title, outlet, author, date, state, progress, problem = row
    return Hit(
        id=number,
        location=restored_location(location),
        title=title,
        outlet=outlet,
        author=author,
        date=parse_date(date) if date else None,
        state=State(state),
        progress=progress,
        problem=problem,
    )
