"""Whether the reader agrees to what an import brings: by --yes, or when asked."""

import sys
from collections.abc import Callable

from tuireader.cli.output import print_text
from tuireader.cli.parser import Form, Request

_STOPPED = "Stopped; what is said above is imported. The same command goes on from there."
_NOT_DONE = "Nothing was changed. To do it, add --yes."


def import_if_confirmed(
    take: Callable[[], None], request: Request, *, broken: bool = False
) -> bool:
    """Take what was gathered if it is wanted, and say what was done; whether it was taken."""
    tell = print_text if request.form is Form.PLAIN else _say_nothing
    asks = request.form is Form.PLAIN and not broken and _can_ask()
    if not (request.yes or (asks and _agreed())):
        tell("Nothing was changed." if asks or broken else _NOT_DONE)
        return False
    try:
        take()
    except KeyboardInterrupt:
        tell("Stopped; nothing was changed.")
        raise
    tell(_STOPPED if broken else "Imported. u in the reader undoes it, in one step.")
    return True


def _say_nothing(_text: str) -> None:
    """Leave standard output to the JSON."""


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _agreed() -> bool:
    sys.stdout.write("Import it? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
