"""Passages whose words are gone from their article: what may stand in their place, by hand."""

from dataclasses import dataclass

from tuireader.domain.anchor import Anchor
from tuireader.domain.article import Article
from tuireader.domain.passage import Passage
from tuireader.domain.reading import Bookmark
from tuireader.notebook import labels
from tuireader.notebook.anchoring.alignment import LONGEST, Aligned, proposals
from tuireader.notebook.anchoring.finder import Finder
from tuireader.notebook.anchoring.sides import Side
from tuireader.notebook.anchoring.sought import Place, Sought
from tuireader.notebook.bookmarks import TABLE, Bookmarks
from tuireader.notebook.history import History
from tuireader.notebook.texts import Texts, hash_of

MOST = 5
"""Candidates that are proposed for a passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A passage whose words are not in its article as it was last read."""

    bookmark: Bookmark
    seen: str
    """The hash of the text in which they were not found."""
    left: bool
    """Whether the reader has said that it is to stay as it is, while that is the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that may be what became of a passage."""

    place: Passage
    words: str
    likeness: float
    """How much of the passage's words is there, from 0 to 1."""
    in_place: bool
    """Whether what stood around the passage stands around it."""


class Orphans:
    """All passages without a place, and what can be done with them."""

    def __init__(self, bookmarks: Bookmarks, history: History, texts: Texts) -> None:
        self._bookmarks = bookmarks
        self._history = history
        self._texts = texts

    def all(self) -> tuple[Orphan, ...]:
        """Those that wait for the reader first, then those that were left as they are."""
        found = []
        for mark in self._bookmarks.all():
            kept = self._bookmarks.kept(mark.id) if mark.orphan else None
            if kept is not None:
                left = bool(kept.left) and kept.left == kept.seen
                found.append(Orphan(bookmark=mark, seen=kept.seen, left=left))
        return tuple(sorted(found, key=lambda orphan: orphan.left))

    def text_of(self, orphan: Orphan) -> Article | None:
        """The text in which the words were not found, if it is kept."""
        return self._texts.load(orphan.seen) if orphan.seen else None

    def candidates(self, orphan: Orphan, article: Article) -> tuple[Candidate, ...]:
        """The places in the article's text that may be what became of it, the likeliest first."""
        kept = self._bookmarks.kept(orphan.bookmark.id)
        anchor = kept.sought if kept else None
        if anchor is None or not article.complete:
            return ()
        found: list[Candidate] = []
        for place in self._places(anchor, article.text):
            stretch = Passage(place.start, place.end).trimmed(article.text)
            if len(stretch) and not any(stretch.overlaps(other.place) for other in found):
                words = stretch.of(article.text)
                found.append(
                    Candidate(
                        place=stretch,
                        words=words,
                        likeness=place.words,
                        in_place=isinstance(place, Aligned) and place.is_between,
                    )
                )
        return tuple(found[:MOST])

    def attach(self, orphan: Orphan, article: Article, place: Passage) -> Bookmark:
        """Let a passage stand there; its own anchor stays as it was, and it is one step of undo."""
        return self._bookmarks.reattach(orphan.bookmark.id, article, place)

    def leave(self, orphan: Orphan) -> None:
        """Leave it as it is, until the article changes again; one step of undo."""
        with self._history.step(f"left {labels.named([orphan.bookmark])} as it is") as step:
            step.update(TABLE, orphan.bookmark.id, {"left": orphan.seen})

    def _places(self, anchor: Anchor, text: str) -> list[Aligned | Place]:
        """Places that have something of the words, or stand for them; the likeliest first."""
        found: list[Aligned | Place] = []
        earlier = self._texts.load(anchor.text_hash) if anchor.text_hash else None
        if earlier and max(len(earlier.text), len(text)) <= LONGEST:
            sides = Side(earlier.text), Side(text)
            found += proposals(*sides, anchor.start, anchor.end)
        found += Finder(text, hash_of(text), lambda _: None).similar(Sought(anchor))
        return sorted(found, key=lambda place: place.score * (1 + place.words), reverse=True)
