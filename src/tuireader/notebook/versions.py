"""Which texts an article had: each that was opened is kept, so that a change can be shown."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.reading import Bookmark
from tuireader.domain.version import Version
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.table import JournalDB
from tuireader.notebook.records import SCHEMA
from tuireader.notebook.texts import Texts, hash_of
from tuireader.notebook.values import Values

TABLE = "versions"
"""The table of which text an article had when."""

LONGEST = 2_000_000
"""Code points of the longest text that is kept though nothing was kept of it."""


class Versions:
    """The texts that each article had, in the order in which they were seen; no steps of undo."""

    def __init__(self, database: JournalDB, texts: Texts) -> None:
        self._database = database
        self._texts = texts
        self._places: dict[str, dict[int, Version]] = {}
        self._values = Values(database.storage, TABLE, _version_of, self._replace)

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
