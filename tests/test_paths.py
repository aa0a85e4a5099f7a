"""Where the program keeps its files."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tuireader.paths import AppPaths, create_file, make_private_folder, replace_file, replace_files


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    folders = AppPaths.find(str(tmp_path / "one"), {"TUIREADER_DATA_DIR": str(tmp_path / "two")})
    for folder in (folders.data, folders.cache, folders.state, folders.config):
        assert folder.is_relative_to(tmp_path / "one")


def test_the_variable_counts_if_nothing_is_named(tmp_path: Path) -> None:
    assert AppPaths.find(None, {"TUIREADER_DATA_DIR": str(tmp_path)}).data == tmp_path


def test_a_folder_is_known_by_its_full_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert AppPaths.find("here", {}).data == tmp_path / "here"


def test_an_empty_name_means_the_platforms_own_folders() -> None:
    assert AppPaths.find("", {"TUIREADER_DATA_DIR": ""}).data.name == "tuireader"


def test_finding_the_folders_makes_none(tmp_path: Path) -> None:
    AppPaths.find(str(tmp_path / "one"), {})
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "one" / "two")
    for folder in (tmp_path / "one", tmp_path / "one" / "two"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_replaced_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_when_its_file_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failed_replacement_leaves_the_old_file_alone(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="irectory"):
        replace_file(folder, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.fixture(params=["hard links", "no hard links"])
def either_file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system with hard links, and one without, such as FAT."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param == "no hard links":
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("either_file_system")
def test_a_new_file_is_created_whole_with_nothing_beside_it(tmp_path: Path) -> None:
    create_file(tmp_path / "file", b"words")
    assert (tmp_path / "file").read_bytes() == b"words"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("either_file_system")
def test_creating_a_file_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name, b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


@pytest.mark.usefixtures("either_file_system")
def test_a_file_that_cannot_be_written_whole_is_not_there(
    tmp_path: Path, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    with full_disk(3), pytest.raises(OSError, match="arge") as failed:
        create_file(tmp_path / "file", b"words")
    assert failed.value.filename == str(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as failed:
        create_file(tmp_path / "gone" / "file", b"words")
    assert failed.value.filename == str(tmp_path / "gone" / "file")


def test_several_files_are_replaced_together_with_nothing_beside_them(tmp_path: Path) -> None:
    old = tmp_path / "a" / "old"
    replace_file(old, b"before")
    contents = {old: b"after", tmp_path / "b" / "new": b"", tmp_path / "a" / "c": b"x" * 3_000_000}
    replace_files(contents)
    found = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == contents


def test_no_files_are_replaced_by_nothing(tmp_path: Path) -> None:
    replace_files({})
    assert not list(tmp_path.iterdir())


def test_a_failure_among_several_files_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder is needed")
    contents = {tmp_path / "first": b"1", tmp_path / "taken" / "second": b"2"}
    with pytest.raises(OSError, match="taken"):
        replace_files(contents)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
