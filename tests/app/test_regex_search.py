import re

import pytest

from tuireader.app.regex_search import find_expression
from tuireader.domain.article import Passage
from tuireader.domain.errors import TuiReaderError


def test_matches_are_code_points_and_none_is_empty() -> None:
    found = find_expression("😀é ab\ud800b", r"b|x*", 0, most=10)
    assert found == [Passage(4, 5), Passage(6, 7)]


def test_there_is_a_limit_of_matches() -> None:
    assert len(find_expression("a" * 100, "a", re.IGNORECASE, most=7)) == 7


def test_an_expression_that_takes_for_ever_is_given_up() -> None:
    with pytest.raises(TuiReaderError, match="given up after 1 seconds"):
        find_expression("a" * 60, r"(a+)+b", 0, most=10, time_limit=1)


def test_a_search_that_is_not_wanted_any_more_ends() -> None:
    assert find_expression("a" * 60, r"(a+)+b", 0, most=10, cancelled=lambda: True) == []
