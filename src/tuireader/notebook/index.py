"""What is asked of the bookmarks often, made anew only when their table has changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tuireader.domain.reading import Bookmark
from tuireader.notebook.records import Kept


@dataclass(frozen=True, slots=True)
class Index:
    """All bookmarks that are not in the trash, as they were at one version of the table."""

    version: int = -1
    newest: tuple[Bookmark, ...] = ()
    """The newest first."""
    places: dict[str, list[Kept]] = field(default_factory=dict)
    """By location."""
    texts: dict[str, list[Kept]] = field(default_factory=dict)
    """By the hash of the text that they were kept from."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many passages are kept at each location."""


def index_of(version: int, all_kept: Iterable[Kept]) -> Index:
    """The index of these bookmarks."""
    index = Index(version)
    marks = []
    for kept in all_kept:
        if kept.trashed:
            continue
        mark = kept.bookmark
        marks.append(mark)
        location = mark.article.location
        index.places.setdefault(location, []).append(kept)
        index.counts[location] = index.counts.get(location, 0) + 1
        if kept.sought:
            index.texts.setdefault(kept.sought.text_hash, []).append(kept)
    # Ids sort by time, also where a clock was put back between two of them.
    marks.sort(key=lambda mark: mark.id, reverse=True)
    return Index(version, tuple(marks), index.places, index.texts, index.counts)
