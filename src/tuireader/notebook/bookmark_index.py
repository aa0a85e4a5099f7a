"""An index of the bookmarks by location and text, updated with each change.

The fields that it needs are cut out of a record's JSON if that has the usual form, so that a large
notebook is ready before its records are decoded.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TypeVar

from tuireader.domain.article import Article, title_keys
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.tags import unique_tags
from tuireader.notebook.journal.line_format import to_json
from tuireader.notebook.serialization import StoredBookmark

_Name = TypeVar("_Name", str, bytes)
_Value = TypeVar("_Value", None, tuple[str, ...])
_USUAL = re.compile(
    rb'\{"v":\d+,"created":"[^"\\]*","updated":"[^"\\]*",'
    rb'"article":\{"location":("(?:[^"\\{}]|\\.)*")[^{}]*\},'
    rb'"anchor":(?:null|\{"text_hash":"([0-9a-f]{64})"[^{}]*\}),'
)
"""The beginning of a bookmark's JSON as this program writes it."""


_TAIL = b',"trashed":null}'
_LONGER_TAIL = re.compile(
    rb',"trashed":null(?:,"(?:seen|origin|position|imported)":"[^"\\]*"){1,4}\}\Z'
)
_NOTHING: frozenset[str] = frozenset()
_NO_NOTE = b',"note":"",'
_IndexKeys = tuple[bytes, bytes, frozenset[str], bool, tuple[str, ...]]
"""The keys of a bookmark.

Its location (as JSON), its text hash, the names it is waiting for, whether it has a note, and if it
is on a whole article its tags.
"""


class BookmarkIndex:
    """The ids of all bookmarks outside the trash, by location and by text."""

    def __init__(self, decode: Callable[[int, bytes], StoredBookmark | None]) -> None:
        """Create an empty index.

        `decode` returns the bookmark of a record's id and JSON, or None if it is not valid.
        """
        self._decode = decode
        self._places: dict[bytes, dict[int, None]] = {}
        self._texts: dict[bytes, dict[int, None]] = {}
        self._waiting: dict[str, dict[int, None]] = {}
        """Imported passages whose text is unknown, by the names of their article and source."""
        self._noted: dict[bytes, dict[int, None]] = {}
        self._tags: dict[bytes, dict[int, tuple[str, ...]]] = {}
        """The tags of whole articles, by location and id."""
        self._newest: list[Bookmark] | None = None
        self._stale: set[int] = set()
        """The ids that have changed since the list was made."""

    def replace(self, record_id: int, before: bytes | None, now: bytes | None) -> None:
        """Update the index after a change of a record.

        `before` and `now` are the record's JSON before and after it; None means that it did not or
        does not exist.
        """
        if self._newest is not None:
            self._stale.add(record_id)
        was = self._keys_of(record_id, before) if before else None
        filing = self._keys_of(record_id, now) if now else None
        if was == filing:
            return
        if was is not None:
            self._remove(record_id, was)
        if filing is not None:
            self._add(record_id, filing)

    def _remove(self, record_id: int, keys: _IndexKeys) -> None:
        """Remove a bookmark under its keys."""
        location, text, awaited, _, _ = keys
        _drop(self._places, location, record_id)
        _drop(self._texts, text, record_id)
        _drop(self._noted, location, record_id)
        _drop(self._tags, location, record_id)
        for name in awaited:
            _drop(self._waiting, name, record_id)

    def _add(self, record_id: int, keys: _IndexKeys) -> None:
        """Add a bookmark under its keys."""
        location, text, awaited, is_noted, tags = keys
        _add(self._places, location, record_id)
        if text:
            _add(self._texts, text, record_id)
        if is_noted:
            _add(self._noted, location, record_id)
        if tags:
            self._tags.setdefault(location, {})[record_id] = tags
        for name in awaited:
            _add(self._waiting, name, record_id)

    def newest(self, known: Callable[[int], StoredBookmark | None]) -> tuple[Bookmark, ...]:
        """Return all bookmarks outside the trash, newest first; empty if there are none.

        `known` returns the bookmark with an id, or None. Ids grow with time, even if the clock was
        set back.
        """
        listed = self._newest
        if listed is None:
            record_ids = sorted(
                (one for there in self._places.values() for one in there), reverse=True
            )
            found = map(known, record_ids)
            listed = [stored.bookmark for stored in found if stored]
        else:
            for record_id in self._stale:
                stored = known(record_id)
                at = bisect_left(listed, -record_id, key=_newest_first)
                is_there = at < len(listed) and listed[at].id == record_id
                shown = [stored.bookmark] if stored and not stored.trashed else []
                listed[at : at + is_there] = shown
        self._newest = listed
        self._stale.clear()
        return tuple(listed)

    def for_article(self, location: str, text_hash: str) -> Iterable[int]:
        """Return the ids of bookmarks at a location, or from the text with this hash.

        They are in no particular order; empty if there are none.
        """
        there = self._places.get(to_json(location), {})
        same = self._texts.get(_bytes(text_hash), {})
        return there.keys() | same.keys() if same.keys() - there.keys() else there

    def waiting(self, article: Article) -> Iterable[int]:
        """Return the ids of imported bookmarks that may belong to an article, by its names.

        These are bookmarks whose text is not known yet. Those at the article's own location are
        left out; empty if there are none.
        """
        if not self._waiting:
            return ()
        names = title_keys(article.title) | title_keys(article.outlet)
        found: set[int] = set()
        for name in (*names, article.source, article.location):
            found.update(self._waiting.get(name, ()))
        return found - self._places.get(to_json(article.location), {}).keys()

    def counts(self) -> dict[str, int]:
        """Return the number of bookmarks at each location that has any; see `count`."""
        return {_text(location): self._count(location) for location in self._places}

    def note_counts(self) -> dict[str, int]:
        """Return the number of bookmarks with a note, by location; without them none."""
        return {_text(location): len(there) for location, there in self._noted.items()}

    def article_tags(self) -> dict[str, tuple[str, ...]]:
        """Return the tags of each article that has tags, by location."""
        return {
            _text(location): unique_tags(tag for tags in there.values() for tag in tags)
            for location, there in self._tags.items()
        }

    def at_location(self, location: str) -> Iterable[int]:
        """Return the ids of all bookmarks at a location; empty if there are none."""
        return self._places.get(to_json(location), {})

    def count(self, location: str) -> int:
        """Return the number of bookmarks at a location; 0 if there are none.

        Records that only tag the article, without a note, are not counted.
        """
        return self._count(to_json(location))

    def _count(self, location: bytes) -> int:
        """Return the number of bookmarks at a location, given as its JSON; see `count`."""
        noted = self._noted.get(location, {})
        tagging = sum(one not in noted for one in self._tags.get(location, ()))
        return len(self._places.get(location, ())) - tagging

    def _keys_of(self, record_id: int, doc: bytes) -> _IndexKeys | None:
        """Return the index keys of a record; None if it is in the trash or not valid.

        `doc` is the record's JSON.
        """
        usual = _USUAL.match(doc)
        if usual is not None:
            location, text = usual.groups()
            in_use = doc.endswith(_TAIL) or _LONGER_TAIL.search(doc, usual.end())
            if text and in_use and b'"attached":' not in doc:
                return location, text, _NOTHING, _NO_NOTE not in doc, ()
        stored = self._decode(record_id, doc)
        if stored is None or stored.trashed:
            return None
        location = to_json(stored.bookmark.article.location)
        search_anchor = stored.search_anchor
        return (
            location,
            _bytes(search_anchor.text_hash) if search_anchor else b"",
            _import_keys(stored),
            bool(stored.bookmark.note),
            stored.bookmark.tags if stored.bookmark.anchor is None else (),
        )


def _import_keys(stored: StoredBookmark) -> frozenset[str]:
    """Return the names by which the text of an imported bookmark is recognised.

    Empty if its text is known already, or if it was not imported.
    """
    anchor, article = stored.search_anchor, stored.bookmark.article
    if anchor is None or anchor.text_hash or stored.bookmark.placement:
        return _NOTHING
    return title_keys(article.title) | {article.source, article.location}


def _newest_first(bookmark: Bookmark) -> int:
    """Return a sort key that puts newer bookmarks first, since ids grow."""
    return -bookmark.id


def _bytes(text_hash: str) -> bytes:
    """Return a text hash as bytes, as the journal has it."""
    return text_hash.encode("utf-8", "surrogatepass")


def _text(location: bytes) -> str:
    """Return the location that a JSON string contains."""
    return str(json.loads(location))


def _add(groups: dict[_Name, dict[int, None]], name: _Name, record_id: int) -> None:
    """Add an id to a group, creating the group if needed."""
    group = groups.get(name)
    if group is None:
        group = groups[name] = {}
    group[record_id] = None


def _drop(groups: dict[_Name, dict[int, _Value]], name: _Name, record_id: int) -> None:
    """Remove an id from a group, and the group if it is then empty."""
    group = groups.get(name, {})
    group.pop(record_id, None)
    if not group:
        groups.pop(name, None)
