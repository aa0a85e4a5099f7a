"""The notebook, opened for one command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.domain.cleaning import clean_line
from tuireader.folders import Folders
from tuireader.notebook.notebook import Notebook


@contextmanager
def notebook_in(folders: Folders) -> Iterator[Notebook]:
    """The notebook of the data folder; what is amiss with its file is told on standard error."""
    with Notebook.open(folders.data) as notebook:
        for notice in notebook.notices:
            sys.stderr.write(f"tuireader: {clean_line(notice)}\n")
        yield notebook
