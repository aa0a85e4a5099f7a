"""Modules are imported from one file as they would be from their own."""

import importlib
import importlib.resources
import importlib.util
import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

from tuireader.app import kept_modules
from tuireader.app.kept_modules import KeptModules, kept_path, write_kept

NAMES = ("harbour", "harbour.quay", *(f"harbour.boat{number}" for number in range(9)))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that can be imported, with a resource; its modules are forgotten at the end."""
    folder = tmp_path / "lib" / "harbour"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("depth = 12\n")
    (folder / "quay.py").write_text('"""The quay."""\n\n\ndef length():\n    return 90\n')
    for name in NAMES[2:]:
        (folder / f"{name.partition('.')[2]}.py").write_text("crew = 4\n")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    yield folder
    forget()


def forget() -> None:
    for name in NAMES:
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


def imported(kept: KeptModules, *names: str) -> list[ModuleType]:
    """Import modules anew while the kept ones are used."""
    forget()
    kept.use()
    try:
        return [importlib.import_module(name) for name in names]
    finally:
        kept.stop()


@pytest.fixture
def file(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with all modules of the package."""
    assert package.exists()
    path = tmp_path / "modules"
    # The path of the libraries, without those that pytest changes in between.
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    kept = KeptModules(str(path))
    imported(kept, *NAMES)
    kept.save()
    assert path.exists()
    return path


def is_kept(module: ModuleType) -> bool:
    return type(module.__loader__).__module__ == kept_modules.__name__


def test_a_module_from_the_file_is_as_any_other(file: Path, package: Path) -> None:
    harbour, quay = imported(KeptModules(str(file)), "harbour", "harbour.quay")
    assert is_kept(harbour)
    assert is_kept(quay)
    assert (harbour.depth, quay.length()) == (12, 90)
    assert quay.__file__ == str(package / "quay.py")
    assert harbour.__path__ == [str(package)]
    assert quay.__doc__ == "The quay."
    assert quay.__spec__ is not None
    assert quay.__spec__.cached == importlib.util.cache_from_source(str(package / "quay.py"))
    assert "return 90" in inspect.getsource(quay)
    assert importlib.resources.files("harbour").joinpath("quay.py").is_file()


def test_the_code_of_a_module_can_be_had_after_the_start(file: Path) -> None:
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    loader = cast("Any", quay.__loader__)
    assert loader.get_code("harbour.quay").co_filename == quay.__file__


def test_a_changed_module_is_imported_as_it_is_now(file: Path, package: Path) -> None:
    (package / "quay.py").write_text("def length():\n    return 120\n")
    harbour, quay = imported(KeptModules(str(file)), "harbour", "harbour.quay")
    assert quay.length() == 120
    assert is_kept(harbour)
    assert not is_kept(quay)


def test_the_file_is_written_anew_when_a_module_has_changed(file: Path, package: Path) -> None:
    (package / "quay.py").write_text("def length():\n    return 120\n")
    kept = KeptModules(str(file))
    imported(kept, *NAMES)
    kept.save()
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    assert is_kept(quay)
    assert quay.length() == 120


def test_a_module_that_is_gone_is_not_found(file: Path, package: Path) -> None:
    (package / "quay.py").unlink()
    with pytest.raises(ModuleNotFoundError):
        imported(KeptModules(str(file)), "harbour.quay")


def test_the_file_is_not_written_again_for_a_start_that_needs_less(file: Path) -> None:
    before = file.stat().st_mtime_ns
    kept = KeptModules(str(file))
    imported(kept, "harbour")
    kept.save()
    assert file.stat().st_mtime_ns == before


def test_what_other_starts_needed_stays_in_the_file(file: Path, package: Path) -> None:
    (package / "quay.py").write_text("def length():\n    return 120\n")
    kept = KeptModules(str(file))
    imported(kept, "harbour.quay")
    kept.save()
    (boat,) = imported(KeptModules(str(file)), "harbour.boat3")
    assert is_kept(boat)


def test_the_file_is_not_used_with_other_libraries(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    assert not is_kept(quay)
    assert quay.length() == 90


def test_modules_of_the_folder_that_a_start_is_in_are_not_kept(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = [each for each in sys.path if each != str(package.parent)]
    monkeypatch.setattr(sys, "path", [str(package.parent), *libraries])
    path = tmp_path / "modules"
    kept = KeptModules(str(path))
    imported(kept, *NAMES)
    kept.save()
    (quay,) = imported(KeptModules(str(path)), "harbour.quay")
    assert not is_kept(quay)


def test_the_file_of_another_checkout_is_not_used(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_modules, "__file__", "/other/tuireader/app/kept_modules.py")
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    assert not is_kept(quay)


def test_nothing_is_left_of_a_file_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", full)
    write_kept(str(tmp_path / "modules"), b"kept")
    assert list(tmp_path.iterdir()) == []


def flipped(content: bytes, place: int) -> bytes:
    """The content with one bit changed."""
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


@pytest.mark.parametrize("damage", [lambda _: b"", lambda old: old[:50], lambda _: b"\xff" * 99])
def test_a_damaged_file_is_not_used(file: Path, damage: Callable[[bytes], bytes]) -> None:
    file.write_bytes(damage(file.read_bytes()))
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    assert quay.length() == 90


def test_a_changed_bit_is_found_wherever_it_is(file: Path) -> None:
    content = file.read_bytes()
    for place in range(0, len(content), len(content) // 40):
        file.write_bytes(flipped(content, place))
        (quay,) = imported(KeptModules(str(file)), "harbour.quay")
        assert quay.length() == 90


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_others_may_write_is_not_used(file: Path) -> None:
    file.chmod(0o666)
    (quay,) = imported(KeptModules(str(file)), "harbour.quay")
    assert not is_kept(quay)


@pytest.fixture
def _system_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program is installed in a folder of the system."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TUIREADER_DATA_DIR", raising=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps them beside the bytecode only")
@pytest.mark.usefixtures("_system_folder")
def test_what_the_system_does_not_let_us_keep_is_in_the_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(kept_path("never"))
    assert path.parent == tmp_path / "tuireader"
    write_kept(str(path), b"kept")
    assert path.read_bytes() == b"kept"
    assert path.parent.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))
    assert kept_path("never") == "", "all files are in the folder that was named"


def test_a_second_start_imports_from_the_file(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from tuireader.app.start_cache import StartCache
cache = StartCache(Path(sys.argv[1]))
cache.use()
import tuireader.ui.app
cache.stop()
cache.save()
loaded = [module for name, module in sys.modules.items() if name.startswith("textual.")]
print(sum(type(module.__loader__).__name__ == "_Loader" for module in loaded) / len(loaded))
"""
    environment = {name: each for name, each in os.environ.items() if "BYTECODE" not in name}
    command = [sys.executable, "-c", program, str(tmp_path)]
    shares = [float(subprocess.check_output(command, env=environment)) for _ in range(2)]
    assert shares[0] == 0
    assert shares[1] > 0.95
