"""Adding a language is adding one file: Danish, in a temporary folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.quotes import extract
from tuireader.quotes.lexicon.loader import first_names, languages, load_language
from tuireader.text import language_data
from tuireader.text.language import language_of, language_profiles
from tuireader.text.language_data import LANGUAGE_FOLDER, words

_DANISH = '''
[detection]
stop_words = """
og i at det er en til på som de med han af for ikke der var den har jeg et sig om vi
men fra hun blev
"""

[cues]
say = "siger sagde fortæller fortalte oplyser forklarer"
source_phrases = ["ifølge"]

[pronouns]
masculine = "han"
feminine = "hun"

[articles]
definite = "den det de"
indefinite = "en et"

[titles]
either = "borgmester"

[roles]
words = "borgmester talsmand kaptajn"

[words]
function_words = "og i at det er en til på som de med han af for ikke der var"

[given_names]
feminine = "mølgunde"
'''
_ARTICLE = """\
Broen over åen er lukket fra i dag, og det er der mange i byen som ikke er glade for.

»Vi tager ingen chancer,« siger borgmester Mølgunde Skov. »Det er for farligt,« forklarer hun.

»Broen er gammel og alt for smal,« sagde kaptajn Rasmus Holm.
"""


def _clear_caches() -> None:
    for cached in (
        language_data._text_values,
        words,
        language_profiles,
        load_language,
        first_names,
    ):
        cached.cache_clear()


@pytest.fixture
def danish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The languages' folder with one more file in it."""
    folder = tmp_path / "languages"
    shutil.copytree(LANGUAGE_FOLDER, folder)
    (folder / "da.toml").write_text(_DANISH, "utf-8")
    monkeypatch.setattr(language_data, "LANGUAGE_FOLDER", folder)
    _clear_caches()
    yield folder
    monkeypatch.undo()
    _clear_caches()


@pytest.mark.usefixtures("danish")
def test_one_file_is_enough_to_detect_and_read_a_language() -> None:
    assert "da" in languages()
    code = language_of(_ARTICLE)
    assert code == "da"
    assert load_language(code).code == "da"
    found = extract(Article(location="", text=_ARTICLE, language=code))
    assert [(quote.speaker, quote.spans[0].of(_ARTICLE)) for quote in found] == [
        ("Mølgunde Skov", "Vi tager ingen chancer,"),
        ("Mølgunde Skov", "Det er for farligt,"),
        ("Rasmus Holm", "Broen er gammel og alt for smal,"),
    ]


@pytest.mark.usefixtures("danish")
def test_a_language_may_add_given_names() -> None:
    assert first_names()["mølgunde"] == "f"
    assert first_names()["mary"] == "f"


def test_without_the_file_the_language_is_undetermined() -> None:
    assert language_of(_ARTICLE) == ""
    assert load_language("da").code == "und"
