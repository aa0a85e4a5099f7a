"""Builds the application context: the services for the sources, and the article shown first."""

from __future__ import annotations

import os
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader, canonical_source, selector_warnings
from tuireader.app.context import AppContext
from tuireader.app.library_changes import LibraryChanges
from tuireader.app.resume import Resume
from tuireader.app.stdin import open_terminal, read_keys_from, replace_stdin
from tuireader.domain.errors import SourceError
from tuireader.library.catalogue import Catalogue
from tuireader.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuireader.app.library_search import LibrarySearch
    from tuireader.domain.article import Article
    from tuireader.domain.article_list import ListEntry
    from tuireader.domain.bookmark import Citation
    from tuireader.domain.quote import Quote
    from tuireader.notebook.notebook import Notebook
    from tuireader.paths import AppPaths
    from tuireader.quotes.speaker_names import NamesInArticle
    from tuireader.sources.reading_options import ReadingOptions

LOCK_TIMEOUT = 1.0
"""Seconds that the reader waits for another process that is writing to the notebook."""

MAX_ATTEMPTS = 20
"""Articles that are tried at the start until one can be opened."""


def build_context(sources: tuple[str, ...], folders: AppPaths, password: str = "") -> AppContext:
    """Build the context for the sources, or for the library if () is given.

    The first article is loaded; `password` opens PDF files among the sources, "" for none. Raises
    SourceNotFoundError if a source does not exist, SourceError if no article can be opened, and
    NoTerminalError if standard input is a source and there is no terminal for the keys.
    """
    sources = _store_stdin(sources, folders)
    loader = ArticleLoader(folders, lambda address: _citation(context, address))
    loader.use_password(password, *sources)
    settings = load_settings(folders.settings)
    changes = LibraryChanges(loader, lambda: context.notebook)
    context = AppContext(
        catalogue=Catalogue(loader.describe, partial(_stored_entries, folders)),
        load_head=loader.load_head,
        loaded_head=loader.loaded_head,
        cite=loader.cite,
        load_article=loader.load_article,
        find_quotes=partial(_find_quotes, loader.options_for),
        find_names=_find_names,
        load_ahead=loader.load_ahead,
        article_stamp=loader.stamp,
        load_page=loader.load_page,
        choose_encoding=loader.choose_encoding,
        other_locations=loader.other_locations,
        add_source=changes.add,
        removed_locations=changes.removed_locations,
        source_of=changes.source_of,
        kept_articles=changes.kept_articles,
        unfollowed_feed=loader.unfollowed_feed,
        followed_feeds=changes.followed_feeds,
        refresh_feeds=changes.refresh,
        open_notebook=partial(_open_notebook, folders),
        open_search=lambda: _open_search(folders, context),
        resume=Resume(folders.state / "resume.json"),
        settings=settings,
        selector_warnings=partial(selector_warnings, settings, folders),
        folders=folders,
    )
    return _load_and_list(sources, context, loader, changes)


def _load_and_list(
    sources: tuple[str, ...], context: AppContext, loader: ArticleLoader, changes: LibraryChanges
) -> AppContext:
    """Load the first article of the sources, or of the library if there are none.

    Returns the context, which then has it.
    """
    context.missing_locations = changes.missing_locations
    if sources:
        _start_with_sources(sources, context, loader, changes)
    else:
        _start_with_library(context, loader, changes)
    return context


def _citation(context: AppContext, address: str) -> Citation | None:
    """Return the notebook's citation of a web address; None if it has none."""
    return context.notebook.sources.citation(address)


def _open_search(folders: AppPaths, context: AppContext) -> LibrarySearch:
    """Return the search over the library; the index is opened when it is needed."""
    from tuireader.app.library_search import LibrarySearch  # noqa: PLC0415 - SQLite is not for the start

    return LibrarySearch(folders, context.notebook.lists.queries)


def _stored_entries(folders: AppPaths) -> Iterator[ListEntry]:
    """Yield the list entries that the search index has of articles."""
    from tuireader.app.indexed_entries import stored_entries  # noqa: PLC0415 - SQLite is not for the start

    return stored_entries(folders)


def _store_stdin(sources: tuple[str, ...], folders: AppPaths) -> tuple[str, ...]:
    """Return the sources with `-` replaced by a stored file; keys then come from the terminal.

    Without `-`, the sources are returned unchanged. Raises NoTerminalError if there is no terminal.
    """
    if "-" not in sources:
        return sources
    terminal = open_terminal()
    stored = replace_stdin(sources, folders)
    read_keys_from(terminal)
    return stored


def _start_with_sources(
    sources: tuple[str, ...], context: AppContext, loader: ArticleLoader, changes: LibraryChanges
) -> None:
    """Load the first article of the sources; the others are found in the background.

    Raises SourceError if there are no articles, or none of the first can be opened and no source is
    a folder.
    """
    first: list[str] = []
    for source in sources:
        first.extend(islice(loader.fetch_locations(source), MAX_ATTEMPTS))
    if not first:
        raise SourceError(sources[0], "it contains no articles")
    resume = context.resume
    last = resume.last_location_in(canonical_source(sources[0])) if len(sources) == 1 else ""
    strict = not any(os.path.isdir(source) for source in sources)  # noqa: PTH112 - of a name
    _load_first(context, loader.load_head, [last, *first] if last else first, strict=strict)
    context.catalogue.extend(dict.fromkeys(first))
    context.listed_sources = tuple(map(canonical_source, sources))
    _list_sources(context, loader, changes, context.listed_sources)


def _list_sources(
    context: AppContext, loader: ArticleLoader, changes: LibraryChanges, sources: tuple[str, ...]
) -> None:
    """Have the context list the articles of the sources, which are recorded as opened first.

    `sources` are canonical. They are recorded once, when the context is asked for their articles or
    for the source of one, whichever comes first.
    """

    @cache
    def record() -> None:
        """Record the sources as opened."""
        context.notebook.sources.add(*sources, opened=True)
        changes.mark_seen(*sources)

    def locations() -> Iterator[str]:
        """Yield the locations of all articles of the sources."""
        record()
        for source in sources:
            yield from loader.locations(source)

    def source_of(location: str) -> str:
        """Return the source of the library that contains a location."""
        record()
        return changes.source_of(location)

    context.find_locations, context.source_of = locations, source_of


def _start_with_library(
    context: AppContext, loader: ArticleLoader, changes: LibraryChanges
) -> None:
    """Load the article that was open last, else the first of the library or of the samples.

    If none can be opened, `first_article` stays None.
    """
    from tuireader.app.source_resolver import library_locations  # noqa: PLC0415 - opens the notebook

    sources = context.notebook.sources.all()
    find: Callable[[], Iterator[str]] = partial(library_locations, sources, loader.locations)
    first = list(islice(find(), MAX_ATTEMPTS))
    last = context.resume.last_location()
    in_library = last in first or any(last.startswith(source) for source in sources)
    _load_first(context, loader.load_stored_head, [last, *first] if last and in_library else first)
    context.catalogue.extend(dict.fromkeys(first))
    context.find_locations = find
    changes.mark_seen(*sources)
    context.added_locations = changes.new_locations


def _load_first(
    context: AppContext,
    load_head: Callable[[str], Article],
    locations: list[str],
    *,
    strict: bool = False,
) -> None:
    """Load the first of the articles that can be opened, with its last position.

    Raises SourceError if none can be opened and `strict` is true; else `first_article` stays None.
    """
    problem: SourceError | None = None
    for location in locations:
        try:
            context.first_article = load_head(location)
        except SourceError as error:
            problem = problem or error
        else:
            context.first_offset = context.resume.offset(location)
            return
    if strict and problem is not None:
        raise problem


def _find_quotes(
    options_for: Callable[[str], ReadingOptions], article: Article, pause: Callable[[], None]
) -> tuple[Quote, ...]:
    """Return the quotations of an article; another process finds them if the text is long.

    `options_for` returns how a location is read; `pause` is called many times a second and may
    raise. Raises TooLongError if the text cannot be searched.
    """
    from tuireader.app.quote_worker import LONG_TEXT, quotes_in_process  # noqa: PLC0415 - as below

    if len(article.text) >= LONG_TEXT:
        return quotes_in_process(article, pause, options_for(article.location))
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - its word lists take time

    return extract_all(article, pause)


def _find_names(article: Article, pause: Callable[[], None]) -> NamesInArticle:
    """Return the names in an article, likely speakers first; none for a long text.

    `pause` is called many times a second and may raise.
    """
    from tuireader.app.quote_worker import LONG_TEXT  # noqa: PLC0415 - as above
    from tuireader.quotes.speaker_names import NamesInArticle, names_in_article  # noqa: PLC0415 - as above

    return NamesInArticle() if len(article.text) >= LONG_TEXT else names_in_article(article, pause)


def _open_notebook(folders: AppPaths) -> Notebook:
    """Open the notebook of the data folder; TinyDB is imported only now."""
    from tuireader.notebook.notebook import Notebook  # noqa: PLC0415 - TinyDB is not for the start

    return Notebook.open(folders.data, LOCK_TIMEOUT)
