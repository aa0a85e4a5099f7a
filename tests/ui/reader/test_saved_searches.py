import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from tuireader.library.query.conditions import QueryError
from tuireader.ui.reader.saved_searches import SavedSearchController, SearchVerb


def parse(query: str, *, name: str = "") -> str:
    if query == "wrong(":
        raise QueryError(f"“{query}” ends too early.", 0, 6)
    return query + name


@pytest.fixture
def searches(desk: Any) -> SavedSearchController:
    desk.context.library_search = lambda: SimpleNamespace(parse=parse)
    return SavedSearchController(desk.context, desk.notifier, desk.tasks, desk.editor)


def do(searches: SavedSearchController, verb: SearchVerb, name: str) -> None:
    asyncio.run(searches.edit(verb, name))


def test_a_filter_is_saved_under_a_name_and_undone(
    desk: Any, searches: SavedSearchController
) -> None:
    desk.tasks.answers.append("Sea")
    asyncio.run(searches.save("sea is:unread"))
    assert desk.notebook.lists.queries() == {"Sea": "sea is:unread"}
    desk.editor.undo()
    assert desk.notebook.lists.queries() == {}


def test_without_a_filter_or_a_name_nothing_is_saved(
    desk: Any, searches: SavedSearchController
) -> None:
    asyncio.run(searches.save(""))
    assert "Press / and type a query first" in desk.said[-1]
    desk.tasks.answers.extend([None, ""])
    for _ in range(2):
        asyncio.run(searches.save("sea"))
    assert desk.notebook.lists.queries() == {}


def test_each_change_of_a_saved_search_is_one_undo_step(
    desk: Any, searches: SavedSearchController
) -> None:
    lists = desk.notebook.lists
    for name in ("A", "B", "C"):
        lists.add(name, name.lower())
    before = lists.queries()
    desk.tasks.answers.extend(["Zed", "1", "z or y"])
    do(searches, "rename", "C")
    do(searches, "move", "Zed")
    do(searches, "change", "Zed")
    do(searches, "remove", "A")
    assert list(lists.queries().items()) == [("Zed", "z or y"), ("B", "b")]
    for _ in range(4):
        desk.editor.undo()
    assert list(lists.queries().items()) == list(before.items())


@pytest.mark.parametrize("place", ["0", "4", "first", "²"])
def test_a_place_that_is_none_moves_nothing(
    desk: Any, searches: SavedSearchController, place: str
) -> None:
    desk.notebook.lists.add("A", "a")
    desk.tasks.answers.append(place)
    do(searches, "move", "A")
    assert desk.said[-1] == "Type a number from 1 to 1. Nothing was moved."


def test_a_wrong_query_is_refused_with_the_reason(
    desk: Any, searches: SavedSearchController
) -> None:
    desk.notebook.lists.add("A", "a")
    desk.tasks.answers.append("wrong(")
    do(searches, "change", "A")
    assert desk.errors == ["“wrong(” ends too early."]
    assert desk.notebook.lists.queries() == {"A": "a"}
