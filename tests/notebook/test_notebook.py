import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import NotebookError
from tuireader.notebook.notebook import Notebook


def test_the_package_is_imported_without_its_database() -> None:
    program = "import sys, tuireader.notebook; print('tinydb' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_saving_needs_no_fuzzy_matching_to_be_imported(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tuireader.notebook.notebook import Notebook;"
        "Notebook.open(Path(sys.argv[1])).sources.add('/a'); print('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_opening_alone_leaves_no_file(folder: Path, journal_file: Path) -> None:
    with Notebook.open(folder) as notebook:
        assert notebook.bookmarks.all() == ()
        assert notebook.sources.all() == ()
        assert notebook.undo() is None
        assert notebook.notices == ()
    assert not journal_file.exists()


def test_a_folder_that_cannot_be_made_is_told_and_reading_goes_on(
    tmp_path: Path, article: Article
) -> None:
    (tmp_path / "file").write_text("no folder")
    with Notebook.open(tmp_path / "file" / "desk") as notebook:
        assert len(notebook.notices) == 1
        assert notebook.bookmarks.for_article(article) == ()
        with pytest.raises(NotebookError):
            notebook.sources.add("/a")
        with pytest.raises(NotebookError):
            notebook.bookmarks.keep(article, None, note="x")
        with pytest.raises(NotebookError):
            notebook.drafts.save("k", "x")
        assert notebook.drafts.texts() == {}


def test_the_revision_grows_with_each_change_of_any_window(
    folder: Path, article: Article, passage: Callable[..., Passage]
) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        seen = one.revision
        for act in (
            lambda: two.bookmarks.keep(article, passage("half a boat")),
            lambda: two.progress.save(ReadingProgress(location="/a", length=3)),
            lambda: two.sources.add("/a"),
            two.undo,
            two.redo,
        ):
            act()
            assert one.revision > seen
            seen = one.revision
            assert one.revision == seen


def test_threads_may_share_a_notebook(
    notebook: Notebook, make_article: Callable[..., Article]
) -> None:
    failures: list[BaseException] = []

    def work(name: int) -> None:
        article = make_article(location=f"/{name}")
        try:
            for number in range(15):
                notebook.bookmarks.keep(article, Passage(number, number + 5), note=str(name))
                notebook.progress.save(
                    ReadingProgress(location=f"/{name}", offset=number, length=99)
                )
                assert len(notebook.bookmarks.for_article(article)) >= number
                notebook.bookmarks.counts()
                notebook.progress.all()
        except (AssertionError, RuntimeError, KeyError, NotebookError) as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    # The text is the same, so each passage of it is kept once, wherever it was kept from.
    assert sum(notebook.bookmarks.counts().values()) == 15
    assert {reading.offset for reading in notebook.progress.all().values()} == {14}
