"""Which nouns may stand for the same person."""

import pytest

from tuireader.quotes.lexicon.loader import load_language
from tuireader.quotes.lexicon.offices import is_office, may_be_same_person


@pytest.mark.parametrize(
    ("code", "noun", "other"),
    [
        ("en", "governor", "gov"),
        ("en", "politician", "mayor"),
        ("en", "senator", "ex-senator"),
        ("de", "parteichef", "vorsitzender"),
        ("de", "übergangscoach", "interimstrainer"),
        ("de", "parteichefin", "ex-parteichefin"),
        ("nl", "politica", "minister"),
        ("da", "ministeren", "minister"),
        ("fr", "dirigeante", "secrétaire"),
        ("es", "exalcalde", "alcaldesa"),
    ],
)
def test_two_nouns_may_be_of_one_person(code: str, noun: str, other: str) -> None:
    language = load_language(code)
    assert is_office(noun, language)
    assert may_be_same_person(noun, {other}, language)


@pytest.mark.parametrize(
    ("code", "noun", "other"),
    [
        ("en", "governor", "senator"),
        ("en", "mayor", "politician"),
        ("de", "aufsichtsratschef", "gewerkschaftschef"),
        ("fr", "juge", "avocat"),
    ],
)
def test_nouns_of_different_offices_are_of_two_people(code: str, noun: str, other: str) -> None:
    assert not may_be_same_person(noun, {other}, load_language(code))
