"""A disk that is really full, and a read-only one: small ones, mounted for the test."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import disk_reserve
from tuireader.notebook.notebook import Notebook

ROOM = 4 << 20


def read_many(notebook: Notebook) -> None:
    for number in range(1000):
        notebook.progress.save(ReadingProgress(location=f"/{number}", offset=number, length=9))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() or mount is None:
        pytest.skip("only root may mount a disk")
    options = ["-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(path)]
    if subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def fill(disk: Path) -> Path:
    """Fill the disk completely, and return the file that does it."""
    filling = disk / "filling"
    with filling.open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
    return filling


def test_the_room_is_made_with_the_first_change_and_is_really_taken(
    disk: Path, article: Article
) -> None:
    with Notebook.open(disk / "desk") as notebook:
        assert not (disk / "desk").exists() or not (disk / "desk" / disk_reserve.FILE).exists()
        notebook.bookmarks.keep(article, Passage(0, 9))
    kept = (disk / "desk" / disk_reserve.FILE).stat()
    assert kept.st_size == disk_reserve.SIZE
    assert kept.st_blocks * 512 >= disk_reserve.SIZE


def test_a_note_and_its_draft_are_saved_on_a_full_disk_and_it_is_told(
    disk: Path, article: Article
) -> None:
    with Notebook.open(disk / "desk") as notebook:
        mark = notebook.bookmarks.keep(article, Passage(0, 9))
        fill(disk)
        notebook.drafts.save("note", "half a thought")
        assert notebook.notices == (disk_reserve.SPENT_NOTICE,)
        assert not (disk / "desk" / disk_reserve.FILE).exists()
        notebook.bookmarks.change(mark.id, note="a thought " * 200)
        notebook.bookmarks.keep(article, Passage(10, 19), note="another")
    with Notebook.open(disk / "desk") as again:
        assert [kept.note[:9] for kept in again.bookmarks.all()] == ["another", "a thought"]
        assert again.drafts.texts() == {"note": "half a thought"}


def test_a_new_articles_text_is_kept_too(disk: Path, article: Article) -> None:
    with Notebook.open(disk / "desk") as notebook:
        notebook.sources.add("/somewhere")
        fill(disk)
        mark = notebook.bookmarks.keep(article, Passage(0, 9), note="a thought")
        assert mark.anchor
        assert notebook.texts.load(mark.anchor.text_hash)
    with Notebook.open(disk / "desk") as again:
        assert [kept.note for kept in again.bookmarks.all()] == ["a thought"]


def test_when_the_room_is_used_up_too_it_is_refused_and_nothing_saved_is_lost(
    disk: Path, article: Article
) -> None:
    saved = []
    with Notebook.open(disk / "desk") as notebook:
        mark = notebook.bookmarks.keep(article, Passage(0, 9))
        fill(disk)
        for number in range(1000):
            note = f"{number} " * 2000
            try:
                notebook.bookmarks.change(mark.id, note=note)
            except NotebookError as error:
                assert "the disk is full" in str(error)  # noqa: PT017 - when is not known before
                break
            saved.append(note)
        assert saved
        assert notebook.bookmarks.all()[0].note == saved[-1]
        (disk / "filling").unlink()
        notebook.bookmarks.change(mark.id, note="there is room again")
        assert (disk / "desk" / disk_reserve.FILE).exists()
    with Notebook.open(disk / "desk") as again:
        assert [kept.note for kept in again.bookmarks.all()] == ["there is room again"]
        assert again.undo()
        assert again.bookmarks.all()[0].note == saved[-1]


def test_the_room_is_not_spent_on_how_far_something_was_read(disk: Path, article: Article) -> None:
    with Notebook.open(disk / "desk") as notebook:
        notebook.bookmarks.keep(article, Passage(0, 9))
        fill(disk)
        with pytest.raises(NotebookError, match="the disk is full"):
            read_many(notebook)
        assert (disk / "desk" / disk_reserve.FILE).exists()


def test_where_there_is_little_room_none_is_set_aside(disk: Path, article: Article) -> None:
    filling = fill(disk)
    os.truncate(filling, filling.stat().st_size - disk_reserve.SIZE)
    with Notebook.open(disk / "desk") as notebook:
        notebook.bookmarks.keep(article, Passage(0, 9))
        assert not (disk / "desk" / disk_reserve.FILE).exists()
        filling.unlink()
        notebook.bookmarks.keep(article, Passage(10, 19))
        assert (disk / "desk" / disk_reserve.FILE).exists()


def test_a_disk_that_may_only_be_read_is_read_and_saving_refused_in_words(
    disk: Path, article: Article
) -> None:
    with Notebook.open(disk / "desk") as notebook:
        notebook.bookmarks.keep(article, Passage(0, 9), note="kept")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    before = {path: path.read_bytes() for path in disk.rglob("*") if path.is_file()}
    with Notebook.open(disk / "desk") as notebook:
        (mark,) = notebook.bookmarks.for_article(article)
        assert mark.note == "kept"
        (notice,) = notebook.notices
        assert "nothing can be saved" in notice
        with pytest.raises(NotebookError, match="the disk is read-only"):
            notebook.bookmarks.change(mark.id, note="no")
        with pytest.raises(NotebookError, match="the disk is read-only"):
            notebook.drafts.save("note", "no")
    assert {path: path.read_bytes() for path in disk.rglob("*") if path.is_file()} == before
