"""`tuireader add`: put articles into the library without opening them."""

import shlex
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from tuireader.app.article_loader import canonical_source, site_selectors, web_client
from tuireader.app.batch_writer import BatchWriter
from tuireader.app.source_check import CheckItem, check_all, check_items, must_be_parsed
from tuireader.app.source_resolver import Report, is_feed_list, subscribe_all
from tuireader.app.stdin import replace_stdin
from tuireader.cli.output import ErrorCounter, print_json, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.progress import Progress
from tuireader.domain.errors import SourceError
from tuireader.exporters.json_records import Record
from tuireader.library.article_index import ADDRESS, indexed_article
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address
from tuireader.text.plurals import counted

if TYPE_CHECKING:
    from tuireader.sources.web.client import WebClient

INTERRUPTED = 130


@dataclass(slots=True)
class AddSummary:
    """What was added and what was not, and why not."""

    added: Counter[str] = field(default_factory=Counter)
    """How many articles each added source holds."""
    known: int = 0
    """How many of them were known already, and not read again."""
    failed: list[SourceError] = field(default_factory=list)
    notes: list[SourceError] = field(default_factory=list)
    """What is worth knowing of sources that were added."""
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
            "known": self.known,
            "notes": [{"source": note.location, "note": note.reason} for note in self.notes],
            "feeds": self.feeds,
            "interrupted": self.interrupted,
        }

    def sentence(self) -> str:
        """The summary in a line."""
        articles = sum(self.added.values())
        said = f"Added {counted(articles, 'article')} from {counted(len(self.added), 'source')}"
        if self.known:
            said += f", {self.known:,} of them known and unchanged"
        if not self.added:
            said = "Nothing was added"
        if self.feeds:
            said = f"Added {counted(self.feeds, 'feed')}; tuireader sync asks for their articles"
        if self.failed:
            said += f"; {len(self.failed)} could not be read"
        if self.interrupted:
            return f"Stopped. {said}. The same command goes on with the rest."
        return f"{said}."


def run(request: Request, folders: AppPaths) -> int:
    """Add what the sources name; what cannot be read is named, and the rest is added."""
    summary = AddSummary()
    with Progress("articles") as progress, BatchWriter(folders) as intake:
        complaints = ErrorCounter(before=progress.wipe)

        def report(error: SourceError) -> None:
            complaints(error)
            summary.failed.append(error)

        def note(said: SourceError) -> None:
            complaints.note(said)
            summary.notes.append(said)

        adding = _Adding(folders, intake, summary, report, note)
        try:
            with closing(adding.all(replace_stdin(request.sources, folders))) as added:
                for location in added:
                    progress.step(location)
                    intake.save_if_due()
        except KeyboardInterrupt:
            summary.interrupted = True
    if request.form is Form.JSON:
        print_json(summary.record())
    else:
        print_text(summary.sentence())
    return summary.status


@dataclass(frozen=True, slots=True)
class _Adding:
    """Adds sources of all kinds, and counts what they hold."""

    folders: AppPaths
    intake: BatchWriter
    summary: AddSummary
    report: Report
    note: Report

    def all(self, sources: tuple[str, ...]) -> Generator[str]:
        """The articles that were added, as they are; files that follow each other go together."""
        for way, group in groupby(sources, self._way):
            yield from way(self, tuple(group))

    @staticmethod
    def _way(source: str) -> "_Way":
        if is_address(source):
            return _Adding._addresses
        return _Adding._feeds if is_feed_list(source) else _Adding._files

    def _feeds(self, sources: tuple[str, ...]) -> Iterator[str]:
        for source in sources:
            feeds = tuple(subscribe_all(source, self.folders, self.report))
            self.intake.add(*feeds)
            self.summary.feeds += len(feeds)
            yield from feeds

    def _addresses(self, sources: tuple[str, ...]) -> Iterator[str]:
        self.intake.save()
        web = web_client(self.folders)
        for source in sources:
            try:
                found = web.fetch_locations(source)
            except SourceError as error:
                self.report(error)
                continue
            feed = next(iter(web.subscriptions([canonical_source(source)])), None)
            for location in found:
                if feed or self._is_read(web, location):
                    self._count(source)
                    yield location
            if feed and feed.warning:
                self.note(SourceError(source, feed.warning))
            elif not feed and (named_feed := web.feed_linked_by(found[0])):
                add = f"tuireader add {shlex.quote(named_feed)}"
                self.note(SourceError(source, f"it has a feed; {add} adds it"))

    def _is_read(self, web: "WebClient", address: str) -> bool:
        """Whether an article that was fetched can be read; it is remembered, else reported."""
        if self.intake.index.get(address, ADDRESS) is None:
            try:
                self.intake.add_indexed(indexed_article(web.stored_article(address), ADDRESS))
            except SourceError as error:
                self.report(error)
                return False
        return True

    def _files(self, sources: tuple[str, ...]) -> Iterator[str]:
        """Of what is known and has not changed, nothing is read."""
        sites = site_selectors(self.folders)
        seen = check_items(sources, self.report, self.note)
        for look in check_all(self._unknown(seen), sites):
            if look.problem:
                self.report(SourceError(look.item.location, look.problem))
                continue
            self._count(look.item.source)
            if look.indexed:
                self.intake.add_indexed(look.indexed)
            yield look.item.location

    def _unknown(self, seen: Iterator[CheckItem]) -> Iterator[CheckItem]:
        for place in seen:
            stamp = place.size, place.modified
            if must_be_parsed(place.location) and self.intake.index.get(place.location, stamp):
                self._count(place.source)
                self.summary.known += 1
                self.intake.save_if_due()
            else:
                yield place

    def _count(self, source: str) -> None:
        self.intake.add(canonical_source(source))
        self.summary.added[canonical_source(source)] += 1


_Way = Callable[[_Adding, tuple[str, ...]], Iterator[str]]
