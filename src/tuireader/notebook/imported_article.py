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
    """An imported article, with the location it has in the library and its texts."""

    item: ImportItem
    location: str
    listed: bool = True
    """Whether it can be opened, and therefore belongs in the list of sources."""
    texts: Callable[[], Iterable[Article]] = tuple
    """Returns the texts that may contain its highlights: one article, or the chapters of a book."""

    @property
    def citation(self) -> Citation:
        """Its citation according to the export, used while its text is not available."""
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
    """Return the text and anchor of each highlight, in the order of the highlights.

    The first text that contains the highlight is used; None for a highlight that no text contains.
    `texts` are only read until all highlights are found.
    """
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
    """Return an anchor for a highlight whose text is not known; its text hash is ""."""
    return Anchor(
        text_hash="",
        start=0,
        end=len(highlight.words),
        exact=highlight.words,
        prefix=highlight.prefix[-64:],
        suffix=highlight.suffix[:64],
        heading=highlight.position,
    )
