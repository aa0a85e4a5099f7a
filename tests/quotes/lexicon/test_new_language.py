"""Adding a language is adding one file: Swedish, in a temporary folder."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract
from tuireader.quotes.lexicon.loader import first_names, languages, load_language
from tuireader.sources.plaintext import header
from tuireader.sources.plaintext.header import read_header
from tuireader.text import dates, language
from tuireader.text import sentences as sentence_rules
from tuireader.text.language import LANGUAGE_FOLDER, language_of, language_profiles, words
from tuireader.text.sentences import sentences

_SWEDISH = '''
[detection]
stop_words = """
och i att det en är på som de med han av för inte till den har jag ett om vi men från
hon var sig så kan
"""

[sentences]
abbreviations = "t.ex"
inquit_verbs = "frågade"

[dates]
months = """
januari
februari
mars
april
maj
juni
juli
augusti
september
oktober
november
december
"""
time_prepositions = "kl."

[header]
date_labels = "publicerad"
byline_words = "Av"

[cues]
say = "säger sade berättar förklarar"
source_phrases = ["enligt"]

[pronouns]
masculine = "han"
feminine = "hon"

[titles]
either = "borgmästare"

[roles]
words = "borgmästare talesman kapten"

[words]
function_words = "och i att det en är på som de med han av för inte till"

[given_names]
feminine = "mölgunda"
'''
_ARTICLE = """\
Av Agneta Lindqvist

Publicerad 3 maj 2024 kl. 14.30

Bron över ån är stängd från i dag, och det är många i staden som inte är glada för det.

”Vi tar inga risker”, säger borgmästare Mölgunda Skog. ”Det är för farligt”, förklarar hon.

”Bron är gammal och för smal”, sade kapten Rasmus Holm.
"""


def _clear_caches() -> None:
    for cached in (
        language._text_values,
        words,
        language_profiles,
        dates._pattern,
        dates._months,
        sentence_rules._word_lists,
        header._date_label,
        header._labelled_line,
        header._byline,
        header._fields,
        load_language,
        first_names,
    ):
        cached.cache_clear()


@pytest.fixture
def swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The languages' folder with one more file in it."""
    folder = tmp_path / "languages"
    shutil.copytree(LANGUAGE_FOLDER, folder)
    (folder / "sv.toml").write_text(_SWEDISH, "utf-8")
    monkeypatch.setattr(language, "LANGUAGE_FOLDER", folder)
    _clear_caches()
    yield folder
    monkeypatch.undo()
    _clear_caches()


@pytest.mark.usefixtures("swedish")
def test_one_file_is_enough_to_detect_and_read_a_language() -> None:
    assert "sv" in languages()
    code = language_of(_ARTICLE)
    assert code == "sv"
    assert load_language(code).code == "sv"
    found = extract(Article(location="", text=_ARTICLE, language=code))
    assert [(quote.speaker, quote.spans[0].of(_ARTICLE)) for quote in found] == [
        ("Mölgunda Skog", "Vi tar inga risker"),
        ("Mölgunda Skog", "Det är för farligt"),
        ("Rasmus Holm", "Bron är gammal och för smal"),
    ]


@pytest.mark.usefixtures("swedish")
def test_the_same_file_is_enough_for_headers_dates_and_sentences() -> None:
    found_header, _ = read_header(_ARTICLE.split("\n"))
    assert (found_header.author, found_header.date) == ("Agneta Lindqvist", dt.date(2024, 5, 3))
    text = "Han tar t.ex. Bussen. ”Nu?” Ada frågade."
    found = [sentence.of(text) for sentence in sentences(text, 0, len(text))]
    assert found == ["Han tar t.ex. Bussen.", "”Nu?” Ada frågade."]


@pytest.mark.usefixtures("swedish")
def test_a_language_may_add_given_names() -> None:
    assert first_names()["mölgunda"] == "f"
    assert first_names()["mary"] == "f"


def test_without_the_file_the_language_is_undetermined(swedish: Path) -> None:
    (swedish / "sv.toml").unlink()
    _clear_caches()
    assert language_of(_ARTICLE) == ""
    assert load_language("sv").code == "und"
