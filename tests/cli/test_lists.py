"""Saved searches from the shell."""

from pathlib import Path

from cli.shell import Shell


def test_saved_searches_are_listed_in_their_order_with_counts(shell: Shell, ferry: Path) -> None:
    assert shell("add", ferry) == 0
    assert shell("lists", "add", "Boats", "ferry or boat") == 0
    assert shell("lists", "add", "Rivers", "river") == 0
    assert shell("lists", "move", "rivers", "1") == 0
    assert shell("lists") == 0
    assert shell.out == "      0  Rivers  river\n      1  Boats  ferry or boat\n"
    assert [each["articles"] for each in shell.json("lists", "--json")] == [0, 1]


def test_a_list_can_be_renamed_changed_and_removed(shell: Shell) -> None:
    assert shell("lists", "add", "A", "x") == shell("lists", "rename", "a", "B") == 0
    assert shell("lists", "change", "B", "y") == 0
    assert [(each["name"], each["query"]) for each in shell.json("lists", "--json")] == [("B", "y")]
    assert shell("lists", "remove", "B") == 0
    assert shell.json("lists", "--json") == []


def test_the_others_name_a_renamed_list_by_its_new_name(shell: Shell) -> None:
    assert shell("lists", "add", "A", "x") == shell("lists", "add", "C", "list:a y") == 0
    assert shell("lists", "rename", "a", "B") == 0
    assert [each["query"] for each in shell.json("lists", "--json")] == ["x", "list:B y"]


def test_a_wrong_query_and_a_list_that_contains_itself_are_refused(shell: Shell) -> None:
    assert shell("lists", "add", "A", "tite:x") == 2
    assert "  tite:x\n  ^^^^\n" in shell.err
    assert shell("lists", "add", "A", "x") == shell("lists", "add", "B", "list:A") == 0
    assert shell("lists", "change", "A", "y list:b") == 2
    assert "the list “A” contains itself: A → B → A" in shell.err


def test_a_name_is_taken_only_once(shell: Shell) -> None:
    assert shell("lists", "add", "A", "x") == 0
    assert shell("lists", "add", "a", "y") == 1
    assert shell.err == "tuireader: There is already a list “a”.\n"
    assert shell("lists", "remove", "C") == 1


def test_an_unknown_action_is_a_usage_error(shell: Shell) -> None:
    assert shell("lists", "add", "A") == 2
    assert "add NAME QUERY" in shell.err
