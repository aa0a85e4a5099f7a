"""`tuireader notes`: prints the bookmarks and notes."""

from collections.abc import Iterator

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.article_change import LOCATION_HELP, named_locations
from tuireader.cli.options import command, note_format_options, sources_argument
from tuireader.cli.output import ErrorCounter, print_document, print_text
from tuireader.cli.queries import query_option
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.tags import format_tags, has_tag
from tuireader.exporters.citation import citation_line
from tuireader.exporters.note_formats import NoteFormat
from tuireader.paths import AppPaths


@command(
    "notes",
    examples=("tuireader notes --markdown > notes.md", "tuireader notes --tag sea --org"),
)
@click.option("--tag", metavar="TAG", default="", help="Print only those with this tag")
@sources_argument(required=False, text=f"{LOCATION_HELP}; all if there is none")
@query_option
@note_format_options
def run(
    folders: AppPaths,
    *,
    tag: str,
    sources: tuple[str, ...],
    query: str,
    note_format: NoteFormat | None,
) -> int:
    """Print the bookmarks and notes.

    Each bookmark is printed with its source, its speaker, its note, its tags and its colour. The
    exit status is 1 if a SOURCE is not in the library, or nothing is found by SOURCE, --tag or
    --query.
    """
    errors = ErrorCounter()
    wanted = named_locations(folders, sources, query, errors)
    with open_notebook(folders) as notebook:
        bookmarks = notebook.bookmarks.all()
    if tag:
        bookmarks = tuple(bookmark for bookmark in bookmarks if has_tag(bookmark.tags, tag))
    if wanted is not None:
        bookmarks = tuple(mark for mark in bookmarks if mark.article.location in wanted)
    if note_format is not None:
        print_document(note_format.document(bookmarks))
    else:
        for number, bookmark in enumerate(bookmarks):
            print_text("\n".join(_bookmark_lines(bookmark, number)))
    if not bookmarks and not errors.status and (tag or wanted is not None):
        which = f"has the tag “{tag}”" if tag else "is on these articles"
        errors(TuiReaderError(f"No bookmark or note {which}."))
    return errors.status


def _bookmark_lines(bookmark: Bookmark, number: int) -> Iterator[str]:
    """Yield the lines that a bookmark is printed as.

    `number` is its place among the printed ones, from 0; all but the first begin with an empty
    line.
    """
    if number:
        yield ""
    yield citation_line(bookmark.article)
    for line in bookmark.written.split("\n") if bookmark.written else ():
        yield f"  | {line}"
    if bookmark.attribution:
        yield f"  — {bookmark.attribution}"
    if bookmark.position:
        yield f"  [{bookmark.position}]"
    for line in bookmark.note.split("\n") if bookmark.note else ():
        yield f"  {line}"
    added = [format_tags(bookmark.tags, "#"), bookmark.colour.value]
    if any(added):
        yield "  " + " ".join(part for part in added if part)
    if bookmark.change_notice:
        yield f"  ({bookmark.change_notice})"
