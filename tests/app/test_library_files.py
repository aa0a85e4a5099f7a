import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.app.library_files import FileChanges, LibraryFiles
from tuireader.library.search.index import SearchIndex

OLD = 1_600_000_000
"""A time of change, in seconds, that is long enough ago to be trusted."""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with SearchIndex(tmp_path / "index.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "2024").mkdir(parents=True)
    for name in ("2024/b.txt", "2024/a10.txt", "2024/a9.txt", "z.txt", "c.txt"):
        (folder / name).write_text(f"{name}\n\nA text.\n", encoding="utf-8")
    age(folder)
    return folder


def age(folder: Path) -> None:
    """Let folders have been changed long ago."""
    for each in (folder, folder / "2024"):
        os.utime(each, (OLD, OLD))


def names(changes: FileChanges) -> dict[str, str]:
    return {
        Path(each.path).name: "gone" if each.now is None else "changed" if each.before else "new"
        for each in changes.files
    }


def indexed(index: SearchIndex, folder: Path) -> LibraryFiles:
    files = LibraryFiles(index.folders)
    files.commit(files.scan((str(folder),)))
    return files


def test_the_first_scan_finds_all_files_in_the_order_of_the_library(
    index: SearchIndex, folder: Path
) -> None:
    files = indexed(index, folder)
    found = [Path(each.path).name for each in files.files(str(folder))]
    assert found == ["a9.txt", "a10.txt", "b.txt", "c.txt", "z.txt"]


def test_files_that_come_change_and_go_are_found_once(index: SearchIndex, folder: Path) -> None:
    files = indexed(index, folder)
    assert not files.scan((str(folder),))
    (folder / "2024" / "new.txt").write_text("New\n", encoding="utf-8")
    (folder / "c.txt").unlink()
    with (folder / "z.txt").open("a", encoding="utf-8") as file:
        file.write("More.\n")
    changes = files.scan((str(folder),))
    assert names(changes) == {"new.txt": "new", "c.txt": "gone", "z.txt": "changed"}
    files.commit(changes)
    assert not files.scan((str(folder),))
    assert not LibraryFiles(index.folders).scan((str(folder),))


def test_a_folder_that_goes_takes_its_files_with_it(index: SearchIndex, folder: Path) -> None:
    files = indexed(index, folder)
    (folder / "2024").rename(folder.parent / "elsewhere")
    assert names(files.scan((str(folder),))) == dict.fromkeys(
        ("a9.txt", "a10.txt", "b.txt"), "gone"
    )


def test_a_folder_whose_time_is_the_same_is_read_only_when_the_reader_asks(
    index: SearchIndex, folder: Path
) -> None:
    files = indexed(index, folder)
    assert files.is_unchanged()
    (folder / "unseen.txt").write_text("Unseen\n", encoding="utf-8")
    assert not files.is_unchanged()
    age(folder)
    assert files.is_unchanged()
    assert not files.scan((str(folder),))
    assert names(files.scan((str(folder),), anew=True)) == {"unseen.txt": "new"}


def test_the_time_of_a_folder_that_was_changed_just_now_is_not_trusted(
    index: SearchIndex, folder: Path
) -> None:
    os.utime(folder)
    files = indexed(index, folder)
    assert not files.is_unchanged()
    before = folder.stat().st_mtime_ns
    (folder / "quick.txt").write_text("Quick\n", encoding="utf-8")
    os.utime(folder, ns=(before, before))
    assert names(files.scan((str(folder),))) == {"quick.txt": "new"}


def test_a_file_is_a_source_of_its_own_and_may_hold_several_articles(
    index: SearchIndex, tmp_path: Path
) -> None:
    collection = tmp_path / "some.jsonl"
    collection.write_text('{"id": "1", "text": "One."}\n', encoding="utf-8")
    files = indexed(index, collection)
    collection.write_text(
        '{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n', encoding="utf-8"
    )
    changes = files.scan((str(collection),))
    assert [
        (each.before and each.before.members, each.now and each.now.members)
        for each in changes.files
    ] == [(("1",), ("1", "2"))]
    files.commit(changes)
    collection.unlink()
    assert names(files.scan((str(collection),))) == {"some.jsonl": "gone"}


def test_a_source_that_is_missing_is_an_article_that_cannot_be_opened(
    index: SearchIndex, tmp_path: Path
) -> None:
    files = indexed(index, tmp_path / "missing")
    (each,) = files.files(str(tmp_path / "missing"))
    assert (each.path, each.now and each.now.size) == (str(tmp_path / "missing"), -1)
    assert not files.scan((str(tmp_path / "missing"),))
