from typing import Any, cast

from tuireader.domain.errors import NotebookError
from tuireader.ui.notebook_editor import NotebookEditor, Notifier


class Notebook:
    def __init__(self) -> None:
        self.labels = ["bookmark “a”"]

    def undo(self) -> str | None:
        return self.labels.pop() if self.labels else None

    redo = undo


def failing() -> None:
    raise NotebookError("The disk is full.")


def test_an_error_is_shown_again_only_after_a_while() -> None:
    shown: list[str] = []
    now = [0.0]
    notifier = Notifier(print, shown.append, silence=60.0, clock=lambda: now[0])
    for now[0] in (0.0, 59.0, 60.0):
        notifier.complain(NotebookError("The disk is full."))
    notifier.complain(NotebookError("Another one."))
    assert shown == ["The disk is full.", "The disk is full.", "Another one."]


def test_a_change_is_reported_only_if_it_was_made() -> None:
    said: list[str] = []
    shown: list[str] = []
    changes: list[int] = []
    notifier = Notifier(said.append, shown.append)
    editor = NotebookEditor(cast("Any", Notebook), notifier, lambda: changes.append(1))
    assert editor.change(lambda: None, "Done.")
    assert not editor.change(failing, "Not done.")
    assert (said, shown, len(changes)) == (["Done."], ["The disk is full."], 1)


def test_undo_says_what_was_undone_or_that_there_is_nothing() -> None:
    said: list[str] = []
    notebook: Any = Notebook()
    editor = NotebookEditor(lambda: notebook, Notifier(said.append, said.append), lambda: None)
    editor.undo()
    editor.undo()
    editor.redo()
    assert said == ["Undone: bookmark “a”", "Nothing to undo", "Nothing to redo"]
