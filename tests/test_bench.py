"""The benchmarks of reading measure something, in small."""

import sys
from pathlib import Path

import pytest
from bench import reading
from bench.environment import environment
from bench.rows import Row
from bench.texts import write_news

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="they read /proc")


def test_the_starts_are_compared_with_a_bare_application(tmp_path: Path) -> None:
    article = write_news(tmp_path / "one", 1) / "000.txt"
    rows = list(reading.starts(tmp_path, article, rounds=0))
    measured = {row.what: row for row in rows}
    for what in ("first paint", "first paint, CPU", "first key acts", "first key acts, CPU"):
        bare = measured[f"{what}: bare Textual"]
        for name in ("opened last", "another"):
            row = measured[f"{what}: {name}"]
            assert row.figure > 0
            assert row.compared == bare.figure


def test_keys_are_measured_in_a_bare_application(tmp_path: Path) -> None:
    assert reading.bare_key(environment(tmp_path / "bare"), presses=2) > 0


def test_a_row_has_its_ratio() -> None:
    assert str(Row("Tab", 3.0, "ms", 2.0)).split() == ["Tab", "3.0", "ms", "1.50"]
    assert str(Row("memory", 3.0, "MB")).split() == ["memory", "3.0", "MB"]
