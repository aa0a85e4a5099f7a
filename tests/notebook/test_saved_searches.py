from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.errors import NotebookError
from tuireader.notebook.notebook import Notebook


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook.open(tmp_path) as opened:
        opened.lists.add("Boats", "ferry")
        opened.lists.add("Rivers", "river")
        yield opened


def names(notebook: Notebook) -> list[str]:
    return [search.name for search in notebook.lists.all()]


def test_saved_searches_keep_their_order_and_every_change_can_be_undone(notebook: Notebook) -> None:
    notebook.lists.move("Rivers", -1)
    assert names(notebook) == ["Rivers", "Boats"]
    notebook.lists.rename("boats", "Ships")
    notebook.lists.change("Ships", query="ferry or ship")
    notebook.lists.remove("Rivers")
    assert notebook.lists.queries() == {"Ships": "ferry or ship"}
    for expected in (["Rivers", "Ships"], ["Rivers", "Ships"], ["Rivers", "Boats"]):
        assert notebook.undo()
        assert names(notebook) == expected
    notebook.undo()
    assert names(notebook) == ["Boats", "Rivers"]


def test_renaming_changes_the_queries_that_name_it_in_the_same_undo_step(
    notebook: Notebook,
) -> None:
    notebook.lists.add("Both", "Boats Rivers")
    notebook.lists.rename("boats", "Ships", lambda query, _old, new: query.replace("Boats", new))
    assert notebook.lists.queries()["Both"] == "Ships Rivers"
    notebook.undo()
    assert names(notebook) == ["Boats", "Rivers", "Both"]
    assert notebook.lists.queries()["Both"] == "Boats Rivers"


def test_they_are_kept_in_the_notebook(notebook: Notebook, tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as other:
        assert names(other) == names(notebook) == ["Boats", "Rivers"]


@pytest.mark.parametrize("name", ["", " ", "boats"])
def test_a_name_that_is_empty_or_taken_is_refused(notebook: Notebook, name: str) -> None:
    with pytest.raises(NotebookError):
        notebook.lists.add(name, "x")
    with pytest.raises(NotebookError):
        notebook.lists.rename("Rivers", name)
    assert names(notebook) == ["Boats", "Rivers"]
