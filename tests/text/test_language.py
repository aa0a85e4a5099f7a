"""The language of a text, told by the stop words in the languages' data files."""

import tomllib
from pathlib import Path

import pytest

from tuireader import samples
from tuireader.text import language
from tuireader.text.language import (
    UNDETERMINED,
    LanguageFileError,
    language_files,
    language_of,
    load_stop_words,
)

LANGUAGES = [code for code in language_files() if code != UNDETERMINED]
SAMPLES = {"07-la-boulangerie-flottante.txt": "fr", "08-die-letzte-telefonzelle.txt": "de"}
"""The samples that are not in English."""
ARTICLES = Path(__file__).parents[1] / "quotes" / "articles"


def data(code: str) -> dict[str, object]:
    return tomllib.loads(language_files()[code].read_text("utf-8"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_example_of_a_language_is_detected_as_that_language(code: str) -> None:
    assert language_of(str(data(code)["example"])) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_test_articles_of_a_language_are_detected_as_that_language(code: str) -> None:
    articles = tomllib.loads((ARTICLES / f"{code}.toml").read_text("utf-8"))["article"]
    assert language_of("\n\n".join(article["text"] for article in articles)) == code


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_annotated_articles_are_detected_as_english(path: Path) -> None:
    assert language_of(path.read_text("utf-8")) == "en"


@pytest.mark.parametrize(
    "path", sorted(Path(samples.__file__).parent.glob("*.txt")), ids=lambda path: path.stem
)
def test_the_samples_are_detected_as_their_language(path: Path) -> None:
    assert language_of(path.read_text("utf-8")) == SAMPLES.get(path.name, "en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_stop_words_are_read_as_a_toml_parser_reads_them(code: str) -> None:
    assert load_stop_words()[code] == frozenset(str(data(code)["stop_words"]).split())


def test_each_language_has_stop_words() -> None:
    assert list(load_stop_words()) == LANGUAGES


@pytest.mark.parametrize(
    "text", ["", "Ferry", "Zxq wvk plm ghj tyu bnm rtz", "東京の新聞記者" * 20]
)
def test_a_text_without_stop_words_has_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_file_without_stop_words_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx.toml").write_text("[cues]\n", "utf-8")
    monkeypatch.setattr(language, "LANGUAGE_FOLDER", tmp_path)
    load_stop_words.cache_clear()
    try:
        with pytest.raises(LanguageFileError, match=r"xx\.toml: “stop_words"):
            load_stop_words()
    finally:
        load_stop_words.cache_clear()
