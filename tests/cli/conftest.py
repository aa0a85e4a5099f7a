"""A shell on a data folder of its own, and an article."""

from pathlib import Path

import pytest
from cli.shell import ARTICLE, Shell


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], data: Path) -> Shell:
    assert not data.exists()
    return Shell(capsys)
