from pathlib import Path

import pytest
from ui.pilot_reader import Start

from tuireader.paths import AppPaths
from tuireader.settings_table import PRESET_NAMES
from tuireader.ui.keymap import parsed_key
from tuireader.ui.presets import PRESETS


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("j", "j"),
        ("G", "G"),
        ("Shift+g", "G"),
        ("}", "right_curly_bracket"),
        ("Ctrl+W h", "ctrl+w h"),
        ("g  g", "g g"),
        ("PgDn", "pagedown"),
        ("Alt+→", "alt+right"),
        ("] b", "] b"),
        ("ф", "ф"),
        ("F5", "f5"),
        ("m *", "m *"),
    ],
)
def test_a_key_is_read_as_people_write_it(written: str, key: str) -> None:
    assert parsed_key(written) == key


@pytest.mark.parametrize("written", ["", "Crtl+x", "nonsense", "Ctrl+", "ctrl+nonsense"])
def test_what_is_no_key_is_none(written: str) -> None:
    assert parsed_key(written) is None


def test_each_preset_of_the_settings_exists_and_its_keys_can_be_typed() -> None:
    assert set(PRESETS) == set(PRESET_NAMES)
    for preset in PRESETS.values():
        for keys in preset.values():
            for key in keys.split(","):
                assert parsed_key(key) == key


def settings(folders: AppPaths, text: str) -> Path:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text(text, encoding="utf-8")
    return folders.settings


async def test_chosen_keys_work_in_all_panes_or_in_one(start: Start, folders: AppPaths) -> None:
    settings(folders, '[keys]\nnext-item = ["ц", "ctrl+n"]\n[keys.text]\nbottom = "Ctrl+X e"\n')
    async with start() as reader:
        await reader.press("ctrl+x", "e")
        text = reader.screen.text
        assert text.cursor.offset == len(text.viewport.text) - 1
        await reader.press("alt+1", "g", "g", "ц")
        assert reader.screen.articles.cursor == 1
        await reader.press("k", "j")
        assert reader.screen.articles.cursor == 0


async def test_a_chosen_key_is_taken_from_the_action_that_had_it(
    start: Start, folders: AppPaths
) -> None:
    settings(folders, '[keys]\nnext-article = "b"\n')
    async with start() as reader:
        first = reader.article.location
        await reader.press("b")
        assert reader.article.location != first
        assert not reader.words()
        assert "b Bookmark" not in reader.rows()[-1]


async def test_the_footer_prints_the_keys_in_force(start: Start, folders: AppPaths) -> None:
    settings(folders, '[keys.text]\nbookmark = ["Ctrl+T", "F7"]\n')
    async with start() as reader:
        assert "Ctrl+T Bookmark" in reader.rows()[-1]


async def test_a_preset_changes_keys(start: Start, folders: AppPaths) -> None:
    settings(folders, '[keys]\npreset = "less"\n')
    async with start() as reader:
        await reader.press("G", "g")
        assert reader.screen.text.cursor.offset == 0
        await reader.press("B")
        assert len(reader.words()) == 1


async def test_wrong_keys_are_told_at_the_start_with_their_line(
    start: Start, folders: AppPaths
) -> None:
    path = settings(folders, '[keys]\nnext-lin = "n"\n[keys.text]\nbookmark = "z"\nnote = "z"\n')
    async with start() as reader:
        told = [each.message for each in reader.app._notifications]
        assert f"{path}, line 2: There is no action “next-lin”" in "\n".join(told)
        assert "Did you mean “next-line”?" in "\n".join(told)
        assert f"{path}, line 5: “z” is already the key of “bookmark” of line 4" in "\n".join(told)
        await reader.press("z")
        assert len(reader.words()) == 1
