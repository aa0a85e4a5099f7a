"""`tuireader import`: take over what another service has exported; says first what would come."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tuireader.cli.agreeing import settle
from tuireader.cli.arguments import Form, Request
from tuireader.cli.import_notebook import take_back
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.output import Complaints, print_records, say
from tuireader.cli.progress import Progress
from tuireader.domain.article import Article
from tuireader.domain.errors import NotebookError, SourceError
from tuireader.domain.imported import Item
from tuireader.domain.reading import ELSEWHERE
from tuireader.exports.records import Record
from tuireader.folders import Folders
from tuireader.imports.telling import read_export, read_folder
from tuireader.imports.values import Export, Skipped, Tables
from tuireader.library.works import Works
from tuireader.notebook.arrivals import Arrival, Tally
from tuireader.notebook.imports import Intake
from tuireader.sources.canonical import canonical
from tuireader.sources.files import open_file
from tuireader.sources.kept_pages import KeptPages, page_article

INTERRUPTED = 130


def run(request: Request, folders: Folders) -> int:
    """Take over each export; a dry run unless the reader agrees, or has said --yes."""
    complaints = Complaints()
    interrupted = False
    records: list[Record] = []
    with notebook_in(folders) as notebook:
        works = Works(notebook.sources.all())
        for path in request.sources:
            try:
                export = _export(path)
                if isinstance(export, Tables):
                    records.append(take_back(export, path, notebook, request))
                    continue
                intake = notebook.begin_import(export.service)
                taking = Taking(intake, KeptPages(folders.pages), works)
                skipped, broken = _gather(export, taking)
            except SourceError as error:
                complaints(error)
                continue
            interrupted = interrupted or broken
            if request.form is Form.PLAIN:
                _report(intake.tally, skipped, path, export.service)
            empty = intake.tally.is_empty
            done = not empty and settle(taking.take, request, broken=broken)
            records.append(_record(path, export.service, intake.tally, skipped, done=done))
            if broken:
                break
    if request.form is Form.JSON:
        print_records(records, request.form)
    return INTERRUPTED if interrupted else complaints.status


class Taking:
    """Gathers an export's articles, their pages and where their highlights stand."""

    def __init__(self, intake: Intake, pages: KeptPages, works: Works) -> None:
        self.intake = intake
        self._pages = pages
        self._works = works
        self._items: list[Item] = []

    def add(self, item: Item) -> None:
        """Look what an article brings."""
        if item.address:
            item = replace(item, address=canonical(item.address))
            self.intake.add(
                Arrival(item=item, location=item.address, texts=lambda: self._text(item))
            )
        else:
            named = f"{ELSEWHERE}{item.title}" + (f" ({item.author})" if item.author else "")
            self.intake.add(
                Arrival(
                    item=item,
                    location=named,
                    listed=False,
                    texts=lambda: self._works.chapters(item.title),
                )
            )
        if item.html:
            self._items.append(item)

    def take(self) -> None:
        """Keep all of it; NotebookError if it cannot be saved."""
        try:
            for item in self._items:
                self._pages.keep(item)
        except OSError as error:
            raise NotebookError(
                f"Nothing was imported, because a page could not be kept: {error.strerror}."
            ) from error
        self.intake.take()

    def _text(self, item: Item) -> Iterator[Article]:
        """The article's text, if it is here or comes with the export."""
        try:
            yield self._pages.article(item.address)
        except SourceError:
            if item.html:
                try:
                    yield page_article(item)
                except SourceError:
                    return


def _export(path: str) -> Export | Tables:
    if Path(path).is_dir():
        found = read_folder(path)
        if found is None:
            raise SourceError(path, "there is no export in this folder that is known here")
        return found
    if path == "-":
        return read_export(sys.stdin.buffer, "standard input")
    with open_file(path, path, any_kind=True) as file:
        return read_export(file, path)


def _gather(export: Export, taking: Taking) -> tuple[list[Skipped], bool]:
    """All that comes, as far as Ctrl+C lets it: what is left out, and whether it was broken off."""
    skipped: list[Skipped] = []
    try:
        with Progress("articles") as progress:
            for item in export.items:
                if isinstance(item, Skipped):
                    skipped.append(item)
                else:
                    progress.step(item.title)
                    taking.add(item)
    except KeyboardInterrupt:
        return skipped, True
    return skipped, False


def _report(tally: Tally, skipped: list[Skipped], path: str, service: str) -> None:
    """Say what comes, what is left as it is, and what is left out and why."""
    if tally.is_empty:
        say(f"{path} ({service}): nothing in it is new.")
    else:
        say(f"{path} ({service}) brings {_comes(tally)}.")
    for count, what in (
        (tally.known, "in your library already"),
        (tally.again, "highlights or notes that you have, or have thrown away"),
    ):
        if count:
            say(f"  {count} left {'as it is' if count == 1 else 'as they are'}: {what}")
    for one in skipped:
        say(f"  {one.where} skipped: {one.reason}")


def _comes(tally: Tally) -> str:
    parts = (
        (tally.articles, "article", "articles"),
        (tally.read, "of them read", "of them read"),
        (tally.noted, "note or tags on an article", "notes or tags on articles"),
        (tally.placed, "highlight at its place in the text", "highlights at their places"),
        (
            tally.waiting,
            "highlight that waits for its text",
            "highlights that wait for their texts",
        ),
    )
    return ", ".join(
        f"{count} {one if count == 1 else many}" for count, one, many in parts if count
    )


def _record(
    source: str, service: str, tally: Tally, skipped: list[Skipped], *, done: bool
) -> Record:
    """What an import brought, or would bring, and what of the export was left out."""
    return {
        "source": source,
        "service": service,
        "done": done,
        "articles": tally.articles,
        "known": tally.known,
        "read": tally.read,
        "notes": tally.noted,
        "placed": tally.placed,
        "waiting": tally.waiting,
        "again": tally.again,
        "skipped": [{"where": one.where, "reason": one.reason} for one in skipped],
    }
