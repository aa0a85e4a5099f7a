"""What counts the work of a call tells linear from quadratic, and at once from all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from work import is_linear, work

from tuireader.text import sentences
from tuireader.text.folding import fold
from tuireader.text.lazy_pattern import LazyPattern


def test_work_is_the_same_each_time() -> None:
    fold("Ünder the béd")  # what is made once is made here
    assert work(fold, "Ünder the béd") == work(fold, "Ünder the béd") > 0


@pytest.mark.parametrize(
    "call",
    [
        lambda text: [text[:place] for place in range(len(text))],
        lambda text: [text.find("b", place) for place in range(len(text))],
        lambda text: [place in text for place in text],
        lambda text: [list(sentences.sentences(text, n, len(text))) for n in range(len(text))],
    ],
)
def test_a_quadratic_call_is_not_linear(call: Callable[..., Any]) -> None:
    assert not is_linear(call, lambda n: ". " * n, 50)


def test_what_looks_at_the_whole_text_is_counted() -> None:
    text = "a" * 1000
    assert work(lambda text: text.find("b"), text) == 1000
    assert work(lambda text: text[10:20], text) == 10
    assert work(lambda text: sentences._STOP.search(text, 100), text) == 900


def test_patterns_are_put_back() -> None:
    work(fold, "text")
    assert isinstance(sentences._STOP, re.Pattern | LazyPattern)
