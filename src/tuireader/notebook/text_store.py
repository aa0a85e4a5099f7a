"""The texts that passages were kept from, stored by hash, and which text each article had when."""

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
from tuireader.domain.dates import parse_date
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import quarantine
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.log_file import error_reason
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import SCHEMA
from tuireader.notebook.table_cache import IndexedTable
from tuireader.paths import replace_file

_VERSION = 1
"""The version of the format of text files."""

hash_of = lru_cache(maxsize=2)(text_hash)
"""Return the hash of a text.

The results for the last two texts are cached, because the open article is hashed often.
"""


class TextStore:
    """A folder of texts, each in a file `texts/ab/<hash>.json` that is written once."""

    def __init__(self, folder: Path) -> None:
        """Give access to the texts in a folder, which need not exist yet."""
        self._folder = folder

    def save(self, article: Article) -> str:
        """Store an article's text unless it is stored already, and return its hash.

        Raises NotebookError if it cannot be saved.
        """
        name = hash_of(article.text)
        path = self._path(name)
        if not path.exists():
            data = json.dumps(_record_of(article), separators=(",", ":")).encode("ascii")
            try:
                replace_file(path, data, private=True)
            except OSError as error:
                raise NotebookError(
                    f"The text was not saved, because {error_reason(error)}."
                ) from error
        return name

    def save_if_quarantined(self, article: Article) -> None:
        """Store an article's text again if its file was quarantined as damaged.

        Otherwise nothing is done; no error is raised.
        """
        name = hash_of(article.text)
        aside = (self._folder.parent / quarantine.FOLDER).glob(f"{name}-*.json")
        if not self._path(name).exists() and any(aside):
            with contextlib.suppress(NotebookError):
                self.save(article)

    def load(self, name: str) -> Article | None:
        """Return the article whose text has a hash; None if it is not stored or damaged."""
        try:
            record = json.loads(self._path(name).read_bytes())
            article = _article_of(record)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None
        return article if text_hash(article.text) == name else None

    def text(self, name: str) -> str | None:
        """Return the text that has a hash; None if it is not stored or damaged."""
        article = self.load(name)
        return article.text if article else None

    def _path(self, name: str) -> Path:
        """Return the file of a text."""
        safe = name if name.isascii() and name.isalnum() else text_hash(name)
        return self._folder / safe[:2] / f"{safe}.json"


def _record_of(article: Article) -> dict[str, Any]:
    """Return an article as a record."""
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
    """Return the article in a record.

    Raises KeyError, TypeError, ValueError or IndexError if the record is not valid.
    """
    return Article(
        location=record["location"],
        text=record["text"],
        blocks=Blocks(
            Block(BlockKind(kind), start, end, level)
            for kind, start, end, level in record["blocks"]
        ),
        title=record["title"],
        date=parse_date(record["date"]) if record["date"] else None,
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
"""The table of text versions."""

LONGEST = 2_000_000
"""The longest text that is stored without a bookmark in it, in code points."""


class TextVersions:
    """The versions of each article's text, in the order in which they were seen.

    Recording a version is not an undo step.
    """

    def __init__(self, database: JournalDB, texts: TextStore) -> None:
        """Give access to the versions in a database."""
        self._database = database
        self._texts = texts
        self._places: dict[str, dict[int, Version]] = {}
        self._values = IndexedTable(database.storage, TABLE, _version_of, self._replace)

    def for_location(
        self, location: str, bookmarks: Iterable[Bookmark] = ()
    ) -> tuple[Version, ...]:
        """Return the versions of the article at a location, oldest first; empty if none.

        The texts of its `bookmarks` are included, even those from before versions were recorded.
        """
        with self._database.storage.journal.mutex:
            self._values.refresh()
            found = list(self._places.get(location, {}).values())
        known = {version.text_hash for version in found}
        found += [
            Version(location=location, text_hash=bookmark.anchor.text_hash, seen=bookmark.created)
            for bookmark in bookmarks
            if bookmark.anchor
            and bookmark.anchor.text_hash
            and bookmark.anchor.text_hash not in known
        ]
        found.sort(key=lambda version: version.seen)
        pairs = zip([None, *found], found, strict=False)
        return tuple(
            version
            for before, version in pairs
            if before is None or before.text_hash != version.text_hash
        )

    def record(self, article: Article) -> None:
        """Store an article's text as a version, if it differs from the newest version.

        Texts that are not completely loaded or longer than `LONGEST` are ignored. Raises
        NotebookError if it cannot be saved.
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

    def _replace(self, record_id: int, before: Version | None, after: Version | None) -> None:
        """Update the index after a change of a record."""
        if before:
            self._places[before.location].pop(record_id, None)
        if after:
            self._places.setdefault(after.location, {})[record_id] = after


def _version_of(_record_id: int, record: Mapping[str, Any]) -> Version:
    """Return the version in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    return Version(
        location=str(record["location"]),
        text_hash=str(record["text_hash"]),
        seen=dt.datetime.fromisoformat(record["created"]),
    )
