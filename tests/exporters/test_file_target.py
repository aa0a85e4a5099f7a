"""The file that an export is written to."""

import datetime as dt
import os
from pathlib import Path

import pytest

from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.file_target import (
    Obstacle,
    complete_path,
    export_path,
    obstacle_at,
    proposed_folder,
    unused_path,
)
from tuireader.exporters.note_formats import NOTE_FORMATS
from tuireader.notebook.notebook import FILE, Notebook

DAY = dt.date(2026, 1, 2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, and in it the current one."""
    folder = tmp_path / "home"
    (folder / "here" / "news").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder / "here")
    return folder


def test_the_folder_of_the_last_export_is_proposed_first(home: Path) -> None:
    last = str(home / "here" / "news")
    assert proposed_folder(last, [last]) == Path(last)


def test_the_current_folder_is_proposed_if_the_last_one_is_gone(home: Path) -> None:
    assert proposed_folder(str(home / "gone"), []) == home / "here"
    assert proposed_folder("", ["https://harbour.example", str(home / "other")]) == home / "here"


@pytest.mark.parametrize("source", ["here", ""])
def test_no_folder_of_the_library_is_proposed(home: Path, source: str) -> None:
    assert proposed_folder("", [str(home / source)]) == home


def test_a_link_to_a_folder_of_the_library_is_recognised(home: Path) -> None:
    (home / "link").symlink_to(home / "here")
    assert proposed_folder("", [str(home / "link")]) == home


def test_a_current_folder_that_is_gone_is_not_proposed(home: Path) -> None:
    os.rmdir(home / "here" / "news")  # noqa: PTH106 - the current folder is removed next
    os.rmdir(home / "here")  # noqa: PTH106 - as above
    assert proposed_folder("", []) == home


def test_the_proposed_name_is_free(tmp_path: Path) -> None:
    for note_format in NOTE_FORMATS:
        names = []
        for _ in range(3):
            path = unused_path(tmp_path, note_format, DAY)
            names.append(path.name)
            path.symlink_to("nowhere")
        start, end = "tuireader-notes-2026-01-02", note_format.extension
        assert names == [f"{start}.{end}", f"{start}-2.{end}", f"{start}-3.{end}"]


def test_the_home_folder_and_the_current_one_are_understood(home: Path) -> None:
    assert export_path("~/notes.md") == home / "notes.md"
    assert export_path("notes.md") == home / "here" / "notes.md"
    assert export_path("news/../a.md") == home / "here" / "a.md"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the path of a file"),
        ("news", "is a folder"),
        ("~", "is a folder"),
        ("new/", "is a folder"),
        ("~nobody-of-that-name/a.md", "no home folder ~nobody-of-that-name"),
        ("/dev/null", "not a regular file"),
        ("pipe.md", "not a regular file"),
        ("data/notebook.jsonl", "a notebook of tuireader"),
    ],
)
def test_a_path_that_takes_no_export_is_refused(home: Path, typed: str, said: str) -> None:
    os.mkfifo(home / "here" / "pipe.md")
    with Notebook.open(home / "here" / "data") as notebook:
        notebook.sources.add("/news/pier.txt")
    assert (home / "here" / "data" / FILE).exists()
    with pytest.raises(TuiReaderError, match=said):
        export_path(typed)


def test_what_is_in_the_way_is_told_apart(home: Path) -> None:
    (home / "there.md").touch()
    (home / "link.md").symlink_to("nowhere")
    assert obstacle_at(home / "there.md") is Obstacle.FILE
    assert obstacle_at(home / "link.md") is Obstacle.FILE
    assert obstacle_at(home / "no" / "such" / "a.md") is Obstacle.NO_FOLDER
    assert obstacle_at(home / "there.md" / "a.md") is Obstacle.NO_FOLDER
    assert obstacle_at(home / "new.md") is None


def test_a_path_is_completed_as_far_as_it_is_certain(home: Path) -> None:
    for name in ("notes-1.md", "notes-2.md", ".hidden", "bad\x1b.md"):
        (home / name).touch()
    assert complete_path("~/h") == ("~/here/", ("here/",))
    assert complete_path("ne") == ("news/", ("news/",))
    assert complete_path("~/no") == ("~/notes-", ("notes-1.md", "notes-2.md"))
    assert complete_path("~/.h") == ("~/.hidden", (".hidden",))
    assert complete_path("~/") == ("~/", ("here/", "notes-1.md", "notes-2.md"))
    for nothing in ("~/x", "/no/such/folder/x", "~/notes-1.md/x"):
        assert complete_path(nothing) == (nothing, ())
