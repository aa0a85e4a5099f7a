"""An article that is imported: its place in the library, and its highlights' places in its text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article
from tuireader.domain.imported import Highlight, Item
from tuireader.domain.passage import Passage
from tuireader.domain.reading import Citation
from tuireader.notebook.anchoring.finder import Finder
from tuireader.notebook.texts import hash_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An imported article, where it is opened from, and its texts that are at hand."""

    item: Item
    location: str
    listed: bool = True
    """Whether it can be opened, and so belongs into the library's list."""
    texts: Callable[[], Iterable[Article]] = tuple
    """The texts in which its highlights may stand: one article, or a book's chapters."""

    @property
    def citation(self) -> Citation:
        """What a citation of it says as long as its text is not here."""
        item = self.item
        return Citation(
            location=self.location,
            title=item.title,
            outlet=item.outlet,
            date=item.date,
            author=item.author,
            source=item.address or item.title,
        )


@dataclass(slots=True)
class Tally:
    """What an import brings, counted."""

    articles: int = 0
    known: int = 0
    """Articles that are in the library already."""
    read: int = 0
    """Articles that are marked as read now."""
    placed: int = 0
    """Highlights whose words were found in a text."""
    waiting: int = 0
    """Highlights whose text is not here yet, or does not have their words."""
    noted: int = 0
    """Notes and tags on whole articles."""
    again: int = 0
    """Highlights and notes that were taken over before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.articles or self.read or self.placed or self.waiting or self.noted)


Found = tuple[Article, Anchor]
"""The text that a highlight stands in, and its anchor there."""


def places_of(highlights: Sequence[Highlight], texts: Iterable[Article]) -> list[Found | None]:
    """Where the highlights stand in the texts, each in the first that has it; None if in none."""
    found: list[Found | None] = [None] * len(highlights)
    for article in texts:
        missing = [number for number, place in enumerate(found) if place is None]
        if not missing:
            break
        text_hash = hash_of(article.text)
        finder = Finder(article.text, text_hash, lambda _: None)
        for number in missing:
            place = finder.find(anchor_of_words(highlights[number]))
            if place is not None:
                passage = Passage(place.start, place.end).trimmed(article.text)
                found[number] = article, anchor_of(article, passage, text_hash)
    return found


def anchor_of_words(highlight: Highlight) -> Anchor:
    """An anchor for words whose text is not known; it has no hash."""
    return Anchor(
        text_hash="",
        start=0,
        end=len(highlight.words),
        exact=highlight.words,
        prefix=highlight.prefix[-64:],
        suffix=highlight.suffix[:64],
        heading=highlight.where,
    )
