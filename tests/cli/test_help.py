"""The help, the manual page, and what mistyped words get as an answer."""

import subprocess
import sys
from typing import Any

import click
import pytest
from cli.shell import Shell

from tuireader import __version__
from tuireader.cli.options import DeclaredCommand
from tuireader.cli.parser import COMMANDS, SECTIONS
from tuireader.cli.root import root_command

SLOW = ("textual", "tinydb", "sqlite3", "lxml", "urllib3", "tuireader.quotes", "multiprocessing")


def declared(name: str) -> DeclaredCommand:
    root = root_command()
    found = root.get_command(click.Context(root, info_name="tuireader"), name)
    assert isinstance(found, DeclaredCommand)
    return found


def test_the_help_names_every_command_in_its_section(shell: Shell) -> None:
    assert shell("--help") == 0
    positions = [shell.out.index(f"\n{section}:\n") for section in SECTIONS]
    assert positions == sorted(positions)
    for name, summary in COMMANDS.items():
        assert f"  {name.ljust(10)}  {summary}\n" in shell.out
    for option in ("--data-dir DIR", "-V, --version", "-h, --help"):
        assert option in shell.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_that_fits_into_80_columns(name: str, shell: Shell) -> None:
    assert shell(name, "--help") == 0
    shown = shell.out
    assert shown.startswith(f"Usage: tuireader {name} [OPTIONS]")
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert shell(name, "-h") == 0
    assert shell.out == shown
    assert shell("help", name) == 0
    assert shell.out == shown


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_help_begins_with_its_summary(name: str) -> None:
    assert (declared(name).help or "").partition("\n")[0] == f"{COMMANDS[name]}."


def test_help_without_a_command_is_the_help_of_the_program(shell: Shell) -> None:
    assert shell("--help") == 0
    shown = shell.out
    assert shell("help") == 0
    assert shell.out == shown


@pytest.mark.parametrize("words", [["help", "quotes"], ["help"], ["man"]])
def test_the_help_and_the_manual_page_accept_the_folder_of_the_data(
    words: list[str], shell: Shell
) -> None:
    assert shell(*words) == 0
    printed = shell.out
    assert shell("--data-dir", "d", *words) == 0
    assert shell.out == printed


def test_the_help_imports_nothing_slow() -> None:
    program = (
        "import sys\nfrom tuireader.__main__ import main\nmain(['--help'])\n"
        f"print(*[name for name in {SLOW} if name in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not result.stderr.split()


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_printed(option: str, shell: Shell) -> None:
    assert shell(option) == 0
    assert shell.out == f"tuireader {__version__}\n"
    assert shell("--data-dir", "d", option) == 0
    assert shell.out == f"tuireader {__version__}\n"


# What was mistyped


@pytest.mark.parametrize(
    ("word", "meant"), [("exprot", "export"), ("quote", "quotes"), ("Lst", "list")]
)
@pytest.mark.parametrize("options", [[], ["--data-dir", "d"]])
def test_a_word_that_is_no_file_but_resembles_a_command_is_told(
    word: str, meant: str, options: list[str], shell: Shell
) -> None:
    assert shell(*options, word) == 1
    message = f"{word}: No such file or folder. Did you mean the command '{meant}'?"
    assert shell.err == f"tuireader: {message}\n"


@pytest.mark.parametrize("word", ["notes.txt", "./notse", "zebra", "\0"])
def test_a_word_that_resembles_no_command_is_only_not_found(word: str, shell: Shell) -> None:
    assert shell(word) == 1
    assert "Did you mean" not in shell.err


def test_a_file_that_resembles_a_command_is_opened(
    shell: Shell, ferry: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ferry.parent)
    ferry.rename("exprot")
    assert shell("exprot") == 0
    assert "The boat leaves" in shell.out


def test_a_mistyped_option_or_command_name_is_told_with_the_right_one(shell: Shell) -> None:
    assert shell("notes", "--markdwn") == 2
    assert "No such option '--markdwn'. Did you mean '--markdown'?" in shell.err
    assert "\nUsage: tuireader notes [OPTIONS] [SOURCE...]\n" in shell.err
    assert shell("help", "exprt") == 2
    assert "No such command 'exprt'. Did you mean 'export'?" in shell.err


# The manual page


def test_the_manual_page_has_every_command_with_its_options(shell: Shell) -> None:
    assert shell("man") == 0
    assert shell.out.startswith(".TH TUIREADER 1 ")
    for name in COMMANDS:
        assert f"\\fBtuireader {name}\\fP [\\fIOPTIONS\\fP]" in shell.out
    for option in ("dry\\-run", "unattributed", "data\\-dir DIR", "markdown", "repair"):
        assert f"\\fB\\-\\-{option}" in shell.out
    assert all(line.isascii() for line in shell.out.splitlines())


def test_text_in_the_manual_page_is_no_request_of_roff(shell: Shell) -> None:
    shell("man")
    requests = {line.split()[0] for line in shell.out.splitlines() if line.startswith(".")}
    assert requests <= {".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".br", ".nf", ".fi"}
    assert not [line for line in shell.out.splitlines() if line.startswith("'")]
