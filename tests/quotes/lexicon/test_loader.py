"""The data files: a contributor adds one and touches no code."""

import ast
import re
from pathlib import Path

import pytest

from tuireader import quotes
from tuireader.domain.article import Article
from tuireader.quotes.attribution.linker import SpanLinker
from tuireader.quotes.attribution.model import load_weights
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.lexicon.loader import (
    KEYS,
    REQUIRED,
    fields_of,
    first_names,
    languages,
    load_language,
    read_language,
)
from tuireader.quotes.parse import tag_path
from tuireader.quotes.parsed_article import ParsedArticle
from tuireader.text.language import TEXT_KEYS, LanguageFileError, language_files

_MINIMAL = """
[detection]
stop_words = "da neel"
[cues]
say = "wis"
source_phrases = ["neel da"]
[roles]
words = "kaptan"
[words]
function_words = "da"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "xx.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("code", language_files())
def test_the_file_of_each_language_is_accepted(code: str) -> None:
    assert read_language(language_files()[code]).code == code


@pytest.mark.parametrize("code", languages())
def test_the_lists_of_a_language_agree_with_each_other(code: str) -> None:
    language = load_language(code)
    for name in Language.__annotations__:
        value = getattr(language, name)
        if isinstance(value, frozenset) and not name.endswith("_labels"):
            assert {word for word in value if word != word.lower()} == set(), name
    assert not language.masculine_titles & language.feminine_titles
    assert not language.masculine_roles & language.feminine_roles
    assert not language.masculine_pronouns & language.feminine_pronouns
    assert not language.definite_articles & language.indefinite_articles
    assert not language.prepositions & language.conjunctions
    assert not language.say_verbs & language.complementizers


def test_each_key_fills_one_field() -> None:
    fields = [field for keys in KEYS.values() for _, field in fields_of(keys)]
    assert len(fields) == len(set(fields))
    derived = {"code", "source_phrase_ends", "organisation_endings", "cue_words"}
    derived |= {"determiners", "subject_pronouns", "closed_words", "source_phrase_starts"}
    assert set(fields) == set(Language.__annotations__) - derived


def test_a_file_with_the_required_keys_only_is_a_language(tmp_path: Path) -> None:
    language = read_language(written(tmp_path, _MINIMAL))
    assert (language.code, language.say_verbs, language.source_phrases) == (
        "xx",
        frozenset({"wis"}),
        (("neel", "da"),),
    )
    article = Article(location="", text="“Da lop,” wis kaptan Ada Moor.", language="xx")
    parsed = ParsedArticle(article, lambda: None, language=language)
    (span,) = SpanLinker(parsed, load_weights()).attribute_spans()
    assert span.speaker == "Ada Moor"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            _MINIMAL + "[dialog]\ndash_dialogue = true",
            "xx.toml: unknown section [dialog] (did you mean “dialogue”?)",
        ),
        (
            _MINIMAL + "[titles]\nmasculin = 'ser'",
            "xx.toml: unknown key “masculin” in [titles] (did you mean “masculine”?)",
        ),
        (_MINIMAL + "[titles]\nzzz = 'ser'", "xx.toml: unknown key “zzz” in [titles]"),
        (
            _MINIMAL + "[titles]\nsuffixes = 3",
            "xx.toml: “suffixes” in [titles] must be words in one string",
        ),
        (
            _MINIMAL + "[dialogue]\ndash_dialogue = 'yes'",
            "xx.toml: “dash_dialogue” in [dialogue] must be true or false",
        ),
        (
            _MINIMAL.replace('["neel da"]', '"neel da"'),
            "xx.toml: “source_phrases” in [cues] must be a list of phrases",
        ),
        (
            _MINIMAL + "[given_names]\neither = 3",
            "xx.toml: “either” in [given_names] must be words in one string",
        ),
        (
            _MINIMAL + "[dates]\nmonths = 'primo'",
            "xx.toml: “months” in [dates] must be a line for each of the twelve months",
        ),
        (
            _MINIMAL + "[header]\nbylinewords = 'Da'",
            "xx.toml: unknown key “bylinewords” in [header] (did you mean “byline_words”?)",
        ),
        (_MINIMAL.replace('say = "wis"', ""), "xx.toml: missing key “say” in [cues]"),
        ("say = 'wis'" + _MINIMAL, "xx.toml: unknown key “say” before the first section"),
    ],
)
def test_a_file_with_a_problem_is_refused_by_name_and_key(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(LanguageFileError) as caught:
        read_language(written(tmp_path, text))
    assert str(caught.value) == message


def test_the_documentation_names_every_required_key() -> None:
    documentation = Path(__file__).parents[3] / "docs" / "quotes.md"
    section = documentation.read_text("utf-8").partition("## Adding a language")[2]
    table = [line for line in section.partition("\n## ")[0].split("\n") if line[:5] == "   | "]
    assert [tuple(re.findall(r"`\[?(\w+)\]?`", line)[:2]) for line in table[1:]] == list(REQUIRED)


def test_no_section_is_read_in_two_places() -> None:
    assert not set(TEXT_KEYS) & set(KEYS)


def test_the_abbreviations_of_both_parts_count_in_an_article(tmp_path: Path) -> None:
    text = _MINIMAL + "abbreviations = 'lop'\n[sentences]\nabbreviations = 'mis'\n"
    assert read_language(written(tmp_path, text)).abbreviations == {"lop", "mis"}


def test_all_problems_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    text = "[cues]\nsai = 'wis'\n[dialogue]\ndash_dialogue = 1\n"
    with pytest.raises(LanguageFileError) as caught:
        read_language(written(tmp_path, text))
    assert str(caught.value) == (
        "xx.toml: unknown key “sai” in [cues] (did you mean “say”?); "
        "missing key “stop_words” in [detection]; missing key “say” in [cues]; "
        "missing key “source_phrases” in [cues]; missing key “words” in [roles]; "
        "missing key “function_words” in [words]; "
        "“dash_dialogue” in [dialogue] must be true or false"
    )


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LanguageFileError, match=r"xx\.toml: not valid TOML"):
        read_language(written(tmp_path, "[cues"))


def test_seven_languages_are_known_and_others_share_a_file() -> None:
    assert set(languages()) >= {"de", "en", "es", "fr", "it", "nl", "pt"}
    assert load_language("xx").code == "und"
    assert load_language("").code == "en"
    assert load_language("de-AT").code == "de"


def test_given_names_know_their_gender() -> None:
    assert first_names()["mary"] == "f"
    assert first_names()["peter"] == "m"


def test_the_names_of_features_hold_no_words_of_articles() -> None:
    """Every word in a feature's name stands in the program's strings."""
    named = {
        word
        for path in Path(quotes.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in node.value.split()
    }
    words = {word for name in load_weights().by_name for word in name.split()}
    long = {word for word in words if re.fullmatch(r"[a-z]{4,}", word)}
    assert {word for word in long - named if not set(word) <= set("wpskto")} == set()


def test_a_path_draws_plain_words_together() -> None:
    assert tag_path(["w", "w", "", "S", "w", "Q"], 0, 6) == "wSwQ"
