"""The notebook as a command opens it: notices are printed, and sources written in batches."""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Self

from tuireader.app.article_loader import index_path
from tuireader.library.article_index import ArticleIndex, IndexedArticle
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.sanitize import sanitize_line

SAVE_INTERVAL = 1.0
"""Seconds that pass at least between two saves by `save_if_due`."""


@contextmanager
def open_notebook(folders: AppPaths) -> Iterator[Notebook]:
    """Open the notebook of the data folder, print its notices, and close it at the end.

    A context manager. Notices, as of damage, go to standard error, a line each. Raises
    NotebookError if the notebook cannot be opened.
    """
    with Notebook.open(folders.data) as notebook:
        for notice in notebook.notices:
            sys.stderr.write(f"tuireader: {sanitize_line(notice)}\n")
        yield notebook


class BatchWriter:
    """Collects new sources and indexed articles, and saves them about once a second.

    A context manager: leaving it saves what is left, also after an exception. All sources together
    are one undo step.
    """

    def __init__(self, folders: AppPaths) -> None:
        """Take the folders of the program; nothing is opened yet."""
        self._folders = folders
        self._stack = ExitStack()
        self._sources: dict[str, None] = {}
        self._saved: set[str] = set()
        self._articles: list[IndexedArticle] = []
        self._last_save = 0.0
        self._group = secrets.token_hex(8)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        with self._stack:
            self.save()

    def add(self, *sources: str) -> None:
        """Add canonical sources to the library with the next save; repeated ones are ignored."""
        self._sources.update(dict.fromkeys(each for each in sources if each not in self._saved))

    def add_indexed(self, article: IndexedArticle) -> None:
        """Add an article's record to the article index with the next save."""
        self._articles.append(article)

    def save_if_due(self) -> None:
        """Save if the last save was over a second ago; else do nothing."""
        if time.monotonic() - self._last_save >= SAVE_INTERVAL:
            self.save()

    def save(self) -> None:
        """Write everything that was added since the last save to disk.

        Does nothing if nothing was added. Raises NotebookError if the notebook cannot be written.
        """
        if self._sources:
            self._notebook.sources.add(*self._sources, group=self._group)
            self._saved.update(self._sources)
            self._sources.clear()
        if self._articles:
            self.index.store(*self._articles)
            self._articles.clear()
        self._last_save = time.monotonic()

    @cached_property
    def index(self) -> ArticleIndex:
        """The article index, open until the writer is left."""
        return self._stack.enter_context(ArticleIndex(index_path(self._folders)))

    @cached_property
    def _notebook(self) -> Notebook:
        """The notebook; opened with the first save of a source, closed when the writer is left."""
        return self._stack.enter_context(open_notebook(self._folders))
