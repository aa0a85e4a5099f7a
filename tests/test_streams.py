"""Standard streams that are closed, full, or no terminal: a sentence and a status, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "The ferry\n\n“We sail at noon,” Ada Moor said on Monday.\n"
BOOKMARKS = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
    '<DT><A HREF="https://harbour.example/1">The ferry</A></DL>'
)
PRINTING = {
    "article.txt": 0,
    "--help": 0,
    "--version": 0,
    "add article.txt": 0,
    "import --yes bookmarks.html": 0,
    "sync": 0,
    "list --json": 0,
    "show article.txt": 0,
    "quotes article.txt": 0,
    "speakers article.txt": 0,
    "doctor": 0,
    "export --tinydb out.json": 0,
    "restore": 0,
    "notes --json": 0,
}
"""The commands that print something, and their status."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bookmarks.html").write_text(BOOKMARKS, encoding="utf-8")
    return tmp_path


def run(folder: Path, words: str, redirected: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m tuireader {words} {redirected}"],
        cwd=folder,
        env=os.environ | {"TUIREADER_DATA_DIR": str(folder / "data")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", PRINTING)
def test_a_command_whose_output_is_lost_fails_with_one_sentence(folder: Path, words: str) -> None:
    done = run(folder, words, "<&- >&-")
    assert done.returncode == 1
    assert done.stderr == "tuireader: standard output: Bad file descriptor\n"


@pytest.mark.parametrize("words", ["show article.txt", "list", "notes --json"])
def test_a_closed_standard_error_or_input_changes_no_status(folder: Path, words: str) -> None:
    assert run(folder, words, "<&- 2>&-").returncode == 0
    assert run(folder, words, "<&- >&- 2>&-").returncode == (0 if words == "list" else 1)


def test_bad_usage_is_2_whatever_is_closed(folder: Path) -> None:
    assert run(folder, "--nothing", "<&- >&- 2>&-").returncode == 2


def test_no_file_of_the_notebook_takes_the_place_of_a_closed_stream(folder: Path) -> None:
    assert run(folder, "add article.txt nowhere.txt", "<&- >&- 2>&-").returncode == 1
    journal = (folder / "data" / "notebook.jsonl").read_text(encoding="utf-8")
    assert "tuireader:" not in journal
    assert run(folder, "doctor").returncode == 0


@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("words", ["--help", "--version", "show article.txt"])
def test_a_full_disk_is_said(
    folder: Path, words: str, buffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", buffered)
    done = run(folder, words, ">/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("tuireader: ")
    assert done.stderr.endswith("No space left on device\n")
    assert done.stderr.count("\n") == 1


def test_without_a_terminal_the_articles_are_printed_as_by_show(folder: Path) -> None:
    (folder / "second.txt").write_text("The lock\n\nIt is shut.\n", encoding="utf-8")
    shown = run(folder, "show article.txt").stdout
    second = run(folder, "show second.txt").stdout
    assert run(folder, "article.txt").stdout == shown
    assert run(folder, "article.txt second.txt").stdout == f"{shown}\n---\n\n{second}"


def test_without_a_terminal_and_a_source_the_library_is_listed(folder: Path) -> None:
    run(folder, "add article.txt")
    assert run(folder, "").stdout == run(folder, "list").stdout


def test_one_article_that_cannot_be_read_does_not_keep_the_others(folder: Path) -> None:
    done = run(folder, "nowhere.txt article.txt")
    assert done.returncode == 1
    assert "Ada Moor" in done.stdout
    assert done.stderr.startswith("tuireader: nowhere.txt: ")
