"""`tuireader lists`: lists, adds, renames, moves and removes saved searches."""

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_search import LibrarySearch
from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import Form, print_records, print_summary
from tuireader.cli.pager import paged_output
from tuireader.cli.presentation import Span, print_spans
from tuireader.cli.queries import USAGE_STATUS, bring_index_up_to_date, print_query_error
from tuireader.exporters.records import Record
from tuireader.library.query.conditions import Query, QueryError, needs_quotations
from tuireader.library.query.saved import with_list_renamed
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths

_MAX_DIGITS = 5
"""The most digits that a place in the lists may have on the command line."""

USAGE = (
    "Use: add NAME QUERY, change NAME QUERY, rename NAME NEW-NAME, move NAME PLACE, remove NAME."
)


@command(
    "lists",
    examples=(
        "tuireader lists",
        "tuireader lists add Election 'date:2024 (election or vote)'",
        "tuireader search 'list:Election is:unread'",
        "tuireader lists move Election 1",
    ),
)
@click.argument(
    "words",
    metavar="[ACTION NAME...]",
    nargs=-1,
    help="add NAME QUERY, change NAME QUERY, rename NAME NEW-NAME, move NAME PLACE, or remove NAME",
)
@output_option
@form_options(Form.JSON, Form.JSONL)
def run(folders: AppPaths, *, words: tuple[str, ...], form: Form) -> int:
    """List, add and remove saved searches.

    A saved search is a query under a name. list:NAME stands for it in other queries. Without an
    action, each is printed with the number of articles that it finds. The exit status is 1 if there
    is no list of that NAME, and 2 if the QUERY is wrong.
    """
    with open_notebook(folders) as notebook:
        if not words:
            with paged_output():
                return _print_lists(folders, notebook, form)
        match words:
            case ("add" | "change", name, query):
                return _save(folders, notebook, words[0], name, query)
            case ("rename", name, new_name):
                notebook.lists.rename(name, new_name, with_list_renamed)
                print_summary(f"List “{name}” renamed to “{new_name}”.")
            case ("move", name, place) if place.isdecimal() and len(place) <= _MAX_DIGITS:
                notebook.lists.move(name, int(place) - 1 - _index(notebook, name))
                print_summary(f"List “{name}” moved to place {int(place)}.")
            case ("remove", name):
                notebook.lists.remove(name)
                print_summary(f"List “{name}” removed.")
            case _:
                raise click.UsageError(USAGE, click.get_current_context())
    return 0


def _index(notebook: Notebook, name: str) -> int:
    """Return the index of a saved search among all, from 0; 0 if there is none of that name.

    Case does not matter in names.
    """
    names = [each.casefold() for each in notebook.lists.queries()]
    return names.index(name.casefold()) if name.casefold() in names else 0


def _save(folders: AppPaths, notebook: Notebook, action: str, name: str, query: str) -> int:
    """Save a query under a name if it can be understood; return the exit status.

    `action` is "add" or "change". The status is 0, or 2 if the query is wrong: that is then
    printed.
    """
    saved = notebook.lists.queries() | {name: query}
    try:
        LibrarySearch(folders, lambda: saved).parse(query, name=name)
    except QueryError as error:
        print_query_error(error, query)
        return USAGE_STATUS
    if action == "add":
        notebook.lists.add(name, query)
    else:
        notebook.lists.change(name, query=query)
    print_summary(f"List “{name}” {'added' if action == 'add' else 'changed'}.")
    return 0


def _print_lists(folders: AppPaths, notebook: Notebook, form: Form) -> int:
    """Print the saved searches with the number of articles that each finds; return 0.

    A query that is wrong by now is printed with "error", or as a record with a `problem`.
    """
    search = LibrarySearch(folders, notebook.lists.queries)
    parsed: dict[str, Query | QueryError] = {}
    for saved in notebook.lists.all():
        try:
            parsed[saved.name] = search.parse(saved.query)
        except QueryError as error:
            parsed[saved.name] = error
    queries = [query for query in parsed.values() if isinstance(query, Query)]
    if queries:
        quotations = any(needs_quotations(query.condition) for query in queries)
        bring_index_up_to_date(folders, notebook, quotations=quotations)
    records = [
        _record(search, name, notebook.lists.queries()[name], query)
        for name, query in parsed.items()
    ]
    search.close()
    if form is not Form.PLAIN:
        print_records(records, form)
        return 0
    for record in records:
        count = "  error" if record["articles"] is None else f"{record['articles']:>7,}"
        print_spans(
            Span(f"{count}  ", dim=True),
            Span(record["name"], bold=True),
            Span(f"  {record['query']}", dim=True),
        )
    if not records:
        print_summary("No saved searches yet. To add one, run tuireader lists add NAME QUERY.")
    return 0


def _record(search: LibrarySearch, name: str, text: str, query: Query | QueryError) -> Record:
    """Return a saved search as a JSON record.

    `text` is its query, `query` the parsed form or what is wrong with it; then the number of
    articles is None.
    """
    count, problem = (
        (None, str(query)) if isinstance(query, QueryError) else (search.count(query), None)
    )
    return {"name": name, "query": text, "articles": count, "problem": problem}
