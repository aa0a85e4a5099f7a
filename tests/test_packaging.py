"""The wheel and the sdist hold all that the program needs, and run where nothing else is."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# One worker builds and installs once for all tests of this module.
pytestmark = pytest.mark.xdist_group("packaging")


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints; its environment has nothing of this checkout's."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT)
    run(*command, cwd=out)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment in which only the wheel is installed."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder)
    programs = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    options = ("-q", "--disable-pip-version-check", "--no-compile")
    run(*pip, "install", *options, "-c", ROOT / "requirements.txt", wheel, cwd=folder)
    return programs


def expected_inside() -> set[str]:
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    styles = {f"tuireader/styles/{path.name}" for path in (ROOT / "styles").glob("*.tcss")}
    return package | styles


def test_the_wheel_holds_the_package_its_styles_and_its_samples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert expected_inside() <= names
    assert any(name.startswith("tuireader/samples/") and name.endswith(".txt") for name in names)
    assert any(name.startswith("tuireader/styles/") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == expected_inside()


def test_the_sdist_holds_what_is_needed_to_build_and_test(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"pyproject.toml", "Makefile", "LICENSE", "CHANGELOG.md", "requirements.txt"}
    assert needed | {"tests/test_packaging.py", "docs/architecture.md", ".ci/run"} <= names


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    version = run(installed / "tuireader", "--version", cwd=tmp_path)
    assert version.startswith("tuireader ")
    assert run(installed / "python", "-m", "tuireader", "--version", cwd=tmp_path) == version


def test_the_installed_program_shows_a_sample(installed: Path, tmp_path: Path) -> None:
    program = "import tuireader.samples; print(tuireader.samples.__path__[0])"
    samples = Path(run(installed / "python", "-c", program, cwd=tmp_path).strip())
    assert samples.is_relative_to(installed.parent)
    first = min(samples.glob("*.*[dt]"))
    assert len(run(installed / "tuireader", "show", first, cwd=tmp_path)) > 1000


def test_the_installed_program_finds_its_styles(installed: Path, tmp_path: Path) -> None:
    program = (
        "import tuireader, pathlib\n"
        "print(*(pathlib.Path(tuireader.__file__).parent / 'styles').glob('*.tcss'))"
    )
    assert run(installed / "python", "-c", program, cwd=tmp_path).split()
