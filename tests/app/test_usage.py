import stat
from pathlib import Path

import pytest

from tuireader.app.usage import MAX_ENTRIES, Usage


def test_what_was_typed_is_kept_once_the_newest_last(tmp_path: Path) -> None:
    usage = Usage(tmp_path / "state" / "usage.json")
    for line in ("one", "two", "one", "  "):
        usage.add("command", line)
    assert Usage(tmp_path / "state" / "usage.json").history("command") == ("two", "one")
    assert usage.history("search") == ()


def test_a_history_has_a_limit(tmp_path: Path) -> None:
    usage = Usage(tmp_path / "usage.json")
    for number in range(MAX_ENTRIES + 5):
        usage.add("command", str(number))
    assert usage.history("command")[0] == "5"


def test_how_often_an_action_was_chosen_is_counted(tmp_path: Path) -> None:
    usage = Usage(tmp_path / "usage.json")
    usage.used("bookmark")
    usage.used("bookmark")
    assert Usage(tmp_path / "usage.json").count("bookmark") == 2
    assert usage.count("note") == 0


def test_the_file_is_the_owners_and_may_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "usage.json"
    usage = Usage(path)
    usage.add("command", "x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for content in ("", "[]", '{"typed": 3, "used": {"a": "b"}}', '{"typed": {"command": [1]}}'):
        path.write_text(content)
        assert Usage(path).history("command") == ()
        assert Usage(path).count("a") == 0


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    usage = Usage()
    usage.add("find", "ferry")
    usage.used("top")
    assert usage.history("find") == ("ferry",)
    assert usage.count("top") == 1
    assert not list(tmp_path.iterdir())
