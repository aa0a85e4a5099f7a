"""`tuireader export`: write the notebook out as the one JSON file that stock TinyDB opens."""

import json
from pathlib import Path

from tuireader.cli.arguments import Request
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.output import say
from tuireader.domain.errors import NotebookError
from tuireader.domain.plurals import counted
from tuireader.folders import Folders, create_file, make_private

PRIVATE = 0o600
"""The notebook is its owner's alone, and so is what is exported of it."""


def run(request: Request, folders: Folders) -> int:
    """Write every table, with its ids; a file that is already there is left as it is."""
    (name,) = request.sources
    path = Path(name)
    there = f"{name} is there already; nothing was written. Name a new file."
    if path.exists():
        raise NotebookError(there)
    with notebook_in(folders) as notebook:
        tables = notebook.tables()
    make_private(path.parent)
    content = json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        create_file(path, content, PRIVATE)
    except FileExistsError:
        raise NotebookError(there) from None
    say(f"{counted(sum(map(len, tables.values())), 'record')} written to {name}.")
    return 0
