import os
import socket
from pathlib import Path

import pytest

from tuireader.domain.errors import SkippedFilesError, SourceError
from tuireader.sources.files import article_files


def names(folder: Path) -> list[str]:
    return [os.path.relpath(found, folder) for found in article_files(str(folder))]


def test_articles_come_in_natural_order_and_folders_among_them(tmp_path: Path) -> None:
    for name in ("a10.txt", "a9.md", "B.TXT", "z.mobi", ".hidden.txt", "noext"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    (tmp_path / "c2").mkdir()
    (tmp_path / "c2" / "c.jsonl").write_text("{}", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("words", encoding="utf-8")
    assert names(tmp_path) == ["a9.md", "a10.txt", "B.TXT", "c2/c.jsonl", "noext"]


def test_a_file_without_an_ending_must_look_like_text(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\x00\x00")
    (tmp_path / "letter").write_text("Dear Ida,\n", encoding="utf-8")
    assert names(tmp_path) == ["letter"]


def test_links_pipes_and_sockets_are_left_alone(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (tmp_path / "outside.txt").write_text("words", encoding="utf-8")
    (shelf / "inside.txt").write_text("words", encoding="utf-8")
    (shelf / "dir.txt").mkdir()
    (shelf / "out.txt").symlink_to(tmp_path / "outside.txt")
    (shelf / "same.txt").symlink_to(shelf / "inside.txt")
    (shelf / "broken.txt").symlink_to("nowhere")
    (shelf / "self.txt").symlink_to("self.txt")
    (shelf / "loop").symlink_to(".")
    (shelf / "endless.txt").symlink_to("/dev/zero")
    os.mkfifo(shelf / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(shelf / "s.txt"))
        assert names(shelf) == ["inside.txt", "same.txt"]


def test_a_name_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/x\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a path in bytes
        file.write(b"words")
    assert list(article_files(str(tmp_path))) == [os.fsdecode(path)]


def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        list(article_files(str(tmp_path / "nothing")))


def test_a_deep_tree_is_walked_to_its_end(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("words", encoding="utf-8")
    assert len(names(tmp_path)) == 1


def test_the_files_that_are_skipped_are_named_by_their_kinds(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "b.jpg", "deep/c.jpg", "d.azw3", "e.xml", ".hidden.jpg"):
        (tmp_path / name).write_text("x")
    errors: list[SourceError] = []
    assert [Path(path).name for path in article_files(str(tmp_path), errors.append)] == ["a.txt"]
    (error,) = errors
    assert isinstance(error, SkippedFilesError)
    assert [(kind.ending, kind.count, bool(kind.advice)) for kind in error.kinds] == [
        (".azw3", 1, True),
        (".xml", 1, True),
        (".jpg", 2, False),
    ]
