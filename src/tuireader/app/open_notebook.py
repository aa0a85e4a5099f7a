"""Opens the notebook for one command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.sanitize import sanitize_line


@contextmanager
def open_notebook(folders: AppPaths) -> Iterator[Notebook]:
    """Open the notebook of the data folder; its notices are printed on standard error."""
    with Notebook.open(folders.data) as notebook:
        for notice in notebook.notices:
            sys.stderr.write(f"tuireader: {sanitize_line(notice)}\n")
        yield notebook
