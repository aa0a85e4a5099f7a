"""Opens an address in the reader's browser; a text browser gets the terminal to itself."""

import shutil
import sys
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from tuireader.ui.external.foreground import TerminatedError, run_in_foreground

if TYPE_CHECKING:
    import webbrowser


ANY = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
"""A program that tries one browser after the other."""


def open_in_browser(app: App[Any], address: str) -> str:
    """Open the address, and return a sentence that says what happened.

    A text browser has the terminal until it ends.
    """
    import webbrowser  # noqa: PLC0415 - not for the start

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"There is no browser here; the address is {address}"
    command = _command(browser, address)
    if not command:
        app.open_url(address)
        return f"Opened {address}"
    if shutil.which(command[0]) is None:
        command = [sys.executable, "-c", ANY, address]
    try:
        failed = run_in_foreground(app, command) != 0
    except TerminatedError:
        return ""
    except (OSError, SuspendNotSupported):
        failed = True
    return f"The browser failed; the address is {address}" if failed else f"Opened {address}"


def _command(browser: "webbrowser.BaseBrowser", address: str) -> list[str]:
    """The command of a browser that runs in the terminal; empty for one with a window."""
    import webbrowser  # noqa: PLC0415 - not for the start

    if isinstance(browser, webbrowser.BackgroundBrowser):
        return []
    is_text = isinstance(browser, webbrowser.GenericBrowser) or (
        # The class of elinks, whose name newer versions of Python have changed.
        isinstance(browser, webbrowser.UnixBrowser) and not browser.background
    )
    if not is_text:
        return []
    return [browser.name, *(argument.replace("%s", address) for argument in browser.args)]
