"""Re-anchoring: finds the bookmarks in the text that is open, and stores where they are."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tuireader.domain.anchor import Anchor, MatchMethod, Placement
from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark, citation_of
from tuireader.domain.errors import NotebookError
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import (
    StoredBookmark,
    citation_record,
    placement_record,
)
from tuireader.notebook.text_store import TextStore

_CACHE_SIZE = 10_000
"""How many search results are cached."""


class Reanchorer:
    """Finds the place of each bookmark in a text, and caches the results."""

    def __init__(self, database: JournalDB, table: str, texts: TextStore) -> None:
        """Prepare re-anchoring of the bookmarks in a table.

        `texts` has the earlier texts of the articles.
        """
        self._database = database
        self._table = table
        self._texts = texts
        self._found: dict[tuple[int, str], tuple[Anchor, Placement | None]] = {}

    def place(
        self, article: Article, text_hash: str, all_stored: Iterable[StoredBookmark]
    ) -> list[Bookmark]:
        """Return the bookmarks with their places in an article's text, in the given order.

        Those whose words are not found become orphans; if the article is not completely loaded, all
        are returned as they are. `text_hash` is the hash of the article's text. New places are
        stored for bookmarks at the article's location.
        """
        finder: AnchorSearch | None = None
        text_of = lru_cache(maxsize=2)(self._texts.text)
        placed, changes = [], {}
        for stored in all_stored:
            bookmark, anchor = stored.bookmark, stored.search_anchor
            if anchor is None or not article.complete or _is_at_home(stored, anchor, text_hash):
                placed.append(bookmark)
                continue
            placement = _known(stored, anchor, text_hash)
            if placement is None and not (bookmark.orphan and stored.seen == text_hash):
                remembered = self._found.get((bookmark.id, text_hash))
                if remembered is None or remembered[0] != anchor:
                    finder = finder or AnchorSearch(article.text, text_hash, text_of)
                    remembered = anchor, _with_words(finder.find(anchor), article.text)
                    self._remember((bookmark.id, text_hash), remembered)
                placement = remembered[1]
            here = _place(stored, placement, text_hash)
            placed.append(here)
            is_news = (here.placement, here.orphan) != (bookmark.placement, bookmark.orphan)
            if bookmark.article.location == article.location and (
                is_news or (here.orphan and stored.seen != text_hash)
            ):
                changes[bookmark.id] = {
                    "placement": placement_record(here.placement),
                    "orphan": here.orphan,
                    "seen": text_hash,
                }
        self._record(changes)
        return placed

    def assign_imports(
        self, article: Article, text_hash: str, waiting: Iterable[StoredBookmark]
    ) -> list[Bookmark]:
        """Assign imported bookmarks to an article if its text contains their words.

        Returns the assigned bookmarks with their places; empty if there are none, or if the article
        is not completely loaded. `waiting` are the bookmarks whose text is not known yet.
        """
        if not article.complete:
            return []
        finder = AnchorSearch(article.text, text_hash, self._texts.text)
        settled, changes = [], {}
        for stored in waiting:
            bookmark, anchor = stored.bookmark, stored.search_anchor
            key = bookmark.id, text_hash
            if anchor is not None and key not in self._found:
                self._remember(key, (anchor, _with_words(finder.find(anchor), article.text)))
            place = self._found[key][1] if anchor else None
            if place is not None:
                here = citation_of(article)
                settled.append(replace(bookmark, article=here, placement=place, orphan=False))
                changes[bookmark.id] = {
                    "article": citation_record(article),
                    "placement": placement_record(place),
                    "orphan": False,
                    "seen": text_hash,
                }
        self._record(changes)
        return settled

    def _remember(self, key: tuple[int, str], found: tuple[Anchor, Placement | None]) -> None:
        """Cache the result of a search for a bookmark (its id) in a text (its hash)."""
        if len(self._found) >= _CACHE_SIZE:
            self._found.clear()
        self._found[key] = found

    def _record(self, changes: dict[int, dict[str, Any]]) -> None:
        """Store fields of bookmarks by record id; if that fails, they stay in memory only."""
        if not changes:
            return
        table = self._database.table(self._table)
        with contextlib.suppress(NotebookError), self._database.storage.transaction():
            for number, fields in changes.items():
                table.update(fields, doc_ids=[number])


def _with_words(place: Placement | None, text: str) -> Placement | None:
    """Return a placement with the words at its place, if these may differ from the anchor's.

    None for None.
    """
    if place is None or place.how is not MatchMethod.FUZZY:
        return place
    return replace(place, words=text[place.start : place.end])


def _is_at_home(stored: StoredBookmark, anchor: Anchor, text_hash: str) -> bool:
    """Return whether a bookmark was made in the text with this hash, and is where it was made."""
    bookmark = stored.bookmark
    return (
        anchor.text_hash == text_hash
        and bookmark.placement is None
        and stored.attached is None
        and not bookmark.orphan
    )


def _known(stored: StoredBookmark, anchor: Anchor, text_hash: str) -> Placement | None:
    """Return the placement of a bookmark in a text if no search is needed; else None.

    `text_hash` is the hash of the text.
    """
    placement = stored.bookmark.placement
    if placement and placement.text_hash == text_hash:
        return placement
    if anchor.text_hash != text_hash:
        return None
    return Placement(text_hash=text_hash, start=anchor.start, end=anchor.end, how=MatchMethod.SAME)


def _place(stored: StoredBookmark, placement: Placement | None, text_hash: str) -> Bookmark:
    """Return a bookmark with a placement; without one it becomes an orphan.

    In its own text, a bookmark needs no placement.
    """
    bookmark = stored.bookmark
    if placement is None:
        return (
            bookmark
            if bookmark.orphan and not bookmark.placement
            else replace(bookmark, placement=None, orphan=True)
        )
    at_home = stored.attached is None and bookmark.anchor and bookmark.anchor.text_hash == text_hash
    wanted = None if at_home else placement
    if bookmark.placement == wanted and not bookmark.orphan:
        return bookmark
    return replace(bookmark, placement=wanted, orphan=False)
