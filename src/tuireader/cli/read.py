"""`tuireader [SOURCE...]`: open articles and read them."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader, canonical_source, selector_warnings
from tuireader.app.context import AppContext
from tuireader.app.library_changes import LibraryChanges
from tuireader.app.resume import Resume
from tuireader.app.stdin import open_terminal, replace_stdin, take_keys_from
from tuireader.cli.parser import Request
from tuireader.domain.article import Article
from tuireader.domain.errors import NoTerminalError, SourceError
from tuireader.domain.quote import Quote
from tuireader.library.catalogue import Catalogue
from tuireader.paths import AppPaths
from tuireader.settings import load_settings
from tuireader.ui.first_paint import first_paint
from tuireader.ui.terminal.state import leave_first_paint

if TYPE_CHECKING:
    from tuireader.domain.bookmark import Citation
    from tuireader.notebook.notebook import Notebook

PATIENCE = 1.0
"""Seconds that the screen waits for another window that is writing to the notebook."""

TRIED = 20
"""Articles of a folder that are tried until one can be opened at the start."""


def read_sources(request: Request, folders: AppPaths) -> int:
    """Open the reader on the sources; the exit status when it is left.

    Raises SourceNotFoundError for a source that is not there, and NoTerminalError where
    no keys can come.
    """
    if "-" not in request.sources and not os.isatty(0):
        raise NoTerminalError
    desk = build_context(request, folders)
    with first_paint(desk) as attributes:
        from tuireader.ui.terminal.watchdog import Watchdog  # noqa: PLC0415 - after the first paint

        watchdog = Watchdog(partial(_close_notebook, desk))
        if attributes is not None:
            watchdog.put_back = partial(leave_first_paint, 1, attributes)
        watchdog.start()
        from tuireader.ui.app import TuiReader  # noqa: PLC0415 - slow, so after the first paint

        app = TuiReader(desk, attributes, watchdog)
        app.run()
    watchdog.close()
    return app.return_code or 0


def _close_notebook(desk: AppContext) -> None:
    if "notebook" in vars(desk):
        desk.notebook.close()


def build_context(request: Request, folders: AppPaths) -> AppContext:
    """The parts put together for the sources, with the article to begin with.

    Raises SourceNotFoundError for a source that is not there.
    """
    sources = _named_sources(request, folders)

    def known(address: str) -> "Citation | None":
        return desk.notebook.sources.citation(address)

    opener = ArticleLoader(folders, known)
    settings = load_settings(folders.settings)
    changes = LibraryChanges(opener, lambda: desk.notebook)
    desk = AppContext(
        catalogue=Catalogue(opener.describe),
        more=lambda: iter(()),
        head=opener.head,
        whole=opener.whole,
        quotes=_quotes,
        names=_names,
        page=opener.page,
        also_at=opener.also_at,
        take=changes.take,
        removed=changes.removed,
        feed_named=opener.feed_named,
        refresh=lambda stop: opener.web.refresh(desk.notebook.sources.all(), stop),
        open_notebook=partial(_open_notebook, folders),
        resume=Resume(folders.state / "resume.json"),
        settings=settings,
        selector_warnings=partial(selector_warnings, settings, folders),
        settings_file=folders.settings,
    )
    if sources:
        _begin_with_sources(desk, opener, sources)
    else:
        _begin_with_library(desk, opener, changes)
    return desk


def _named_sources(request: Request, folders: AppPaths) -> tuple[str, ...]:
    """The sources, with standard input kept as a file if it is one; keys then have to come.

    Raises NoTerminalError if there is no terminal for them.
    """
    if "-" not in request.sources:
        return request.sources
    terminal = open_terminal()
    sources = replace_stdin(request.sources, folders)
    take_keys_from(terminal)
    return sources


def _begin_with_sources(desk: AppContext, opener: ArticleLoader, sources: tuple[str, ...]) -> None:
    """Take the first article of the sources; the others are looked for behind the screen."""
    first: list[str] = []
    for source in sources:
        first.extend(islice(opener.taken(source), TRIED))
    if not first:
        raise SourceError(sources[0], "it contains no articles")
    left = desk.resume.last_in(canonical_source(sources[0])) if len(sources) == 1 else ""
    strict = not any(os.path.isdir(source) for source in sources)  # noqa: PTH112 - of a name
    _take_first(desk, opener.head, first, begin=left, strict=strict)
    desk.more = lambda: _opened_now(desk, opener, sources)


def _opened_now(desk: AppContext, opener: ArticleLoader, sources: tuple[str, ...]) -> Iterator[str]:
    desk.notebook.sources.add(*map(canonical_source, sources), opened=True)
    for source in sources:
        yield from opener.listed(canonical_source(source))


def _begin_with_library(desk: AppContext, opener: ArticleLoader, changes: LibraryChanges) -> None:
    """Take the article that was open last, else the first of the library or of the samples."""
    from tuireader.app.source_resolver import library_locations  # noqa: PLC0415 - opens the notebook

    sources = desk.notebook.sources.all()
    last = desk.resume.last()
    find: Callable[[], Iterator[str]] = partial(library_locations, sources, opener.listed)
    first = list(islice(find(), TRIED))
    known = last in first or any(last.startswith(source) for source in sources)
    _take_first(desk, opener.kept_head, first, begin=last if known else "", strict=False)
    desk.more = find
    changes.know(*sources)
    desk.added = changes.added


def _take_first(
    desk: AppContext, head: Callable[[str], Article], first: list[str], *, begin: str, strict: bool
) -> None:
    """Open the one to begin with, else the first that can be opened.

    Raises SourceError if strict and none can.
    """
    problem: SourceError | None = None
    desk.catalogue.extend(dict.fromkeys(first))
    for location in [begin, *first] if begin else first:
        try:
            desk.first = head(location)
        except SourceError as error:
            problem = problem or error
        else:
            desk.offset = desk.resume.offset(location)
            return
    if strict and problem is not None:
        raise problem


def _quotes(article: Article, pause: Callable[[], None]) -> tuple[Quote, ...]:
    from tuireader.app.quote_worker import LONG, quotes_in_process  # noqa: PLC0415 - as below

    if len(article.text) >= LONG:
        return quotes_in_process(article, pause)
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - its word lists take time

    return extract_all(article, pause)


def _names(article: Article, pause: Callable[[], None]) -> tuple[str, ...]:
    from tuireader.app.quote_worker import LONG  # noqa: PLC0415 - as above

    if len(article.text) >= LONG:
        return ()
    from tuireader.quotes.engine import names_in_article  # noqa: PLC0415 - as above

    return names_in_article(article, pause)


def _open_notebook(folders: AppPaths) -> "Notebook":
    from tuireader.notebook.notebook import Notebook  # noqa: PLC0415 - TinyDB is not for the start

    return Notebook.open(folders.data, PATIENCE)
