"""`tuireader export`: writes the notebook, or a part of it, to a file that TinyDB can open."""

from pathlib import Path

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.article_change import LOCATION_HELP, named_locations
from tuireader.cli.options import command, complete_file, sources_argument
from tuireader.cli.output import ErrorCounter, Progress, print_document, print_summary
from tuireader.cli.output_file import STANDARD_OUTPUT
from tuireader.cli.queries import query_option
from tuireader.domain.errors import NotebookError, TuiReaderError
from tuireader.notebook.dump import NotebookDump
from tuireader.paths import AppPaths, create_file, make_private_folder, replace_file
from tuireader.text.messages import counted

PRIVATE = 0o600
"""The mode of the file: like the notebook, it is readable by its owner only."""


@command(
    "export",
    examples=(
        "tuireader export notebook.json",
        "tuireader export starred.json --query is:starred",
        "tuireader export - | gzip > notebook.json.gz",
    ),
)
@click.argument(
    "file",
    metavar="FILE",
    help="The file to create; - for standard output",
    shell_complete=complete_file,
)
@sources_argument(required=False, text=f"{LOCATION_HELP}; the whole notebook if there is none")
@query_option
@click.option("-f", "--force", is_flag=True, help="Replace the file if it exists")
@click.option("--tinydb", is_flag=True, help="Write TinyDB's format, the only one so far")
def run(
    folders: AppPaths,
    *,
    file: str,
    sources: tuple[str, ...],
    query: str,
    force: bool,
    tinydb: bool,
) -> int:
    """Write the notebook to a JSON file that TinyDB can open.

    Every table is written, with the ids of its records. With a SOURCE or a query, only the records
    of these articles are: bookmarks, notes, tags, states and corrections. `tuireader import` reads
    the file again. An existing file is replaced only with --force. The exit status is 1 if the
    file exists, a SOURCE is not in the library, or nothing is found.
    """
    del tinydb  # there is no other format to choose
    path = Path(file)
    exists = f"{file} already exists. Nothing was written. Name a new file, or add --force."
    is_printed = file == STANDARD_OUTPUT
    if path.exists() and not (force or is_printed):
        raise NotebookError(exists)
    errors = ErrorCounter()
    wanted = named_locations(folders, sources, query, errors)
    with open_notebook(folders) as notebook:
        dump = notebook.dump(wanted)
    if wanted is not None and not dump.count:
        if not errors.status:
            errors(TuiReaderError("The notebook has nothing on these articles."))
        return errors.status
    if is_printed:
        print_document(piece.decode("utf-8", "surrogatepass") for piece in dump.pieces())
        return errors.status
    try:
        _write(path, dump, force=force)
    except FileExistsError:
        raise NotebookError(exists) from None
    print_summary(f"Wrote {counted(dump.count, 'record')} to {file}.")
    return errors.status


def _write(path: Path, dump: NotebookDump, *, force: bool) -> None:
    """Write the tables to a file, with a progress line.

    Raises FileExistsError if it exists and `force` is false.
    """
    make_private_folder(path.parent)
    with Progress("megabytes") as progress:
        pieces = progress.over(dump.pieces())
        if force:
            replace_file(path, pieces, private=True)
        else:
            create_file(path, pieces, PRIVATE)
