"""`tuireader import`: imports exports of other services, and notebooks of tuireader."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import click

from tuireader.app.command_notebook import open_notebook
from tuireader.app.import_plan import ImportPlan
from tuireader.cli.options import command, complete_file, form_options
from tuireader.cli.output import (
    ErrorCounter,
    Form,
    Progress,
    count_by_table,
    print_detail,
    print_records,
    print_text,
)
from tuireader.cli.parser import INTERRUPTED
from tuireader.cli.presentation import is_quiet
from tuireader.domain.errors import SourceError
from tuireader.exporters.records import Record
from tuireader.importers.detect import Exports, formats_text, read_export, read_folder
from tuireader.importers.export import LeftOut, NotebookExport, ServiceExport, Skipped
from tuireader.importers.fields import left_out_total
from tuireader.library.address_lookup import ArticlesByAddress
from tuireader.library.catalogue import ArticlesByTitle
from tuireader.notebook.import_items import ImportSummary
from tuireader.notebook.merge import MergeSummary
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.sources.files import open_file
from tuireader.sources.web.page_store import PageStore
from tuireader.text.messages import counted

_SERVICE = "tuireader"
"""The name of the service in the summary of a notebook."""

_INTERRUPTED_HINT = (
    "Interrupted. The articles above are imported. Run the same command again to import the rest."
)
_YES_HINT = "Nothing was changed. To import it, add --yes."
_UNDO_HINT = "Imported. u in the reader undoes it in one step."


@dataclass(frozen=True, slots=True)
class _Confirmation:
    """Decides whether an import is made: by --yes, or by asking the user.

    `form` is that of the output: only with PLAIN is anything printed or asked.
    """

    form: Form
    yes: bool

    @property
    def is_told(self) -> bool:
        """Whether what an export adds is printed: for people, unless --yes and --quiet are given.

        Who is to decide must see it.
        """
        return self.form is Form.PLAIN and not (self.yes and is_quiet())

    def apply(self, change: Callable[[], None], *, interrupted: bool = False) -> bool:
        """Call `change` if the user wants the import, and return whether it was called.

        The outcome is printed. Nothing is asked if standard input or output is not a terminal, if
        the output is for programs, or if reading was `interrupted`: then only --yes makes the
        change. Raises KeyboardInterrupt, with nothing changed, if Ctrl+C interrupts `change`.
        """
        asks = self.form is Form.PLAIN and not interrupted and _can_ask()
        if not (self.yes or (asks and _ask())):
            self._print("Nothing was changed." if asks or interrupted else _YES_HINT)
            return False
        try:
            change()
        except KeyboardInterrupt:
            self._print("Interrupted. Nothing was changed.")
            raise
        self._print(_INTERRUPTED_HINT if interrupted else _UNDO_HINT)
        return True

    def _print(self, text: str) -> None:
        """Print a text if the import is told."""
        if self.is_told:
            print_text(text)


def _can_ask() -> bool:
    """Return whether both standard input and output are terminals."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask() -> bool:
    """Ask whether to import, and return whether the answer is "y" or "yes"."""
    sys.stdout.write("Import it? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


@command(
    "import",
    examples=(
        "tuireader import bookmarks.html",
        'tuireader import --yes "My Clippings.txt"',
        "tuireader import notebook.json",
    ),
)
@click.argument(
    "exports",
    metavar="EXPORT...",
    nargs=-1,
    required=True,
    help="An exported file or folder, or - for standard input",
    shell_complete=complete_file,
)
@click.option("--yes", is_flag=True, help="Import without asking")
@form_options(Form.JSON)
def run(folders: AppPaths, *, exports: tuple[str, ...], yes: bool, form: Form) -> int:
    """Import articles, highlights and notes from other services.

    Reads files, archives and folders: notebooks of tuireader, and exports of FORMATS.

    What would be imported is printed first, with what would be left out, and you are asked. Where
    that is not possible, nothing is changed without --yes. An export can be imported again: nothing
    is imported twice. The exit status is 1 if an EXPORT cannot be read.
    """
    errors = ErrorCounter()
    confirmation = _Confirmation(form, yes)
    is_interrupted = False
    records: list[Record] = []
    with open_notebook(folders) as notebook:
        for path in exports:
            print_detail(f"importing {path}")
            try:
                for export in _read_exports(path):
                    if isinstance(export, NotebookExport):
                        records.append(_import_notebook(export, path, notebook, confirmation))
                        continue
                    record, is_interrupted = _import_service(
                        export, path, notebook, folders, confirmation
                    )
                    records.append(record)
                    if is_interrupted:
                        break
            except SourceError as error:
                errors(error)
            if is_interrupted:
                break
    if form is Form.JSON:
        print_records(records, form)
    return INTERRUPTED if is_interrupted else errors.status


run.help = (run.help or "").replace("FORMATS", formats_text())


@dataclass(slots=True)
class _Collected:
    """What of an export cannot be imported, and whether Ctrl+C ended the reading.

    `skipped` are damaged parts of the export with their reasons, `left_out` what has no place in
    the notebook.
    """

    skipped: list[Skipped] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    is_interrupted: bool = False


def _read_exports(path: str) -> Exports:
    """Return the exports in a file, an archive, a folder or standard input (`-`).

    Raises SourceError if it cannot be read or is not a supported export.
    """
    if Path(path).is_dir():
        return read_folder(path)
    if path == "-":
        return read_export(sys.stdin.buffer, "standard input")
    with open_file(path, path, any_kind=True) as file:
        return read_export(file, path)


def _import_service(
    export: ServiceExport,
    path: str,
    notebook: Notebook,
    folders: AppPaths,
    confirmation: _Confirmation,
) -> tuple[Record, bool]:
    """Import a service's export if the user wants it; `path` names it in what is printed.

    Returns:
        The summary as a JSON record, and whether Ctrl+C interrupted the reading.
    """
    sources = notebook.sources.all()
    plan = ImportPlan(
        notebook.begin_import(export.service),
        PageStore(folders.pages),
        ArticlesByTitle(sources),
        ArticlesByAddress(sources, folders.pages),
    )
    collected = _collect(export, plan)
    if confirmation.is_told:
        _print_service_summary(plan.summary, collected, f"{path} ({export.service})")
    done = not plan.summary.is_empty and confirmation.apply(
        plan.apply, interrupted=collected.is_interrupted
    )
    record = _service_record(path, export.service, plan.summary, collected, done=done)
    return record, collected.is_interrupted


def _collect(export: ServiceExport, plan: ImportPlan) -> _Collected:
    """Add an export's items to the plan until all are read, or until Ctrl+C.

    Returns what cannot be imported; `is_interrupted` tells of Ctrl+C, which is not raised.
    """
    collected = _Collected()
    try:
        with Progress("articles") as progress:
            for item in export.items:
                if isinstance(item, Skipped):
                    collected.skipped.append(item)
                elif isinstance(item, LeftOut):
                    collected.left_out.append(item)
                else:
                    progress.step(item.title)
                    print_detail(f"read {item.title}")
                    collected.left_out += plan.add(item)
    except KeyboardInterrupt:
        collected.is_interrupted = True
    return collected


def _print_service_summary(summary: ImportSummary, collected: _Collected, name: str) -> None:
    """Print what a service's export would add, what stays unchanged, and what is left out.

    `name` is what the export is called in the first line.
    """
    _print_gain(name, "" if summary.is_empty else _format_service_gain(summary))
    _print_unchanged(summary.known, "already in the library")
    _print_unchanged(summary.again, "highlights or notes that you have, or have removed")
    for entry in collected.skipped:
        print_text(f"  {entry.where} skipped: {entry.reason}")
    total = left_out_total(collected.left_out)
    if total:
        nouns = ", ".join(counted(count, noun) for noun, count in total.items())
        print_text(f"  left out: {nouns}")


def _format_service_gain(summary: ImportSummary) -> str:
    """Return how many articles, notes and highlights an export would add; "" if none."""
    parts = (
        (summary.articles, "article", "articles"),
        (summary.read, "of them read", "of them read"),
        (summary.starred, "of them starred", "of them starred"),
        (summary.noted, "article note or tags", "article notes or tags"),
        (summary.placed, "highlight found in its text", "highlights found in their texts"),
        (
            summary.waiting,
            "highlight whose text is not here",
            "highlights whose texts are not here",
        ),
        (summary.changed, "note that has grown", "notes that have grown"),
    )
    return ", ".join(
        f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count
    )


def _service_record(
    source: str, service: str, summary: ImportSummary, collected: _Collected, *, done: bool
) -> Record:
    """Return the summary of a service's export as a JSON record.

    `source` is its path as typed, `service` the service's name; `done` says whether it was
    imported.
    """
    return {
        "source": source,
        "service": service,
        "done": done,
        "articles": summary.articles,
        "known": summary.known,
        "read": summary.read,
        "starred": summary.starred,
        "notes": summary.noted,
        "placed": summary.placed,
        "waiting": summary.waiting,
        "changed": summary.changed,
        "again": summary.again,
        "left_out": left_out_total(collected.left_out),
        "skipped": [{"where": entry.where, "reason": entry.reason} for entry in collected.skipped],
    }


def _import_notebook(
    export: NotebookExport, path: str, notebook: Notebook, confirmation: _Confirmation
) -> Record:
    """Merge an exported notebook if the user wants it, and return the summary as a record.

    `path` names it in what is printed.
    """
    merge = notebook.begin_merge(export.tables)
    summary = merge.summary
    skipped = [*((entry.where, entry.reason) for entry in export.damaged), *summary.skipped]
    if confirmation.is_told:
        _print_merge_summary(summary, skipped, f"{path} ({_SERVICE})")
    done = not summary.is_empty and confirmation.apply(
        lambda: merge.take("imported from a notebook")
    )
    return {
        "source": path,
        "service": _SERVICE,
        "done": done,
        "new": dict(summary.new),
        "newer": dict(summary.newer),
        "newer_here": summary.newer_here,
        "same": summary.same,
        "skipped": [{"where": where, "reason": reason} for where, reason in skipped],
    }


def _print_merge_summary(
    summary: MergeSummary, skipped: Iterable[tuple[str, str]], name: str
) -> None:
    """Print what a notebook would change, what stays unchanged, and what is skipped.

    `skipped` are pairs of a place in the export and a reason; `name` is what the export is called
    in the first line.
    """
    parts = [
        count_by_table(summary.new),
        f"newer: {count_by_table(summary.newer)}" if summary.newer else "",
    ]
    _print_gain(name, "; ".join(filter(None, parts)))
    _print_unchanged(summary.same, "the same in this notebook")
    _print_unchanged(summary.newer_here, "changed later in this notebook")
    for reason, count in Counter(reason for _, reason in skipped).items():
        where = next(place for place, why in skipped if why == reason)
        others = f" and {count - 1:,} more" if count > 1 else ""
        print_text(f"  {where}{others} skipped: {reason}")


def _print_gain(name: str, gain: str) -> None:
    """Print what an export adds; `gain` is a list in words, or "" if nothing is new."""
    print_text(f"{name} adds {gain}." if gain else f"{name}: nothing in it is new.")


def _print_unchanged(count: int, reason: str) -> None:
    """Print how many records stay unchanged, and why; nothing if none do."""
    if count:
        print_text(f"  {count:,} unchanged: {reason}")
