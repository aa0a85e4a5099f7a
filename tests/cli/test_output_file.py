"""Writing what a command prints to a file."""

import json
from pathlib import Path

import pytest
from cli.shell import Shell


@pytest.fixture
def library(shell: Shell, ferry: Path) -> Shell:
    assert shell("add", ferry) == 0
    return shell


COMMANDS = (
    ("list",),
    ("list", "--json", "noon"),
    ("search", "noon"),
    ("search", "--csv", "noon"),
    ("quotes",),
    ("quotes", "--jsonl", "--speaker", "Moor"),
    ("speakers",),
    ("notes",),
    ("notes", "--markdown"),
    ("lists",),
    ("keys",),
    ("doctor",),
    ("man",),
    ("completion", "bash"),
)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_file_has_what_would_be_printed(
    library: Shell, ferry: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert library("tag", "sea", ferry) == 0
    assert library("lists", "add", "Boats", "boat") == 0
    assert library(*words) == 0
    printed = library.out
    assert printed
    file = tmp_path / "out.txt"
    assert library(*words, "--output", file) == 0
    assert (library.out, library.err) == (f"Wrote {file}.\n", "")
    assert file.read_text(encoding="utf-8") == printed


def test_an_article_is_written_as_a_record(library: Shell, ferry: Path, tmp_path: Path) -> None:
    file = tmp_path / "article.json"
    assert library("show", "--json", ferry, "-o", file) == 0
    assert json.loads(file.read_bytes())["title"] == "The ferry"


def test_a_file_that_exists_is_replaced_only_if_that_is_wanted(
    library: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "out.txt"
    file.write_text("mine", encoding="utf-8")
    file.chmod(0o640)
    assert library("list", "-o", file) == 1
    message = f"{file} already exists. Nothing was written. To replace it, add --force."
    assert library.err == f"tuireader: {message}\n"
    assert file.read_text(encoding="utf-8") == "mine"
    assert library("list", "-o", file, "--force") == 0
    assert "The ferry" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(library: Shell, tmp_path: Path) -> None:
    file, link = tmp_path / "out.txt", tmp_path / "link.txt"
    link.symlink_to(file)
    assert library("list", "-o", link) == 0
    assert link.is_symlink()
    assert "The ferry" in file.read_text(encoding="utf-8")


def test_nothing_is_written_if_nothing_was_printed_or_the_command_failed(
    library: Shell, tmp_path: Path
) -> None:
    assert library("search", "zebra") == 1
    before = set(tmp_path.iterdir())
    assert library("search", "zebra", "-o", tmp_path / "a.txt") == 1
    assert library("list", "(a", "-o", tmp_path / "b.txt") == 2
    assert library("quotes", "--query", "zebra", "-o", tmp_path / "c.txt") == 1
    assert set(tmp_path.iterdir()) == before


def test_what_could_be_read_is_written_although_the_exit_status_tells_of_an_error(
    library: Shell, ferry: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    assert library("quotes", "--json", "nowhere.txt", ferry, "-o", file) == 1
    assert len(json.loads(file.read_bytes())) == 1


@pytest.mark.parametrize(
    ("place", "reason"),
    [("", "is a folder. Nothing was written."), ("missing/out.txt", "No such file or directory")],
)
def test_a_file_that_cannot_be_written_is_told_at_once(
    library: Shell, tmp_path: Path, place: str, reason: str
) -> None:
    file = tmp_path / place
    assert library("list", "-o", file, "-f") == 1
    assert library.err.startswith(f"tuireader: {file}")
    assert reason in library.err


def test_a_dash_is_standard_output_and_quiet_says_nothing(library: Shell, tmp_path: Path) -> None:
    assert library("list", "-o", "-") == 0
    assert "The ferry" in library.out
    assert library("list", "-q", "-o", tmp_path / "out.txt") == 0
    assert library.out == ""


def test_an_exported_notebook_is_replaced_only_if_that_is_wanted(
    library: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "notebook.json"
    file.write_text("mine", encoding="utf-8")
    assert library("export", file) == 1
    assert "add --force" in library.err
    assert library("export", file, "--force") == 0
    assert "sources" in json.loads(file.read_bytes())


def test_a_notebook_is_exported_to_standard_output(
    library: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "sources" in library.json("export", "-")
    assert not (tmp_path / "-").exists()


def test_an_empty_notebook_tells_how_to_begin(library: Shell) -> None:
    assert library("notes") == 0
    assert library.out == ""
    assert "press b in the reader" in library.err
    assert library("notes", "--markdown") == 0
    assert library.err == ""
