"""`tuireader [SOURCE...]`: open articles and read them."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tuireader.cli.arguments import Request
from tuireader.cli.changing import Changes
from tuireader.cli.first_paint import first_paint
from tuireader.cli.opener import Opener, named, selector_warnings
from tuireader.cli.stdin import open_terminal, replaced, take_keys_from
from tuireader.domain.article import Article
from tuireader.domain.errors import NoTerminalError, SourceError
from tuireader.domain.quote import Quote
from tuireader.folders import Folders
from tuireader.library.catalogue import Catalogue
from tuireader.library.resume import Resume
from tuireader.settings import load
from tuireader.ui.desk import Desk
from tuireader.ui.terminal_state import leave_first_paint

if TYPE_CHECKING:
    from tuireader.domain.reading import Citation
    from tuireader.notebook.notebook import Notebook

PATIENCE = 1.0
"""Seconds that the screen waits for another window that is writing to the notebook."""

TRIED = 20
"""Articles of a folder that are tried until one can be opened at the start."""


def read_sources(request: Request, folders: Folders) -> int:
    """Open the reader on the sources; the exit status when it is left.

    Raises SourceNotFoundError for a source that is not there, and NoTerminalError where
    no keys can come.
    """
    if "-" not in request.sources and not os.isatty(0):
        raise NoTerminalError
    desk = desk_of(request, folders)
    with first_paint(desk) as attributes:
        from tuireader.ui.watchdog import Watchdog  # noqa: PLC0415 - after the first paint

        watchdog = Watchdog(partial(_close_notebook, desk))
        if attributes is not None:
            watchdog.put_back = partial(leave_first_paint, 1, attributes)
        watchdog.start()
        from tuireader.ui.app import TuiReader  # noqa: PLC0415 - slow, so after the first paint

        app = TuiReader(desk, attributes, watchdog)
        app.run()
    watchdog.close()
    return app.return_code or 0


def _close_notebook(desk: Desk) -> None:
    if "notebook" in vars(desk):
        desk.notebook.close()


def desk_of(request: Request, folders: Folders) -> Desk:
    """The parts put together for the sources, with the article to begin with.

    Raises SourceNotFoundError for a source that is not there.
    """
    sources = _named_sources(request, folders)

    def known(address: str) -> "Citation | None":
        return desk.notebook.sources.citation(address)

    opener = Opener(folders, known)
    settings = load(folders.settings)
    changes = Changes(opener, lambda: desk.notebook)
    desk = Desk(
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


def _named_sources(request: Request, folders: Folders) -> tuple[str, ...]:
    """The sources, with standard input kept as a file if it is one; keys then have to come.

    Raises NoTerminalError if there is no terminal for them.
    """
    if "-" not in request.sources:
        return request.sources
    terminal = open_terminal()
    sources = replaced(request.sources, folders)
    take_keys_from(terminal)
    return sources


def _begin_with_sources(desk: Desk, opener: Opener, sources: tuple[str, ...]) -> None:
    """Take the first article of the sources; the others are looked for behind the screen."""
    first: list[str] = []
    for source in sources:
        first.extend(islice(opener.taken(source), TRIED))
    if not first:
        raise SourceError(sources[0], "there is no article in it")
    left = desk.resume.last_in(named(sources[0])) if len(sources) == 1 else ""
    strict = not any(os.path.isdir(source) for source in sources)  # noqa: PTH112 - of a name
    _take_first(desk, opener.head, first, begin=left, strict=strict)
    desk.more = lambda: _opened_now(desk, opener, sources)


def _opened_now(desk: Desk, opener: Opener, sources: tuple[str, ...]) -> Iterator[str]:
    desk.notebook.sources.add(*map(named, sources), opened=True)
    for source in sources:
        yield from opener.listed(named(source))


def _begin_with_library(desk: Desk, opener: Opener, changes: Changes) -> None:
    """Take the article that was open last, else the first of the library or of the samples."""
    from tuireader.cli.articles import library_locations  # noqa: PLC0415 - opens the notebook

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
    desk: Desk, head: Callable[[str], Article], first: list[str], *, begin: str, strict: bool
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
    from tuireader.cli.long_quotes import LONG, quotes_apart  # noqa: PLC0415 - as below

    if len(article.text) >= LONG:
        return quotes_apart(article, pause)
    from tuireader.quotes.listing import extract_all  # noqa: PLC0415 - its word lists take time

    return extract_all(article, pause)


def _names(article: Article, pause: Callable[[], None]) -> tuple[str, ...]:
    from tuireader.cli.long_quotes import LONG  # noqa: PLC0415 - as above

    if len(article.text) >= LONG:
        return ()
    from tuireader.quotes.listing import names_in  # noqa: PLC0415 - as above

    return names_in(article, pause)


def _open_notebook(folders: Folders) -> "Notebook":
    from tuireader.notebook.notebook import Notebook  # noqa: PLC0415 - TinyDB is not for the start

    return Notebook.open(folders.data, PATIENCE)
