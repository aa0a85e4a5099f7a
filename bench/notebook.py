"""Measure the notebook and SQLite on the same records in the same run, and print a table.

`make bench ARGS=notebook`, or `python -m bench.notebook [COUNT ...]`. SQLite keeps the same JSON
with its step of undo in one transaction, with WAL and `synchronous=FULL`. Both are opened, read
and written as the program does it: by `Notebook.bookmarks`, and with an index on the location.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench.environment import environment
from bench.terminal import Terminal
from bench.texts import LANDMARK, WORDS, write_text
from tuireader.domain.article import Article, Passage, text_hash
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.notebook.journal.compaction import compact_journal
from tuireader.notebook.journal.line_format import RecordEdit, encode_line, to_json
from tuireader.notebook.journal.recovery import open_journal
from tuireader.notebook.notebook import FILE, Notebook
from tuireader.notebook.undo import STEPS

COUNTS = (1000, 10_000, 100_000)
PER_ARTICLE = 20
"""The number of bookmarks of one article."""
SIZE = 650
"""The size of a note's record in bytes."""
STARTS = 7
TIMES = 200
"""How often each action is done; the result is the median."""


@cache
def article_of(number: int) -> Article:
    """Return an article to bookmark passages of; the same in every run."""
    chance = random.Random(number)
    text = " ".join(chance.choices(WORDS, k=900))
    return Article(
        location=f"/news/report-{number:05}.txt",
        text=text,
        blocks=Blocks((Block(BlockKind.PARAGRAPH, 0, len(text)),)),
        title=f"Report number {number}",
    )


def passage_of(number: int) -> Passage:
    """Return the place of the article's passage with a number."""
    start = number % PER_ARTICLE * 180
    return Passage(start, start + 45)


@cache
def note_of(number: int) -> str:
    """Return a note; one in a hundred has a word that the others do not have."""
    chance = random.Random(-number)
    rare = "kaléidoscope “seen” " if number % 100 == 0 else ""
    return rare + " ".join(chance.choices(WORDS, k=6))


def records(count: int) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield the location, record and undo step of each note, as the notebook writes them."""
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
        with Notebook.open(Path(name)) as notebook:
            kept = notebook.bookmarks.keep(article_of(0), passage_of(0), note="n")
            tables = notebook.tables()
        record, (step,) = tables["bookmarks"][str(kept.id)], tables["history"].values()
    for number in range(count):
        if number % PER_ARTICLE == 0:
            article = article_of(number // PER_ARTICLE)
            digest = text_hash(article.text)
        passage = passage_of(number)
        anchor = record["anchor"] | {
            "text_hash": digest,
            "start": passage.start,
            "end": passage.end,
            "exact": passage.of(article.text),
            "prefix": article.text[max(0, passage.start - 64) : passage.start],
            "suffix": article.text[passage.end : passage.end + 64],
        }
        about = record["article"] | {"location": article.location, "title": article.title}
        tags = ["shipping"] if number % 50 == 0 else []
        full = record | {"article": about, "anchor": anchor, "note": note_of(number), "tags": tags}
        full["note"] += " x" * max(0, (SIZE - len(to_json(full))) // 2)
        yield article.location, full, step


ARTICLES = tuple(map(article_of, range(7)))
"""The articles that further passages are bookmarked in."""


class Ours:
    """The actions on the notebook, opened as the program opens it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: list[int] = []

    def fill(self, count: int) -> None:
        """Write the journal of that many notes, each saved with its undo step."""
        journal = open_journal(self.folder / FILE)
        journal.append([RecordEdit("bookmarks", None, b"{}")])
        steps: list[int] = []
        with (self.folder / FILE).open("ab") as file:
            for _, record, step in records(count):
                number = journal.ids.next()
                edit = step["edits"][0] | {"id": str(number)}
                edits = [RecordEdit("bookmarks", number, to_json(record))]
                if len(steps) >= STEPS:
                    edits.append(RecordEdit("history", steps[-STEPS], None))
                steps.append(journal.ids.next())
                edits.append(RecordEdit("history", steps[-1], to_json(step | {"edits": [edit]})))
                file.write(encode_line(edits, record["created"]))
                self.ids.append(number)
        journal.close()

    def open(self) -> None:
        """Open the notebook; the articles' texts are stored already."""
        self.notebook = Notebook.open(self.folder)

    def save(self, number: int) -> None:
        """Bookmark a passage with a note."""
        start = 10 + number % 5000
        passage = Passage(start, start + 45)
        self.notebook.bookmarks.keep(
            ARTICLES[number % len(ARTICLES)], passage, note=note_of(number)
        )

    def update(self, number: int) -> None:
        """Change the note of a bookmark."""
        mark = self.ids[number * 7919 % len(self.ids)]
        self.notebook.bookmarks.change(mark, note=note_of(number + 1))

    def get(self, number: int) -> None:
        """Get a bookmark by its id."""
        self.notebook.bookmarks.get(self.ids[number * 6131 % len(self.ids)])

    def of(self, article: Article) -> None:
        """Get the bookmarks of an article."""
        found(len(self.notebook.bookmarks.for_article(article)))


class Lite:
    """The same actions in SQLite."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "notes.db"
        self.ids: list[int] = []
        self.first: dict[str, Any] = {}
        self.step: dict[str, Any] = {}

    def fill(self, count: int) -> None:
        """Insert the same records."""
        self.open()
        self.base.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, location TEXT, doc TEXT)")
        self.base.execute("CREATE INDEX places ON notes (location)")
        self.base.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, doc TEXT)")
        with self.base:
            for number, (location, record, step) in enumerate(records(count)):
                self.first, self.step = self.first or record, step
                self._insert(location, record, step | {"number": number})
        self.ids = list(range(1, count + 1))
        self.base.close()

    def open(self) -> None:
        """Open the database, with a flush at each commit."""
        self.base = sqlite3.connect(self.path)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=FULL")

    def save(self, number: int) -> None:
        """Insert a record and its undo step, and delete the oldest step."""
        with self.base:
            record = self.first | {"note": note_of(number)}
            self._insert(ARTICLES[number % len(ARTICLES)].location, record, self.step)

    def update(self, number: int) -> None:
        """Set the note of a record, with an undo step."""
        mark = self.ids[number * 7919 % len(self.ids)]
        with self.base:
            (doc,) = self.base.execute("SELECT doc FROM notes WHERE id=?", (mark,)).fetchone()
            changed = json.dumps(json.loads(doc) | {"note": note_of(number + 1)})
            self.base.execute("UPDATE notes SET doc=? WHERE id=?", (changed, mark))
            self._step(self.step)

    def get(self, number: int) -> None:
        """Get a record by its id."""
        mark = self.ids[number * 6131 % len(self.ids)]
        found = self.base.execute("SELECT doc FROM notes WHERE id=?", (mark,)).fetchone()
        json.loads(found[0])

    def of(self, article: Article) -> None:
        """Get the records of an article."""
        rows = self.base.execute("SELECT doc FROM notes WHERE location=?", (article.location,))
        found(len([json.loads(doc) for (doc,) in rows]))

    def _insert(self, location: str, record: dict[str, Any], step: dict[str, Any]) -> None:
        values = location, json.dumps(record)
        self.base.execute("INSERT INTO notes (location, doc) VALUES (?, ?)", values)
        self._step(step)

    def _step(self, step: dict[str, Any]) -> None:
        added = self.base.execute("INSERT INTO history (doc) VALUES (?)", (json.dumps(step),))
        self.base.execute("DELETE FROM history WHERE id <= ?", ((added.lastrowid or 0) - STEPS,))


def found(count: int) -> None:
    """Raise an error if a timed action found nothing."""
    if count < PER_ARTICLE:
        raise RuntimeError(f"only {count} passages were found")


def timed(*actions: Callable[[int], object]) -> list[float]:
    """Return the median time of each action in milliseconds; the actions are run in turn."""
    times: list[list[float]] = [[] for _ in actions]
    for number in range(TIMES):
        for action, taken in zip(actions, times, strict=True):
            began = time.perf_counter()
            action(number)
            taken.append((time.perf_counter() - began) * 1000)
    return [statistics.median(taken) for taken in times]


def beside(ours: Ours, lite: Lite) -> Iterator[tuple[str, float, float]]:
    """Return each action with its times in the notebook and in SQLite, in milliseconds."""
    for name in ("save", "update", "get"):
        mine, theirs = getattr(ours, name), getattr(lite, name)
        for number in range(TIMES):  # the first passage of an article keeps its text as well
            note_of(number)
            if number < len(ARTICLES):
                mine(number + TIMES)
                theirs(number + TIMES)
        yield name, *timed(mine, theirs)
    articles = [article_of(10 + number) for number in range(min(TIMES, len(ours.ids) // 20 - 10))]

    def of(number: int, store: Ours | Lite) -> None:
        store.of(articles[number % len(articles)])

    for what in ("of an article", "of an article, again"):
        yield what, *timed(lambda number: of(number, ours), lambda number: of(number, lite))


def alone(folder: Path) -> dict[str, float]:
    """Measure opening, memory, listing all notes and filtering, in a separate process."""
    from tuireader.text.filter_index import FilterIndex  # noqa: PLC0415 - its memory is to be counted
    from tuireader.ui.lists.bookmarks import searchable_text  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as name, Notebook.open(Path(name)) as empty:
        empty.bookmarks.all()
    before, taken = _memory(), {}

    def lap(what: str, action: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = action()
        taken[f"{what} ms"] = (time.perf_counter() - began) * 1000
        return result

    notebook = lap("open", lambda: Notebook.open(folder))
    taken["open MB"] = _memory() - before
    lap("first passages", notebook.bookmarks.counts)
    taken["first passages MB"] = _memory() - before
    marks = lap("list all", notebook.bookmarks.all)
    taken["list all MB"] = _memory() - before
    sieve = FilterIndex(marks, searchable_text)
    lap("make ready to filter", sieve.prepare)
    taken["make ready to filter MB"] = _memory() - before
    for query in (
        "harbour",
        "garden winter",
        "#shipping",
        "kaleidoscope",
        "report 4321",
        "e",
        "xyzzy",
    ):
        lap(f"filter “{query}”", lambda query=query: sieve.filter(query))
    return taken


def best_alone(folder: Path) -> dict[str, float]:
    """Return the minimum of each result of `alone` over three processes."""
    command = [sys.executable, "-m", "bench.notebook", "--alone", str(folder)]
    runs = []
    for _ in range(3):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout))
    return {what: min(run[what] for run in runs) for what in runs[0]}


def starts(folder: Path, scratch: Path) -> tuple[float, float]:
    """Return the median start time in milliseconds with an empty notebook and with this one."""
    text = str(write_text(scratch / "text.txt", 1))
    times: list[list[float]] = [[], []]
    (scratch / "empty").mkdir()
    for number in range(2 * STARTS + 2):
        data = folder if number % 2 else scratch / "empty"
        with Terminal([sys.executable, "-m", "tuireader", text], environment(data)) as terminal:
            painted = terminal.until_painted(LANDMARK)
        if number > 1:  # the first round warms the disk cache
            times[number % 2].append(painted * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def measure(count: int) -> None:
    """Measure that many notes and print the results."""
    with tempfile.TemporaryDirectory(prefix="tuireader-bench-") as name:
        scratch = Path(name)
        ours, lite = Ours(scratch / "data"), Lite(scratch)
        ours.fill(count)
        lite.fill(count)
        print(f"{count} notes: notebook {_size(ours.folder / FILE)}, SQLite {_size(lite.path)}")
        written = best_alone(ours.folder)
        journal = open_journal(ours.folder / FILE)
        compact_journal(journal)
        journal.close()
        compacted = best_alone(ours.folder)
        print(f"  as written, and compacted: {_size(ours.folder / FILE)}")
        for what, figure in written.items():
            print(f"  {what:<32}{figure:9.2f}{compacted[what]:9.2f}")
        empty, full = starts(ours.folder, scratch)
        print(f"  start ms: empty, this           {empty:9.2f}{full:9.2f}{full / empty:7.2f}")
        ours.open()
        lite.open()
        print("  ms: notebook, SQLite, ratio")
        for what, mine, theirs in beside(ours, lite):
            print(f"  {what:<32}{mine:9.3f}{theirs:9.3f}{mine / theirs:7.2f}")
        ours.notebook.close()
        lite.base.close()


def main(words: list[str]) -> None:
    """Measure each number of notes given on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("counts", nargs="*", type=int, default=COUNTS)
    arguments.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args(words)
    if given.alone:
        json.dump(alone(given.alone), sys.stdout)
        return
    for count in given.counts or COUNTS:
        measure(count)


def _memory() -> float:
    """Return the resident memory of this process in MB; not on Linux, its maximum so far."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    main(sys.argv[1:])
