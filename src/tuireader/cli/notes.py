"""`tuireader notes`: prints the bookmarks and notes."""

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.cli.article_change import LOCATION_HELP, named_locations
from tuireader.cli.options import command, note_format_options, output_option, sources_argument
from tuireader.cli.output import ErrorCounter, print_document, print_notice, print_text
from tuireader.cli.presentation import Span, print_paragraph
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
    is_paged=True,
)
@click.option("--tag", metavar="TAG", default="", help="Print only those with this tag")
@sources_argument(required=False, text=f"{LOCATION_HELP}; all if there is none")
@query_option
@output_option
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
            if number:
                print_text()
            _print_bookmark(bookmark)
    if not bookmarks and not tag and wanted is None and note_format is None:
        print_notice("No bookmarks and notes yet. To keep a passage, press b in the reader.")
    if not bookmarks and not errors.status and (tag or wanted is not None):
        which = f"has the tag “{tag}”" if tag else "is on these articles"
        errors(TuiReaderError(f"No bookmark or note {which}."))
    return errors.status


def _print_bookmark(bookmark: Bookmark) -> None:
    """Print a bookmark: its source, its words, who said them, its note and what is known of it."""
    article = bookmark.article
    link = article.source or article.location
    print_paragraph(Span(citation_line(article), bold=True, link=link))
    if bookmark.written:
        print_paragraph(Span(bookmark.written), indent="  | ")
    if bookmark.attribution:
        print_paragraph(Span(f"— {bookmark.attribution}", bold=True, colour="cyan"), indent="  ")
    if bookmark.position:
        print_paragraph(Span(f"[{bookmark.position}]", dim=True), indent="  ")
    if bookmark.note:
        print_paragraph(Span(bookmark.note), indent="  ")
    added = [part for part in (format_tags(bookmark.tags, "#"), bookmark.colour.value) if part]
    if added:
        print_paragraph(Span(" ".join(added), colour="yellow"), indent="  ")
    if bookmark.change_notice:
        print_paragraph(Span(f"({bookmark.change_notice})", dim=True), indent="  ")
