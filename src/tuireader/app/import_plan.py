"""The import of another service's articles: their pages, and the texts of their highlights."""

from collections.abc import Iterator
from dataclasses import replace

from tuireader.domain.article import Article
from tuireader.domain.bookmark import BOOK_WITHOUT_FILE
from tuireader.domain.errors import NotebookError, SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.library.catalogue import ArticlesByTitle
from tuireader.notebook.import_items import ImportedArticle, ImportSummary, ImportTransaction
from tuireader.sources.web.canonical_url import canonical_url
from tuireader.sources.web.page_store import PageStore, page_article


class ImportPlan:
    """Collects the items of an export; nothing is changed before `apply` is called."""

    def __init__(
        self, transaction: ImportTransaction, pages: PageStore, titles: ArticlesByTitle
    ) -> None:
        """Plan an import.

        Args:
            transaction: Takes what belongs in the notebook.
            pages: Where the web pages of the export are stored, and found.
            titles: Finds the texts of books, whose highlights name a title only.
        """
        self._transaction = transaction
        self._pages = pages
        self._titles = titles
        self._with_page: list[ImportItem] = []

    @property
    def summary(self) -> ImportSummary:
        """Counts what the import would add."""
        return self._transaction.summary

    def add(self, item: ImportItem) -> None:
        """Add an article with its highlights, and find the places of these in its text."""
        if item.address:
            item = replace(item, address=canonical_url(item.address))
            article = ImportedArticle(
                item=item, location=item.address, texts=lambda: self._page_texts(item)
            )
        else:
            author = f" ({item.author})" if item.author else ""
            article = ImportedArticle(
                item=item,
                location=f"{BOOK_WITHOUT_FILE}{item.title}{author}",
                listed=False,
                texts=lambda: self._titles.chapters(item.title),
            )
        self._transaction.add(article)
        if item.html:
            self._with_page.append(item)

    def apply(self) -> None:
        """Store the pages, and change the notebook in one undo step.

        Raises NotebookError if something cannot be saved; then the notebook has not changed.
        """
        try:
            for item in self._with_page:
                self._pages.store(item)
        except OSError as error:
            raise NotebookError(
                f"Nothing was imported, because a page could not be stored: {error.strerror}."
            ) from error
        self._transaction.take()

    def _page_texts(self, item: ImportItem) -> Iterator[Article]:
        """Yield the text of an item's web page, if it is stored here or comes with the export."""
        try:
            yield self._pages.article(item.address)
        except SourceError:
            if item.html:
                try:
                    yield page_article(item)
                except SourceError:
                    return
