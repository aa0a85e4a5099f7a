"""The command line: understands what was typed and runs the one command that it names."""

import sys
from collections.abc import Sequence

from tuireader.cli.arguments import MODULES, Request, understand
from tuireader.domain.errors import TuiReaderError

INTERRUPTED = 130
"""The exit status that a shell gives to a program ended by Ctrl+C."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the words of a command line, without the program's name; the exit status.

    0 if it was done, 1 if something was not found or failed; bad usage ends the program with 2.
    """
    request = understand(sys.argv[1:] if words is None else words)
    try:
        status = _read(request) if request.command == "read" else _print(request)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except (TuiReaderError, OSError) as error:
        from tuireader.cli.output import give_up  # noqa: PLC0415 - needed only if it failed

        return give_up(error)
    return status


def _read(request: Request) -> int:
    import gc  # noqa: PLC0415 - the first line of reading: no collection until the first paint

    gc.disable()
    import os  # noqa: PLC0415 - stands with what needs it

    from tuireader.cli.read import read_sources  # noqa: PLC0415 - only the reader needs Textual
    from tuireader.folders import Folders  # noqa: PLC0415 - `--version` needs no folder

    return read_sources(request, Folders.find(request.data_dir, os.environ))


def _print(request: Request) -> int:
    import os  # noqa: PLC0415 - stands with what needs it
    from importlib import import_module  # noqa: PLC0415 - the reader's start does not need it

    from tuireader.cli.output import prepare  # noqa: PLC0415 - the same
    from tuireader.folders import Folders  # noqa: PLC0415 - `--version` needs no folder

    prepare()
    command = import_module(f"tuireader.cli.{MODULES.get(request.command, request.command)}")
    status: int = command.run(request, Folders.find(request.data_dir, os.environ))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
