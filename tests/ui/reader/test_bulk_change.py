from collections.abc import Callable
from typing import Any

import pytest

from tuireader.domain.bookmark import Citation
from tuireader.domain.errors import NotebookError
from tuireader.ui.reader.bulk_change import BACKGROUND_COUNT, BulkChange
from tuireader.ui.workers import StoppedError

ARTICLES = [Citation(location=f"/{number}.txt") for number in range(BACKGROUND_COUNT)]


class Bench:
    """Bulk changes on a real notebook; threads are run at once, or when the test says so."""

    def __init__(self, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.done = 0
        self.changes = BulkChange(desk.notifier, desk.tasks, desk.editor)
        monkeypatch.setattr("tuireader.ui.workers.MESSAGE_INTERVAL", -1.0)

    def read(self, count: int = BACKGROUND_COUNT, before: Callable[[], object] = bool) -> None:
        def change(pause: Callable[[], None]) -> int:
            before()
            states = self.desk.notebook.states
            return int(states.mark_read(ARTICLES[:count], pause=pause))

        self.changes.run(change, count, f"{count} articles marked as read", self._finish)

    def _finish(self) -> None:
        self.done += 1

    @property
    def count(self) -> int:
        return sum(each.finished for each in self.desk.notebook.progress.all().values())


@pytest.fixture
def bench(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(desk, monkeypatch)


def test_many_articles_are_changed_with_progress_and_as_one_undo_step(bench: Bench) -> None:
    bench.read()
    assert (bench.count, bench.done) == (BACKGROUND_COUNT, 1)
    assert bench.desk.said[0] == "0 of 500 articles …"
    assert bench.desk.said[5] == "5 of 500 articles …  ·  the same key stops"
    assert bench.desk.said[-1] == "500 articles marked as read"
    bench.desk.editor.undo()
    assert bench.count == 0


def test_a_few_articles_are_changed_at_once(bench: Bench) -> None:
    bench.read(20)
    assert bench.count == 20
    assert bench.desk.said == ["20 articles marked as read"]
    assert not bench.changes.stop()


def test_a_stopped_change_changes_nothing(bench: Bench) -> None:
    with pytest.raises(StoppedError):
        bench.read(before=bench.changes.stop)
    assert (bench.count, bench.done) == (0, 0)
    assert bench.desk.said[-1] == "Stopped. Nothing was changed."
    bench.read()
    assert bench.count == BACKGROUND_COUNT


def test_a_change_that_fails_says_why(bench: Bench) -> None:
    def fail() -> None:
        raise NotebookError("The disk is full.")

    bench.read(before=fail)
    assert (bench.count, bench.done) == (0, 0)
    assert bench.desk.errors == ["The disk is full."]
