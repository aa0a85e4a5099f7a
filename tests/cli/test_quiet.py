"""What --quiet leaves out, and what --verbose adds."""

from pathlib import Path

import pytest
from cli.shell import Shell

CHANGES = (
    ("star", "FERRY"),
    ("tag", "sea", "FERRY"),
    ("mark", "read", "--query", "noon"),
    ("lists", "add", "Boats", "ferry"),
    ("export", "FOLDER/out.json"),
    ("remove", "FERRY"),
)


@pytest.mark.parametrize("words", CHANGES)
def test_what_was_done_is_told_unless_quiet(
    shell: Shell, ferry: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    names = {"FERRY": str(ferry), "FOLDER/out.json": str(tmp_path / "out.json")}
    line = [names.get(word, word) for word in words]
    assert shell("add", "-q", ferry) == 0
    assert shell.out == ""
    assert shell("--data-dir", tmp_path / "other", "add", ferry) == 0
    assert shell(*line, "--data-dir", tmp_path / "other") == 0
    assert shell.out
    (tmp_path / "out.json").unlink(missing_ok=True)
    assert shell(*line, "--quiet") == 0
    assert (shell.out, shell.err) == ("", "")


def test_errors_are_told_although_quiet(shell: Shell, ferry: Path) -> None:
    assert shell("star", "-q", ferry) == 1
    assert shell.err == f"tuireader: {ferry}: not in your library\n"


def test_a_quiet_import_that_is_not_agreed_to_shows_what_it_would_do(
    shell: Shell, ferry: Path, tmp_path: Path
) -> None:
    assert shell("add", ferry) == shell("star", ferry) == 0
    assert shell("export", tmp_path / "out.json") == 0
    other = ("--data-dir", tmp_path / "other")
    assert shell("import", "-q", tmp_path / "out.json", *other) == 0
    assert "To import it, add --yes." in shell.out
    assert shell("import", "-q", "--yes", tmp_path / "out.json", *other) == 0
    assert (shell.out, shell.err) == ("", "")


def test_verbose_commands_name_what_they_work_on(shell: Shell, ferry: Path, tmp_path: Path) -> None:
    assert shell("add", "-v", ferry) == 0
    assert f"tuireader: added {ferry}\n" in shell.err
    assert shell("search", "-v", "noon") == 0
    assert "tuireader: index: " in shell.err
    assert shell("export", tmp_path / "out.json") == 0
    assert shell("import", "-v", "--yes", tmp_path / "out.json") == 0
    assert f"tuireader: importing {tmp_path / 'out.json'}\n" in shell.err
