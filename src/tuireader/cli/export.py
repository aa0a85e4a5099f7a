"""`tuireader export`: writes the notebook to a JSON file that TinyDB can open."""

from pathlib import Path

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.options import command, complete_file
from tuireader.cli.output import print_text
from tuireader.domain.errors import NotebookError
from tuireader.paths import AppPaths, create_file, make_private_folder
from tuireader.text.messages import counted

PRIVATE = 0o600
"""The mode of the file: like the notebook, it is readable by its owner only."""


@command("export", examples=("tuireader export notebook.json",))
@click.argument("file", metavar="FILE", help="The file to create", shell_complete=complete_file)
@click.option("--tinydb", is_flag=True, help="Write TinyDB's format, the only one so far")
def run(folders: AppPaths, *, file: str, tinydb: bool) -> int:
    """Write the notebook to a JSON file that TinyDB can open.

    Every table is written, with the ids of its records. An existing file is not replaced: the exit
    status is then 1. `tuireader import` reads the file again.
    """
    del tinydb  # there is no other format to choose
    path = Path(file)
    exists = f"{file} already exists. Nothing was written. Name a new file."
    if path.exists():
        raise NotebookError(exists)
    with open_notebook(folders) as notebook:
        dump = notebook.dump()
    make_private_folder(path.parent)
    try:
        create_file(path, dump.pieces(), PRIVATE)
    except FileExistsError:
        raise NotebookError(exists) from None
    print_text(f"Wrote {counted(dump.count, 'record')} to {file}.")
    return 0
