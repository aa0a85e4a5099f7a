import os
import re
from pathlib import Path

import pytest

from tuireader.__main__ import main


def run(data: Path, *words: str) -> int:
    return main(["--data-dir", str(data), "config", *words])


def test_a_setting_is_set_read_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "set", "column", "80") == 0
    assert run(tmp_path, "get", "column") == 0
    assert capsys.readouterr().out == "80\n"
    assert run(tmp_path) == 0
    assert re.search("column +80", capsys.readouterr().out)
    assert run(tmp_path, "path") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'settings.toml'}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "theme", "nope"), "theme cannot be “nope”."),
        (("set", "column", "-4"), "must be a whole number"),
        (("set", "colum", "4"), "Did you mean “column”?"),
        (("get", "colum"), "Did you mean “column”?"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--", *words) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "settings.toml").exists()


def test_an_unknown_action_is_a_usage_error(tmp_path: Path) -> None:
    assert run(tmp_path, "frob") == 2


def test_the_file_is_edited_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    editor = tmp_path / "editor"
    text = (
        'colum = 3\\ntheme = "nrod"\\n[keys]\\nbokmark = "b"\\n[sites]\\n"a.example" = "//p[("\\n'
    )
    editor.write_text(f"#!/bin/sh\nprintf '{text}' > \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", os.fspath(editor))
    assert run(tmp_path / "data", "edit") == 1
    told = capsys.readouterr().err
    lines = sorted(int(number) for number in re.findall(r"settings\.toml, line (\d+): ", told))
    assert lines == [1, 2, 4, 6]
    for meant in ("did you mean “column”?", "Did you mean “nord”?", "Did you mean “bookmark”?"):
        assert meant in told
