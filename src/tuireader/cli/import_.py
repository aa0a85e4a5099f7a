"""`tuireader import` of a notebook: an export for TinyDB, a journal, a conflict copy of one.

`tuireader import`: take over what another service has exported; says first what would come.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tuireader.app.open_notebook import open_notebook
from tuireader.cli.confirm import import_if_confirmed
from tuireader.cli.output import ErrorCounter, count_by_table, print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.progress import Progress
from tuireader.domain.article import Article
from tuireader.domain.bookmark import ELSEWHERE
from tuireader.domain.errors import NotebookError, SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.exporters.json_records import Record
from tuireader.importers.detect import read_export, read_folder
from tuireader.importers.model import NotebookExport, ServiceExport, Skipped
from tuireader.library.title_lookup import ArticlesByTitle
from tuireader.notebook.import_items import ImportedArticle, ImportSummary, ImportTransaction
from tuireader.notebook.merge import MergeSummary
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.sources.files import open_file
from tuireader.sources.web.canonical_url import canonical_url
from tuireader.sources.web.page_store import PageStore, page_article

SERVICE = "tuireader"


def import_notebook(
    export: NotebookExport, path: str, notebook: Notebook, request: Request
) -> Record:
    """Say what the notebook brings, and take it if the reader agrees; what is to be printed."""
    merge = notebook.begin_merge(export.tables)
    gain = merge.summary
    skipped = [*((one.where, one.reason) for one in export.damaged), *gain.skipped]
    if request.form is Form.PLAIN:
        _notebook_report(gain, skipped, path)
    done = not gain.is_empty and import_if_confirmed(
        lambda: merge.take("imported from a notebook"), request
    )
    return {
        "source": path,
        "service": SERVICE,
        "done": done,
        "new": dict(gain.new),
        "newer": dict(gain.newer),
        "newer_here": gain.newer_here,
        "same": gain.same,
        "skipped": [{"where": where, "reason": reason} for where, reason in skipped],
    }


def _notebook_report(gain: MergeSummary, skipped: Iterable[tuple[str, str]], path: str) -> None:
    if gain.is_empty:
        print_text(f"{path} ({SERVICE}): nothing in it is new.")
    else:
        parts = [
            count_by_table(gain.new),
            f"newer: {count_by_table(gain.newer)}" if gain.newer else "",
        ]
        print_text(f"{path} ({SERVICE}) brings {'; '.join(filter(None, parts))}.")
    for count, what in (
        (gain.same, "the same here"),
        (gain.newer_here, "changed here later"),
    ):
        if count:
            print_text(f"  {count} left {'as it is' if count == 1 else 'as they are'}: {what}")
    for reason, count in Counter(reason for _, reason in skipped).items():
        where = next(place for place, why in skipped if why == reason)
        others = f" and {count - 1} more" if count > 1 else ""
        print_text(f"  {where}{others} skipped: {reason}")


INTERRUPTED = 130


def run(request: Request, folders: AppPaths) -> int:
    """Take over each export; a dry run unless the reader agrees, or has said --yes."""
    complaints = ErrorCounter()
    interrupted = False
    records: list[Record] = []
    with open_notebook(folders) as notebook:
        works = ArticlesByTitle(notebook.sources.all())
        for path in request.sources:
            try:
                export = _export(path)
                if isinstance(export, NotebookExport):
                    records.append(import_notebook(export, path, notebook, request))
                    continue
                intake = notebook.begin_import(export.service)
                taking = ImportPlan(intake, PageStore(folders.pages), works)
                skipped, broken = _gather(export, taking)
            except SourceError as error:
                complaints(error)
                continue
            interrupted = interrupted or broken
            if request.form is Form.PLAIN:
                _report(intake.summary, skipped, path, export.service)
            empty = intake.summary.is_empty
            done = not empty and import_if_confirmed(taking.take, request, broken=broken)
            records.append(_record(path, export.service, intake.summary, skipped, done=done))
            if broken:
                break
    if request.form is Form.JSON:
        print_records(records, request.form)
    return INTERRUPTED if interrupted else complaints.status


class ImportPlan:
    """Gathers an export's articles, their pages and where their highlights stand."""

    def __init__(self, intake: ImportTransaction, pages: PageStore, works: ArticlesByTitle) -> None:
        self.intake = intake
        self._pages = pages
        self._works = works
        self._items: list[ImportItem] = []

    def add(self, item: ImportItem) -> None:
        """Look what an article brings."""
        if item.address:
            item = replace(item, address=canonical_url(item.address))
            self.intake.add(
                ImportedArticle(item=item, location=item.address, texts=lambda: self._text(item))
            )
        else:
            named = f"{ELSEWHERE}{item.title}" + (f" ({item.author})" if item.author else "")
            self.intake.add(
                ImportedArticle(
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
                self._pages.store(item)
        except OSError as error:
            raise NotebookError(
                f"Nothing was imported, because a page could not be kept: {error.strerror}."
            ) from error
        self.intake.take()

    def _text(self, item: ImportItem) -> Iterator[Article]:
        """The article's text, if it is here or comes with the export."""
        try:
            yield self._pages.article(item.address)
        except SourceError:
            if item.html:
                try:
                    yield page_article(item)
                except SourceError:
                    return


def _export(path: str) -> ServiceExport | NotebookExport:
    if Path(path).is_dir():
        found = read_folder(path)
        if found is None:
            raise SourceError(path, "there is no export in this folder that is known here")
        return found
    if path == "-":
        return read_export(sys.stdin.buffer, "standard input")
    with open_file(path, path, any_kind=True) as file:
        return read_export(file, path)


def _gather(export: ServiceExport, taking: ImportPlan) -> tuple[list[Skipped], bool]:
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


def _report(tally: ImportSummary, skipped: list[Skipped], path: str, service: str) -> None:
    """Say what comes, what is left as it is, and what is left out and why."""
    if tally.is_empty:
        print_text(f"{path} ({service}): nothing in it is new.")
    else:
        print_text(f"{path} ({service}) brings {_comes(tally)}.")
    for count, what in (
        (tally.known, "in your library already"),
        (tally.again, "highlights or notes that you have, or have thrown away"),
    ):
        if count:
            print_text(f"  {count} left {'as it is' if count == 1 else 'as they are'}: {what}")
    for one in skipped:
        print_text(f"  {one.where} skipped: {one.reason}")


def _comes(tally: ImportSummary) -> str:
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
    source: str, service: str, tally: ImportSummary, skipped: list[Skipped], *, done: bool
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
