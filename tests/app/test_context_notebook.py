"""The notebook of the screens, which is opened when it is first needed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tuireader.app.startup import build_context
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


def test_two_threads_that_need_the_notebook_first_get_the_same_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour stays open.")
    context = build_context((str(tmp_path / "a.txt"),), AppPaths.find(str(tmp_path / "data"), {}))
    open_notebook, together, opened = context.open_notebook, Barrier(2), []

    def open_slowly() -> Notebook:
        opened.append(open_notebook())
        return opened[-1]

    def needed(_number: int) -> Notebook:
        together.wait(10)
        return context.notebook

    context.open_notebook = open_slowly
    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(needed, range(2))
    assert one is two
    assert len(opened) == 1
    context.close_notebook()
