"""Long output on a terminal, which is shown by a pager."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from io import TextIOBase
from typing import TYPE_CHECKING, TextIO, cast

from tuireader.cli.presentation import Span, presentation, print_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LESS = "FRX"
"""The options of less, as git sets them: end if all fits, pass colours, leave the text there."""

_HELP_HEAD = re.compile(r"\S[^:]*:|  \S+(?: \S+)*(?=  )")
"""The beginning of a line of a help text that is a heading or a term of a list."""


class PagerStream(TextIOBase):
    """A stream whose text is shown by a pager, which is started when the first text comes."""

    def __init__(self, words: list[str], environ: Mapping[str, str]) -> None:
        """Take the pager's command line and the environment that it gets."""
        self._words = words
        self._environ = {"LESS": _LESS, "LV": "-c", **environ}
        self._process: subprocess.Popen[str] | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io declares an attribute
        """The encoding that the pager gets."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Pass text to the pager; raise BrokenPipeError if it has ended."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._words,
                stdin=subprocess.PIPE,
                env=self._environ,
                text=True,
                encoding="utf-8",
                errors="backslashreplace",
            )
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        return self._process.stdin.write(text)

    @property
    def is_open(self) -> bool:
        """Whether the pager has been started."""
        return self._process is not None

    def finish(self) -> None:
        """Wait until the user leaves the pager. Ctrl+C is the pager's meanwhile."""
        if self._process is None:
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            with suppress(OSError):
                assert self._process.stdin is not None  # noqa: S101 - it is a pipe
                self._process.stdin.close()
            self._process.wait()
        finally:
            signal.signal(signal.SIGINT, before)


class HeldMessages(TextIOBase):
    """Standard error while there may be a pager, which has the screen from its start on.

    Messages from then on are held until it has ended, for else they would stand in its text.
    """

    def __init__(self, stream: TextIO, pager: PagerStream) -> None:
        """Take the stream to the terminal, and what may start a pager."""
        self._stream = stream
        self._pager = pager
        self._held: list[str] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]  # io declares an attribute
        """The encoding of the terminal."""
        return self._stream.encoding

    def isatty(self) -> bool:
        """Return whether a progress line can be shown now."""
        return not self._pager.is_open and self._stream.isatty()

    def fileno(self) -> int:
        """Return the descriptor of the stream."""
        return self._stream.fileno()

    def write(self, text: str) -> int:
        """Write text, or hold it if the pager has been started."""
        if self._pager.is_open:
            self._held.append(text)
            return len(text)
        return self._stream.write(text)

    def flush(self) -> None:
        """Flush what was not held."""
        self._stream.flush()

    def release(self) -> None:
        """Write what was held."""
        self._stream.write("".join(self._held))
        self._held.clear()
        self._stream.flush()


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """Return the command line of the reader's pager: `$PAGER`, else less; [] for none.

    A PAGER that is empty or "cat" means none.
    """
    named = environ.get("PAGER", "less")
    try:
        words = shlex.split(named)
    except ValueError:
        return []
    return words if words and words != ["cat"] and shutil.which(words[0]) else []


@contextmanager
def paged_output() -> Iterator[None]:
    """Show what is printed inside a `with` block by a pager, if standard output is a terminal.

    Messages on standard error are held until the pager has ended, if that is a terminal, too.
    """
    words = pager_command(os.environ) if presentation().pages else []
    if not words:
        yield
        return
    terminal, messages, pager = sys.stdout, sys.stderr, PagerStream(words, os.environ)
    held = HeldMessages(messages, pager) if messages.isatty() else None
    sys.stdout = cast("TextIO", pager)
    if held is not None:
        sys.stderr = cast("TextIO", held)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = terminal, messages
        pager.finish()
        if held is not None:
            held.release()


def print_help_text(text: str) -> None:
    """Print the help of a command: by a pager on a terminal, with its headings and terms bold."""
    with paged_output():
        for line in text.split("\n"):
            head = _HELP_HEAD.match(line)
            end = head.end() if head else 0
            print_spans(Span(line[:end], bold=True), Span(line[end:]), cut=False)
