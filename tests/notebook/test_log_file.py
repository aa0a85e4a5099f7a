"""The journal's file as it is opened."""

import os
from pathlib import Path

import pytest

from tuireader.notebook.journal.log_file import LogFile


def test_a_file_that_is_created_while_it_is_opened_is_not_opened_for_reading_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, really_open = tmp_path / "notebook.jsonl", os.open

    def open_and_create(name: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file as usual, and let another window create it right afterwards."""
        try:
            return really_open(name, flags, mode)
        finally:
            path.open("ab").close()

    monkeypatch.setattr(os, "open", open_and_create)
    file = LogFile(path)
    with pytest.raises(FileNotFoundError):
        file.open()
    file.open()
    file.append(b"a line\n")
    file.close()
    assert path.read_bytes() == b"a line\n"
