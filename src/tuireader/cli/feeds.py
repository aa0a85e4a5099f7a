"""`tuireader feeds`: lists, adds, renames, moves, pauses, removes and refreshes feeds."""

from typing import TYPE_CHECKING

import click

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.command_notebook import open_notebook
from tuireader.app.library_changes import LibraryChanges
from tuireader.cli import add, sync
from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import Form, print_records, print_summary
from tuireader.cli.pager import paged_output
from tuireader.cli.presentation import Span, print_spans
from tuireader.domain.errors import SourceError
from tuireader.library.source_tree import FollowedFeed
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from tuireader.exporters.records import Record

USAGE = (
    "Use: list, add ADDRESS..., rename FEED NAME, move FEED FOLDER, pause FEED, resume FEED, "
    "remove FEED..., refresh [FEED...]."
)


@command(
    "feeds",
    examples=(
        "tuireader feeds",
        "tuireader feeds add https://example.org/feed.xml",
        "tuireader feeds move https://example.org/feed.xml Science/Physics",
        "tuireader feeds refresh https://example.org/feed.xml",
    ),
)
@click.argument(
    "words",
    metavar="[ACTION FEED...]",
    nargs=-1,
    help="list, add ADDRESS..., rename FEED NAME, move FEED FOLDER, pause FEED, resume FEED, "
    "remove FEED..., or refresh [FEED...]; FEED is an address",
)
@output_option
@form_options(Form.JSON, Form.JSONL)
def run(folders: AppPaths, *, words: tuple[str, ...], form: Form) -> int:
    """List the feeds, and change them.

    Each line has the number of unread articles, of all articles, the name, the folder and the
    address. An empty name is the feed's own title, and an empty folder is none. A paused feed is
    refreshed only when it is named. Articles of a removed feed that have notes, tags or a star stay
    in the library. The exit status is 1 if FEED is not in the library, or fails.
    """
    match words:
        case ("add", _, *_):
            return add.add_sources(folders, words[1:], form)
        case ("refresh", *_):
            return sync.refresh_feeds(folders, words[1:], form)
    with open_notebook(folders) as notebook:
        changes = LibraryChanges(
            ArticleLoader(folders, notebook.sources.citation), lambda: notebook
        )
        match words:
            case () | ("list",):
                with paged_output():
                    _print_feeds(notebook, changes.followed_feeds(), form)
            case ("remove", _, *_):
                _remove(notebook, changes, words[1:])
            case ("rename", feed, name):
                notebook.sources.set_options(_address(changes, feed), name=name)
                print_summary(f"{feed} is now called {name or 'by its own title'}.")
            case ("move", feed, folder):
                place = folder.strip("/ ")
                notebook.sources.set_options(_address(changes, feed), folder=place)
                print_summary(f"{feed} is now in {place or 'no folder'}.")
            case ("pause" | "resume", feed):
                notebook.sources.set_options(_address(changes, feed), paused=words[0] == "pause")
                print_summary(f"{feed} is {words[0]}d.")
            case _:
                raise click.UsageError(USAGE, click.get_current_context())
    return 0


def _address(changes: LibraryChanges, feed: str) -> str:
    """Return the canonical address of a feed of the library, named by `feed` as typed.

    Raises SourceError if no such feed is in the library.
    """
    address = canonical_source(feed)
    if address not in {followed.address for followed in changes.followed_feeds()}:
        raise SourceError(feed, "it is not a feed in your library")
    return address


def _remove(notebook: Notebook, changes: LibraryChanges, feeds: tuple[str, ...]) -> None:
    """Remove feeds from the library, and print how many; `feeds` are addresses as typed.

    Articles with notes, tags or a star stay. Raises SourceError, and removes nothing, if one of the
    feeds is not in the library.
    """
    addresses = [_address(changes, feed) for feed in feeds]
    kept = [article for address in addresses for article in changes.kept_articles(address)]
    removed = notebook.sources.remove(*addresses, keep=kept)
    but = f", except {counted(len(kept), 'article')} with your notes or stars" if kept else ""
    print_summary(f"{counted(removed, 'feed')} removed{but}.")


def _print_feeds(notebook: Notebook, feeds: tuple[FollowedFeed, ...], form: Form) -> None:
    """Print the feeds with the numbers of their articles, a line or a record each.

    Without feeds, PLAIN prints how to add one, and the other forms an empty list.
    """
    readings = notebook.progress.all()
    read = {location for location, reading in readings.items() if reading.finished}
    records: list[Record] = [
        {
            "address": feed.address,
            "name": feed.title,
            "folder": feed.folder or None,
            "articles": len(feed.entries),
            "unread": len(set(feed.entries) - read),
            "paused": notebook.sources.options(feed.address).paused,
        }
        for feed in feeds
    ]
    if form is not Form.PLAIN:
        print_records(records, form)
        return
    for record in records:
        facts = (record["folder"], record["address"], "paused" if record["paused"] else "")
        name = record["name"] or record["address"]
        print_spans(
            Span(f"{record['unread']:>6,} of {record['articles']:>6,}  ", dim=True),
            Span(name, bold=record["unread"] > 0, link=record["address"]),
            Span("".join(f" · {fact}" for fact in facts if fact), dim=True),
        )
    if not feeds:
        print_summary("No feeds yet. To add one, run tuireader feeds add ADDRESS.")
