"""The data files: a contributor adds one and touches no code."""

import ast
import re
from pathlib import Path

import pytest

from tuireader import quotes
from tuireader.quotes.attribution.weights import load_weights
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import (
    FOLDER,
    LanguageFileError,
    first_names,
    languages,
    load_language,
    read_language,
)
from tuireader.quotes.parse import tag_path

_ASKED = """
say call according cue_noun that masculine feminine definite indefinite possessive quantity titles
particles abbreviations roles organisations between preposition conjunction subordinator naming
copula locative function of question answer
"""
_LEAST = """
[cues]
say = "wis"
according = ["neel da"]
[roles]
words = "kaptan"
[words]
function = "da"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "xx.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("code", languages())
def test_each_language_has_what_the_engine_asks_for(code: str) -> None:
    language = read_language(FOLDER / f"{code}.toml")
    assert language.code == code
    for name in _ASKED.split():
        assert getattr(language, name), f"{code}.toml says nothing of {name}"


@pytest.mark.parametrize("code", languages())
def test_the_lists_of_a_language_agree_with_each_other(code: str) -> None:
    language = load_language(code)
    for name in Language.__slots__:
        value = getattr(language, name)
        if isinstance(value, frozenset) and name not in ("question", "answer"):
            assert {word for word in value if word != word.lower()} == set(), name
    assert not language.title_masculine & language.title_feminine
    assert not language.masculine_roles & language.feminine_roles
    assert not language.masculine & language.feminine
    assert not language.definite & language.indefinite
    assert not language.preposition & language.conjunction
    assert not language.say & language.that


def test_a_file_with_the_least_is_a_language(tmp_path: Path) -> None:
    language = read_language(written(tmp_path, _LEAST))
    assert (language.code, language.say, language.according) == ("xx", {"wis"}, (("neel", "da"),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            _LEAST + "[dialog]\ndashes = true",
            "xx.toml: unknown section [dialog]; did you mean “dialogue”?",
        ),
        (
            _LEAST + "[titles]\nmasculin = 'ser'",
            "xx.toml: unknown key “masculin” in [titles]; did you mean “masculine”?",
        ),
        (_LEAST + "[titles]\nzzz = 'ser'", "xx.toml: unknown key “zzz” in [titles]"),
        (
            _LEAST + "[titles]\nsuffix = 3",
            "xx.toml: “suffix” in [titles] must be words in one string",
        ),
        (
            _LEAST + "[dialogue]\ndashes = 'yes'",
            "xx.toml: “dashes” in [dialogue] must be true or false",
        ),
        (
            _LEAST.replace('["neel da"]', '"neel da"'),
            "xx.toml: “according” in [cues] must be a list of phrases",
        ),
        (_LEAST.replace('say = "wis"', ""), "xx.toml: [cues] needs “say”"),
        ("say = 'wis'", "xx.toml: “say” stands outside the sections"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(LanguageFileError) as caught:
        read_language(written(tmp_path, text))
    assert str(caught.value) == message


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LanguageFileError, match=r"xx\.toml: it is no TOML in UTF-8"):
        read_language(written(tmp_path, "[cues"))


def test_seven_languages_are_known_and_others_share_a_file() -> None:
    assert set(languages()) >= {"de", "en", "es", "fr", "it", "nl", "pt"}
    assert load_language("xx").code == "und"
    assert load_language("").code == "en"
    assert load_language("de-AT").code == "de"


def test_given_names_know_their_gender() -> None:
    assert first_names()["mary"] == "f"
    assert first_names()["peter"] == "m"


def test_the_weights_hold_shapes_and_no_words() -> None:
    """Every word in a feature's name stands in the program as a name of a shape."""
    named = {
        word
        for path in Path(quotes.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in node.value.split()
    }
    words = {word for name in load_weights() for word in name.split()}
    long = {word for word in words if re.fullmatch(r"[a-z]{4,}", word)}
    assert {word for word in long - named if not set(word) <= set("wpskto")} == set()


def test_a_path_draws_plain_words_together() -> None:
    assert tag_path(["w", "w", "", "S", "w", "Q"], 0, 6) == "wSwQ"
