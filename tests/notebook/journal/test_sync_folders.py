import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.domain.article import Article, Passage
from tuireader.notebook.journal.sync_folders import sync_program
from tuireader.notebook.notebook import Notebook

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def doctor(folder: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    def run(*words: str) -> tuple[int, str]:
        status = main(["--data-dir", str(folder), "doctor", *words])
        return status, capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/ada/Dropbox/desk", "Dropbox"),
        ("/home/ada/Dropbox (Personal)/desk", "Dropbox"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/desk", "iCloud Drive"),
        ("/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/desk", "Google Drive"),
        ("/Users/ada/Library/CloudStorage/OneDrive-Firm", "OneDrive"),
        ("/Users/ada/Library/CloudStorage/Unheard-of", "Unheard"),
        ("/mnt/c/Users/ada/OneDrive - Firm/desk", "OneDrive"),
        ("/home/ada/Nextcloud2/desk", "Nextcloud"),
        ("/home/ada/ownCloud", "ownCloud"),
        ("/home/ada/Seafile/My Library", "Seafile"),
        ("/home/ada/.local/share/tuireader", ""),
        ("/home/ada/dropbox-of-notes", ""),
        ("/home/ada/Documents/desk", ""),
    ],
)
def test_a_synchronised_folder_is_told_by_its_name(folder: str, service: str) -> None:
    assert sync_program(Path(folder)) == service


@pytest.mark.parametrize(
    ("mark", "service"), [(".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud")]
)
def test_a_synchronised_folder_is_told_by_what_the_program_lays_into_it(
    tmp_path: Path, mark: str, service: str
) -> None:
    desk = tmp_path / "notes" / "desk"
    assert sync_program(desk) == ""
    (tmp_path / mark).mkdir()
    assert sync_program(desk) == service


def test_a_link_into_a_synchronised_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "desk").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox" / "desk")
    assert sync_program(tmp_path / "link") == "Dropbox"


def test_a_synchronised_folder_is_told_on_the_screen_and_by_the_doctor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = tmp_path / "Dropbox" / "desk"
    with Notebook.open(desk) as notebook:
        (warning,) = notebook.warnings
        assert warning.startswith("The notebook is in a folder that Dropbox synchronises")
        assert "--data-dir" in warning
        assert not notebook.notices
    assert main(["--data-dir", str(desk), "doctor"]) == 0
    assert "note     folders: The notebook is in a folder" in capsys.readouterr().out


@pytest.fixture
def conflict(folder: Path, journal_file: Path, article: Article) -> Path:
    """A conflict copy with one new note, one changed later here, one deleted here, one equal."""
    with Notebook.open(folder) as notebook:
        for number in range(3):
            notebook.bookmarks.keep(article, Passage(number * 10, number * 10 + 9), note="both")
        notebook.sources.add("/deleted")
    elsewhere = folder.parent / "elsewhere"
    shutil.copytree(folder, elsewhere)
    with Notebook.open(elsewhere) as notebook:
        notebook.bookmarks.keep(article, Passage(90, 99), note="only there")
    with Notebook.open(folder) as notebook:
        mark = notebook.bookmarks.all()[0]
        notebook.bookmarks.change(mark.id, note="here, later")
        notebook.sources.remove("/deleted")
    name = "notebook (Ada's conflicted copy\x1b[2J 2026-11-27).jsonl"
    shutil.copy(elsewhere / journal_file.name, folder / name)
    return folder / name


def test_a_conflict_copy_is_told(conflict: Path, folder: Path, doctor: Doctor) -> None:
    before = conflict.read_bytes()
    with Notebook.open(folder) as notebook:
        (notice,) = notebook.notices
        assert "“notebook (Ada's conflicted copy[2J 2026-11-27).jsonl”" in notice
        assert "doctor --repair" in notice
    status, out = doctor()
    assert status == 1
    assert "with 1 new or newer record" in out
    assert "\x1b" not in out
    assert conflict.read_bytes() == before


def test_what_a_conflict_copy_has_is_taken_over_in_one_step(
    conflict: Path, folder: Path, doctor: Doctor
) -> None:
    copy = conflict.read_bytes()
    status, out = doctor("--repair")
    assert status == 0
    assert "1 record merged" in out
    assert not conflict.exists()
    assert copy in [path.read_bytes() for path in (folder / "damaged").iterdir()]
    with Notebook.open(folder) as notebook:
        assert not notebook.notices
        found = [mark.note for mark in notebook.bookmarks.all()]
        assert sorted(found) == ["both", "both", "here, later", "only there"]
        assert notebook.sources.all() == ()
        assert (notebook.undo() or "").startswith("merged “notebook (Ada's")
        assert len(notebook.bookmarks.all()) == 3


def test_a_conflict_copy_with_nothing_new_is_well_and_set_aside(
    folder: Path, journal_file: Path, doctor: Doctor
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
    copy = folder / "notebook.sync-conflict-20261127-101112-ABCDEFG.jsonl"
    shutil.copy(journal_file, copy)
    status, out = doctor()
    assert (status, "with nothing new" in out) == (0, True)
    found = json.loads(doctor("--repair", "--json")[1])
    assert [each["what"] for each in found if each.get("done")] == [copy.name]
    assert not copy.exists()


@pytest.mark.parametrize("name", ["notebook-list.jsonl", "notebook.jsonl.lock", "notes.jsonl"])
def test_other_files_beside_the_notebook_are_no_copies(folder: Path, name: str) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
    (folder / name).write_text('{"id": 1, "text": "a collection of the reader"}\n')
    with Notebook.open(folder) as notebook:
        assert not notebook.notices
