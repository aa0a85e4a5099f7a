"""The code that Python would make anew at each start is kept, and works as if it were made."""

import collections
import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tuireader.app import generated_code
from tuireader.app.generated_code import GeneratedCode
from tuireader.app.kept_modules import kept_path

PATTERNS: tuple[tuple[str | bytes, int], ...] = (
    (r"(?P<word>\w+)\s(?:\d{2,3}|[a-fé]*?)(?=x)", re.IGNORECASE),
    (rb"^\s*<(\w+)[^>]*>", re.MULTILINE | re.DOTALL),
    ("(?x) a  # one letter", 0),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "start"


@pytest.fixture(autouse=True)
def _fresh_patterns() -> Iterator[None]:
    re.purge()
    yield
    re.purge()


def during(code: GeneratedCode, make: Callable[[], Any]) -> Any:
    code.use()
    try:
        return make()
    finally:
        code.stop()


def a_class() -> Any:
    return dataclasses.make_dataclass(
        "Place", [("x", int), ("y", int, dataclasses.field(default=2))], frozen=True, slots=True
    )


def a_tuple() -> Any:
    return collections.namedtuple("Size", "width height", defaults=(3,))  # noqa: PYI024 - under test


def learnt(path: Path, make: Callable[[], Any]) -> None:
    """Make something once, and keep its code."""
    code = GeneratedCode(str(path))
    during(code, make)
    code.save()


def test_a_data_class_from_kept_code_behaves_as_one_that_was_made(path: Path) -> None:
    learnt(path, a_class)
    kept = GeneratedCode(str(path))
    place = during(kept, a_class)
    assert place(1) == place(1, 2)
    assert hash(place(1)) == hash(place(1))
    assert repr(place(1)) == "Place(x=1, y=2)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        place(1).x = 5
    before = path.read_bytes()
    kept.save()
    assert path.read_bytes() == before, "nothing new was made"


def test_a_named_tuple_from_kept_code_behaves_as_one_that_was_made(path: Path) -> None:
    learnt(path, a_tuple)
    size = during(GeneratedCode(str(path)), a_tuple)
    assert size(4) == (4, 3)
    assert size(width=1, height=2)._asdict() == {"width": 1, "height": 2}


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_compiled_one(path: Path, pattern: str | bytes, flags: int) -> None:
    compiled = re.compile(pattern, flags)
    re.purge()
    learnt(path, lambda: re.compile(pattern, flags))
    re.purge()
    kept = during(GeneratedCode(str(path)), lambda: re.compile(pattern, flags))
    assert kept is not compiled
    assert kept == compiled  # compares the pattern, the flags and the code
    assert kept.groupindex == compiled.groupindex
    assert kept.groups == compiled.groups


def test_what_is_made_after_the_start_is_not_kept(path: Path) -> None:
    code = GeneratedCode(str(path))
    code.use()
    code.stop()
    re.compile("what the user searched for")
    code.save()
    assert not path.exists()


def test_other_things_are_kept_by_name(path: Path) -> None:
    code = GeneratedCode(str(path))
    during(code, lambda: code.keep("rules", b"parsed"))
    code.save()
    next_time = GeneratedCode(str(path))
    assert during(next_time, lambda: next_time.other("rules")) == b"parsed"
    assert next_time.other("unknown") == b""


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:40], lambda _: b"", lambda _: b"\xff" * 9, lambda _: b"i\0\0\0\0"],
)
def test_a_damaged_file_is_not_used(path: Path, damage: Callable[[bytes], bytes]) -> None:
    learnt(path, a_class)
    path.write_bytes(damage(path.read_bytes()))
    assert during(GeneratedCode(str(path)), a_class)(1).y == 2


def test_a_changed_bit_is_found_wherever_it_is(path: Path) -> None:
    learnt(path, a_class)
    content = path.read_bytes()
    for place in range(0, len(content), len(content) // 40):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert during(GeneratedCode(str(path)), a_class)(1).y == 2


def test_a_file_of_another_version_of_python_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt(path, a_tuple)
    monkeypatch.setattr(sys, "version", "3.99")
    assert generated_code._read(str(path)) == ({}, {}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_others_may_write_is_not_used(path: Path) -> None:
    learnt(path, a_tuple)
    path.chmod(0o666)
    assert generated_code._read(str(path)) == ({}, {}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_what_is_kept_is_used_whatever_the_umask_is(path: Path) -> None:
    before = os.umask(0o002)
    try:
        learnt(path, a_tuple)
    finally:
        os.umask(before)
    assert any(generated_code._read(str(path)))


def test_nothing_is_kept_where_python_keeps_no_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert kept_path("start") == ""
    code = GeneratedCode("")
    assert during(code, a_tuple)(1) == (1, 3)
    code.save()


def test_a_second_start_makes_nothing_anew(path: Path) -> None:
    program = """
import sys
from tuireader.app.generated_code import GeneratedCode
from tuireader.app.kept_modules import kept_path
code = GeneratedCode(sys.argv[1])
code.use()
import tuireader.ui.app
code.stop()
code.save()
print(len(code._new_codes), len(code._new_patterns))
"""
    command = [sys.executable, "-c", program, str(path)]
    made = [
        [int(count) for count in subprocess.check_output(command, text=True).split()]
        for _ in range(2)
    ]
    assert min(made[0]) > 0
    assert made[1] == [0, 0]
