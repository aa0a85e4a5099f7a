from pathlib import Path

from tuireader.notebook.notebook import Notebook


def test_the_list_begins_with_what_was_added_or_opened_last(folder: Path) -> None:
    with Notebook.open(folder) as notebook:
        assert notebook.sources.add("/a", "/b", "/a") == 2
        assert notebook.sources.add("/c", opened=True) == 1
        assert notebook.sources.all() == ("/c", "/a", "/b")
        assert notebook.sources.add("/b", opened=True) == 0
        assert notebook.sources.add("/a", "/d") == 1
    with Notebook.open(folder) as notebook:
        assert notebook.sources.all() == ("/d", "/b", "/c", "/a")


def test_what_is_taken_off_the_list_comes_back_with_undo(notebook: Notebook) -> None:
    notebook.sources.add("/a", "/b")
    notebook.sources.remove("/a")
    notebook.sources.remove("/nowhere")
    assert notebook.sources.all() == ("/b",)
    assert notebook.undo() == "removed “/a” from the list"
    assert notebook.sources.all() == ("/a", "/b")


def test_adding_is_a_step_of_undo_and_opening_is_none(notebook: Notebook) -> None:
    notebook.sources.add("/opened", opened=True)
    assert notebook.undo() is None
    notebook.sources.add("/a", "/b")
    notebook.sources.add("/c")
    assert notebook.undo() == "added “/c”"
    assert notebook.undo() == "added 2 sources"
    assert notebook.sources.all() == ("/opened",)
    assert notebook.redo() == "added 2 sources"
    assert set(notebook.sources.all()) == {"/opened", "/a", "/b"}


def test_what_is_added_in_one_group_is_one_step_however_often_it_is_saved(
    notebook: Notebook,
) -> None:
    notebook.sources.add("/before")
    for number in range(3):
        notebook.sources.add(f"/{number}", group="import")
    assert notebook.undo() == "added 3 sources"
    assert notebook.sources.all() == ("/before",)
    notebook.redo()
    notebook.sources.add("/other", group="another")
    notebook.sources.add("/late", group="import")
    assert notebook.undo() == "added “/late”"


def test_many_are_added_in_one_line(notebook: Notebook, journal_file: Path) -> None:
    notebook.sources.add("/first")
    lines = journal_file.read_bytes().count(b"\n")
    assert notebook.sources.add(*(f"/many/{number}" for number in range(2000))) == 2000
    assert journal_file.read_bytes().count(b"\n") == lines + 1
    assert notebook.sources.all()[0] == "/many/0"
    assert len(notebook.sources.all()) == 2001
