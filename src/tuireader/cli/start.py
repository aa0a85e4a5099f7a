"""Starts `tuireader [SOURCE...]`: the screen on a terminal, otherwise a print-out."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuireader.app.context import AppContext
    from tuireader.app.start_cache import StartCache
    from tuireader.paths import AppPaths


class _ScreenStart(NamedTuple):
    """How the screen is opened; the parameters of `start` with these names."""

    password: str
    attributes: list[Any] | None
    accessible: bool
    cache: StartCache


def start(
    sources: Sequence[str],
    data_dir: str | None = None,
    *,
    encoding: str = "",
    password: str = "",
    attributes: list[Any] | None = None,
    accessible: bool = False,
    cache: StartCache | None = None,
) -> int:
    """Open the sources, or the library, on the screen; print them if there is no terminal.

    Args:
        sources: Files, folders, addresses, or `-` for standard input, as typed.
        data_dir: The folder that `--data-dir` names; None if it was not given.
        encoding: The encoding of the sources that are files; it is remembered. "" for none.
        password: The password of the PDF files among them; "" for none.
        attributes: The terminal's attributes before the frame of last time; None without one.
        accessible: Whether the screen is for a screen reader, whatever the settings say.
        cache: What the last start has kept; None if it is not used yet.

    Returns:
        The exit status: 0, or 1 if an article could not be printed.

    Raises:
        SourceNotFoundError: A source does not exist.
        NoTerminalError: Standard output is a terminal, but no keys can be read.
    """
    gc.disable()  # until the first paint
    _check_for_typo(sources)
    from tuireader.paths import AppPaths  # noqa: PLC0415 - `--version` needs no folder

    folders = AppPaths.find(data_dir, os.environ)
    if encoding:
        remember_encoding(sources, folders, encoding)
    if not os.isatty(1):
        gc.enable()
        return _print(tuple(sources), folders, password)
    screen = _ScreenStart(password, attributes, accessible, cache or _cache())
    return _open_screen_with_password(tuple(sources), folders, screen)


def _cache() -> StartCache:
    """Use what the last start has kept, after a command line with options."""
    from tuireader.app.start_cache import StartCache  # noqa: PLC0415 - only for the screen

    cache = StartCache()
    cache.use()
    return cache


def remember_encoding(sources: Sequence[str], folders: AppPaths, encoding: str) -> None:
    """Remember the encoding of the sources that are files; others are ignored."""
    from tuireader.sources.reading_options import FileEncodings  # noqa: PLC0415 - seldom needed

    encodings = FileEncodings(folders.encodings)
    for source in sources:
        if os.path.isfile(source):  # noqa: PTH113 - quick
            encodings.choose(source, encoding)


def _open_screen_with_password(
    sources: tuple[str, ...], folders: AppPaths, start: _ScreenStart
) -> int:
    """Open the sources on the screen; ask for the password of the first if it needs one.

    `start` says how. Returns the exit status when the user quits. Raises
    WrongPasswordError if nothing is typed, or nothing can be asked.
    """
    from tuireader.domain.errors import WrongPasswordError  # noqa: PLC0415 - only for the screen

    while True:
        try:
            return _open_screen(sources, folders, start)
        except WrongPasswordError as error:
            from getpass import getpass  # noqa: PLC0415 - seldom needed

            from tuireader.text.sanitize import sanitize_line  # noqa: PLC0415 - as above

            if not os.isatty(0):
                raise
            password = getpass(f"Password of {sanitize_line(error.location)}: ")
            if not password:
                raise
            start = start._replace(password=password)


def _check_for_typo(sources: Sequence[str]) -> None:
    """Raise SourceNotFoundError if the first source does not exist and resembles a command."""
    if not sources or os.path.lexists(sources[0]):
        return
    from tuireader.cli.parser import closest_command  # noqa: PLC0415 - only if there is no file
    from tuireader.domain.errors import SourceNotFoundError  # noqa: PLC0415 - as above

    if command := closest_command(sources[0]):
        reason = f"No such file or folder. Did you mean the command '{command}'?"
        raise SourceNotFoundError(sources[0], reason)


def _open_screen(sources: tuple[str, ...], folders: AppPaths, start: _ScreenStart) -> int:
    """Paint the first article, then run the screen; return the exit status when the user quits.

    `start` says how: if the frame of last time is on the screen, it is not painted again. Raises
    NoTerminalError if no keys can be read.
    """
    from tuireader.app.startup import build_context  # noqa: PLC0415 - only for the screen
    from tuireader.domain.errors import NoTerminalError  # noqa: PLC0415 - as above
    from tuireader.ui.first_paint import first_paint  # noqa: PLC0415 - as above
    from tuireader.ui.terminal.state import leave_first_paint  # noqa: PLC0415 - as above

    if "-" not in sources and not os.isatty(0):
        raise NoTerminalError
    context = build_context(sources, folders, start.password)
    if start.accessible:
        context.settings = replace(context.settings, accessible=True)
    _offer_commands(context, folders)
    with first_paint(context, start.attributes) as attributes:
        from tuireader.ui.terminal.watchdog import Watchdog  # noqa: PLC0415 - after the first paint

        watchdog = Watchdog(context.close_notebook)
        if attributes is not None:
            watchdog.put_back = partial(leave_first_paint, 1, attributes)
        watchdog.start()
        _import_asyncio()
        from tuireader.app.background_indexer import BackgroundIndexer  # noqa: PLC0415 - as below
        from tuireader.ui.app import TuiReader  # noqa: PLC0415 - slow, so after the first paint
        from tuireader.ui.stylesheets import KeptRules  # noqa: PLC0415 - as above

        context.indexer = BackgroundIndexer(folders)
        app = TuiReader(context, attributes, watchdog)
        kept = KeptRules(start.cache, app.stylesheet)
        app.settled = kept.note
        app.run()
    kept.save()
    watchdog.close()
    return app.return_code or 0


def _import_asyncio() -> None:
    """Import asyncio as on a Python without TLS, because the event loop of the screen has none.

    `ssl` takes 5 ms. Nothing but connections to web pages needs it, which import it themselves.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment] # Python's way to say that it is missing
    try:
        import asyncio  # noqa: F401, PLC0415 - only for the screen
    finally:
        del sys.modules["ssl"]


def _offer_commands(context: AppContext, folders: AppPaths) -> None:
    """Let the screen run the program's commands on the same folders, and keep what was typed."""
    from tuireader.app.usage import Usage  # noqa: PLC0415 - only for the screen
    from tuireader.cli.parser import COMMANDS  # noqa: PLC0415 - as above

    where = ("--data-dir", str(folders.data)) if folders.config == folders.data else ()
    context.program = (sys.executable, "-m", "tuireader", *where)
    context.verbs = COMMANDS
    context.complete_verb = _completed
    context.usage = Usage(folders.state / "usage.json")


def _completed(words: Sequence[str], typed: str) -> Sequence[str]:
    """Return what completes a word of a command, after the command and its other words."""
    from tuireader.cli.completion import completed_words  # noqa: PLC0415 - only on Tab

    return completed_words(words, typed)


def _print(sources: tuple[str, ...], folders: AppPaths, password: str) -> int:
    """Print the articles of the sources as `show` does, or the library as `list` does.

    Returns the exit status: 1 if an article cannot be opened, else 0.
    """
    from tuireader.cli.output import prepare_output, print_settings_warnings  # noqa: PLC0415 - not for the screen

    prepare_output()
    print_settings_warnings(folders)
    if sources:
        from tuireader.cli.show import show_articles  # noqa: PLC0415 - only one of the two

        return show_articles(sources, folders, password)
    from tuireader.cli.list import list_library  # noqa: PLC0415 - only one of the two

    return list_library(folders)
