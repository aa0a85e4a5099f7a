"""An index that was killed while it was being built is completed by the next run."""

import os
import signal
from pathlib import Path

from app.test_library_indexer import TODAY

from tuireader.app.library_indexer import LibraryIndexer
from tuireader.library.query.parser import parse_query
from tuireader.library.search.index import SearchIndex
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths

DELAYS = (0.01, 0.02, 0.03, 0.05, 0.08)
"""Seconds after which a run is killed, wherever it is."""


def index_library(folder: Path, name: str, killed_after: float = 0) -> None:
    """Index in a child process, which is killed after some seconds."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    if killed_after:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, killed_after)
    paths = AppPaths.find(str(folder / "data"), {})
    with Notebook.open(folder / "data") as notebook, SearchIndex(folder / name) as index:
        LibraryIndexer(paths, index, notebook, jobs=1).update()
    os._exit(0)


def contents(path: Path) -> list[object]:
    """Return all that an index holds and finds, whatever the numbers of its articles are."""
    with SearchIndex(path) as index:
        everything = index.search(parse_query("", TODAY), TODAY, limit=-1)
        rows = [
            (hit.location, hit.title, hit.progress, repr(index.stored(hit.id)))
            for hit in everything
        ]
        found: list[object] = [*sorted(rows)]
        for text in ("ferry", "boat7", "speaker:moor", "said:waits", "*erry*", "is:unread"):
            query = parse_query(text, TODAY)
            found.append(sorted(hit.location for hit in index.search(query, TODAY, limit=-1)))
        return [*found, index.known_values("speaker"), index.count_without_quotations()]


def test_killed_runs_lose_nothing_and_leave_the_same_index(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(60):
        text = f"Ferry {number}\n\nThe boat{number} left. “It waits {number},” said Ada Moor.\n"
        (articles / f"{number}.txt").write_text(text, encoding="utf-8")
    with Notebook.open(tmp_path / "data") as notebook:
        notebook.sources.add(str(articles))
    for delay in DELAYS:
        index_library(tmp_path, "killed.sqlite", delay)
    index_library(tmp_path, "killed.sqlite")
    index_library(tmp_path, "whole.sqlite")
    with SearchIndex(tmp_path / "killed.sqlite") as index:
        assert len(index) == 60
    assert contents(tmp_path / "killed.sqlite") == contents(tmp_path / "whole.sqlite")
