"""Completion, as the scripts of the shells ask for it; bash itself is asked if it is there."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli.shell import Shell

from tuireader.cli.parser import COMMANDS, COMPLETION_VARIABLE


@pytest.fixture
def complete(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Returns the completions of a command line as (type, value)."""

    def ask(line: str) -> list[tuple[str, str]]:
        words = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        monkeypatch.setenv(COMPLETION_VARIABLE, "bash_complete")
        assert shell() == 0
        pairs = [found.partition(",") for found in shell.out.splitlines() if found]
        return [(kind, value) for kind, _, value in pairs]

    return ask


def values(found: list[tuple[str, str]]) -> set[str]:
    return {value for kind, value in found if kind == "plain"}


@pytest.mark.parametrize("instruction", ["bash_complete", "tcsh_complete", "x"])
def test_a_request_without_a_command_line_fails_quietly(
    instruction: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMP_WORDS", raising=False)
    monkeypatch.setenv(COMPLETION_VARIABLE, instruction)
    assert shell() == 1
    assert not shell.out + shell.err


def test_the_first_word_is_a_command_or_a_file(complete: Any) -> None:
    assert values(complete("tuireader ")) == set(COMMANDS)
    assert values(complete("tuireader ex")) == {"export"}
    assert ("file", "art") in complete("tuireader art")
    assert values(complete("tuireader --data-dir d li")) == {"list", "lists"}


def test_after_a_source_there_are_only_files(complete: Any) -> None:
    assert complete("tuireader a.txt ") == [("file", "")]
    assert complete("tuireader add a.txt b") == [("file", "b")]


def test_options_of_a_command_are_completed(complete: Any) -> None:
    output = {"--quiet", "--verbose", "--no-color"}
    assert values(complete("tuireader restore --")) == output | {
        "--at", "--dry-run", "--json", "--data-dir", "--help"
    }  # fmt: skip
    assert values(complete("tuireader quotes a.txt --un")) == {"--unattributed"}
    assert values(complete("tuireader --")) == output | {
        "--accessible", "--data-dir", "--encoding", "--password", "--version", "--help"
    }  # fmt: skip


@pytest.mark.parametrize(
    "line", ["list --data-dir = x", "list --data-dir =", "quotes --data-dir = d x"]
)
def test_a_value_after_an_equals_sign_is_completed_although_bash_splits_there(
    line: str, complete: Any
) -> None:
    kind = "file" if line.startswith("quotes") else "dir"
    assert complete(f"tuireader {line}") == [(kind, line.rpartition(" ")[2].strip("="))]


def test_values_of_options_and_arguments_are_completed(complete: Any) -> None:
    assert complete("tuireader list --data-dir x") == [("dir", "x")]
    assert values(complete("tuireader completion ")) == {"bash", "zsh", "fish"}
    assert values(complete("tuireader help res")) == {"restore"}
    assert not complete("tuireader quotes --speaker ")
    assert not complete("tuireader doctor ")
    assert complete("tuireader quotes --output x") == [("file", "x")]
    assert "path" in values(complete("tuireader config "))
    assert values(complete("tuireader config set hy")) == {"hyphenate"}
    assert values(complete("tuireader config set bidi ")) == {"terminal", "program", "off"}


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(name: str, shell: Shell) -> None:
    assert shell("completion", name) == 0
    assert f"{COMPLETION_VARIABLE}={name}_complete" in shell.out
    if program := shutil.which(name):
        checked = subprocess.run([program, "-n"], input=shell.out, text=True, check=False)
        assert checked.returncode == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_completes_commands_and_files_together(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "ex libris.txt").touch()
    program = tmp_path / "bin" / "tuireader"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tuireader "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shell("completion", "bash")
    script = (
        f"{shell.out}\nCOMP_WORDS=(tuireader ex) COMP_CWORD=1\n"
        f"_tuireader_completion {program} ex tuireader\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["export", "ex libris.txt"], done.stderr
