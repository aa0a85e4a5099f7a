"""Articles with what the reader says of their quotations, to be worked on by any process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tuireader.domain.article import Article
from tuireader.domain.correction import NO_CORRECTIONS, Corrections
from tuireader.domain.quote import Quote
from tuireader.folders import Folders
from tuireader.quotes import extract
from tuireader.quotes.corrections import corrected, listed
from tuireader.quotes.listing import extract_all


@dataclass(frozen=True, slots=True)
class Heard:
    """An article, and the reader's corrections where they stand in it."""

    article: Article
    corrections: Corrections = NO_CORRECTIONS

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def quotes(self, *, unattributed: bool = False) -> tuple[Quote, ...]:
        """Its quotations as corrected, and on request those that are nobody's or none."""
        if not unattributed and not self.corrections:
            return extract(self.article)
        found = corrected(extract_all(self.article), self.corrections)
        return found if unattributed else listed(found)


def heard(articles: Iterable[Article], folders: Folders) -> Iterator[Heard]:
    """The articles with what the notebook says of each; it is not begun if there is none."""
    if not folders.data.is_dir():
        yield from map(Heard, articles)
        return
    from tuireader.cli.notebooks import notebook_in  # noqa: PLC0415 - slow, and not always needed

    with notebook_in(folders) as notebook:
        for article in articles:
            yield Heard(article, notebook.corrections.of(article))
