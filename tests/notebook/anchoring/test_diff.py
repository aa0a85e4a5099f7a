"""All changes between two texts are reported, and nothing that is unchanged."""

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.notebook.anchoring.diff import DiffHunk, DiffPart, diff_texts, diff_words

OLD = "The ferry left.\n\nNobody was told why it was late.\n\nThe children threw bread."


def told(old: str, new: str) -> list[str]:
    """Return the parts in the notation of git's word diff."""
    shown = []
    for one in diff_texts(old, new, lambda: None):
        if one.unchanged:
            shown.append(f"={one.unchanged}")
        for part in one.parts:
            was, now = part.old.of(old), part.new.of(new)
            shown.append(now if part.same else f"[-{was}-]{{+{now}+}}")
    return shown


def test_a_word_that_was_exchanged_is_told_with_the_one_in_its_place() -> None:
    new = OLD.replace("late", "early")
    assert told(OLD, new) == ["=1", "Nobody was told why it was", "[-late-]{+early+}", ".", "=1"]


def test_paragraphs_that_came_and_went_are_told_whole() -> None:
    new = OLD.replace("Nobody was told why it was late.", "").replace(
        "The ferry", "New.\nThe ferry"
    )
    shown = told(OLD, new)
    assert shown == [
        "[--]{+New.+}",
        "=1",
        "[-Nobody was told why it was late.-]{++}",
        "=1",
    ]


def test_other_blanks_and_blank_lines_are_no_change() -> None:
    assert told(OLD, OLD.replace("\n\n", "\n\n\n")) == ["=3"]
    assert told("a b", "a  b") == ["=1"]


def test_a_short_word_between_two_changes_is_not_told_as_the_same() -> None:
    old, new = "Nobody knew the reason in town.", "Everybody had the facts in town."
    assert told(old, new) == ["[-Nobody knew the reason-]{+Everybody had the facts+}", "in town."]


def test_case_is_a_change() -> None:
    assert told("The ferry", "the ferry") == ["[-The-]{+the+}", "ferry"]


words = st.lists(st.sampled_from(["a", "b", "c", "d", ".", "\n", "e"]), max_size=40).map(" ".join)


@given(words, words)
def test_both_texts_are_in_the_parts_but_for_blanks(old: str, new: str) -> None:
    ours = theirs = ""
    found: list[DiffPart] = []
    for one in diff_texts(old, new, lambda: None):
        if one.unchanged:
            found.append(DiffPart(one.old, one.new, same=True))
        found += one.parts
    for part in found:
        ours += part.old.of(old)
        theirs += part.new.of(new)
        if part.same:
            assert part.old.of(old).split() == part.new.of(new).split()
    assert "".join(ours.split()) == "".join(old.split())
    assert "".join(theirs.split()) == "".join(new.split())


@given(st.text(max_size=50), st.text(max_size=50))
def test_the_parts_of_any_two_texts_follow_each_other(old: str, new: str) -> None:
    at = 0, 0
    for part in diff_words(old, new, Passage(0, len(old)), Passage(0, len(new))):
        assert at[0] <= part.old.start <= part.old.end <= len(old)
        assert at[1] <= part.new.start <= part.new.end <= len(new)
        at = part.old.end, part.new.end


def test_nothing_is_told_of_the_same_text() -> None:
    assert list(diff_texts(OLD, OLD, lambda: None)) == [
        DiffHunk(Passage(0, len(OLD)), Passage(0, len(OLD)), unchanged=3)
    ]
