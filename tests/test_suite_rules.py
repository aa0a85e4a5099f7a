"""The rules that the tests themselves keep."""

import ast
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "src" / "tuireader"
MODULES = [path for path in sorted(TESTS.rglob("*.py")) if TESTS / "fuzz" not in path.parents]
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "sleep"}
WAITING = {"pty_terminal.py"}
"""What reads a clock to end when something that was waited for does not come."""

WHOLE_PROGRAM = (
    "tuireader.__main__",
    "tuireader.sources.open",
    "cli.shell",
    '"-m", "tuireader"',
    "(start",
    "screens.scenes",
)
"""How a test runs the program: its entry point, a process, or the fixture of the screens' tests."""


def name_of(path: Path) -> str:
    return path.relative_to(TESTS).as_posix()


def clocks_in(tree: ast.AST) -> set[str]:
    """The lines on which a clock is read, or a time limit is set for a test."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt | ast.expr):
            continue
        named = ""
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "time":
            named = node.attr.removesuffix("_ns")
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            named = next((alias.name for alias in node.names if alias.name in CLOCKS), "")
        if named in CLOCKS:
            found.add(f"{node.lineno}: {named}")
        if isinstance(node, ast.Import) and any(alias.name == "timeit" for alias in node.names):
            found.add(f"{node.lineno}: timeit")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("settings"):
            found |= {
                f"{node.lineno}: deadline" for word in node.keywords if word.arg == "deadline"
            }
        if isinstance(node, ast.Assert) and "time.time" in ast.unparse(node):
            found.add(f"{node.lineno}: time")
    return found


def test_no_test_reads_a_clock() -> None:
    found = {}
    for path in MODULES:
        if name_of(path) not in WAITING:
            found[name_of(path)] = clocks_in(ast.parse(path.read_text(encoding="utf-8")))
    found = {name: lines for name, lines in found.items() if lines}
    assert not found, found


@pytest.mark.parametrize(
    "program",
    [
        "begun = time.perf_counter()",
        "from time import monotonic",
        "import timeit",
        "time.sleep(1)",
        "assert time.time() - begun < 2",
        "@settings(deadline=200)\ndef test_it(): pass",
    ],
)
def test_a_clock_is_found(program: str) -> None:
    assert clocks_in(ast.parse(program))


def test_each_folder_of_tests_is_a_folder_of_the_program() -> None:
    folders = {path.parent.relative_to(TESTS) for path in MODULES if path.stem.startswith("test_")}
    assert not {folder.as_posix() for folder in folders if not (PACKAGE / folder).is_dir()}


def test_each_test_is_in_the_folder_of_what_it_tests() -> None:
    """It names that part of the program, or runs the whole of it."""
    misplaced = []
    for path in MODULES:
        folder = path.parent.relative_to(TESTS)
        if path.stem.startswith("test_") and folder.parts:
            text = path.read_text(encoding="utf-8")
            part = ".".join(("tuireader", *folder.parts))
            helpers = f"{'.'.join(folder.parts)}.conftest"
            if not any(words in text for words in (part, helpers, *WHOLE_PROGRAM)):
                misplaced.append(name_of(path))
    assert not misplaced


def test_a_program_that_a_test_starts_can_be_interrupted() -> None:
    """Also where the suite was started in the background, with interrupts ignored."""
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    program = "import signal; print(signal.getsignal(signal.SIGINT) is not signal.SIG_IGN)"
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"True\n"
