from collections import defaultdict
from pathlib import Path

import pytest

from tuireader.settings import KeyChoice
from tuireader.ui.key_list import key_rows
from tuireader.ui.key_registry import SCOPES, key_problems
from tuireader.ui.presets import PRESETS

SETTINGS = Path("/settings.toml")

SAME = (
    {"bookmark", "bookmark-quote", "leave-orphaned", "restore"},
    {"note", "note-quote", "list-note"},
    {"edit", "extent", "source-rename", "list-edit", "end-of-word"},
    {"colour", "list-colour"},
    {"tags", "tag-article", "tag-quote", "list-tags"},
    {"trash", "remove-article", "source-remove", "orphan-trash", "list-trash", "not-a-quotation"}
    | {"remove-correction"},
    {"previous-word", "explain-quote"},
    {"copy", "list-copy"},
    {"copy-with-source", "list-cite"},
    {"speaker", "quote-speaker"},
    {"sort", "order", "by-speaker"},
    {"find", "filter", "change"},
    {"next-match", "next-change"},
    {"previous-match", "previous-change"},
    {"open-the-source", "orphan-go", "other-end"},
    {"all-read", "source-read", "restore-all"},
    {"refresh-feeds", "source-refresh"},
    {"select", "select-article"},
    {"select-sentences", "select-range"},
    {"left", "sources", "collapse"},
    {"right", "into-the-source"},
    {"top", "first-item"},
    {"bottom", "last-item"},
)
"""The actions that are one thing for the reader: the same verb on another kind of object."""


def test_a_letter_means_one_thing_in_all_panes() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for scope in SCOPES:
        for binding in scope.declared():
            if len(binding.key) == 1:
                name = binding.id or ""
                meaning = next((min(group) for group in SAME if name in group), name)
                meanings[binding.key].add(meaning)
    several = {key: names for key, names in meanings.items() if len(names) > 1}
    for key, moves in {"j": "next", "k": "previous"}.items():
        assert all(moves in name for name in several.pop(key))
    assert not several


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_leaves_no_action_without_a_key(preset: str) -> None:
    without = [(row.pane, row.action) for row in key_rows(preset, ()) if not row.keys]
    assert not without


def test_valid_choices_have_no_problem() -> None:
    choices = (KeyChoice("bookmark", ("B",), "text", 2), KeyChoice("all-notes", ("Ctrl+B",), "", 3))
    assert key_problems(SETTINGS, "vim", choices) == []


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (KeyChoice("undoo", ("U",), "", 4), "no action “undoo”; this key is ignored. Did you mean"),
        (KeyChoice("undo", ("U",), "txet", 4), "no pane “txet”; this key is ignored. Did you mean"),
        (KeyChoice("sort", ("U",), "text", 4), "The pane “text” has no action “sort”"),
        (KeyChoice("undo", ("Crtl+U",), "", 4), "“Crtl+U” is no key"),
        (KeyChoice("undo", ("x",), "", 4), "“undo” takes the only key of “trash”"),
    ],
)
def test_a_choice_that_cannot_be_used_is_told_with_its_line(choice: KeyChoice, told: str) -> None:
    problems = key_problems(SETTINGS, "vim", (choice,))
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("/settings.toml, line 4: ") for problem in problems)


def test_two_choices_of_one_key_clash_unless_their_panes_never_meet() -> None:
    first = KeyChoice("bookmark", ("Ctrl+T",), "text", 2)
    assert key_problems(SETTINGS, "vim", (first, KeyChoice("undo", ("Ctrl+T",), "", 3)))
    assert not key_problems(SETTINGS, "vim", (first, KeyChoice("sort", ("Ctrl+T",), "", 3)))
