"""`tuireader add`: put articles into the library without opening them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.cli.arguments import Form, Request
from tuireader.cli.articles import Report, locations_of
from tuireader.cli.following import follow_all, lists_feeds
from tuireader.cli.many import each
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.opener import named, visitor
from tuireader.cli.output import Complaints, print_json, say
from tuireader.cli.progress import Progress
from tuireader.cli.stdin import replaced
from tuireader.domain.errors import SourceError
from tuireader.exports.records import Record
from tuireader.folders import Folders
from tuireader.sources.files import is_address, split
from tuireader.sources.kinds import Kind, kind_named
from tuireader.sources.opening import describe, open_article

if TYPE_CHECKING:
    from tuireader.notebook.notebook import Notebook

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class _Place:
    """A location that a process looks at."""

    location: str

    @property
    def text(self) -> str:
        """What stands for its length where work is shared out."""
        return self.location


@dataclass(slots=True)
class Summary:
    """What was added and what was not, and why not."""

    added: dict[str, int] = field(default_factory=dict)
    """How many articles each added source holds."""
    failed: list[SourceError] = field(default_factory=list)
    feeds: int = 0
    """How many feeds came with lists of them, to be asked later."""
    interrupted: bool = False

    @property
    def status(self) -> int:
        """The exit status."""
        if self.interrupted:
            return INTERRUPTED
        return 1 if self.failed else 0

    def record(self) -> Record:
        """The summary as a program takes it."""
        return {
            "added": [
                {"source": source, "articles": count} for source, count in self.added.items()
            ],
            "failed": [{"source": error.location, "reason": error.reason} for error in self.failed],
            "feeds": self.feeds,
            "interrupted": self.interrupted,
        }

    def sentence(self) -> str:
        """The summary in a line."""
        articles = sum(self.added.values())
        said = f"Added {_counted(articles, 'article')} from {_counted(len(self.added), 'source')}"
        if not self.added:
            said = "Nothing was added"
        if self.feeds:
            said = f"Added {_counted(self.feeds, 'feed')}; tuireader sync asks for their articles"
        if self.failed:
            said += f"; {len(self.failed)} could not be read"
        if self.interrupted:
            return f"Stopped. {said}. The same command goes on with the rest."
        return f"{said}."


def run(request: Request, folders: Folders) -> int:
    """Add what the sources name; what cannot be read is named, and the rest is added."""
    summary = Summary()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress("articles"))
        complaints = Complaints(before=progress.wipe)
        notebook: Notebook | None = None

        def report(error: SourceError) -> None:
            complaints(error)
            summary.failed.append(error)

        for source in replaced(request.sources, folders):
            if lists_feeds(source):
                feeds = tuple(follow_all(source, folders, report))
                notebook = notebook or stack.enter_context(notebook_in(folders))
                notebook.sources.add(*feeds)
                summary.feeds += len(feeds)
            elif count := _count(_readable(source, folders, report), summary, progress):
                path = named(source)
                notebook = notebook or stack.enter_context(notebook_in(folders))
                notebook.sources.add(path)
                summary.added[path] = count
            if summary.interrupted:
                break
    if request.form is Form.JSON:
        print_json(summary.record())
    else:
        say(summary.sentence())
    return summary.status


def _count(readable: Iterator[str], summary: Summary, progress: Progress) -> int:
    """How many articles of a source can be read, as far as Ctrl+C lets it.

    What was found before that is no less good: a folder is looked through again
    when it is listed.
    """
    count = 0
    try:
        for location in readable:
            count += 1
            progress.step(location)
    except KeyboardInterrupt:
        summary.interrupted = True
    return count


def _readable(source: str, folders: Folders, report: Report) -> Iterator[str]:
    """The locations of the articles that can be read; of the others it is told why not."""
    nothing = True

    def told(error: SourceError) -> None:
        nonlocal nothing
        nothing = False
        report(error)

    found = _visited(source, folders, told) if is_address(source) else _seen(source, told)
    for location in found:
        nothing = False
        yield location
    if nothing:
        report(SourceError(source, "there is no article in it"))


def _visited(address: str, folders: Folders, report: Report) -> Iterator[str]:
    """The articles at an address, fetched and kept."""
    try:
        yield from visitor(folders).take(address)
    except SourceError as error:
        report(error)


def _seen(source: str, report: Report) -> Iterator[str]:
    """The articles of files that can be read."""
    for location, reason in each(_looked_at, map(_Place, locations_of((source,), report))):
        if reason:
            report(SourceError(location, reason))
        else:
            yield location


def _looked_at(place: _Place) -> tuple[str, str]:
    """The location, and why it cannot be read; of a text the beginning is looked at."""
    location = place.location
    if kind_named(location) in {Kind.TEXT, Kind.MARKDOWN, None}:
        return location, describe(location).problem
    if kind_named(split(location)[0]) is not Kind.COLLECTION:
        try:
            open_article(location)
        except SourceError as error:
            return location, error.reason
    return location, ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
