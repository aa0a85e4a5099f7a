"""Every command in the README does what a reader of it expects."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:sh|console)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LINES = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines() if line]
COMMANDS = [line.partition("  #")[0].strip() for line in LINES]
OPENS_THE_READER = {"tuireader", "tuireader article.txt"}
RUN_HERE = [
    command for command in COMMANDS if "tuireader" in command and command not in OPENS_THE_READER
]
BOOKMARKS = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
    '<DT><A HREF="https://harbour.example/1">The ferry</A></DL>'
)
ARTICLE = "The ferry\n\n“We sail at noon,” Ada Moor said on Monday. “We always have.”\n"


def test_the_readme_shows_commands_of_every_kind() -> None:
    assert COMMANDS[0] == "make run"
    assert {"make test", "make check", "pipx install ."} <= set(COMMANDS)
    assert set(COMMANDS) >= OPENS_THE_READER
    for name in ("add", "list", "show", "quotes", "notes"):
        assert any(f"tuireader {name}" in command for command in RUN_HERE), name


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("make ")])
def test_every_make_target_exists(command: str) -> None:
    target = command.split()[1]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.* ## ", makefile, re.MULTILINE)


@pytest.mark.parametrize("command", RUN_HERE)
def test_every_command_runs(command: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "bookmarks.html").write_text(BOOKMARKS, encoding="utf-8")
    if "import" in command:
        (tmp_path / "kept.json").write_text('{"sources": {}}', encoding="utf-8")
    environ = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TUIREADER_DATA_DIR": str(tmp_path / "data"),
    }
    result = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout or not command.startswith("tuireader show")


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!https?:)[^)#]+)\)", README))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()


def test_the_readme_names_every_export_that_is_read() -> None:
    from tuireader.importers.detect import formats_text

    assert formats_text() in " ".join(README.split())
