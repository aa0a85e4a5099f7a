"""Finds a regular expression of the reader's in a text, in another process with a time limit.

Python's expressions may take exponential time, and cannot be interrupted in a thread.
"""

import json
import subprocess
import sys
from collections.abc import Callable

from tuireader.domain.article import Passage
from tuireader.domain.errors import TuiReaderError

TIME_LIMIT = 5.0
"""Seconds after which a search is given up."""

CHECK_INTERVAL = 0.05
"""Seconds between two checks whether the search is still wanted."""

PROGRAM = """
import json, re, sys
head, text = sys.stdin.buffer.read().split(b"\\n", 1)
asked = json.loads(head)
found = re.finditer(asked["expression"], text.decode("utf-8", "surrogatepass"), asked["flags"])
count = 0
for match in found:
    if match.end() > match.start():
        print(match.start(), match.end())
        count += 1
        if count >= asked["most"]:
            break
"""
"""The program of the other process."""


def find_expression(
    text: str,
    expression: str,
    flags: int,
    *,
    most: int,
    cancelled: Callable[[], bool] = lambda: False,
    time_limit: float = TIME_LIMIT,
) -> list[Passage]:
    """Return the matches of an expression in order, without empty ones; at most `most`.

    `flags` are those of `re`. When `cancelled` returns True, () matches are returned. Raises
    TuiReaderError if the time limit, in seconds, is over.
    """
    asked = json.dumps({"expression": expression, "flags": flags, "most": most})
    given = asked.encode("ascii") + b"\n" + text.encode("utf-8", "surrogatepass")
    command = [sys.executable, "-I", "-S", "-c", PROGRAM]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        waited, rest = 0.0, given or None
        try:
            while True:
                try:
                    output, _ = process.communicate(rest, timeout=CHECK_INTERVAL)
                    break
                except subprocess.TimeoutExpired:
                    rest = None
                    waited += CHECK_INTERVAL
                    if cancelled():
                        return []
                    if waited >= time_limit:
                        reason = f"The search was given up after {time_limit:.0f} seconds."
                        raise TuiReaderError(f"{reason} Simplify the expression.") from None
        finally:
            process.kill()
    pairs = (line.split() for line in output.decode("ascii").splitlines())
    return [Passage(int(start), int(end)) for start, end in pairs]
