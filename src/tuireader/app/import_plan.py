"""The import of another service's articles: their pages, and the texts of their highlights."""

import os
from collections.abc import Iterator
from dataclasses import replace

from tuireader.domain.article import Article
from tuireader.domain.bookmark import BOOK_WITHOUT_FILE
from tuireader.domain.errors import NotebookError, SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import LeftOut
from tuireader.library.address_lookup import ArticlesByAddress
from tuireader.library.catalogue import ArticlesByTitle
from tuireader.notebook.import_items import ImportSummary, ImportTransaction
from tuireader.notebook.imported_article import ImportedArticle
from tuireader.sources.files import is_address
from tuireader.sources.web.page_store import PageStore, page_article
from tuireader.sources.web.url import canonical_url


class ImportPlan:
    """Collects the items of an export; nothing is changed before `apply` is called."""

    def __init__(
        self,
        transaction: ImportTransaction,
        pages: PageStore,
        titles: ArticlesByTitle,
        addresses: ArticlesByAddress,
    ) -> None:
        """Create an empty plan.

        Args:
            transaction: Takes what belongs in the notebook.
            pages: Where the web pages of the export are stored, and found.
            titles: Finds the texts of books, whose highlights name a title only.
            addresses: Finds the saved pages that state an address as their own, and local files.
        """
        self._transaction = transaction
        self._pages = pages
        self._titles = titles
        self._addresses = addresses
        self._with_page: list[ImportItem] = []

    @property
    def summary(self) -> ImportSummary:
        """The numbers of what the import would add, change and leave as it is."""
        return self._transaction.summary

    def add(self, item: ImportItem) -> Iterator[LeftOut]:
        """Add an article with its highlights, and find these in its text.

        Must be iterated to the end. Yields what of the item cannot be imported, if anything; the
        notebook is not changed.
        """
        if item.address:
            self._add_page(replace(item, address=canonical_url(item.address)))
        else:
            yield from self._add_book(item)

    def _add_page(self, item: ImportItem) -> None:
        """Add an article on the web, under the location of its saved page if there is one.

        A saved page is one in the library that states the item's address as its own.
        """
        saved = self._addresses.location(item.address)
        location = saved or item.address
        article = ImportedArticle(
            item=item, location=location, texts=lambda: self._page_texts(item, saved)
        )
        self._transaction.add(article)
        if item.html and not saved:
            self._with_page.append(item)

    def _add_book(self, item: ImportItem) -> Iterator[LeftOut]:
        """Add a book or a local file; yield what cannot be kept without its text."""
        path = os.path.abspath(item.file) if item.file else ""  # noqa: PTH100 - as sources are named
        file = self._addresses.file(path) if path else ""
        if not (file or item.note or item.tags or item.highlights):
            yield LeftOut("title without an address, a note or a highlight")
            return
        if item.read and not file:
            yield LeftOut("“read” mark of a book")
        if item.starred and not file:
            yield LeftOut("star of a book")
        author = f" ({item.author})" if item.author else ""
        article = ImportedArticle(
            item=item,
            location=file or f"{BOOK_WITHOUT_FILE}{item.title}{author}",
            listed=bool(file),
            texts=lambda: (
                self._addresses.articles(file) if file else self._titles.chapters(item.title)
            ),
        )
        self._transaction.add(article)

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

    def _page_texts(self, item: ImportItem, saved: str) -> Iterator[Article]:
        """Yield the text of an item's web page; nothing if it is neither stored nor exported.

        `saved` is the location of a page in the library that states the item's address; "" if there
        is none.
        """
        if saved and not is_address(saved):
            yield from self._addresses.articles(saved)
            return
        try:
            yield self._pages.article(saved or item.address)
        except SourceError:
            if item.html:
                try:
                    yield page_article(item)
                except SourceError:
                    return
