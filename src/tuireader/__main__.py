"""The command line: understands what was typed and runs the one command that it names."""

import sys
from collections.abc import Sequence

from tuireader.cli.parser import MODULES, Request, parse_args
from tuireader.domain.errors import NoTerminalError, TuiReaderError

INTERRUPTED = 130
"""The exit status that a shell gives to a program ended by Ctrl+C."""

NO_TERMINAL = 2
"""The exit status where there is no terminal to read on."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the words of a command line, without the program's name; the exit status.

    0 if it was done, 1 if something was not found or failed, 2 if there is no terminal to read
    on; bad usage ends the program with 2.
    """
    if None in {sys.stdin, sys.stdout, sys.stderr}:
        from tuireader.cli.streams import replace_closed  # noqa: PLC0415 - they are seldom closed

        replace_closed()
    try:
        return _run(sys.argv[1:] if words is None else words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (TuiReaderError, OSError) as error:
        from tuireader.cli.output import exit_status_for  # noqa: PLC0415 - needed only if it failed

        status = exit_status_for(error)
        return NO_TERMINAL if isinstance(error, NoTerminalError) else status


def _run(words: Sequence[str]) -> int:
    try:
        request = parse_args(words)
        status = _read(request) if request.command == "read" else _print(request)
    except SystemExit:  # the help was printed, or the usage
        _flush()
        raise
    _flush()
    return status


def _flush() -> None:
    """Write what is left to be printed; OSError if standard output cannot take it."""
    try:
        sys.stdout.flush()
    except OSError as error:
        error.filename = "standard output"
        raise


def _read(request: Request) -> int:
    import gc  # noqa: PLC0415 - the first line of reading: no collection until the first paint

    gc.disable()
    import os  # noqa: PLC0415 - stands with what needs it

    if not os.isatty(1):
        gc.enable()
        from dataclasses import replace  # noqa: PLC0415 - not for reading on the screen

        return _print(replace(request, command="show" if request.sources else "list", every=True))
    from tuireader.cli.read import read_sources  # noqa: PLC0415 - only the reader needs Textual
    from tuireader.paths import AppPaths  # noqa: PLC0415 - `--version` needs no folder

    return read_sources(request, AppPaths.find(request.data_dir, os.environ))


def _print(request: Request) -> int:
    import os  # noqa: PLC0415 - stands with what needs it
    from importlib import import_module  # noqa: PLC0415 - the reader's start does not need it

    from tuireader.cli.output import prepare_output, warn_of_settings  # noqa: PLC0415 - not at the start
    from tuireader.paths import AppPaths  # noqa: PLC0415 - `--version` needs no folder

    prepare_output()
    folders = AppPaths.find(request.data_dir, os.environ)
    warn_of_settings(folders)
    command = import_module(f"tuireader.cli.{MODULES.get(request.command, request.command)}")
    status: int = command.run(request, folders)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
