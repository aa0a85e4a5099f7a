"""`tuireader add`: adds sources to the library without opening them."""

import shlex
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from tuireader.app.article_loader import canonical_source, site_selectors, web_client
from tuireader.app.command_notebook import BatchWriter
from tuireader.app.library_state import indexed_files
from tuireader.app.source_check import CheckItem, check_all, check_items, must_be_parsed
from tuireader.app.source_resolver import Report, article_count, is_feed_list, subscribe_all
from tuireader.app.stdin import replace_stdin
from tuireader.cli.options import command, encoding_option, form_options, sources_argument
from tuireader.cli.output import (
    ErrorCounter,
    Form,
    Progress,
    print_detail,
    print_json,
    print_summary,
)
from tuireader.cli.parser import INTERRUPTED
from tuireader.cli.start import remember_encoding
from tuireader.domain.errors import SkippedFilesError, SourceError
from tuireader.exporters.records import Record
from tuireader.library.article_index import ADDRESS, file_stamp, indexed_article
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from tuireader.sources.web.client import WebClient


@dataclass(slots=True)
class AddSummary:
    """Counts what was added, and holds the errors and warnings about what was not."""

    added: Counter[str] = field(default_factory=Counter)
    """The number of articles in each added source, by its canonical name."""
    known: int = 0
    """How many of these articles were in the library, unchanged, and not read again."""
    failed: list[SourceError] = field(default_factory=list)
    """The errors of the sources and articles that could not be read."""
    notes: list[SourceError] = field(default_factory=list)
    """Warnings about sources that were added, as that a feed is damaged."""
    skipped: list[SkippedFilesError] = field(default_factory=list)
    """The kinds of files that were skipped, an error for each folder."""
    feeds: int = 0
    """The number of feeds that were added from lists of feeds, and not fetched."""
    interrupted: bool = False
    """Whether Ctrl+C ended the command before all sources were added."""

    @property
    def status(self) -> int:
        """The exit status: 130 after Ctrl+C, else 1 if something could not be read, else 0."""
        if self.interrupted:
            return INTERRUPTED
        return 1 if self.failed else 0

    def record(self) -> Record:
        """Return the summary as a JSON record, for --json.

        Its fields are those of this class; sources and errors are lists of records.
        """
        return {
            "added": [
                {"source": source, "articles": count} for source, count in self.added.items()
            ],
            "failed": [{"source": error.location, "reason": error.reason} for error in self.failed],
            "known": self.known,
            "skipped": [
                {
                    "folder": error.location,
                    "kind": kind.ending or None,
                    "files": kind.count,
                    "advice": kind.advice or None,
                }
                for error in self.skipped
                for kind in error.kinds
            ],
            "notes": [{"source": note.location, "note": note.reason} for note in self.notes],
            "feeds": self.feeds,
            "interrupted": self.interrupted,
        }

    def sentence(self) -> str:
        """Return the summary as one line for people; "Nothing was added." if that is so."""
        text = self._added_text()
        if self.failed:
            text += f"; {len(self.failed):,} could not be read"
        kinds = [str(kind) for error in self.skipped for kind in error.kinds]
        if kinds:
            text += f"; skipped {', '.join(kinds)}"
        if self.interrupted:
            return f"Interrupted. {text}. Run the same command again to add the rest."
        return f"{text}."

    def _added_text(self) -> str:
        """Return what was added, as a clause without a full stop."""
        if self.feeds:
            return f"Added {counted(self.feeds, 'feed')}; run tuireader sync to fetch the articles"
        if not self.added:
            return "Nothing was added"
        articles = counted(sum(self.added.values()), "article")
        text = f"Added {articles} from {counted(len(self.added), 'source')}"
        return f"{text}, {self.known:,} of them already known" if self.known else text


@command(
    "add",
    examples=(
        "tuireader add article.txt articles/",
        "tuireader add https://example.org/feed.xml",
        "tuireader add subscriptions.opml",
    ),
)
@sources_argument()
@encoding_option
@form_options(Form.JSON)
def run(folders: AppPaths, *, sources: tuple[str, ...], encoding: str, form: Form) -> int:
    """Add sources to the library.

    Every article is checked. Each one that cannot be read is reported with the reason, and the
    others are added; the exit status is then 1. After Ctrl+C, the same command continues with the
    rest. Articles that are known and have not changed are not read again. The encoding is
    remembered for each file.
    """
    if encoding:
        remember_encoding(sources, folders, encoding)
    return add_sources(folders, sources, form)


def add_sources(folders: AppPaths, sources: tuple[str, ...], form: Form) -> int:
    """Add sources to the library, print a summary, and return the exit status.

    `sources` are as typed, `-` for standard input included; `form` is PLAIN or JSON. The status is
    0, 1 if something could not be read, or 130 after Ctrl+C.
    """
    summary = AddSummary()
    total = partial(_articles_to_read, folders, sources)
    with Progress("articles", total=total) as progress, BatchWriter(folders) as writer:
        errors = ErrorCounter(before=progress.clear)

        def report(error: SourceError) -> None:
            errors(error)
            summary.failed.append(error)

        def note(message: SourceError) -> None:
            if isinstance(message, SkippedFilesError):
                summary.skipped.append(message)
                return
            errors.note(message)
            summary.notes.append(message)

        adder = _SourceAdder(folders, writer, summary, report, note)
        try:
            with closing(adder.add_all(replace_stdin(sources, folders))) as locations:
                for location in locations:
                    progress.step(location)
                    print_detail(f"added {location}")
                    writer.save_if_due()
        except KeyboardInterrupt:
            summary.interrupted = True
    if form is Form.JSON:
        print_json(summary.record())
    else:
        print_summary(summary.sentence())
    return summary.status


def _articles_to_read(folders: AppPaths, sources: tuple[str, ...]) -> int | None:
    """Return how many articles of the sources are to be read; None if that is not known.

    It is not known if some of them may be in the library already, since these are not read again.
    """
    names = tuple(map(canonical_source, sources))
    if any(map(is_feed_list, sources)) or indexed_files(folders, names):
        return None
    return article_count(sources)


@dataclass(frozen=True, slots=True)
class _SourceAdder:
    """Adds sources of every kind, and counts their articles in the summary.

    `report` is called with errors, `note` with warnings.
    """

    folders: AppPaths
    writer: BatchWriter
    summary: AddSummary
    report: Report
    note: Report

    def add_all(self, sources: tuple[str, ...]) -> Generator[str]:
        """Add the sources, and yield the location of each article after it was added.

        Successive sources of the same kind are added together. Errors are reported.
        """
        for add, group in groupby(sources, self._method_for):
            yield from add(self, tuple(group))

    @staticmethod
    def _method_for(source: str) -> "_AddMethod":
        """Return the method that adds a source: an address, a feed list, or a file or folder."""
        if is_address(source):
            return _SourceAdder._add_addresses
        return _SourceAdder._add_feed_lists if is_feed_list(source) else _SourceAdder._add_files

    def _add_feed_lists(self, sources: tuple[str, ...]) -> Iterator[str]:
        """Follow the feeds of files that list them, without fetching; yield their addresses."""
        for source in sources:
            feeds = tuple(subscribe_all(source, self.folders, self.report, self.note))
            self.writer.add(*feeds)
            self.summary.feeds += len(feeds)
            yield from feeds

    def _add_addresses(self, sources: tuple[str, ...]) -> Iterator[str]:
        """Fetch addresses, and yield their articles after adding them.

        A warning names the feed that a web page links to.
        """
        self.writer.save()
        web = web_client(self.folders)
        for source in sources:
            try:
                found = web.fetch_locations(source)
            except SourceError as error:
                self.report(error)
                continue
            feed = next(iter(web.subscriptions([canonical_source(source)])), None)
            for location in found:
                if feed or self._can_be_read(web, location):
                    self._count(source)
                    yield location
            if feed and feed.warning:
                self.note(SourceError(source, feed.warning))
            elif not feed and (linked_feed := web.feed_linked_by(found[0])):
                add = f"tuireader add {shlex.quote(linked_feed)}"
                self.note(SourceError(source, f"it has a feed; to add it, run {add}"))

    def _can_be_read(self, web: "WebClient", address: str) -> bool:
        """Return whether the fetched article at an address can be read.

        If it can, it is added to the index of articles; if not, its error is reported.
        """
        if self.writer.index.get(address, ADDRESS) is None:
            try:
                self.writer.add_indexed(indexed_article(web.stored_article(address), ADDRESS))
            except SourceError as error:
                self.report(error)
                return False
        return True

    def _add_files(self, sources: tuple[str, ...]) -> Iterator[str]:
        """Add files and folders, and yield their articles that can be read.

        Files that are known and have not changed are counted but neither read nor yielded.
        """
        sites = site_selectors(self.folders)
        known = indexed_files(self.folders, tuple(map(canonical_source, sources)))

        def is_known(path: str) -> bool:
            file = known.get(path)
            if file is None or file_stamp(path) != (file.size, file.modified):
                return False
            articles = 1 if file.members is None else len(file.members)
            self._count(file.source, articles)
            self.summary.known += articles
            return True

        items = check_items(sources, self.report, self.note, is_known)
        for outcome in check_all(self._unknown(items), sites):
            if outcome.problem:
                self.report(SourceError(outcome.item.location, outcome.problem))
                continue
            self._count(outcome.item.source)
            if outcome.indexed:
                self.writer.add_indexed(outcome.indexed)
            yield outcome.item.location

    def _unknown(self, items: Iterator[CheckItem]) -> Iterator[CheckItem]:
        """Yield the items that must be read; count the others, which are known and unchanged."""
        for item in items:
            stamp = item.size, item.modified
            if must_be_parsed(item.location) and self.writer.index.get(item.location, stamp):
                self._count(item.source)
                self.summary.known += 1
                self.writer.save_if_due()
            else:
                yield item

    def _count(self, source: str, articles: int = 1) -> None:
        """Add a source to the library if it is new, and count more of its articles."""
        name = canonical_source(source)
        self.writer.add(name)
        self.summary.added[name] += articles


_AddMethod = Callable[[_SourceAdder, tuple[str, ...]], Iterator[str]]
