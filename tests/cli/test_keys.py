import json
from pathlib import Path

import pytest

from tuireader.__main__ import main


def run(data: Path, *words: str) -> int:
    return main(["--data-dir", str(data), "keys", *words])


def test_the_keys_in_force_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text('[keys.text]\nbookmark = "Ctrl+T"\n')
    assert run(tmp_path) == 0
    assert "Ctrl+T" in capsys.readouterr().out
    assert run(tmp_path, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    [row] = [row for row in rows if (row["pane"], row["action"]) == ("text", "bookmark")]
    assert row["keys"] == ["Ctrl+T"]
    assert run(tmp_path, "--markdown") == 0
    assert "| `Ctrl+T` | `bookmark` |" in capsys.readouterr().out


def test_wrong_keys_are_told_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\nbookmrk = "B"\n')
    assert run(tmp_path) == 1
    assert "line 2: There is no action “bookmrk”" in capsys.readouterr().err
