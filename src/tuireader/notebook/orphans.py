"""Orphans: bookmarks whose words are gone from their article, and candidates for a new place."""

from dataclasses import dataclass

from tuireader.domain.anchor import Anchor
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, position_number
from tuireader.notebook import undo
from tuireader.notebook.anchoring.alignment import (
    MAX_ALIGNED_TEXT,
    AlignedPassage,
    TokenizedText,
    candidate_places,
)
from tuireader.notebook.anchoring.search import AnchorSearch, Match, PassagePattern
from tuireader.notebook.bookmarks import TABLE, Bookmarks
from tuireader.notebook.text_store import TextStore, hash_of
from tuireader.notebook.undo import UndoLog

MAX_CANDIDATES = 5
"""How many candidates are proposed for an orphan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A bookmark whose words are not in its article's newest text."""

    bookmark: Bookmark
    seen: str
    """The hash of the text in which its words were not found; "" if unknown."""
    left: bool
    """Whether the user accepted it as an orphan of this text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanCandidate:
    """A place in the text where the orphan may belong.

    `words` are the words at this place.
    """

    place: Passage
    words: str
    similarity: float
    """The share of the bookmark's words that are at this place, from 0 to 1."""
    has_context: bool
    """Whether the text around the passage is also around this place."""


class Orphans:
    """Lists the orphans, and attaches or accepts them."""

    def __init__(self, bookmarks: Bookmarks, undo_log: UndoLog, texts: TextStore) -> None:
        """Give access to the orphans among the bookmarks."""
        self._bookmarks = bookmarks
        self._undo_log = undo_log
        self._texts = texts

    def all(self) -> tuple[Orphan, ...]:
        """Return all orphans, accepted ones last; empty if there are none."""
        found = []
        for bookmark in self._bookmarks.all():
            stored = self._bookmarks.stored(bookmark.id) if bookmark.orphan else None
            if stored is not None:
                left = bool(stored.left) and stored.left == stored.seen
                found.append(Orphan(bookmark=bookmark, seen=stored.seen, left=left))
        return tuple(sorted(_by_position(found), key=lambda orphan: orphan.left))

    def text_of(self, orphan: Orphan) -> Article | None:
        """Return the text in which the orphan's words were not found; None if it is not stored."""
        return self._texts.load(orphan.seen) if orphan.seen else None

    def candidates(self, orphan: Orphan, article: Article) -> tuple[OrphanCandidate, ...]:
        """Return the places in an article where an orphan may belong, likeliest first.

        At most `MAX_CANDIDATES`, without overlaps. Empty if there are none, if the bookmark does
        not exist any more, or if the article is not completely loaded.
        """
        stored = self._bookmarks.stored(orphan.bookmark.id)
        anchor = stored.search_anchor if stored else None
        if anchor is None or not article.complete:
            return ()
        found: list[OrphanCandidate] = []
        for place in self._places(anchor, article.text):
            stretch = Passage(place.start, place.end).trimmed(article.text)
            if len(stretch) and not any(stretch.overlaps(other.place) for other in found):
                words = stretch.of(article.text)
                found.append(
                    OrphanCandidate(
                        place=stretch,
                        words=words,
                        similarity=place.words,
                        has_context=isinstance(place, AlignedPassage) and place.is_between,
                    )
                )
        return tuple(found[:MAX_CANDIDATES])

    def attach(self, orphan: Orphan, article: Article, place: Passage) -> Bookmark:
        """Attach an orphan to a place in an article as one undo step; return the bookmark.

        Its own anchor is kept. Raises NotebookError if it does not exist any more, or cannot be
        saved.
        """
        return self._bookmarks.reattach(orphan.bookmark.id, article, place)

    def leave(self, orphan: Orphan) -> None:
        """Accept an orphan until its article changes again, as one undo step.

        Raises NotebookError if it does not exist any more, or cannot be saved.
        """
        with self._undo_log.step(f"left {undo.bookmark_label([orphan.bookmark])} as it is") as step:
            step.update(TABLE, orphan.bookmark.id, {"left": orphan.seen})

    def _places(self, anchor: Anchor, text: str) -> list[AlignedPassage | Match]:
        """Return the places that share words with a passage or replaced it, likeliest first."""
        found: list[AlignedPassage | Match] = []
        earlier = self._texts.load(anchor.text_hash) if anchor.text_hash else None
        if earlier and max(len(earlier.text), len(text)) <= MAX_ALIGNED_TEXT:
            sides = TokenizedText(earlier.text), TokenizedText(text)
            found += candidate_places(*sides, anchor.start, anchor.end)
        found += AnchorSearch(text, hash_of(text), lambda _: None).similar(PassagePattern(anchor))
        return sorted(found, key=lambda place: place.score * (1 + place.words), reverse=True)


def _by_position(orphans: list[Orphan]) -> list[Orphan]:
    """Return the orphans with the imported ones of each article together, by position.

    The others keep their order.
    """
    first: dict[str, int] = {}
    keyed = []
    for number, orphan in enumerate(orphans):
        mark = orphan.bookmark
        waits = bool(mark.anchor and not mark.anchor.text_hash)
        group = first.setdefault(mark.article.location, number) if waits else number
        keyed.append((group, position_number(mark.position) if waits else -1, number, orphan))
    return [orphan for *_, orphan in sorted(keyed, key=lambda entry: entry[:3])]
