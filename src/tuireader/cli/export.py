"""`tuireader export`: writes the notebook, or a part of it, to a file that TinyDB can open."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.article_change import LOCATION_HELP, named_locations
from tuireader.cli.options import command, complete_file, sources_argument
from tuireader.cli.output import ErrorCounter, Progress, print_document, print_summary
from tuireader.cli.output_file import STANDARD_OUTPUT
from tuireader.cli.queries import query_option
from tuireader.domain.errors import NotebookError, TuiReaderError
from tuireader.exporters.note_formats import NOTE_FORMATS, NoteFormat, counted_notes
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths, create_file, make_private_folder, replace_file
from tuireader.text.messages import counted

EXISTS = "{} already exists. Nothing was written. Name a new file, or add --force."

PRIVATE = 0o600
"""The mode of the file: like the notebook, it is readable by its owner only."""


TINYDB = "tinydb"
"""The format of the whole notebook; the others are of bookmarks and notes."""


@command(
    "export",
    examples=(
        "tuireader export notebook.json",
        "tuireader export starred.json --query is:starred",
        "tuireader export --to bibtex cited.bib",
        "tuireader export - | gzip > notebook.json.gz",
    ),
)
@click.argument(
    "file",
    metavar="[FILE]",
    required=False,
    help="The file to create; - for standard output, as with --to if there is none",
    shell_complete=complete_file,
)
@sources_argument(required=False, text=f"{LOCATION_HELP}; the whole notebook if there is none")
@query_option
@click.option("-f", "--force", is_flag=True, help="Replace the file if it exists")
@click.option("--tinydb", is_flag=True, help="The same as --to tinydb, the usual format")
@click.option(
    "--to",
    "name",
    type=click.Choice([TINYDB, *(each.name for each in NOTE_FORMATS)]),
    help="The format: of the notebook (tinydb), or of the bookmarks and notes",
)
def run(
    folders: AppPaths,
    *,
    file: str | None,
    sources: tuple[str, ...],
    query: str,
    force: bool,
    tinydb: bool,
    name: str | None,
) -> int:
    """Write the notebook, or the notes in another format, to a file.

    The notebook is written as JSON that TinyDB can open: every table, with the ids of its records.
    With a SOURCE or a query, only the records of these articles are: bookmarks, notes, tags, states
    and corrections. `tuireader import` reads the file again.

    With --to, the bookmarks and notes are written in another format: bibtex and csl write the
    articles that they are of, for Zotero and others. An existing file is replaced only with
    --force. The exit status is 1 if the file exists, a SOURCE is not in the library, or nothing is
    found.
    """
    notes = _notes_format(name, file, tinydb=tinydb)
    target = Path(file) if file and file != STANDARD_OUTPUT else None
    if target is not None and target.exists() and not force:
        raise NotebookError(EXISTS.format(file))
    errors = ErrorCounter()
    wanted = named_locations(folders, sources, query, errors)
    with open_notebook(folders) as notebook:
        contents = _records(notebook, wanted) if notes is None else _notes(notebook, wanted, notes)
    if wanted is not None and not contents.number:
        if not errors.status:
            errors(TuiReaderError("The notebook has nothing on these articles."))
        return errors.status
    if target is None:
        print_document(piece.decode("utf-8", "surrogatepass") for piece in contents.pieces)
    else:
        _write(target, contents.pieces, force=force)
        print_summary(f"Wrote {contents.told} to {file}.")
    return errors.status


class Contents(NamedTuple):
    """What a file is to contain."""

    pieces: Iterable[bytes]
    number: int
    told: str
    """The number of them with their noun, such as "3 records"."""


def _notes_format(name: str | None, file: str | None, *, tinydb: bool) -> NoteFormat | None:
    """Return the format of notes with a name; None for the notebook itself.

    Raises click.UsageError if the options exclude each other, or there is no file for the notebook.
    """
    context = click.get_current_context()
    if tinydb and name not in {None, TINYDB}:
        raise click.UsageError(f"--tinydb and --to {name} exclude each other.", context)
    notes = next((each for each in NOTE_FORMATS if each.name == name), None)
    if file is None and notes is None:
        raise click.UsageError("Missing argument 'FILE'.", context)
    return notes


def _records(notebook: Notebook, wanted: Collection[str] | None) -> Contents:
    """Return all records of the notebook, or those about some articles."""
    dump = notebook.dump(wanted)
    return Contents(dump.pieces(), dump.count, counted(dump.count, "record"))


def _notes(notebook: Notebook, wanted: Collection[str] | None, notes: NoteFormat) -> Contents:
    """Return all bookmarks and notes in a format, or those on some articles."""
    kept = notebook.bookmarks.all()
    marks = [each for each in kept if wanted is None or each.article.location in wanted]
    document = "".join(notes.document(marks)).encode("utf-8", "backslashreplace")
    return Contents([document], len(marks), counted_notes(marks))


def _write(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file, with a progress line; replace one that exists if `force`.

    Raises NotebookError if it exists.
    """
    make_private_folder(path.parent)
    try:
        with Progress("megabytes") as progress:
            counted_pieces = progress.over(pieces)
            if force:
                replace_file(path, counted_pieces, private=True)
            else:
                create_file(path, counted_pieces, PRIVATE)
    except FileExistsError:
        raise NotebookError(EXISTS.format(path)) from None
