"""The data files: a contributor adds one and touches no code."""

import re

import pytest

from tuireader.quotes.cues import path
from tuireader.quotes.language import first_names, language_of, languages
from tuireader.quotes.weights import load_weights

_PARTS = """
alone aside before capitals carried case coined cued edge ends gap kind last lead mention near
nobody none order others quotes same shape tail unknown verb
"""


@pytest.mark.parametrize("code", languages())
def test_each_language_has_what_the_engine_asks_for(code: str) -> None:
    language = language_of(code)
    assert language.code == code
    assert language.say
    assert language.according
    assert language.roles
    assert language.masculine
    assert language.definite
    assert language.function
    assert all(word == word.lower() for word in language.say | language.roles)


def test_seven_languages_are_known_and_others_read_as_english() -> None:
    assert set(languages()) >= {"de", "en", "es", "fr", "it", "nl", "pt"}
    assert language_of("xx").code == "en"
    assert language_of("").code == "en"
    assert language_of("de-AT").code == "de"


def test_given_names_know_their_gender() -> None:
    assert first_names()["mary"] == "f"
    assert first_names()["peter"] == "m"


def test_the_weights_hold_shapes_and_no_words() -> None:
    feature_words = set()
    for name in load_weights():
        feature_words |= {word for word in name.split() if re.fullmatch(r"[a-z]{4,}", word)}
    shapes = {word for word in feature_words if set(word) <= set("wpskto")}
    assert feature_words - shapes <= set(_PARTS.split())


def test_a_path_draws_plain_words_together() -> None:
    assert path(["w", "w", "", "S", "w", "Q"], 0, 6) == "wSwQ"
