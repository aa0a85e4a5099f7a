"""Measures the search index at several sizes of a library, and prints a table.

`make bench ARGS=library`, or `python -m bench library [COUNT ...]`. The articles are made up: 500
words each, whose frequencies are those of a natural text (Zipf), with quotations, and four words an
article that are in no other. Times are CPU time, the median of several, except the process of a
search, which is what it takes by the clock above `--version`; rates are those of the clock on all
cores. `docs/performance.md` has the table, and how to read it.
"""

import argparse
import datetime as dt
import os
import random
import resource
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from bench.environment import environment
from tuireader.app.library_indexer import LibraryIndexer
from tuireader.app.library_search import LibrarySearch
from tuireader.library.search.index import SearchIndex
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths

COUNTS = (1000, 10_000)
VOCABULARY = 30_000
WORDS = 500
TIMES = 20
RARE = "zyzzyvaquux"
QUOTED = 2000
"""Articles at most of which quotations are found: they take a hundred times longer than texts."""

FIGURES = (
    *("texts a second", "texts a CPU second", "quotations a second", "size / text", "memory MB"),
    *("rare word ms", "common word ms", "common phrase ms", "by relevance ms", "inside words ms"),
    *("file added ms", "file changed ms", "file removed ms", "check of all files ms"),
    *("search process ms", "search process CPU ms", "list --json CPU s", "list CPU s"),
    *("add again CPU s",),
)


def write_library(folder: Path, count: int) -> int:
    """Write a folder of made-up articles; return the size of their texts in bytes."""
    chance = random.Random(count)
    letters = string.ascii_lowercase
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    size = 0
    for number in range(count):
        body = chance.choices(words, cum_weights=weights, k=WORDS)
        body[::125] = [f"{word}{number:x}" for word in body[::125]]
        if number % 1000 == 7:
            body[0] = RARE
        sentences = [" ".join(body[at : at + 20]).capitalize() for at in range(0, WORDS, 20)]
        sentences[5] = f"“{sentences[5]},” said Ada {words[number % 300].capitalize()}"
        day = dt.date(2012, 1, 1) + dt.timedelta(days=chance.randrange(5000))
        text = f"date {day}\nReport {number}\n\n{'. '.join(sentences)}.\n"
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(text, encoding="utf-8")
    return size


def processor_ms(action: Callable[[], object]) -> float:
    """Return the CPU time of an action in milliseconds, the median of several."""
    times = []
    for _ in range(TIMES):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return statistics.median(times) * 1000


def run_seconds(data: Path, *words: str) -> tuple[float, float]:
    """Return how long a command takes by the clock, and its CPU time: medians of three runs."""
    times, used = [], []
    for _ in range(3):
        begun, before = time.perf_counter(), _children_seconds()
        command = [sys.executable, "-m", "tuireader", *words]
        subprocess.run(command, env=environment(data), capture_output=True, check=False)
        times.append(time.perf_counter() - begun)
        used.append(_children_seconds() - before)
    return statistics.median(times), statistics.median(used)


def index_figures(indexer: LibraryIndexer, count: int, text_size: int) -> Iterator[float]:
    """Yield the figures of building the index: rates, size and memory."""
    begun, used = time.perf_counter(), _processor_seconds()
    indexer.update_texts()
    yield count / (time.perf_counter() - begun)
    yield count / (_processor_seconds() - used)
    begun = time.perf_counter()
    if count <= QUOTED:
        indexer.update_quotations()
    yield count / (time.perf_counter() - begun) if count <= QUOTED else float("nan")
    files = indexer.folders.cache.glob("search.sqlite*")
    yield sum(file.stat().st_size for file in files) / text_size
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cores = len(os.sched_getaffinity(0))
    yield (usage[0].ru_maxrss + cores * usage[1].ru_maxrss) / 1024


def query_figures(search: LibrarySearch) -> Iterator[float]:
    """Yield the CPU time of queries for the 50 newest results, with their passages."""
    for text in (RARE, "common", '"common phrase"', "common sort:relevance", "*ommo*"):
        words = [word for word in search.index.vocabulary.words_containing("a") if word.isalpha()]
        query = search.parse(text.replace("common", words[0]).replace("phrase", words[1]))
        yield processor_ms(lambda query=query: search.index.search(query, dt.date(2026, 1, 1)))


def change_figures(indexer: LibraryIndexer, folder: Path) -> Iterator[float]:
    """Yield how long it takes to index a file that was found new, changed and gone.

    Then, how long a check of all files takes, after which they were found.
    """
    checks, changes = [], []
    changed = folder / "000" / "added.txt"
    for text in ("Added\n\nSomething new.\n", "Changed\n\nSomething else, longer.\n", ""):
        if text:
            changed.write_text(text, encoding="utf-8")
        else:
            changed.unlink()
        begun = time.process_time()
        indexer.texts.has_changed()
        checks.append(time.process_time() - begun)
        begun = time.process_time()
        indexer.update(quotations=False)
        changes.append((time.process_time() - begun) * 1000)
    yield from changes
    yield statistics.median(checks) * 1000


def command_figures(data: Path, folder: Path) -> Iterator[float]:
    """Yield how long commands take that find the library indexed."""
    base, base_used = run_seconds(data, "--version")
    run_seconds(data, "search", RARE)
    clock, used = run_seconds(data, "search", RARE)
    yield (clock - base) * 1000
    yield (used - base_used) * 1000
    for words in (("list", "--json"), ("list",), ("add", str(folder))):
        yield run_seconds(data, *words)[1]


def measure(scratch: Path, count: int) -> list[float]:
    """Return the figures for a library of so many articles."""
    folder, data = scratch / f"articles-{count}", scratch / f"data-{count}"
    text_size = write_library(folder, count)
    folders = AppPaths.find(str(data), {})
    with Notebook.open(folders.data) as notebook, SearchIndex(folders.search_index) as index:
        notebook.sources.add(str(folder))
        indexer = LibraryIndexer(folders, index, notebook)
        figures = list(index_figures(indexer, count, text_size))
        search = LibrarySearch(folders)
        figures += query_figures(search)
        figures += change_figures(indexer, folder)
        search.close()
    return [*figures, *command_figures(data, folder)]


def _children_seconds() -> float:
    """Return the CPU time of the processes that this one has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _processor_seconds() -> float:
    """Return the CPU time of this process and of those that it has waited for."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usage)


def main(words: list[str]) -> None:
    """Measure, and print a row for each figure."""
    parser = argparse.ArgumentParser(prog="bench library")
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS)
    counts = parser.parse_args(words).counts
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
        columns = [measure(Path(name), count) for count in counts]
    print(f"{'articles':<22}" + "".join(f"{count:>12,}" for count in counts))
    for figure, *values in zip(FIGURES, *columns, strict=True):
        print(f"{figure:<22}" + "".join(f"{value:>12,.2f}" for value in values))
