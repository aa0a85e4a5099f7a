"""Runs tuireader: the fast path of `tuireader [SOURCE...]`, otherwise the command line.

What is imported here delays the frame of last time.
"""

from __future__ import annotations

import os
import sys

from tuireader.cli.parser import COMPLETION_VARIABLE, INTERRUPTED, are_sources

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuireader.domain.errors import TuiReaderError

USAGE_ERROR = 2
"""The exit status if the command line is not understood, or there is no terminal to read on."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line, and return the exit status.

    Errors are printed on standard error.

    Args:
        words: The command line without the program's name; the process's own if it is None.

    Returns:
        0 on success, 1 if something was not found or failed, 2 if the command line is not
        understood or there is no terminal to read on, and 130 after Ctrl+C.
    """
    if None in {sys.stdin, sys.stdout, sys.stderr}:
        from tuireader.cli.output import replace_closed_streams  # noqa: PLC0415 - seldom needed

        replace_closed_streams()
    try:
        status = _run(sys.argv[1:] if words is None else words)
        _flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except _expected_errors() as error:
        from tuireader.cli.output import exit_status_for  # noqa: PLC0415 - only if it failed
        from tuireader.domain.errors import NoTerminalError  # noqa: PLC0415 - as above

        status = exit_status_for(error)
        return USAGE_ERROR if isinstance(error, NoTerminalError) else status
    return status


def _expected_errors() -> tuple[type[TuiReaderError], type[OSError]]:
    """Return the errors that are printed; called only if one was raised."""
    from tuireader.domain.errors import TuiReaderError  # noqa: PLC0415 - only if it failed

    return TuiReaderError, OSError


def _run(words: Sequence[str]) -> int:
    """Run a command line, and return the exit status; errors are raised.

    click is imported only if there is a command or an option.
    """
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from tuireader.cli.root import complete  # noqa: PLC0415 - only for completion

        return complete(instruction)
    if are_sources(words):
        from tuireader.ui.last_paint import PaintedFrame  # noqa: PLC0415 - not for a command

        with PaintedFrame(words) as frame:
            from tuireader.app.start_cache import StartCache  # noqa: PLC0415 - after the frame

            cache = StartCache()
            cache.use()
            from tuireader.cli.start import start  # noqa: PLC0415 - as above

            return start(words, attributes=frame.attributes, cache=cache)
    if tuple(words) in {("-V",), ("--version",)}:
        from tuireader import __version__  # noqa: PLC0415 - as above

        sys.stdout.write(f"tuireader {__version__}\n")
        return 0
    from tuireader.cli.root import run_command_line  # noqa: PLC0415 - click takes 30 ms

    return run_command_line(words)


def _flush() -> None:
    """Flush standard output; raise OSError, with the stream as its file, if that fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        error.filename = "standard output"
        raise


if __name__ == "__main__":
    raise SystemExit(main())
