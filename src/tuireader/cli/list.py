"""`tuireader list`: lists the articles in the library."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.command_notebook import open_notebook
from tuireader.app.indexed_entries import IndexedEntries
from tuireader.app.library_changes import LibraryChanges
from tuireader.app.library_state import is_indexed
from tuireader.app.source_resolver import library_locations
from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import Form, print_lines, print_records, print_text
from tuireader.cli.presentation import Span, is_narrow, presentation, print_spans
from tuireader.cli.queries import (
    QUERY_HELP,
    bring_index_up_to_date,
    library_search,
    print_shortcoming,
)
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.tags import format_tags
from tuireader.exporters.records import Record, entry_record
from tuireader.library.search.errors import IndexUnavailableError
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths


@command(
    "list",
    examples=("tuireader list", "tuireader list --jsonl 'is:unread date:<1w'"),
    is_paged=True,
)
@click.argument("query", metavar="[QUERY]", default="", help=QUERY_HELP)
@click.option("--hidden", is_flag=True, help="List only the articles that you hid from the list")
@output_option
@form_options(Form.JSON, Form.JSONL, Form.OPML)
def run(folders: AppPaths, *, query: str, form: Form, hidden: bool) -> int:
    """List the articles in the library.

    Each line has the state of an article, how far it was read, the number of its bookmarks, its
    date, title and outlet, whether it is starred, its tags, and its location. With a
    query, the articles that it finds are listed, the newest first; the exit status is 1 if there
    are none.
    """
    if query and form is Form.OPML:
        raise click.UsageError("--opml takes no QUERY.", click.get_current_context())
    if query:
        return list_found(folders, query, form, hidden=hidden)
    return list_library(folders, form, hidden=hidden)


def list_found(folders: AppPaths, text: str, form: Form, *, hidden: bool = False) -> int:
    """Print the articles of the library that a query finds, and return the exit status 0.

    `text` is the query. With `hidden`, only the articles that the user hid are printed; else they
    are left out. Raises TuiReaderError if there are none to print or the library is empty, and
    click.exceptions.Exit if the query cannot be understood.
    """
    with library_search(folders, text) as (search, query, notebook):
        loader = ArticleLoader(folders, notebook.sources.citation)
        locations = search.locations(query)
        entries = IndexedEntries(folders, loader, is_current=True)
        count = _print_records(_records(notebook, locations, entries, hidden=hidden), form)
        print_shortcoming(search, query)
    if not count:
        raise TuiReaderError(f"No article matches {text}")
    return 0


def list_library(folders: AppPaths, form: Form = Form.PLAIN, *, hidden: bool = False) -> int:
    """Print the articles in the library, or its feeds for `Form.OPML`; return the status 0.

    With `hidden`, only the articles that the user hid are printed; else they are left out. For an
    empty library, a hint is printed on standard error.
    """
    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        loader = ArticleLoader(folders, notebook.sources.citation)
        if form is Form.OPML:
            from tuireader.sources.feeds.opml import write_opml  # noqa: PLC0415 - only for feeds

            feeds = LibraryChanges(loader, lambda: notebook).subscriptions()
            print_text(write_opml(feeds).rstrip("\n"))
            return 0
        locations: Iterable[str] | None = () if not sources else None
        # The first index of a large library takes minutes: too long for a list of titles.
        if sources and (form is not Form.PLAIN or is_indexed(folders)):
            with suppress(IndexUnavailableError):
                locations = bring_index_up_to_date(folders, notebook)
        entries = IndexedEntries(folders, loader, is_current=locations is not None)
        if locations is None:
            locations = library_locations(sources, loader.locations)
        missing = LibraryChanges(loader, lambda: notebook).missing_locations()
        locations = chain(locations, missing)
        _print_records(_records(notebook, locations, entries, hidden=hidden), form)
    if not sources and form is Form.PLAIN:
        sys.stderr.write("The library is empty. To add a source, run tuireader add SOURCE.\n")
    return 0


def _records(
    notebook: Notebook, locations: Iterable[str], entries: IndexedEntries, *, hidden: bool
) -> Iterator[Record]:
    """Yield the JSON record of each article at `locations` once, in their order.

    Only hidden articles are yielded if `hidden` is true, else only the others.
    """
    progress = notebook.progress.all()
    bookmarks = notebook.bookmarks.counts()
    seen: set[str] = set()
    for location in locations:
        reading = progress.get(location)
        if location in seen or (reading is not None and reading.hidden) != hidden:
            continue
        seen.add(location)
        yield entry_record(
            entries.describe(location),
            reading,
            bookmarks.get(location, 0),
            entries.other_locations(location),
        )


def _print_records(records: Iterator[Record], form: Form) -> int:
    """Print the records of articles in a form, and return their number."""
    if form is not Form.PLAIN:
        return print_records(records, form)
    if presentation().width is None:
        return print_lines(map(_line_of, records))
    count = 0
    for count, record in enumerate(records, 1):  # noqa: B007 - the count is returned
        _print_on_terminal(record)
    return count


def _line_of(record: Record) -> str:
    """Return an article's record (`entry_record`) in one line."""
    kept = f"{record['kept']} kept" if record["kept"] else ""
    first = f"{record['state']:<8}{record['progress']:>4.0%}  {kept:>8}  {record['date'] or '':10}"
    facts = (
        *(record["title"], record["outlet"], *_own_facts(record)),
        *(record["location"], record["problem"]),
    )
    return f"{first}  {' · '.join(filter(None, facts))}"


def _print_on_terminal(record: Record) -> None:
    """Print an article's record in one line that fits, in which the title links to the source.

    The title is bold while the article is unread, and dim when it is read. The location is last,
    since it may be cut; narrow windows have no date.
    """
    kept = f"{record['kept']} kept" if record["kept"] else ""
    is_read = record["state"] == "read"
    state = f"{record['progress']:.0%}" if record["state"] == "started" else record["state"]
    date = "" if is_narrow() else f"{record['date'] or '':10}  "
    facts = (
        *(record["outlet"], kept, *_own_facts(record)),
        *(record["problem"], record["location"]),
    )
    print_spans(
        Span(f"{state:<6}{date}", dim=True),
        Span(record["title"], bold=not is_read, dim=is_read, link=record["location"]),
        Span("".join(f" · {fact}" for fact in facts if fact), dim=True),
    )


def _own_facts(record: Record) -> list[str]:
    """Return what the reader has said of an article: "starred", and its tags as "#climate"."""
    return ["starred"] * record["starred"] + [format_tags([tag], "#") for tag in record["tags"]]
