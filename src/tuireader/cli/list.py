"""`tuireader list`: lists the articles in the library."""

import sys
from collections.abc import Iterator

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_changes import LibraryChanges
from tuireader.app.source_resolver import library_locations
from tuireader.cli.options import command, form_options
from tuireader.cli.output import Form, print_records, print_text
from tuireader.exporters.records import Record, entry_record
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


@command("list")
@click.option("--hidden", is_flag=True, help="List only the articles that you hid from the list")
@form_options(Form.JSON, Form.JSONL, Form.OPML)
def run(folders: AppPaths, *, form: Form, hidden: bool) -> int:
    """List the articles in the library.

    Each line has the state of an article, how far it was read, the number of its bookmarks, its
    date, title, outlet and location.
    """
    return list_library(folders, form, hidden=hidden)


def list_library(folders: AppPaths, form: Form = Form.PLAIN, *, hidden: bool = False) -> int:
    """Print the articles in the library, or its feeds for `Form.OPML`; return the exit status.

    With `hidden`, print only the articles that the user hid; they are left out otherwise.
    """
    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        loader = ArticleLoader(folders, notebook.sources.citation)
        if form is Form.OPML:
            from tuireader.sources.feeds.opml import write_opml  # noqa: PLC0415 - only for feeds

            feeds = LibraryChanges(loader, lambda: notebook).subscriptions()
            print_text(write_opml(feeds).rstrip("\n"))
            return 0
        records = _article_records(notebook, sources, loader, hidden=hidden)
        if form is not Form.PLAIN:
            print_records(records, form)
            return 0
        for record in records:
            _print_article(record)
    if not sources:
        sys.stderr.write("The library is empty. To add a source, run tuireader add SOURCE.\n")
    return 0


def _article_records(
    notebook: Notebook, sources: tuple[str, ...], loader: ArticleLoader, *, hidden: bool
) -> Iterator[Record]:
    """Yield a record for each article of the sources, without duplicates."""
    progress = notebook.progress.all()
    bookmarks = notebook.bookmarks.counts()
    seen: set[str] = set()
    for location in library_locations(sources, loader.locations) if sources else ():
        reading = progress.get(location)
        if location in seen or (reading is not None and reading.hidden) != hidden:
            continue
        seen.add(location)
        entry = loader.describe(location)
        indexed = loader.indexed(location)
        yield entry_record(
            entry,
            reading,
            bookmarks.get(location, 0),
            loader.index.other_locations(indexed) if indexed else (),
        )


def _print_article(record: Record) -> None:
    """Print an article's record in one line."""
    kept = f"{record['kept']} kept" if record["kept"] else ""
    first = f"{record['state']:<8}{record['progress']:>4.0%}  {kept:>8}  {record['date'] or '':10}"
    facts = (record["title"], record["outlet"], record["location"], record["problem"])
    print_text(f"{first}  {' · '.join(fact for fact in facts if fact)}")
