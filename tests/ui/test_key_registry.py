from collections import defaultdict
from pathlib import Path

import pytest
from ui.pilot_reader import Start

from tuireader.settings import KeyChoice
from tuireader.ui.key_list import DIALOGS, key_rows
from tuireader.ui.key_registry import SCOPES, key_problems
from tuireader.ui.presets import PRESETS

SETTINGS = Path("/settings.toml")

MEANINGS = {
    "next": {"next-line", "next-item", "next-match", "next-change", "next"},
    "previous": {"previous-line", "previous-item", "previous-match", "previous-change", "previous"},
    "line down": {"next-line", "scroll-down"},
    "line up": {"previous-line", "scroll-up"},
    "left": {"left", "sources", "collapse", "previous", "word-back"},
    "right": {"right", "into-the-source", "into-the-article", "next", "word-on"},
    "more": {"wider", "faster"},
    "less": {"narrower", "slower"},
    "sentence back": {"previous-sentence", "sentence-again"},
    "top": {"top", "first-item"},
    "bottom": {"bottom", "last-item"},
    "page down": {"page-down", "next-page-of-items", "next-page"},
    "page up": {"page-up", "previous-page-of-items"},
    "half page down": {"half-page-down", "half-page-of-items-down"},
    "half page up": {"half-page-up", "half-page-of-items-up"},
    "keep": {"bookmark", "bookmark-quote", "leave-orphaned", "restore"},
    "note": {"note", "note-quote", "list-note"},
    "edit": {"edit", "extent", "source-rename", "list-edit"},
    "colour": {"colour", "list-colour"},
    "tag": {"tags", "tag-article", "tag-quote", "list-tags"},
    "remove": {"trash", "remove-article", "source-remove", "orphan-trash", "list-trash"}
    | {"not-a-quotation", "remove-correction"},
    "copy": {"copy", "list-copy"},
    "cite": {"copy-with-source", "list-cite"},
    "speaker": {"speaker", "quote-speaker"},
    "sort": {"sort", "order", "by-speaker"},
    "find": {"find", "filter", "change", "search"},
    "page": {"page-down", "next-page", "next-page-of-items", "select-article", "next", "pause"},
    "open the source": {"open-the-source", "orphan-go"},
    "all": {"all-read", "source-read", "restore-all"},
    "refresh": {"refresh-feeds", "source-refresh"},
    "select": {"select", "select-article"},
    "select more": {"select-sentences", "select-range"},
    "save the search": {"save-the-filter", "search-save"},
    "next field": {"next-pane", "orphans-tab", "complete"},
    "notes": {"all-notes", "notes-back"},
    "orphans": {"orphans", "orphans-back"},
    "changes": {"what-changed", "versions-back"},
    "speakers": {"all-speakers", "speakers-back"},
    "corrections": {"all-corrections", "corrections-back"},
    "trash": {"notes-trash", "trash-back"},
    "back": {"back", "escape", "end-selection", "end-search", "show-all"},
    "enter": {"accept", "open-item", "next-line"},
    "help": {"help", "back"},
}
"""The actions that are one thing for the reader: the same verb on another kind of object.

The key that opens a screen closes it too. Space goes on: a page, an item to select, the words of
the text one by one.
"""

IN_A_SELECTION = {"end-of-word", "other-end"}
"""Actions that have a key of vim's while there is a selection, and only then."""


def test_a_key_means_one_thing_in_all_panes_and_screens() -> None:
    actions: dict[str, set[str]] = defaultdict(set)
    for scope in SCOPES:
        if scope.name in DIALOGS:  # letters are words there
            continue
        for binding in (*scope.declared(), *scope.shared()):
            if binding.id and binding.group and binding.id not in IN_A_SELECTION:
                actions[binding.key].add(binding.id)
    several = {
        key: names
        for key, names in actions.items()
        if not any(names <= {*same} for same in (*MEANINGS.values(), *({each} for each in names)))
    }
    # Down goes to the next line, also from the line of a query to what was found.
    assert several.pop("down") == {"next-line", "next-item", "to-the-list", "slower"}
    assert several.pop("up") == {"previous-line", "previous-item", "faster"}
    assert not several


def test_digits_are_counts_everywhere() -> None:
    for scope in SCOPES:
        keys = {binding.key for binding in (*scope.declared(), *scope.shared())}
        assert not keys & set("123456789")


async def test_what_has_a_letter_twice_in_the_text_needs_a_selection(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        assert not text.check_action("motion", ("word_end",))
        assert not text.check_action("motion", ("other_end",))
        await reader.press("v")
        assert text.check_action("motion", ("word_end",))
        assert not text.check_action("do", ("edit",))
        assert not text.check_action("link", ("source",))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_leaves_no_action_without_a_key(preset: str) -> None:
    without = [(row.pane, row.action) for row in key_rows(preset, ()) if not row.keys]
    assert not without


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_only_actions_that_there_are(preset: str) -> None:
    panes = {scope.name: {each.id for each in scope.declared()} for scope in SCOPES}
    everywhere = set[str | None]().union(*panes.values())
    for pane, action in PRESETS[preset]:
        assert action in (panes[pane] if pane else everywhere | {"palette"}), (pane, action)


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
        (
            KeyChoice("save", ("g s",), "editor", 4),
            "“g s” is a sequence, which works only in panes",
        ),
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
