import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tuireader.notebook.journal.backups import (
    backup_time,
    backups_to_keep,
    list_backups,
    prune_backups,
)
from tuireader.notebook.notebook import Notebook

NOW = dt.datetime(2026, 11, 27, 12, 0, tzinfo=dt.UTC)


def test_the_newest_days_weeks_and_months_are_kept() -> None:
    hourly = [NOW - dt.timedelta(hours=hours) for hours in range(24 * 500)]
    kept = sorted(backups_to_keep(hourly, NOW), reverse=True)
    assert kept[:5] == hourly[:5]
    assert len({moment.date() for moment in kept}) >= 7
    assert {NOW.date() - dt.timedelta(days=days) for days in range(7)} <= {
        moment.date() for moment in kept
    }
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    assert len(kept) <= 5 + 7 + 4 + 12


@given(st.lists(st.integers(0, 59_999), min_size=1, max_size=60))
def test_none_younger_than_a_minute_is_dropped(ages: list[int]) -> None:
    moments = {NOW - dt.timedelta(milliseconds=age) for age in ages}
    assert backups_to_keep(moments, NOW) == moments


@given(st.sets(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2026, 11, 1)), max_size=40))  # noqa: DTZ001 - hypothesis wants them so
def test_to_rotate_again_drops_nothing(some: set[dt.datetime]) -> None:
    moments = {moment.replace(tzinfo=dt.UTC) for moment in some}
    kept = backups_to_keep(moments, NOW)
    assert kept <= moments
    assert len(kept) >= min(5, len(moments))
    assert backups_to_keep(kept, NOW) == kept


def test_closing_keeps_a_second_copy_once_a_day(folder: Path, journal_file: Path) -> None:
    for number in range(3):
        with Notebook.open(folder) as notebook:
            notebook.sources.add(f"/news/{number}.txt")
    (copy,) = list_backups(journal_file)
    assert copy.read_bytes() in journal_file.read_bytes()
    assert dt.datetime.now(dt.UTC) - backup_time(copy) < dt.timedelta(minutes=1)


def test_a_notebook_that_is_gone_comes_back_from_the_copy(folder: Path, journal_file: Path) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/news/ferry.txt")
    journal_file.unlink()
    with Notebook.open(folder) as notebook:
        assert notebook.sources.all() == ("/news/ferry.txt",)


def test_a_damaged_copy_pushes_out_no_whole_one(folder: Path, journal_file: Path) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/news/ferry.txt")
    (copy,) = list_backups(journal_file)
    whole = copy.read_bytes()
    copy.unlink()
    second = int(dt.datetime(2026, 11, 27, tzinfo=dt.UTC).timestamp())
    for number in range(30):
        moment = (second + number) * 1000 << 80
        data = whole if number < 10 else whole[:-9]
        (folder / "history" / f"notebook-{moment}.jsonl").write_bytes(data)
    prune_backups(journal_file, NOW)
    kept = list_backups(journal_file)
    assert [backup_time(each).second for each in kept if each.read_bytes() == whole] == [
        9,
        8,
        7,
        6,
        5,
    ]
    assert [backup_time(each).second for each in kept[:5]] == [29, 28, 27, 26, 25]
    assert len(kept) == 10
