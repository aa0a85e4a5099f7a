"""`tuireader notes`: print the passages and notes that were kept."""

import sys
from collections.abc import Iterator

from tuireader.app.open_notebook import open_notebook
from tuireader.cli.output import print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.domain.bookmark import Bookmark
from tuireader.exporters.citation import citation_line
from tuireader.exporters.json_records import bookmark_json
from tuireader.exporters.markdown import notes_markdown
from tuireader.paths import AppPaths


def run(request: Request, folders: AppPaths) -> int:
    """Print each kept passage once, with what was added to it and its source."""
    with open_notebook(folders) as notebook:
        bookmarks = notebook.bookmarks.all()
    match request.form:
        case Form.MARKDOWN:
            sys.stdout.write(notes_markdown(bookmarks))
        case Form.PLAIN:
            for number, bookmark in enumerate(bookmarks):
                print_text("\n".join(_lines(bookmark, number)))
        case _:
            print_records(map(bookmark_json, bookmarks), request.form)
    return 0


def _lines(bookmark: Bookmark, number: int) -> Iterator[str]:
    if number:
        yield ""
    yield citation_line(bookmark.article)
    for line in bookmark.words.split("\n") if bookmark.words else ():
        yield f"  | {line}"
    if bookmark.speaker:
        yield f"  — {bookmark.speaker}"
    for line in bookmark.note.split("\n") if bookmark.note else ():
        yield f"  {line}"
    added = [*(f"#{tag}" for tag in bookmark.tags), bookmark.colour.value]
    if any(added):
        yield "  " + " ".join(part for part in added if part)
    if bookmark.fate:
        yield f"  ({bookmark.fate})"
