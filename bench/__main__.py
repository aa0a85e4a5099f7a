"""Measures the reader, beside a bare Textual application, `less` and SQLite in the same run.

`python -m bench` prints everything; `python -m bench PART` one part: `keys` (starts and keys by the
size of a text), `reading` (what a reader waits for, and memory), `commands` (quotations, feeds and
exports), `notebook` (beside SQLite) or `library` (the index). `python -m bench quotes GOLD...`
measures the speakers of quotations.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import commands, library, notebook, quotes, reading
from bench.environment import BARE, READER, environment
from bench.terminal import Terminal
from bench.texts import LANDMARK, write_folder, write_text

ROUNDS = 7
KEYS = 60
LINE, PAGE, END, QUIT = b"j", b" ", b"G", b"\x11"
SAMPLE = "harm"
"""A word of the first sentence of the first sample."""


def starts(scratch: Path, cases: dict[str, tuple[list[str], str]]) -> dict[str, float]:
    """The median start of each case in milliseconds, the cases taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(ROUNDS + 1):
        for name, (command, word) in cases.items():
            environ = environment(scratch / "data" / name.replace(" ", "-"))
            with Terminal(command, environ) as terminal:
                painted = terminal.until_painted(word)
            if number:  # the first round warms the disk cache
                times[name].append(painted * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def latencies(terminal: Terminal, key: bytes) -> str:
    """The median and the 95th percentile from a key to its frame."""
    times = sorted(terminal.key(key) * 1000 for _ in range(KEYS))
    return f"median {statistics.median(times):5.1f} ms   p95 {times[int(KEYS * 0.95)]:5.1f} ms"


def keys(path: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """What a reader feels inside one text: keys at its top and end, a flood, idling, quitting."""
    with Terminal([*READER, str(path)], environment(scratch / "data" / "keys")) as terminal:
        terminal.until_painted(LANDMARK)
        terminal.settle(0.5)
        yield "line, top", latencies(terminal, LINE)
        yield "page, top", latencies(terminal, PAGE)
        terminal.send(END)
        terminal.settle(0.5)
        yield "line, deep", latencies(terminal, b"k")
        yield "page, deep", latencies(terminal, b"\x1b[5~")
        yield "200 keys/s", f"drained in {terminal.flood(b'k', 200, 2.0) * 1000:.0f} ms"
        yield "idle", f"{terminal.idle(3.0):.1%} of a core"
        yield "quit", f"{terminal.quit(QUIT) * 1000:.0f} ms"


def by_size() -> None:
    """Measure starts and keys by the size of a text, and print them."""
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
        scratch = Path(name)
        texts = {size: write_text(scratch / f"{size}MB.txt", size) for size in (1, 10, 50)}
        folders = {count: write_folder(scratch / f"{count}", count) for count in (10, 10_000)}
        cases = {"bare Textual": (BARE, LANDMARK), "samples": (READER, SAMPLE)}
        cases |= {f"{size} MB": ([*READER, str(path)], LANDMARK) for size, path in texts.items()}
        cases |= {
            f"{count} articles": ([*READER, str(path)], LANDMARK) for count, path in folders.items()
        }
        print(f"Start to first paint, median of {ROUNDS}, and its ratio to a bare application")
        found = starts(scratch, cases)
        for case, milliseconds in found.items():
            print(
                f"  {case:<16}{milliseconds:7.0f} ms  {milliseconds / found['bare Textual']:5.2f}"
            )
        for size in (1, 10):
            print(f"Keys in {size} MB")
            for what, figure in keys(texts[size], scratch):
                print(f"  {what:<16}{figure}")


def main(words: list[str]) -> None:
    """Print the parts that the command line names; all of them if it names none."""
    part, rest = (words[0], words[1:]) if words else ("", [])
    if part in {"", "reading"}:
        print("What a reader waits for, and its ratio to a bare Textual application")
        with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
            for row in reading.rows(Path(name)):
                print(row, flush=True)
    if part in {"", "keys"}:
        by_size()
    if part in {"", "commands"}:
        print("Without a screen")
        for row in commands.rows():
            print(row, flush=True)
    if part in {"", "library"}:
        library.main(rest)
    if part in {"", "notebook"}:
        notebook.main(rest)
    if part == "quotes":
        quotes.main(rest)


if __name__ == "__main__":
    main(sys.argv[1:])
