"""`tuireader notes`: prints the bookmarks and notes."""

import sys
from collections.abc import Iterator
from typing import assert_never

from tuireader.app.open_notebook import open_notebook
from tuireader.cli.options import command, form_options
from tuireader.cli.output import Form, print_records, print_text
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.tags import format_tags
from tuireader.exporters.citation import citation_line
from tuireader.exporters.json_records import bookmark_json
from tuireader.exporters.markdown import notes_markdown
from tuireader.paths import AppPaths


@command("notes", examples=("tuireader notes --markdown > notes.md",))
@form_options(Form.JSON, Form.JSONL, Form.MARKDOWN)
def run(folders: AppPaths, *, form: Form) -> int:
    """Print the bookmarks and notes.

    Each bookmark is printed with its source, its speaker, its note, its tags and its colour.
    """
    with open_notebook(folders) as notebook:
        bookmarks = notebook.bookmarks.all()
    match form:
        case Form.MARKDOWN:
            sys.stdout.write(notes_markdown(bookmarks))
        case Form.PLAIN:
            for number, bookmark in enumerate(bookmarks):
                print_text("\n".join(_bookmark_lines(bookmark, number)))
        case Form.JSON | Form.JSONL:
            print_records(map(bookmark_json, bookmarks), form)
        case Form.CSV | Form.OPML:
            raise ValueError(f"notes are not printed as {form}")
        case _:
            assert_never(form)
    return 0


def _bookmark_lines(bookmark: Bookmark, number: int) -> Iterator[str]:
    """Yield a bookmark's lines, with an empty one first unless its number is 0."""
    if number:
        yield ""
    yield citation_line(bookmark.article)
    for line in bookmark.words.split("\n") if bookmark.words else ():
        yield f"  | {line}"
    if bookmark.speaker:
        yield f"  — {bookmark.speaker}"
    for line in bookmark.note.split("\n") if bookmark.note else ():
        yield f"  {line}"
    added = [format_tags(bookmark.tags, "#"), bookmark.colour.value]
    if any(added):
        yield "  " + " ".join(part for part in added if part)
    if bookmark.fate:
        yield f"  ({bookmark.fate})"
