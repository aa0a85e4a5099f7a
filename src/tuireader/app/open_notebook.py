"""The notebook, opened for one command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.sanitize import sanitize_line


@contextmanager
def open_notebook(folders: AppPaths) -> Iterator[Notebook]:
    """The notebook of the data folder; what is amiss with its file is told on standard error."""
    with Notebook.open(folders.data) as notebook:
        for notice in notebook.notices:
            sys.stderr.write(f"tuireader: {sanitize_line(notice)}\n")
        yield notebook
