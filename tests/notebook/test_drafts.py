import contextlib
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.errors import NotebookError
from tuireader.notebook.drafts import Drafts


def test_a_draft_is_there_until_it_is_dropped(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.get("note") == ""
    assert drafts.texts() == {}
    drafts.save("note", "Half a sent")
    drafts.save("note", "Half a sentence")
    drafts.save("other", "x")
    assert Drafts(tmp_path / "drafts").texts() == {"note": "Half a sentence", "other": "x"}
    drafts.drop("note")
    drafts.drop("never was")
    assert drafts.texts() == {"other": "x"}


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=80))
def test_no_key_leads_out_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, key: str, text: str
) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    for name in (key, f"../{key}", f"/etc/{key}", f"caf\udce9{key}"):
        Drafts(folder / "drafts").save(name, text)
        assert Drafts(folder / "drafts").get(name) == text
    assert [path.name for path in folder.iterdir()] == ["drafts"]


def test_a_file_that_is_no_draft_is_passed_over(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.save("note", "kept")
    (tmp_path / "junk.json").write_bytes(b"\xff{")
    assert drafts.texts() == {"note": "kept"}


def test_a_draft_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, full_disk: Callable[[int], contextlib.AbstractContextManager[None]]
) -> None:
    drafts = Drafts(tmp_path)
    drafts.save("note", "before")
    with full_disk(10), pytest.raises(NotebookError, match="not saved"):
        drafts.save("note", "after" * 100)
    assert drafts.get("note") == "before"
    assert len(list(tmp_path.iterdir())) == 1


# The file for the reader's own editor


def open_file(drafts: Drafts, text: str = "", *, saved: bool = True) -> Path:
    return drafts.open_file("note", text, None, saved=saved)


def test_what_an_editor_saves_is_a_draft_at_once(tmp_path: Path) -> None:
    path = open_file(Drafts(tmp_path), "One.")
    assert path.read_text() == "One.\n"
    assert Drafts(tmp_path).texts() == {}
    path.write_text("One. Two.\n")
    assert Drafts(tmp_path).texts() == {"note": "One. Two."}


def test_what_an_editor_saves_after_the_note_was_saved_is_a_draft_again(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    path = open_file(drafts)
    path.write_text("One.\n")
    assert drafts.take_file("note") == "One."
    drafts.drop("note")
    assert drafts.texts() == {}
    assert not path.exists()
    path.write_text("One. Two.\n")
    assert drafts.texts() == {"note": "One. Two."}


def test_a_file_that_was_written_since_it_was_taken_up_is_not_removed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    path = open_file(drafts)
    path.write_text("One.")
    drafts.take_file("note")
    path.write_text("One. Two.")
    drafts.drop("note")
    assert drafts.texts() == {"note": "One. Two."}


def test_words_typed_here_and_words_saved_there_are_both_kept(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    path = open_file(drafts, "Start.")
    drafts.save("note", "Start. Here.")
    path.write_text("Start. There.\n")
    assert drafts.get("note") == "Start. Here.\n\nStart. There."
    drafts.take_file("note")
    drafts.save("note", "Here and there.")
    assert drafts.get("note") == "Here and there."


def test_words_that_are_taken_out_in_an_editor_stay_out(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    path = open_file(drafts, "One. Two.")
    path.write_text("One.\n")
    assert drafts.get("note") == "One."
    drafts.take_file("note")
    path.write_text("")
    assert drafts.get("note") == "One."


@pytest.mark.parametrize(
    "data",
    [
        "Café.".encode(),
        "Café.".encode("utf-8-sig"),
        "Café.\r\n".encode("utf-16"),
        "Café.".encode("cp1252"),
        b"Caf\xc3\xa9.\x1b\x00\r\n",
    ],
)
def test_an_editor_may_write_in_another_encoding(data: bytes, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    open_file(drafts).write_bytes(data)
    assert drafts.get("note") == "Café."


def test_an_editor_may_rename_another_file_over_it(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    path = open_file(drafts)
    (tmp_path / "other").write_text("One.")
    (tmp_path / "other").replace(path)
    path.with_name(f".{path.name}.swp").write_bytes(b"\xff")
    path.with_name(f"{path.name}~").write_text("Before.")
    assert drafts.texts() == {"note": "One."}
    drafts.take_file("note")
    drafts.drop("note")
    left = sorted(file.suffix for file in (tmp_path / "drafts").iterdir())
    assert left == [".saved", ".swp"]


def leave_folder(path: Path) -> None:
    path.mkdir()


def leave_pipe(path: Path) -> None:
    os.mkfifo(path)


def leave_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def leave_huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.parametrize(
    ("leave", "told"),
    [
        (leave_folder, "a folder"),
        (leave_pipe, "a named pipe"),
        (leave_link, "a symbolic link"),
        (leave_huge_file, "more than 10 MB"),
        (lambda _: None, "removed the file"),
    ],
)
def test_what_is_no_file_of_a_note_is_told_and_leaves_the_draft(
    leave: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    drafts = Drafts(tmp_path)
    path = open_file(drafts, "Begun.", saved=False)
    path.unlink()
    leave(path)
    with pytest.raises(NotebookError, match=told):
        drafts.take_file("note")
    assert drafts.texts() == {"note": "Begun."}
    assert open_file(drafts, "Begun.", saved=False).read_text() == "Begun.\n"


def test_the_file_of_an_editor_that_did_not_start_leaves_nothing(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    open_file(drafts, "A saved note.")
    drafts.close_file("note")
    assert list(tmp_path.iterdir()) == []


def test_records_of_saved_notes_are_removed_after_a_month_unless_the_file_has_new_words(
    tmp_path: Path,
) -> None:
    drafts = Drafts(tmp_path)
    open_file(drafts, "Looked at.")
    new = drafts.open_file("other", "One.", None, saved=True)
    new.write_text("One. Two.")
    now = dt.datetime.now(dt.UTC)
    drafts.delete_expired(now + dt.timedelta(days=29))
    assert len(list(tmp_path.iterdir())) == 4
    drafts.delete_expired(now + dt.timedelta(days=31))
    assert len(list(tmp_path.iterdir())) == 2
    assert drafts.texts() == {"other": "One. Two."}


def test_a_file_for_an_editor_that_cannot_be_written_is_told(
    tmp_path: Path, full_disk: Callable[[int], contextlib.AbstractContextManager[None]]
) -> None:
    with full_disk(10), pytest.raises(NotebookError, match="not saved"):
        open_file(Drafts(tmp_path), "A long note.")
