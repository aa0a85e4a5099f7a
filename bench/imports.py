"""Measures how fast pages come in, against trafilatura alone on all cores in the same run.

`python -m bench.imports FOLDER [TIMES]`: reads all pages of the folder, in turn by as many
processes as there are cores that call trafilatura with our settings, and by `tuireader add`.
"""

import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from trafilatura import bare_extraction

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK = 16


def alone(path: str) -> bool:
    """Whether trafilatura finds an article in a page."""
    found = bare_extraction(
        Path(path).read_bytes(),
        include_comments=False,
        include_formatting=True,
        include_links=True,
        with_metadata=True,
    )
    return found is not None


def by_trafilatura(folder: Path) -> None:
    """Read all pages with trafilatura."""
    pages = sorted(str(path) for path in folder.rglob("*.html"))
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        sum(pool.imap_unordered(alone, pages, CHUNK))


def by_tuireader(folder: Path) -> None:
    """Add the folder to an empty library."""
    command = [str(Path(sys.executable).with_name("tuireader")), "add", str(folder)]
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([*command, "--data-dir", data], check=False, capture_output=True)


def measure(folder: Path, times: int) -> None:
    """Print the seconds that both take, of the wall and of the processors, and their ratio."""
    taken: dict[str, list[tuple[float, float]]] = {"trafilatura": [], "tuireader": []}
    ways: dict[str, Callable[[Path], None]] = {
        "trafilatura": by_trafilatura,
        "tuireader": by_tuireader,
    }
    for _ in range(times):
        for name, way in ways.items():
            began, used = time.perf_counter(), _used()
            way(folder)
            taken[name].append((time.perf_counter() - began, _used() - used))
    for name, found in taken.items():
        wall, cpu = (statistics.median(each) for each in zip(*found, strict=True))
        print(f"{name:<12} {wall:7.2f} s  {cpu:7.2f} s of the processors")
    for number, what in enumerate(("wall", "processors")):
        pairs = zip(taken["trafilatura"], taken["tuireader"], strict=True)
        rate = statistics.median(theirs[number] / ours[number] for theirs, ours in pairs)
        print(f"rate {rate:.2f} by the {what}")
    print(f"peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB a process")


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
