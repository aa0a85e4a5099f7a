from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.pilot_reader import Start

from tuireader.paths import AppPaths
from tuireader.ui.themes.files import load_themes

PAPER = 'background = "#f4ecd8"\nforeground = "#433422"\nprimary = "#7a4b00"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "themes"
    made.mkdir()
    return made


def test_three_colours_are_a_theme(folder: Path) -> None:
    (folder / "paper.toml").write_text(PAPER + 'dim = "#6b5a44"\n')
    [theme], faults = load_themes(folder, ())
    assert not faults
    assert (theme.name, theme.dark, theme.variables) == ("paper", False, {"dim": "#6b5a44"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("background = #", "The theme is not TOML in UTF-8"),
        (b"\xff", "The theme is not TOML in UTF-8"),
        (PAPER.replace("primary", "second"), "primary is missing. The theme is not offered."),
        (PAPER + 'dim = "greyish"\n', "dim must be a colour such as “#7fb0ff”, and “greyish” is"),
        (PAPER + "dim = 3\n", "dim must be a colour"),
        (PAPER + 'dim = "ansi_red"\n', "dim must be a colour"),
        (PAPER + "dark = 1\n", "dark must be true or false."),
        ("x = 1\n" * 20000, "too large"),
    ],
)
def test_a_fault_is_told_in_a_sentence(folder: Path, content: str | bytes, told: str) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "paper.toml").write_bytes(data)
    themes, faults = load_themes(folder, ())
    assert not themes
    assert any(told in fault and str(folder) in fault for fault in faults)


def test_an_unknown_key_is_told_and_the_theme_is_offered(folder: Path) -> None:
    (folder / "paper.toml").write_text(PAPER + 'dimm = "#6b5a44"\n')
    [theme], [fault] = load_themes(folder, ())
    assert theme.name == "paper"
    assert "“dimm” is not a colour of a theme." in fault


def test_the_name_of_another_theme_is_not_taken(folder: Path) -> None:
    (folder / "nord.toml").write_text(PAPER)
    themes, [fault] = load_themes(folder, {"nord"})
    assert not themes
    assert "“nord” is the name of another theme; rename the file." in fault


def test_a_folder_that_does_not_exist_has_no_themes(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none", ()) == ([], [])


@given(st.binary(max_size=300))
def test_any_bytes_give_a_theme_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("themes", numbered=True)
    (folder / "any.toml").write_bytes(data)
    themes, faults = load_themes(folder, ())
    assert bool(themes) or faults


async def test_a_theme_of_the_readers_is_used_and_faults_are_told(
    start: Start, folders: AppPaths
) -> None:
    themes = folders.config / "themes"
    themes.mkdir(parents=True)
    (themes / "paper.toml").write_text(PAPER)
    (themes / "ink.toml").write_text("background = 1\n")
    (folders.config / "settings.toml").write_text('theme = "paper"\n')
    async with start() as reader:
        assert reader.app.theme == "paper"
        told = [note.message for note in reader.app._notifications]
        assert any("ink.toml: foreground is missing." in message for message in told)
