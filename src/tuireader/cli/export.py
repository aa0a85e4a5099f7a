"""`tuireader export`: write the notebook out as the one JSON file that stock TinyDB opens."""

import json
from pathlib import Path

from tuireader.cli.arguments import Request
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.output import say
from tuireader.domain.errors import NotebookError
from tuireader.folders import Folders, replace_file


def run(request: Request, folders: Folders) -> int:
    """Write every table, with its ids; a file that is already there is left as it is."""
    (name,) = request.sources
    path = Path(name)
    if path.exists():
        raise NotebookError(f"{name} is there already; nothing was written. Name a new file.")
    with notebook_in(folders) as notebook:
        tables = notebook.tables()
    replace_file(path, json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    say(f"{sum(map(len, tables.values()))} records written to {name}.")
    return 0
