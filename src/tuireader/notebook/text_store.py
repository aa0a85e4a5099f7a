"""The texts that passages were kept from, each by the hash of its words, written once.

Which texts an article had: each that was opened is kept, so that a change can be shown.
"""

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tuireader.domain.article import (
    Article,
    Emphasis,
    Link,
    NamedPlace,
    Passage,
    Version,
    text_hash,
)
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import quarantine
from tuireader.notebook.journal.file_access import error_reason
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import SCHEMA
from tuireader.notebook.table_cache import IndexedTable
from tuireader.paths import replace_file

_VERSION = 1

hash_of = lru_cache(maxsize=2)(text_hash)
"""The hash of a text; the last two are remembered, for the article that is open is asked often."""


class TextStore:
    """A folder of texts, `texts/ab/<hash>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, article: Article) -> str:
        """Keep the article's text if it is not kept yet; its hash. NotebookError if it cannot."""
        name = hash_of(article.text)
        path = self._path(name)
        if not path.exists():
            data = json.dumps(_record_of(article), separators=(",", ":")).encode("ascii")
            try:
                replace_file(path, data, private=True)
            except OSError as error:
                raise NotebookError(
                    f"The text was not kept, because {error_reason(error)}."
                ) from error
        return name

    def keep_again(self, article: Article) -> None:
        """Keep the text of an article that is open if the file of it was set aside as damaged."""
        name = hash_of(article.text)
        aside = (self._folder.parent / quarantine.FOLDER).glob(f"{name}-*.json")
        if not self._path(name).exists() and any(aside):
            with contextlib.suppress(NotebookError):
                self.save(article)

    def load(self, name: str) -> Article | None:
        """The article with the text of that hash; None if it is not here or no longer whole."""
        try:
            record = json.loads(self._path(name).read_bytes())
            article = _article_of(record)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None
        return article if text_hash(article.text) == name else None

    def words(self, name: str) -> str | None:
        """The text of that hash without its marks; None as `load`."""
        article = self.load(name)
        return article.text if article else None

    def _path(self, name: str) -> Path:
        safe = name if name.isascii() and name.isalnum() else text_hash(name)
        return self._folder / safe[:2] / f"{safe}.json"


def _record_of(article: Article) -> dict[str, Any]:
    return {
        "v": _VERSION,
        "location": article.location,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "source": article.source,
        "blocks": list(article.blocks.rows()),
        "links": [
            [link.passage.start, link.passage.end, link.target, link.place]
            for link in article.links
        ],
        "places": [[place.name, place.offset] for place in article.places],
        "emphases": [
            [emphasis.passage.start, emphasis.passage.end, emphasis.kind]
            for emphasis in article.emphases
        ],
        "text": article.text,
    }


def _article_of(record: dict[str, Any]) -> Article:
    return Article(
        location=record["location"],
        text=record["text"],
        blocks=Blocks(
            Block(BlockKind(kind), start, end, level)
            for kind, start, end, level in record["blocks"]
        ),
        title=record["title"],
        date=dt.date.fromisoformat(record["date"]) if record["date"] else None,
        outlet=record["outlet"],
        author=record["author"],
        language=record["language"],
        source=record["source"],
        links=tuple(
            Link(Passage(start, end), target, *place)
            for start, end, target, *place in record["links"]
        ),
        places=tuple(NamedPlace(name, offset) for name, offset in record.get("places", ())),
        emphases=tuple(
            Emphasis(Passage(start, end), kind) for start, end, kind in record["emphases"]
        ),
    )


TABLE = "versions"
"""The table of which text an article had when."""

LONGEST = 2_000_000
"""Code points of the longest text that is kept though nothing was kept of it."""


class Versions:
    """The texts that each article had, in the order in which they were seen; no steps of undo."""

    def __init__(self, database: JournalDB, texts: TextStore) -> None:
        self._database = database
        self._texts = texts
        self._places: dict[str, dict[int, Version]] = {}
        self._values = IndexedTable(database.storage, TABLE, _version_of, self._replace)

    def of(self, location: str, marks: Iterable[Bookmark] = ()) -> tuple[Version, ...]:
        """The versions of an article, the earliest first.

        Texts that passages were kept of are among them, also if they were kept before
        versions were noted.
        """
        with self._database.storage.journal.mutex:
            self._values.refresh()
            found = list(self._places.get(location, {}).values())
        known = {version.text_hash for version in found}
        found += [
            Version(location=location, text_hash=mark.anchor.text_hash, seen=mark.created)
            for mark in marks
            if mark.anchor and mark.anchor.text_hash and mark.anchor.text_hash not in known
        ]
        found.sort(key=lambda version: version.seen)
        pairs = zip([None, *found], found, strict=False)
        return tuple(
            version
            for before, version in pairs
            if before is None or before.text_hash != version.text_hash
        )

    def see(self, article: Article) -> None:
        """Keep the article's text, and note it as a new version if the newest is another.

        NotebookError if it cannot be saved. A text that is not complete, or very long, is
        passed over.
        """
        if not article.complete or len(article.text) > LONGEST:
            return
        text_hash = hash_of(article.text)
        with self._database.storage.journal.mutex:
            self._values.refresh()
            there = self._places.get(article.location, {})
            newest = there[max(there)].text_hash if there else ""
        if newest == text_hash:
            return
        self._texts.save(article)
        stamp = now()
        record = {"v": SCHEMA, "created": stamp, "updated": stamp, "location": article.location}
        self._database.table(TABLE).insert({**record, "text_hash": text_hash})

    def _replace(self, number: int, before: Version | None, after: Version | None) -> None:
        if before:
            self._places[before.location].pop(number, None)
        if after:
            self._places.setdefault(after.location, {})[number] = after


def _version_of(_number: int, record: Mapping[str, Any]) -> Version:
    """The version of a record; KeyError, TypeError or ValueError if it is none."""
    return Version(
        location=str(record["location"]),
        text_hash=str(record["text_hash"]),
        seen=dt.datetime.fromisoformat(record["created"]),
    )
