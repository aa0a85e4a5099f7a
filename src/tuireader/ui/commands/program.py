"""Runs another program with a time limit, without a shell, and returns what it printed."""

import asyncio
import contextlib
import os
import shlex
import signal
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuireader.domain.errors import TuiReaderError
from tuireader.layout.cells import cell_width
from tuireader.text.sanitize import sanitize

TIME_LIMIT = 60.0
"""Seconds after which a program is ended."""

MAX_OUTPUT = 1_000_000
"""Bytes of the output that are read; a program that prints more is ended."""


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """What a program printed, and how it ended."""

    output: str
    """What it printed on standard output and standard error, sanitized."""
    status: int = 0
    """Its exit status; negative if a signal ended it."""
    ended_because: str = ""
    """Why it was ended before it was done, as a sentence; "" if it was not."""


def answer_in_line(result: ProgramResult, width: int) -> str:
    """Return what a program printed if that is one line of at most `width` cells.

    If it printed nothing, the line says so. Returns "" if it printed more, or was ended.
    """
    lines = result.output.strip().splitlines()
    if result.ended_because or len(lines) > 1:
        return ""
    none = f"It failed with status {result.status}." if result.status else "Done"
    line = lines[0].strip() if lines else none
    return line if cell_width(line) <= width else ""


def filled(line: str, values: Mapping[str, str]) -> list[str]:
    """Return the words of a command line, with the values in place of {text} and the like.

    The line is split as a shell does, before the values are filled in, so that a value is never
    split or interpreted. Raises TuiReaderError if a quotation mark is not closed, or the line is
    empty.

    >>> filled("trans :en {text}", {"text": "two words; rm"})
    ['trans', ':en', 'two words; rm']
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise TuiReaderError(f"The command “{line}” has an open quotation mark.") from error
    if not words:
        raise TuiReaderError("Type the name of a program and its arguments.")
    return [_filled_word(word, values) for word in words]


def _filled_word(word: str, values: Mapping[str, str]) -> str:
    """Return a word with the values in place of their names in braces, in one pass."""
    parts = word.split("{")
    result = parts[0]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        is_value = bool(brace) and name in values
        result += values[name].replace("\x00", "") + rest if is_value else "{" + part
    return result


async def run_program(
    words: Sequence[str],
    given: str = "",
    *,
    time_limit: float = TIME_LIMIT,
    environ: Mapping[str, str] | None = None,
) -> ProgramResult:
    """Run a program, with a text on its standard input, and return what it printed.

    When the task is cancelled, the time is over or the output is too long, the program and those
    that it has started are ended.

    Raises:
        TuiReaderError: The program cannot be started.
    """
    loop = asyncio.get_running_loop()
    try:
        transport, output = await loop.subprocess_exec(
            _Output,
            *words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,
            env=environ,
        )
    except FileNotFoundError as error:
        raise TuiReaderError(f"There is no program “{words[0]}”.") from error
    except (OSError, ValueError) as error:
        raise TuiReaderError(f"“{words[0]}” cannot be started: {error}.") from error
    try:
        _feed(transport, given)
        async with asyncio.timeout(time_limit):
            reason = await asyncio.shield(output.ended)
    except TimeoutError:
        reason = f"It was ended after {time_limit:.0f} seconds."
    finally:
        await _end(transport, output)
    text = sanitize(output.data.decode("utf-8", "replace"))
    return ProgramResult(text, transport.get_returncode() or 0, reason)


class _Output(asyncio.SubprocessProtocol):
    """Collects what a program prints, and tells when it has ended.

    The streams of asyncio stop reading when nobody takes their data. A program that is killed
    then is waited for without end, because its output is never read to its end.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.data = bytearray()
        self.ended: asyncio.Future[str] = loop.create_future()
        """Why the program has to be ended, or "" when it and its output have ended."""
        self.closed: asyncio.Future[None] = loop.create_future()
        """Done when the program has ended and its output is closed."""
        self.open_pipes = {0, 1}
        """The numbers of the pipes to the program that are still open."""

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - there is one
        if self.ended.done():
            return
        self.data += data
        if len(self.data) >= MAX_OUTPUT:
            del self.data[MAX_OUTPUT:]
            self.ended.set_result(f"It printed more than {MAX_OUTPUT:,} bytes, and was ended.")

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 - ended
        self.open_pipes.discard(fd)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - it has ended
        self.closed.set_result(None)
        if not self.ended.done():
            self.ended.set_result("")


def _feed(transport: asyncio.SubprocessTransport, given: str) -> None:
    """Write the text to the program's standard input, and close it; it may read none of it."""
    pipe = transport.get_pipe_transport(0)
    if isinstance(pipe, asyncio.WriteTransport):
        pipe.write(given.encode("utf-8", "replace"))
        pipe.write_eof()


async def _end(transport: asyncio.SubprocessTransport, output: _Output) -> None:
    """Kill the program and those that it has started, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(transport.get_pid(), signal.SIGKILL)
    # A program of another session may still hold the pipes open.
    for number in sorted(output.open_pipes):
        pipe = transport.get_pipe_transport(number)
        if isinstance(pipe, asyncio.WriteTransport):
            pipe.abort()
        elif pipe is not None:
            pipe.close()
    await output.closed
    transport.close()
