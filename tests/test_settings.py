"""What the reader has chosen."""

from pathlib import Path

import pytest

from tuireader.domain.errors import SettingsError
from tuireader.settings import Settings, load, remember


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_stand(path: Path) -> None:
    assert load(path) == Settings(theme="textual-dark", column=72, sort="as opened")
    assert not path.parent.exists()


def test_what_the_file_says_replaces_the_defaults(path: Path) -> None:
    assert load(written(path, 'theme = "nord"\n')) == Settings(theme="nord")


def test_a_setting_of_another_version_is_no_error(path: Path) -> None:
    assert load(written(path, "later = 3\n[more]\nx = 1\n")) == Settings()


@pytest.mark.parametrize("line", ['column = "wide"', "column = true", "column = 7.5", "theme = 1"])
def test_a_value_of_the_wrong_kind_names_file_and_key(path: Path, line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(written(path, line))
    assert str(path) in str(caught.value)
    assert line.split(maxsplit=1)[0] in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["column = ", "= 3", "\x00", 'theme = "a'])
def test_a_broken_file_is_named_and_left_as_it_is(path: Path, text: str) -> None:
    written(path, text)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load(path)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        remember(path, theme="nord")
    assert path.read_text(encoding="utf-8") == text


def test_a_file_in_another_encoding_is_named(path: Path) -> None:
    written(path, "")
    path.write_bytes('theme = "ä"'.encode("utf-16"))
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load(path)


def test_a_folder_in_the_files_place_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load(path)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        remember(path, theme="nord")


def test_a_choice_is_remembered(path: Path) -> None:
    remember(path, theme="nord")
    remember(path, column=64)
    assert load(path) == Settings(theme="nord", column=64)


def test_comments_and_other_keys_survive_a_choice(path: Path) -> None:
    written(path, '# mine\ntheme = "nord"  # dark\n\nlater = 3\n')
    remember(path, theme="gruvbox")
    assert path.read_text(encoding="utf-8") == '# mine\ntheme = "gruvbox"  # dark\n\nlater = 3\n'


def test_a_new_key_does_not_fall_into_the_files_last_table(path: Path) -> None:
    written(path, "[more]\nx = 1\n")
    remember(path, column=64)
    assert load(path).column == 64


def test_sites_have_selectors(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[sites]\n"Harbour.example" = "div.story"\n', encoding="utf-8")
    assert load(file).sites == (("harbour.example", "div.story"),)
    file.write_text('[sites]\n"harbour.example" = 1\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="sites"):
        load(file)
