"""The option --output: what a command prints goes to a file, which is complete or not there."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tuireader.cli.output import print_summary
from tuireader.cli.presentation import print_plainly
from tuireader.domain.errors import TuiReaderError
from tuireader.paths import AtomicFile, resolve_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import TextIO

STANDARD_OUTPUT = "-"
"""The name that stands for standard output instead of a file."""

_MODE = 0o666
"""The permissions of a new file, which the umask reduces, as those of a redirection."""


class FileStream(TextIOBase):
    """A stream whose text is written to a file as UTF-8."""

    def __init__(self, file: AtomicFile) -> None:
        """Take the file, which gets its name later."""
        self._file = file
        self.is_empty = True

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io declares an attribute
        """The encoding of the file."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Append a text to the file; raise OSError if it cannot be written."""
        self._file.write(text.encode("utf-8", "backslashreplace"))
        self.is_empty = self.is_empty and not text
        return len(text)


def output_to(name: str, *, force: bool) -> AbstractContextManager[None]:
    """Return a context manager that sends what is printed inside to a file.

    `name` is the file as typed; "" and "-" leave standard output as it is. The file gets its name
    at the end of the block: after an exception, or if nothing was printed, there is none.

    Raises:
        TuiReaderError: The file exists and `force` is false.
        OSError: The file cannot be written.
    """
    return _written_file(name, force=force) if name not in {"", STANDARD_OUTPUT} else nullcontext()


@contextmanager
def _written_file(name: str, *, force: bool) -> Iterator[None]:
    """Do what `output_to` does for a file with a name."""
    path, taken = (
        Path(name),
        f"{name} already exists. Nothing was written. To replace it, add --force.",
    )
    target = resolve_link(path)
    if path.is_dir():
        raise TuiReaderError(f"{name} is a folder. Nothing was written.")
    if target.exists() and not force:
        raise TuiReaderError(taken)
    print_plainly()
    before = sys.stdout
    try:
        with AtomicFile(target, _MODE) as file:
            stream = FileStream(file)
            sys.stdout = cast("TextIO", stream)
            try:
                yield
            finally:
                sys.stdout = before
            if stream.is_empty:
                return
            if not force:
                file.create()
            else:
                if target.exists():
                    file.set_permissions(target.stat().st_mode & 0o777)
                file.replace()
    except FileExistsError:
        raise TuiReaderError(taken) from None
    except OSError as error:
        if Path(str(error.filename)).name.startswith(f".{target.name}."):
            error.filename, error.filename2 = name, None  # not that of the temporary file
        raise
    print_summary(f"Wrote {name}.")
