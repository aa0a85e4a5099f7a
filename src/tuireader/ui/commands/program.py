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
from tuireader.text.sanitize import sanitize

TIME_LIMIT = 60.0
"""Seconds after which a program is ended."""

MAX_OUTPUT = 1_000_000
"""Bytes of the output that are read; a program that prints more is ended."""

CHUNK = 65_536
"""Bytes that are read at once."""


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """What a program printed, and how it ended."""

    output: str
    """What it printed on standard output and standard error, sanitized."""
    status: int = 0
    """Its exit status; negative if a signal ended it."""
    ended_because: str = ""
    """Why it was ended before it was done, as a sentence; "" if it was not."""


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
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=PIPE, stdout=PIPE, stderr=STDOUT, start_new_session=True, env=environ
        )
    except FileNotFoundError as error:
        raise TuiReaderError(f"There is no program “{words[0]}”.") from error
    except (OSError, ValueError) as error:
        raise TuiReaderError(f"“{words[0]}” cannot be started: {error}.") from error
    output, reason = bytearray(), ""
    try:
        async with asyncio.timeout(time_limit):
            _, reason = await asyncio.gather(_feed(process, given), _collect(process, output))
            if not reason:
                await process.wait()
    except TimeoutError:
        reason = f"It was ended after {time_limit:.0f} seconds."
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    return ProgramResult(
        sanitize(output.decode("utf-8", "replace")), process.returncode or 0, reason
    )


async def _feed(process: asyncio.subprocess.Process, given: str) -> None:
    """Write the text to the program's standard input, and close it; it may read none of it."""
    if process.stdin is None:
        return
    with contextlib.suppress(OSError):
        process.stdin.write(given.encode("utf-8", "replace"))
        await process.stdin.drain()
    with contextlib.suppress(OSError):
        process.stdin.close()


async def _collect(process: asyncio.subprocess.Process, output: bytearray) -> str:
    """Read what the program prints until its end; return why that was stopped, "" if it was not."""
    while process.stdout is not None and (data := await process.stdout.read(CHUNK)):
        output += data
        if len(output) >= MAX_OUTPUT:
            del output[MAX_OUTPUT:]
            return f"It printed more than {MAX_OUTPUT:,} bytes, and was ended."
    return ""
