"""Where the program keeps its files."""

import stat
from pathlib import Path

import pytest

from tuireader.folders import Folders, make_private, replace_file


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    folders = Folders.find(str(tmp_path / "one"), {"TUIREADER_DATA_DIR": str(tmp_path / "two")})
    for folder in (folders.data, folders.cache, folders.state, folders.config):
        assert folder.is_relative_to(tmp_path / "one")


def test_the_variable_counts_if_nothing_is_named(tmp_path: Path) -> None:
    assert Folders.find(None, {"TUIREADER_DATA_DIR": str(tmp_path)}).data == tmp_path


def test_a_folder_is_known_by_its_full_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Folders.find("here", {}).data == tmp_path / "here"


def test_an_empty_name_means_the_platforms_own_folders() -> None:
    assert Folders.find("", {"TUIREADER_DATA_DIR": ""}).data.name == "tuireader"


def test_finding_the_folders_makes_none(tmp_path: Path) -> None:
    Folders.find(str(tmp_path / "one"), {})
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "one" / "two")
    for folder in (tmp_path / "one", tmp_path / "one" / "two"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path)
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
