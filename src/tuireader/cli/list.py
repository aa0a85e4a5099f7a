"""`tuireader list`: list the library, and how far each article was read."""

import sys
from collections.abc import Iterator

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.open_notebook import open_notebook
from tuireader.app.source_resolver import library_locations
from tuireader.cli.output import print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.exporters.json_records import Record, entry_record
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


def run(request: Request, folders: AppPaths) -> int:
    """Print a line for each article that was opened or added."""
    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        opener = ArticleLoader(folders, notebook.sources.citation)
        if request.form is Form.OPML:
            from tuireader.sources.opml import write_opml  # noqa: PLC0415 - only for feeds

            print_text(write_opml(opener.web.subscriptions(sources)).rstrip("\n"))
            return 0
        records = _records(notebook, sources, opener)
        if request.form is not Form.PLAIN:
            print_records(records, request.form)
            return 0
        for record in records:
            _print(record)
    if not sources:
        sys.stderr.write("The library is empty; `tuireader add SOURCE` puts an article into it.\n")
    return 0


def _records(
    notebook: Notebook, sources: tuple[str, ...], opener: ArticleLoader
) -> Iterator[Record]:
    readings = notebook.progress.all()
    kept = notebook.bookmarks.counts()
    seen: set[str] = set()
    for location in library_locations(sources, opener.locations) if sources else ():
        if location not in seen:
            seen.add(location)
            entry = opener.describe(location)
            known = opener.indexed(location)
            yield entry_record(
                entry,
                readings.get(location),
                kept.get(location, 0),
                opener.index.others(known) if known else (),
            )


def _print(record: Record) -> None:
    kept = f"{record['kept']} kept" if record["kept"] else ""
    first = f"{record['state']:<8}{record['progress']:>4.0%}  {kept:>8}  {record['date'] or '':10}"
    named = (record["title"], record["outlet"], record["location"], record["problem"])
    print_text(f"{first}  {' · '.join(part for part in named if part)}")
