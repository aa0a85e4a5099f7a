"""`tuireader export`: write the notebook out as the one JSON file that stock TinyDB opens."""

import json
from pathlib import Path

from tuireader.app.open_notebook import open_notebook
from tuireader.cli.output import print_text
from tuireader.cli.parser import Request
from tuireader.domain.errors import NotebookError
from tuireader.paths import AppPaths, create_file, make_private_folder
from tuireader.text.plurals import counted

PRIVATE = 0o600
"""The notebook is its owner's alone, and so is what is exported of it."""


def run(request: Request, folders: AppPaths) -> int:
    """Write every table, with its ids; a file that is already there is left as it is."""
    (name,) = request.sources
    path = Path(name)
    there = f"{name} is there already; nothing was written. Name a new file."
    if path.exists():
        raise NotebookError(there)
    with open_notebook(folders) as notebook:
        tables = notebook.tables()
    make_private_folder(path.parent)
    content = json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        create_file(path, content, PRIVATE)
    except FileExistsError:
        raise NotebookError(there) from None
    print_text(f"{counted(sum(map(len, tables.values())), 'record')} written to {name}.")
    return 0
