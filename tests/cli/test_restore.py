"""`tuireader restore`, used as a shell uses it."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.cli.restore import format_timespec
from tuireader.notebook.notebook import FILE, Notebook

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def shell(data: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    assert not data.exists()

    def run(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run


def sources(data: Path) -> tuple[str, ...]:
    with Notebook.open(data) as notebook:
        return notebook.sources.all()


def add(data: Path, *locations: str) -> str:
    """Adds them; the moment after, as it is typed."""
    with Notebook.open(data) as notebook:
        notebook.sources.add(*locations)
    return dt.datetime.now().astimezone().isoformat()


def test_the_notebook_goes_back_to_a_moment_and_the_moment_before_that(
    shell: Shell, data: Path
) -> None:
    first, second = add(data, "/a"), add(data, "/b", "/c")
    status, out, _ = shell("restore", "--at", first)
    assert status == 0
    assert "removed:  2 sources" in out
    assert "u in the reader undoes it in one step" in out
    assert sources(data) == ("/a",)
    _, out, _ = shell("restore", "--at", second)
    assert "restored: 2 sources" in out
    assert sources(data) == ("/b", "/c", "/a")
    _, out, _ = shell("restore", "--at", "0s")
    assert "is the same as at" in out


def test_one_undo_takes_it_back(shell: Shell, data: Path) -> None:
    first = add(data, "/a")
    add(data, "/b")
    shell("restore", "--at", first)
    with Notebook.open(data) as notebook:
        assert (notebook.undo() or "").startswith("restored to 2")
    assert sources(data) == ("/b", "/a")


def test_a_dry_run_says_what_would_change(shell: Shell, data: Path) -> None:
    first = add(data, "/a")
    add(data, "/b")
    before = (data / FILE).read_bytes()
    status, out, _ = shell("restore", "--dry-run", "--at", first)
    assert status == 0
    assert "removed:  1 source" in out
    assert out.endswith("Nothing was changed. To restore it, leave out --dry-run.\n")
    assert (data / FILE).read_bytes() == before
    record = json.loads(shell("restore", "--json", "--dry-run", "--at", first)[1])
    assert (record["done"], record["away"], record["back"]) == (False, {"sources": 1}, {})


def test_a_copy_of_the_list_can_be_gone_back_to(shell: Shell, data: Path) -> None:
    add(data, "/a")
    add(data, "/b")
    entry = json.loads(shell("restore", "--json")[1])[1]
    assert (entry["records"], entry["whole"]) == (1, True)
    assert (data / entry["file"]).is_file()
    shell("restore", "--at", entry["at"])
    assert sources(data) == ("/a",)
    _, out, _ = shell("restore")
    newest, oldest, known, *_ = out.splitlines()
    assert newest.endswith("  2 records")
    assert oldest == f"{entry['at']}  1 record"
    assert known.startswith("These backups can be restored, and any time from 2")
    shell("restore", "--at", newest.split()[0])
    assert sources(data) == ("/b", "/a")


def test_without_a_notebook_there_is_nothing_to_go_back_to(shell: Shell) -> None:
    status, out, _ = shell("restore")
    assert (status, "has no history yet" in out) == (0, True)
    assert shell("restore", "--json")[1] == "[]\n"
    assert shell("restore", "--at", "1h")[0] == 1


def test_a_moment_before_everything_is_told(shell: Shell, data: Path) -> None:
    add(data, "/a")
    status, out, err = shell("restore", "--at", "2000-01-01")
    assert (status, out) == (1, "")
    assert "The notebook at 2000-01-01T00:00:00.000 is not known" in err
    assert err.count("\n") == 1


def test_a_moment_to_come_is_refused(shell: Shell, data: Path) -> None:
    add(data, "/a")
    status, _, err = shell("restore", "--at", "2999-01-01")
    assert (status, "is in the future" in err) == (1, True)


def test_what_is_no_time_is_bad_usage(shell: Shell) -> None:
    status, _, err = shell("restore", "--at", "\x1b[2Jnoon")
    assert status == 2
    assert "is not a time; try 14:30" in err
    assert "\x1b" not in err


def test_where_there_is_a_gap_the_nearest_before_it_is_taken_and_said(
    shell: Shell, data: Path
) -> None:
    add(data, "/a")
    (copy,) = (data / "history").iterdir()
    (data / FILE).write_bytes(b"not a notebook")
    gap = dt.datetime.now().astimezone().isoformat()
    moved = data / "moved"
    copy.rename(moved)
    add(data, "/b")
    for other in (data / "history").iterdir():
        other.unlink()
    moved.rename(copy)
    _, out, _ = shell("restore", "--at", gap)
    assert "the time before it is" in out
    assert sources(data) == ("/a",)


def test_moments_are_written_in_the_readers_zone() -> None:
    moment = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    assert dt.datetime.fromisoformat(format_timespec(moment)).astimezone() == moment
