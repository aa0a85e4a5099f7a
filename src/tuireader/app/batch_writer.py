"""Puts what is added into the library as it comes, so that an end in the midst loses little."""

import secrets
import time
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Self

from tuireader.app.article_loader import index_path
from tuireader.app.open_notebook import open_notebook
from tuireader.library.article_index import ArticleIndex, IndexedArticle
from tuireader.paths import AppPaths

if TYPE_CHECKING:
    from tuireader.notebook.notebook import Notebook

OFTEN = 1.0
"""Seconds between two times that what has come is kept."""


class BatchWriter:
    """The library's list and what is known of its articles, written about once a second."""

    def __init__(self, folders: AppPaths) -> None:
        self._folders = folders
        self._stack = ExitStack()
        self._sources: dict[str, None] = {}
        self._kept: set[str] = set()
        self._known: list[IndexedArticle] = []
        self._last = 0.0
        self._group = secrets.token_hex(8)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        with self._stack:
            self.save()

    def add(self, *sources: str) -> None:
        """Put sources into the list."""
        self._sources.update(dict.fromkeys(each for each in sources if each not in self._kept))

    def note(self, known: IndexedArticle) -> None:
        """Remember an article that was read through."""
        self._known.append(known)

    def rest(self) -> None:
        """Keep what has come, if that was not done lately."""
        if time.monotonic() - self._last >= OFTEN:
            self.save()

    def save(self) -> None:
        """Keep what has come."""
        if self._sources:
            self._notebook.sources.add(*self._sources, group=self._group)
            self._kept.update(self._sources)
            self._sources.clear()
        if self._known:
            self.index.note(*self._known)
            self._known.clear()
        self._last = time.monotonic()

    @cached_property
    def index(self) -> ArticleIndex:
        """What is known of articles that were read through."""
        return self._stack.enter_context(ArticleIndex(index_path(self._folders)))

    @cached_property
    def _notebook(self) -> "Notebook":
        return self._stack.enter_context(open_notebook(self._folders))
