"""What the reader has chosen."""

import os
from pathlib import Path

import pytest

from tuireader import settings_table
from tuireader.domain.article_list import SortOrder
from tuireader.domain.errors import SettingsError
from tuireader.layout import frame
from tuireader.settings import Settings, load_settings, save_setting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_stand(path: Path) -> None:
    assert load_settings(path) == Settings(theme="auto", column=72, sort="as opened")
    assert not path.parent.exists()


def test_what_the_file_says_replaces_the_defaults(path: Path) -> None:
    assert load_settings(written(path, 'theme = "nord"\n')) == Settings(theme="nord")


def warning(path: Path, text: str) -> str:
    """The one sentence about a file of that text; it names the file."""
    [sentence] = load_settings(written(path, text)).warnings
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    return sentence.removeprefix(str(path)).partition(": ")[2]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# mine\ncolumn = 3\n", 2),
        ('theme = "nord"\n\nlater = 3\n', 3),
        ("theme = 7\n", 1),
        ('column = 64\nsort = "newest"\n', 2),
        ("tint = 1\n", 1),
        ("column = 64\n[colour]\nx = 1\n", 2),
        ("column = 64\ncolours.x = 1\n", 2),
        ('[keys]\npreset = "vi"\n', 2),
        ("[keys]\nquit = 3\n", 2),
        ("[keys.text]\nbookmark = [3]\n", 2),
        ("\nkeys = 3\n", 2),
        ('[commands]\nshout = "echo \'"\n', 2),
        ('[sites]\n"a.example" = ".x"\n"b.example" = 1\n', 3),
        ('[sites]\n"https://a.example" = ".x"\n', 2),
    ],
)
def test_each_fault_is_told_with_its_line(path: Path, text: str, line: int) -> None:
    [sentence] = load_settings(written(path, text)).warnings
    assert sentence.startswith(f"{path}, line {line}: ")


def test_a_key_that_is_not_known_is_ignored_and_named(path: Path) -> None:
    assert load_settings(written(path, "[more]\nx = 1\n")) == Settings()
    assert warning(path, "later = 3\n") == (
        "“later” is not a setting and is ignored; the settings are theme, column, sort, "
        "tint, hyphenate, justify, small_caps, wrap_code, bidi, accessible, articles_width, "
        "quotes_width, keys, commands, sites."
    )


@pytest.mark.parametrize(
    ("key", "meant"),
    [("colum", "column"), ("Theme", "theme"), ("site", "sites"), ("sorting", "sort")],
)
def test_a_key_that_is_nearly_known_names_the_one_that_was_meant(
    path: Path, key: str, meant: str
) -> None:
    assert f"did you mean “{meant}”?" in warning(path, f"{key} = 1\n")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("column = -3", "-3"),
        ("column = 0", "0"),
        ("column = 19", "19"),
        ("column = 1000000000", "1000000000"),
        (f"column = 0x{'f' * 5000}", "a number that large"),
        ('column = "wide"', "“wide”"),
        ("column = true", "true"),
        ("column = 7.5", "7.5"),
        ("column = [72]", "a list"),
        ("[column]", "a table"),
    ],
)
def test_a_width_that_is_not_possible_is_named_with_what_is(
    path: Path, line: str, shown: str
) -> None:
    assert load_settings(written(path, f'theme = "nord"\n{line}\n')) == Settings(theme="nord")
    assert warning(path, line) == (
        f"column must be a whole number from 20 to 200; {shown} is ignored, and 72 is used."
    )


def test_an_order_that_does_not_exist_names_those_that_do(path: Path) -> None:
    said = warning(path, 'sort = "newest"\n')
    assert all(f"“{order.value}”" in said for order in SortOrder)
    assert "“newest” is ignored, and “as opened” is used. Did you mean “newest first”?" in said
    assert warning(path, "sort = 3\n").endswith("3 is ignored, and “as opened” is used.")
    for order in SortOrder:
        assert load_settings(written(path, f'sort = "{order.value}"\n')).warnings == ()


def test_a_theme_that_is_no_text_is_named(path: Path) -> None:
    assert "3 is ignored, and “auto” is used." in warning(path, "theme = 3\n")


def test_a_very_long_value_is_shortened(path: Path) -> None:
    assert len(warning(path, f'column = "{"x" * 10_000}"\n')) < 200


def test_all_that_is_wrong_is_told_and_the_rest_is_used(path: Path) -> None:
    found = load_settings(written(path, 'theme = "nord"\ncolumn = 0\nsort = 1\nwidth = 3\n'))
    assert found == Settings(theme="nord")
    assert len(found.warnings) == 3


@pytest.mark.parametrize(
    "text", ["column = ", "= 3", "\x00", 'theme = "a', "column = 10**9", f"x = {'[' * 20_000}"]
)
def test_a_file_that_is_not_toml_is_named_and_left_as_it_is(path: Path, text: str) -> None:
    assert load_settings(written(path, text)) == Settings()
    said = warning(path, text)
    assert "the settings are not TOML" in said
    assert "the usual settings are used" in said
    with pytest.raises(SettingsError, match=r"settings\.toml.* your choice holds until you quit"):
        save_setting(path, theme="nord")
    assert path.read_text(encoding="utf-8") == text


def test_where_the_file_is_not_toml_is_told(path: Path) -> None:
    assert "at line 2, column 10" in warning(path, 'theme = "nord"\ncolumn = wide\n')


def test_a_file_in_another_encoding_is_named_with_the_line(path: Path) -> None:
    written(path, "")
    path.write_bytes(b"column = 64\ntheme = '\xe4'\n")
    [said] = load_settings(path).warnings
    assert "the settings are not UTF-8 (at line 2)" in said
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        save_setting(path, theme="nord")
    assert path.read_bytes() == b"column = 64\ntheme = '\xe4'\n"


def test_a_folder_or_a_pipe_in_the_files_place_is_named(path: Path) -> None:
    path.parent.mkdir()
    for make in (os.mkdir, os.mkfifo):
        make(path)
        [said] = load_settings(path).warnings
        assert "the settings cannot be read" in said
        with pytest.raises(SettingsError, match=r"settings\.toml"):
            save_setting(path, theme="nord")
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("text", ['[theme]\nname = "mine"\n', 'theme = ["a", "b"]\n'])
def test_a_choice_replaces_no_table_and_no_list_of_the_reader(path: Path, text: str) -> None:
    written(path, text)
    with pytest.raises(SettingsError, match=r"theme is a .*, which is not replaced"):
        save_setting(path, theme="nord")
    assert path.read_text(encoding="utf-8") == text


def test_a_choice_replaces_a_value_that_was_not_possible(path: Path) -> None:
    save_setting(written(path, "# mine\ncolumn = 0 # as wide as it goes\nlater = 3\n"), column=64)
    kept = path.read_text(encoding="utf-8")
    assert kept == "# mine\ncolumn = 64 # as wide as it goes\nlater = 3\n"


def test_the_widths_are_those_that_the_screen_can_show() -> None:
    assert (settings_table.MIN_COLUMN, settings_table.MAX_COLUMN) == (
        frame.MIN_COLUMN,
        frame.MAX_COLUMN,
    )


def test_a_choice_is_remembered(path: Path) -> None:
    save_setting(path, theme="nord")
    save_setting(path, column=64)
    assert load_settings(path) == Settings(theme="nord", column=64)


def test_a_preset_of_keys_is_kept_in_its_table(path: Path) -> None:
    save_setting(written(path, '[keys] # mine\nquit = "Q"\n'), **{"keys.preset": "less"})
    assert load_settings(path).preset == "less"
    assert '[keys] # mine\nquit = "Q"\npreset = "less"' in path.read_text(encoding="utf-8")
    written(path, "column = 64\n")
    save_setting(path, **{"keys.preset": "emacs"})
    assert (load_settings(path).preset, load_settings(path).column) == ("emacs", 64)
    with pytest.raises(SettingsError, match="which is not replaced"):
        save_setting(written(path, "keys = 3\n"), **{"keys.preset": "emacs"})


def test_comments_and_other_keys_survive_a_choice(path: Path) -> None:
    written(path, '# mine\ntheme = "nord"  # dark\n\nlater = 3\n')
    save_setting(path, theme="gruvbox")
    assert path.read_text(encoding="utf-8") == '# mine\ntheme = "gruvbox"  # dark\n\nlater = 3\n'


def test_a_new_key_does_not_fall_into_the_files_last_table(path: Path) -> None:
    written(path, "[more]\nx = 1\n")
    save_setting(path, column=64)
    assert load_settings(path).column == 64


def test_sites_have_selectors(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[sites]\n"Harbour.example" = "div.story"\n', encoding="utf-8")
    assert load_settings(file).sites == (("harbour.example", "div.story"),)


def test_a_site_that_makes_no_sense_costs_no_other(path: Path) -> None:
    good = '"river.example" = ".story"\n'
    for site, value in (("harbour.example", "1"), ("https://harbour.example", '"div"'), ("", '""')):
        found = load_settings(written(path, f'[sites]\n"{site}" = {value}\n{good}'))
        assert found.sites == (("river.example", ".story"),)
        [said] = found.warnings
        assert "in [sites]" in said or "names such as" in said
    assert "3 is ignored" in warning(path, "sites = 3\n")


def test_the_tint_of_quotations_is_true_or_false(path: Path) -> None:
    assert load_settings(written(path, "tint = true\n")).tint
    assert load_settings(written(path, "accessible = true\n")).accessible
    assert not load_settings(written(path, 'tint = "yes"\n')).tint
    assert warning(path, 'tint = "yes"\n') == (
        "tint must be true or false; “yes” is ignored, and false is used."
    )
