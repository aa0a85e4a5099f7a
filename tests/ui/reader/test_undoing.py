"""Undo of very many records runs in the background, and is whole or nothing."""

from typing import TYPE_CHECKING, Any

import pytest

from tuireader.domain.bookmark import Citation
from tuireader.domain.errors import NotebookError
from tuireader.ui.reader.undoing import UndoController
from tuireader.ui.workers import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES = [Citation(location=f"/library/articles/{number}.txt") for number in range(1500)]


class Bench:
    """Undo on a real notebook; threads are run at once."""

    def __init__(self, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.threads = 0
        self.before_each: Callable[[], object] = lambda: None
        self.undoing = UndoController(
            lambda: desk.notebook, desk.notifier, self.tasks(), desk.editor
        )
        monkeypatch.setattr("tuireader.ui.workers.MESSAGE_INTERVAL", -1.0)

    def tasks(self) -> Any:
        tasks = self.desk.tasks

        def in_thread(job: Any, **options: Any) -> None:
            del options
            self.threads += 1
            job(self._before_each)

        tasks.in_thread = in_thread
        return tasks

    def _before_each(self) -> None:
        self.before_each()

    def read(self, count: int) -> None:
        self.desk.notebook.states.mark_read(ARTICLES[:count])

    @property
    def count(self) -> int:
        return sum(each.finished for each in self.desk.notebook.progress.all().values())


@pytest.fixture
def bench(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(desk, monkeypatch)


def test_a_change_of_very_many_records_is_undone_and_redone_with_progress(bench: Bench) -> None:
    bench.read(1500)
    bench.undoing.undo()
    assert (bench.count, bench.threads) == (0, 1)
    assert bench.desk.said[0] == "Undoing …"
    assert bench.desk.said[5] == "Undoing: 5 records …  ·  the same key stops"
    assert bench.desk.said[-1] == "Undone: marked 1,500 articles as read"
    bench.undoing.redo()
    assert (bench.count, bench.threads) == (1500, 2)
    assert bench.desk.said[-1] == "Redone: marked 1,500 articles as read"


def test_a_small_change_is_undone_at_once(bench: Bench) -> None:
    bench.read(1500)
    bench.read(1500)  # changes nothing
    bench.desk.notebook.states.star(ARTICLES[:1])
    bench.undoing.undo()
    bench.undoing.redo()
    assert bench.threads == 0
    bench.undoing.undo()
    bench.undoing.undo()
    assert (bench.count, bench.threads) == (0, 1)


def test_the_same_key_stops_it_and_then_nothing_is_changed(bench: Bench) -> None:
    bench.read(1500)
    bench.before_each = bench.undoing.undo
    with pytest.raises(StoppedError):
        bench.undoing.undo()
    assert bench.count == 1500
    assert bench.desk.said[-1] == "Stopped. Nothing was changed."
    bench.before_each = bool
    bench.undoing.undo()
    assert bench.count == 0


def test_an_error_is_shown(bench: Bench) -> None:
    def fail() -> None:
        raise NotebookError("The disk is full.")

    bench.read(1500)
    bench.before_each = fail
    bench.undoing.undo()
    assert bench.count == 1500
    assert bench.desk.errors == ["The disk is full."]
