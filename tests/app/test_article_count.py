"""How many articles sources hold, as far as that is known without opening them."""

from pathlib import Path

import pytest

from tuireader.app.source_resolver import article_count


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.txt", "two.md", "deep/three.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Words.\n", encoding="utf-8")
    return tmp_path


def test_files_and_those_of_folders_are_counted(folder: Path) -> None:
    assert article_count((str(folder),)) == 3
    assert article_count((str(folder / "one.txt"), str(folder / "deep"))) == 2
    assert article_count((str(folder / "missing"),)) == 1


@pytest.mark.parametrize("source", ["-", "https://example.org/a", "book.epub", "feed.xml"])
def test_the_number_is_unknown_where_a_source_may_hold_several(folder: Path, source: str) -> None:
    assert article_count((str(folder), source)) is None
