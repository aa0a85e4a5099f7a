from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.library_changes import LibraryChanges
from tuireader.domain.bookmark import Citation
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with Notebook.open(tmp_path / "notebook") as opened:
        yield opened


@pytest.fixture
def changes(tmp_path: Path, notebook: Notebook) -> LibraryChanges:
    loader = ArticleLoader(AppPaths.find(str(tmp_path / "data"), {}), notebook.sources.citation)
    return LibraryChanges(loader, lambda: notebook)


def test_known_articles_of_the_library_whose_files_are_missing_are_named(
    tmp_path: Path, notebook: Notebook, changes: LibraryChanges
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "here.txt").write_text("Here", encoding="utf-8")
    notebook.sources.add(str(folder))
    gone, hidden = str(folder / "gone.txt"), str(folder / "hidden.txt")
    known = [gone, f"{folder}/book.epub#1", hidden, f"{folder}/here.txt", "/elsewhere.txt"]
    notebook.states.star([Citation(location=place) for place in [*known, "https://a.example/1"]])
    notebook.states.hide([Citation(location=hidden)])
    assert set(changes.missing_locations()) == {gone, f"{folder}/book.epub#1"}
    notebook.sources.remove(str(folder))
    assert changes.missing_locations() == ()
