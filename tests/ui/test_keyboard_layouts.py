import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui.pilot_reader import Start

from tuireader.paths import AppPaths
from tuireader.ui.keyboard_layouts import latin_character


@pytest.mark.parametrize("letters", ["олпртЖ", "ξκγηνGΝ", "חלעימ", "تنلاى", "ოლ", "ㅓㅏ"])
def test_letters_of_other_scripts_have_a_place_on_a_latin_keyboard(letters: str) -> None:
    for letter in letters:
        assert letter.isascii() or latin_character(letter).isascii()


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("ол", "jk"), ("ОЛ", "JK"), ("и", "b"), ("ф", "a"), ("Ж", ":"), ("ξκ", "jk"), ("٣", "3")],
)
def test_a_letter_is_taken_for_the_key_in_its_place(typed: str, keys: str) -> None:
    assert "".join(map(latin_character, typed)) == keys


@given(st.text(max_size=2))
def test_what_has_no_place_is_nothing(text: str) -> None:
    assert len(latin_character(text)) <= 1


async def test_single_keys_work_on_a_cyrillic_layout(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "о", "и")
        assert len(reader.words()) == 1
        await reader.press("п", "п")
        assert reader.screen.text.cursor.offset == 0


async def test_letters_that_are_typed_into_a_line_stay(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", "о", "л")
        assert "Find “ол”" in reader.screen.status.said


async def test_a_letter_with_a_binding_of_its_own_keeps_it(start: Start, folders: AppPaths) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text('[keys]\nnext-article = "о"\n', encoding="utf-8")
    async with start() as reader:
        first = reader.article.location
        await reader.press("о")
        assert reader.article.location != first
