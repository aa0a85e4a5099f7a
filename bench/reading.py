"""Measures what a reader waits for, and the memory of long texts, in pseudo-terminals.

Every figure stands beside that of a bare Textual application in the same run, and of `less` where
it is installed and does the same.
"""

import contextlib
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.environment import BARE, READER, environment
from bench.rows import Row
from bench.terminal import Terminal
from bench.texts import END, LANDMARK, NEEDLE, write_news, write_text

ROUNDS = 7
KEYS = 30
TAB, QUIT, NEXT, BOOKMARKS, SPEAKERS = b"\t", b"\x11", b"J", b"B", b"S"


def quit_(terminal: Terminal) -> None:
    """Quit, and wait until the program has saved and ended."""
    terminal.settle(0.5)
    terminal.quit(QUIT)


class _Program(NamedTuple):
    """A program that is started, and what is typed at its first paint."""

    command: list[str]
    environ: dict[str, str]
    key: bytes
    """It changes the text; b"" if only the first paint is measured."""
    word: str
    """What is on the screen then."""


def starts(scratch: Path, article: Path, rounds: int = ROUNDS) -> Iterator[Row]:
    """The first paint, and when a key typed at the start acts; the programs in turn.

    By the clock, and in processor time of all threads, which depends less on what else runs.
    """
    last, other = environment(scratch / "last"), environment(scratch / "other")
    with Terminal([*READER, str(article)], last) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(1.0)
        terminal.key(b"j")
        quit_(terminal)
    programs = {
        "bare Textual": _Program(BARE, last, b"j", f"{LANDMARK} 1"),
        "opened last": _Program([*READER, str(article)], last, b"G", END),
        "opened last, as the library": _Program(READER, last, b"", ""),
        "another": _Program([*READER, str(article)], other, b"G", END),
    }
    if shutil.which("less"):
        programs["less"] = _Program(["less", str(article)], last, b"G", END)
    found: dict[str, dict[str, list[float]]] = {}
    for number in range(rounds + 1):
        for name, program in programs.items():
            for what, milliseconds in _start(program):
                found.setdefault(what, {}).setdefault(name, []).append(milliseconds)
        if not number and rounds:  # the first round warms the disk cache
            found.clear()
    for what, of_programs in found.items():
        bare = statistics.median(of_programs["bare Textual"])
        for name, times in of_programs.items():
            yield Row(f"{what}: {name}", statistics.median(times), "ms", bare)


def _start(program: _Program) -> Iterator[tuple[str, float]]:
    """Start a program once; yield what was measured, in milliseconds."""
    with Terminal(program.command, program.environ) as terminal:
        yield "first paint", terminal.until_painted(LANDMARK) * 1000
        yield "first paint, CPU", _cpu(terminal)
        if program.key:
            terminal.send(program.key)
            yield "first key acts", terminal.until_painted(program.word) * 1000
            yield "first key acts, CPU", _cpu(terminal)


def _cpu(terminal: Terminal) -> float:
    """The processor time that a program and its processes have used, in ms; Linux only."""
    total = 0
    for pid in terminal.processes():
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e6


def bare_key(environ: dict[str, str], presses: int = KEYS) -> float:
    """Return the median time of a key in a bare Textual application, in milliseconds."""
    with Terminal(BARE, environ) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(0.5)
        return statistics.median(terminal.key(b"j") * 1000 for _ in range(presses))


def keys(scratch: Path) -> Iterator[Row]:
    """The keys that open something: `Tab`, `J`, `B` and `S`, in news articles."""
    news = write_news(scratch / "news", ROUNDS + 3)
    environ = environment(scratch / "keys")
    bare = bare_key(environ)
    yield Row("key: bare Textual", bare, "ms", bare)
    with Terminal([*READER, str(news)], environ) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(2.0)
        found = [terminal.key(TAB) * 1000 for _ in range(KEYS)]
        yield Row("Tab", statistics.median(found), "ms", bare)
        for _ in range(KEYS % 3):
            terminal.key(TAB)
    with Terminal([*READER, str(news)], environ) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(2.0)
        titles, quotations = [], []
        for number in range(1, ROUNDS + 1):
            sent = time.perf_counter()
            terminal.send(NEXT)
            titles.append((terminal.until_written(f"Report{number:03}", sent)) * 1000)
            quotations.append((terminal.until_written(f"Speaker{number:03}", sent)) * 1000)
            terminal.settle(1.0)
        yield Row("J: title", statistics.median(titles), "ms", bare)
        yield Row("J: quotations", statistics.median(quotations), "ms", bare)
        for name, key in (("B", BOOKMARKS), ("S", SPEAKERS)):
            first, settled = [], []
            for _ in range(ROUNDS):
                sent = time.perf_counter()
                first.append(terminal.key(key, settle=0) * 1000)
                settled.append((terminal.settle(0.1) - sent) * 1000)
                terminal.send(b"q" if name == "B" else b"\x1b")
                terminal.settle(0.5)
            yield Row(f"{name}: first frame", statistics.median(first), "ms", bare)
            yield Row(f"{name}: settled", statistics.median(settled), "ms", bare)


def finds(scratch: Path) -> Iterator[Row]:
    """The first search in a long text, whose hit is at its end, and the next hit."""
    for size in (10, 50):
        path = write_text(scratch / f"{size}MB.txt", size)
        first, following = [], []
        for number in range(2):
            with Terminal(
                [*READER, str(path)], environment(scratch / f"find{size}-{number}")
            ) as terminal:
                terminal.until_painted(LANDMARK)
                terminal.until_idle()
                terminal.key(b"/")
                sent = time.perf_counter()
                terminal.send(f"{NEEDLE}\r".encode())
                first.append(terminal.until_written(END, sent) * 1000)
                terminal.settle(2.0)
                following += [terminal.key(b"n") * 1000 for _ in range(KEYS)]
        yield Row(f"first find in {size} MB", statistics.median(first), "ms")
        yield Row(f"n in {size} MB", statistics.median(following), "ms")


def memory(scratch: Path) -> Iterator[Row]:
    """The memory of all processes of the reader while it reads 50 MB, in MB; Linux only."""
    if not Path("/proc/self/smaps_rollup").exists():
        return
    path = scratch / "50MB.txt"
    with Terminal([*READER, str(path)], environment(scratch / "memory")) as terminal:
        peak, quiet = 0.0, 0
        while quiet < 100:
            before = terminal.cpu_of_all()
            terminal.read(0.05)
            peak = max(peak, terminal.memory())
            quiet = quiet + 1 if terminal.cpu_of_all() - before < 0.01 else 0
        yield Row("memory after reading 50 MB, all processes", terminal.memory(), "MB")
        yield Row("its peak", peak, "MB")


def rows(scratch: Path) -> Iterator[Row]:
    """All of them."""
    article = write_news(scratch / "one", 1) / "000.txt"
    yield from starts(scratch, article)
    yield from keys(scratch)
    yield from finds(scratch)
    yield from memory(scratch)
