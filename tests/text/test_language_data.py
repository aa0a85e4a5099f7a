"""The words of the languages that are read without a TOML parser."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.text import language
from tuireader.text.language import (
    MONTHS_IN_YEAR,
    TEXT_KEYS,
    UNDETERMINED,
    LanguageFileError,
    any_of,
    language_files,
    language_of,
    language_profiles,
    month_names,
    section_text,
    values,
    words,
)

LANGUAGES = [code for code in language_files() if code != UNDETERMINED]


@pytest.mark.parametrize("code", language_files())
def test_values_are_read_as_a_toml_parser_reads_them(code: str) -> None:
    data = tomllib.loads(language_files()[code].read_text("utf-8"))
    for section, keys in TEXT_KEYS.items():
        for key in keys.split():
            value = values(section, key).get(code, "")
            assert value.split() == data.get(section, {}).get(key, "").split(), (section, key)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_names_the_twelve_months(code: str) -> None:
    assert len(month_names()[code]) == MONTHS_IN_YEAR


def test_no_name_stands_for_two_months() -> None:
    numbers: dict[str, int] = {}
    for months in month_names().values():
        for number, names in enumerate(months, 1):
            for name in names:
                assert numbers.setdefault(name, number) == number, name


def test_an_abbreviation_stands_in_one_list_of_a_language() -> None:
    for code in language_files():
        listed: list[str] = []
        for key in TEXT_KEYS["sentences"].split():
            if key.startswith("abbreviations"):
                listed += values("sentences", key).get(code, "").split()
        assert len(listed) == len(set(listed)), code


def test_an_abbreviation_that_never_ends_a_sentence_is_no_stop_word_of_any_language() -> None:
    assert not words("sentences", "abbreviations") & words("detection", "stop_words")


def test_a_section_is_found_wherever_it_stands() -> None:
    assert section_text("[a]\nb = 1\n\n[c]\nd = 2\n", "a") == "[a]\nb = 1\n"
    assert section_text("[a]\nb = 1\n\n[c]\nd = 2\n", "c") == "\n[c]\nd = 2\n"
    assert section_text("[ab]\nb = 1\n", "a") == ""


def test_no_words_match_nothing() -> None:
    assert any_of(frozenset()) == "(?!)"
    assert any_of(frozenset({"b.", "a"})) == r"(?:a|b\.)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of the languages' own."""

    def clear() -> None:
        for cached in (language._text_values, words, language_profiles):
            cached.cache_clear()

    monkeypatch.setattr(language, "LANGUAGE_FOLDER", tmp_path)
    clear()
    yield tmp_path
    monkeypatch.undo()
    clear()


def test_a_file_without_stop_words_is_refused_by_name(folder: Path) -> None:
    (folder / "xx.toml").write_text("[cues]\n", "utf-8")
    with pytest.raises(LanguageFileError, match=r"xx\.toml: missing key “stop_words”"):
        language_of("five words are needed here")
