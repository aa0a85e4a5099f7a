"""What in the settings is not used is told at the start, on the screen and on the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.sources.html.selectors import is_selector

PAGE = (
    "<html><head><title>The ferry</title></head><body><nav>Menu</nav><article>"
    "<p>The ferry left the harbour an hour late, and nobody on the quay had been told why it"
    " was late again, or for how long it would be.</p></article></body></html>"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.mark.parametrize("command", [["list"], ["notes"], ["show", "page.html"]])
def test_each_command_tells_each_fault_once_on_standard_error(
    data: Path,
    tmp_path: Path,
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(PAGE, encoding="utf-8")
    settings = data / "settings.toml"
    settings.write_text('colum = 3\ncolumn = 0\n[sites]\n"a.example" = "//p[("\n')
    before = settings.read_bytes()
    assert main(["--data-dir", str(data), *command]) == 0
    err = capsys.readouterr().err
    said = [line for line in err.splitlines() if "settings" in line]
    assert [line.count(str(settings)) for line in said] == [1, 1, 1]
    assert "column must be" in said[0]
    assert "did you mean “column”?" in said[1]
    assert "“a.example” in [sites]" in said[2]
    assert settings.read_bytes() == before


def test_a_page_of_a_site_with_a_bad_selector_is_read_as_usual(data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    saved = "<!-- saved from url=(0030)https://harbour.example/ferry -->"
    page.write_text(saved + PAGE, encoding="utf-8")
    (data / "settings.toml").write_text('[sites]\n"harbour.example" = "div[["\n')
    command = [sys.executable, "-m", "tuireader", "--data-dir", str(data), "show", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "an hour late" in done.stdout
    assert "“div[[” is ignored" in done.stderr


@pytest.mark.parametrize(
    "selector", ["div", ".story", "#main", "div.story.wide", "//div[@id='a']", "(//p)[1]"]
)
def test_a_selector_that_makes_sense(selector: str) -> None:
    assert is_selector(selector)


@pytest.mark.parametrize(
    "selector",
    ["", "div >", "div[a]", "//p[(", "//a:b", "(1 + 1)", "\x00"],
)
def test_a_selector_that_makes_none(selector: str) -> None:
    assert not is_selector(selector)
