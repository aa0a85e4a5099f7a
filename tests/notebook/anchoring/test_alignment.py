"""A passage is found by aligning its earlier text with the present text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.anchor import MatchMethod, Placement
from tuireader.notebook.anchoring.alignment import (
    TokenizedText,
    aligned_place,
    shift_outside_changes,
)

OLD = (
    "The ferry left at nine.\n\nThe harbour master said that the engine had failed twice. "
    "Nobody was told before noon.\n\nCORRECTION\n\nThe second ship passed its inspection in May."
)


def place(words: str, new: str, old: str = OLD) -> Placement | None:
    start = old.index(words)
    return aligned_place(TokenizedText(old), TokenizedText(new), start, start + len(words), "hash")


def found(words: str, new: str, old: str = OLD) -> str:
    placement = place(words, new, old)
    return new[placement.start : placement.end] if placement else ""


def test_an_edited_passage_lies_between_the_words_around_it() -> None:
    new = OLD.replace("the engine had failed", "its old engine failed")
    assert found("the engine had failed", new) == "its old engine failed"
    placement = place("the engine had failed", new)
    assert placement is not None
    assert placement.how is MatchMethod.FUZZY
    assert 0.7 <= placement.score < 1.0


def test_a_single_common_word_keeps_its_own_place() -> None:
    new = f"the the the {OLD.replace('twice', 'once and again')}"
    start = OLD.index("the engine")
    placement = aligned_place(TokenizedText(OLD), TokenizedText(new), start, start + 3, "hash")
    assert placement is not None
    assert placement.start == new.index("the engine")


@pytest.mark.parametrize("words", ["Nobody was told before noon. ", "failed ", "The "])
def test_a_passage_that_was_cut_out_is_not_found_elsewhere(words: str) -> None:
    old = OLD.replace("noon.", "noon. ")
    start = old.index(words)
    new = f"{old[:start]}{old[start + len(words) :]} It had failed before."
    assert (
        aligned_place(TokenizedText(old), TokenizedText(new), start, start + len(words), "hash")
        is None
    )


@pytest.mark.parametrize("words", ["CORRECTION", "The second ship passed its inspection in May."])
def test_a_paragraph_is_found_wherever_it_was_moved_to(words: str) -> None:
    paragraphs = OLD.split("\n\n")
    paragraphs.insert(0, paragraphs.pop(paragraphs.index(words)))
    assert found(words, "\n\n".join(paragraphs)) == words


def test_of_two_like_sentences_each_keeps_to_its_own_surroundings() -> None:
    said = "“No comment,” he said."
    old = f"The mayor was asked first. {said} Then the builder was asked. {said} That was all."
    new = old.replace(f"The mayor was asked first. {said} ", "")
    start = old.index(said)
    assert (
        aligned_place(TokenizedText(old), TokenizedText(new), start, start + len(said), "hash")
        is None
    )
    start = old.rindex(said)
    placement = aligned_place(
        TokenizedText(old), TokenizedText(new), start, start + len(said), "hash"
    )
    assert placement is not None
    assert placement.start == new.index(said)


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_what_stands_before_or_after_all_changes_only_moves(
    ahead: str, behind: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(OLD) - 1))
    end = data.draw(st.integers(start + 1, len(OLD)))
    shift = shift_outside_changes(OLD, f"{ahead}{OLD}", start, end)
    if shift is not None:
        assert f"{ahead}{OLD}"[start + shift : end + shift] == OLD[start:end]
    assert shift_outside_changes(OLD, OLD, start, end) == 0
    shift = shift_outside_changes(OLD, f"{OLD}{behind}", start, end)
    assert shift is None or f"{OLD}{behind}"[start + shift : end + shift] == OLD[start:end]


@given(
    st.text(st.sampled_from("ab .\n"), max_size=80), st.text(st.sampled_from("ab .\n"), max_size=80)
)
def test_any_place_lies_in_the_new_text(old: str, new: str) -> None:
    for start in range(0, len(old), 3):
        placement = aligned_place(
            TokenizedText(old), TokenizedText(new), start, min(len(old), start + 5), "hash"
        )
        assert placement is None or 0 <= placement.start < placement.end <= len(new)
