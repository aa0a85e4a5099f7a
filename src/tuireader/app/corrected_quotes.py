"""Articles together with the corrections of their quotations, as picklable values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tuireader.app.source_resolver import Report
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.domain.quote import NO_CORRECTIONS, Corrections, Quote
from tuireader.paths import AppPaths
from tuireader.quotes.corrections import apply_corrections, attributed_quotes
from tuireader.quotes.engine import extract, extract_all
from tuireader.quotes.quote_marks import TOO_MANY_MARKS, has_too_many_marks


@dataclass(frozen=True, slots=True)
class ArticleWithCorrections:
    """An article and the reader's corrections of its quotations, which are none by default."""

    article: Article
    corrections: Corrections = NO_CORRECTIONS

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def quotes(self, *, unattributed: bool = False) -> tuple[Quote, ...]:
        """Return the article's quotations, corrected, in the order of the text.

        With `unattributed`, words in quotation marks that nobody is quoted with, and quotations
        that the reader marked as none, are included. Empty if there are none.
        """
        if not unattributed and not self.corrections:
            return extract(self.article)
        found = apply_corrections(extract_all(self.article), self.corrections, self.text)
        return found if unattributed else attributed_quotes(found)


def with_corrections(
    articles: Iterable[Article], folders: AppPaths, report: Report
) -> Iterator[ArticleWithCorrections]:
    """Yield each article with its corrections from the notebook, in the given order.

    No notebook is created if there is none. An article with too many quotation marks to be searched
    is left out; `report` is called with a SourceError instead.
    """
    articles = _searchable(articles, report)
    if not folders.data.is_dir():
        yield from map(ArticleWithCorrections, articles)
        return
    from tuireader.app.command_notebook import open_notebook  # noqa: PLC0415 - slow, and not always needed

    with open_notebook(folders) as notebook:
        for article in articles:
            yield ArticleWithCorrections(article, notebook.corrections.for_article(article))


def _searchable(articles: Iterable[Article], report: Report) -> Iterator[Article]:
    """Yield the articles that can be searched; `report` an error for each other one."""
    for article in articles:
        if has_too_many_marks(article.text):
            report(SourceError(article.location, TOO_MANY_MARKS))
        else:
            yield article
