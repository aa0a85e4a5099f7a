from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from app.test_library_indexer import FERRY, RIVER, TODAY

from tuireader.app.index_worker import IndexWorker
from tuireader.app.indexed_documents import LONGEST
from tuireader.app.library_files import files_state
from tuireader.domain.bookmark import Citation
from tuireader.library.query.parser import parse_query
from tuireader.library.search.index import SearchIndex
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


class Worker:
    """A worker over a folder, stepped by a test, and what it has told."""

    def __init__(self, folder: Path, notebook: Notebook, index: SearchIndex) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir()
        self.notebook, self.index = notebook, index
        self.requested = Event()
        self.told: list[dict[str, Any]] = []
        (self.articles / "ferry.txt").write_text(FERRY, encoding="utf-8")
        notebook.sources.add(str(self.articles))
        paths = AppPaths.find(str(folder / "data"), {})
        self.worker = IndexWorker(paths, notebook, index, self.requested, self.told.append)

    def step(self) -> list[str]:
        self.told.clear()
        self.worker.step()
        return [name for message in self.told for name in message]

    def found(self, query: str) -> list[str]:
        hits = self.index.search(parse_query(query, TODAY), TODAY)
        return [Path(hit.location).stem for hit in hits]


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    with (
        Notebook.open(tmp_path / "data") as notebook,
        SearchIndex(tmp_path / "index.sqlite") as index,
    ):
        yield Worker(tmp_path, notebook, index)


def test_the_first_step_indexes_the_library_and_later_ones_do_nothing(worker: Worker) -> None:
    assert worker.step() == ["progress", "updated", "progress", "progress"]
    assert worker.told[-1] == {"progress": None}
    assert worker.found("said:wait") == ["ferry"]
    assert worker.step() == []


def test_files_that_come_and_go_are_told_when_the_reader_asks(worker: Worker) -> None:
    worker.step()
    (worker.articles / "river.txt").write_text(RIVER, encoding="utf-8")
    (worker.articles / "ferry.txt").unlink()
    worker.requested.set()
    worker.step()
    assert {
        "added": [str(worker.articles / "river.txt")],
        "removed": [str(worker.articles / "ferry.txt")],
    } in worker.told
    assert worker.found("days") == ["river"]
    assert worker.found("noon") == []
    assert not worker.requested.is_set()


def test_a_moved_article_leaves_its_old_place_in_the_list(worker: Worker) -> None:
    ferry, boat = worker.articles / "ferry.txt", worker.articles / "boat.txt"
    ferry.write_text(f"{RIVER}\n{'It waits at the quay. ' * 9}\n", encoding="utf-8")
    worker.notebook.states.star([Citation(location=str(ferry))])
    worker.step()
    ferry.rename(boat)
    worker.requested.set()
    worker.step()
    assert {"added": [str(boat)], "removed": [str(ferry)]} in worker.told
    assert worker.found("is:starred") == ["boat"]


def test_a_change_of_the_notebook_is_indexed_without_reading_files(worker: Worker) -> None:
    worker.step()
    worker.notebook.lists.add("Boats", "ferry")
    assert worker.step() == ["updated"]
    worker.notebook.sources.remove(str(worker.articles))
    worker.notebook.sources.add(str(worker.articles / "ferry.txt"))
    assert "updated" in worker.step()
    assert worker.found("noon") == ["ferry"]


def test_the_state_of_files_changes_with_their_content_and_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    paths = (str(tmp_path), str(tmp_path / "missing"))
    states = [files_state(paths)]
    (folder / "x.txt").write_text("x", encoding="utf-8")
    states.append(files_state(paths))
    (folder / "x.txt").write_text("xy", encoding="utf-8")
    states.append(files_state(paths))
    (folder / "x.txt").rename(folder / "y.txt")
    states.append(files_state(paths))
    assert len(set(states)) == 4
    assert files_state(paths) == states[-1]


def test_a_text_that_is_indexed_in_part_is_told_once(worker: Worker) -> None:
    worker.step()
    text = "The flood\n\n" + "Nothing new was said.\n\n" * (LONGEST // 23 + 1)
    (worker.articles / "flood.txt").write_text(text, encoding="utf-8")
    worker.requested.set()
    assert "problem" in worker.step()
    (problem,) = (message["problem"] for message in worker.told if "problem" in message)
    assert problem.startswith("1 text in your library is longer than 4,000,000 characters.")
    worker.requested.set()
    assert "problem" not in worker.step()
