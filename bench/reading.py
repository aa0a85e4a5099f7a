"""Measures what a reader waits for, and the memory of long texts, in pseudo-terminals.

Every figure stands beside that of a bare Textual application in the same run, and of `less` where
it is installed and does the same.
"""

import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

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


def starts(scratch: Path, article: Path) -> Iterator[Row]:
    """The first paint, and when a key typed at the start acts; the programs in turn."""
    last, other = environment(scratch / "last"), environment(scratch / "other")
    with Terminal([*READER, str(article)], last) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(1.0)
        terminal.key(b"j")
        quit_(terminal)
    less = ["less", str(article)]
    paints = {
        "bare Textual": (BARE, last),
        "opened last": ([*READER, str(article)], last),
        "opened last, as the library": (READER, last),
        "another": ([*READER, str(article)], other),
    } | ({"less": (less, last)} if shutil.which("less") else {})
    acts = {
        "bare Textual": (BARE, last, b"j", f"{LANDMARK} 1"),
        "opened last": ([*READER, str(article)], last, b"G", END),
        "another": ([*READER, str(article)], other, b"G", END),
    } | ({"less": (less, last, b"G", END)} if shutil.which("less") else {})
    painted: dict[str, list[float]] = {name: [] for name in paints}
    acted: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(ROUNDS + 1):
        for name, (command, environ) in paints.items():
            with Terminal(command, environ) as terminal:
                painted[name].append(terminal.until_painted(LANDMARK) * 1000)
        for name, (command, environ, key, word) in acts.items():
            with Terminal(command, environ) as terminal:
                terminal.until_painted(LANDMARK)
                terminal.send(key)
                acted[name].append(terminal.until_painted(word) * 1000)
        if not number:  # the first round warms the disk cache
            for times in (*painted.values(), *acted.values()):
                times.clear()
    for what, found in (("first paint", painted), ("first key acts", acted)):
        bare = statistics.median(found["bare Textual"])
        for name, times in found.items():
            yield Row(f"{what}: {name}", statistics.median(times), "ms", bare)


def bare_key(environ: dict[str, str]) -> float:
    """Return the median time of a key in a bare Textual application, in milliseconds."""
    with Terminal(BARE, environ) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(0.5)
        return statistics.median(terminal.key(b"j") * 1000 for _ in range(KEYS))


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
