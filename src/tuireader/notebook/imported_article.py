"""An article as an import gives it to the notebook, and where its highlights are in its texts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Citation
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.text_store import hash_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedArticle:
    """An imported article, the location it is opened from, and its available texts."""

    item: ImportItem
    location: str
    listed: bool = True
    """Whether it can be opened, and therefore belongs in the list of sources."""
    texts: Callable[[], Iterable[Article]] = tuple
    """Returns the texts that its highlights may be in: one article, or a book's chapters."""

    @property
    def citation(self) -> Citation:
        """Its citation, used as long as its text is not available."""
        item = self.item
        return Citation(
            location=self.location,
            title=item.title,
            outlet=item.outlet,
            date=item.date,
            author=item.author,
            source=item.address or item.file or item.title,
        )


Found = tuple[Article, Anchor]
"""The text that contains a highlight, and its anchor there."""


def locate_highlights(
    highlights: Sequence[Highlight], texts: Iterable[Article]
) -> list[Found | None]:
    """Find each highlight in the first text that contains it; None if no text does."""
    found: list[Found | None] = [None] * len(highlights)
    for article in texts:
        missing = [number for number, place in enumerate(found) if place is None]
        if not missing:
            break
        text_hash = hash_of(article.text)
        finder = AnchorSearch(article.text, text_hash, lambda _: None)
        for number in missing:
            place = finder.find(anchor_for_highlight(highlights[number]))
            if place is not None:
                passage = Passage(place.start, place.end).trimmed(article.text)
                found[number] = article, anchor_of(article, passage, text_hash)
    return found


def anchor_for_highlight(highlight: Highlight) -> Anchor:
    """Return an anchor for a highlight whose text is not available; its hash is empty."""
    return Anchor(
        text_hash="",
        start=0,
        end=len(highlight.words),
        exact=highlight.words,
        prefix=highlight.prefix[-64:],
        suffix=highlight.suffix[:64],
        heading=highlight.position,
    )
