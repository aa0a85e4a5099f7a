"""`tuireader doctor`: checks the notebook for damage, and repairs it."""

import click

from tuireader.cli.options import command, form_options, output_option
from tuireader.cli.output import Form, print_records
from tuireader.cli.presentation import Span, print_spans
from tuireader.exporters.records import Record
from tuireader.notebook.doctor import CheckResult, check_notebook, repair_notebook
from tuireader.notebook.notebook import FILE
from tuireader.paths import AppPaths


@command("doctor", examples=("tuireader doctor", "tuireader doctor --repair"), is_paged=True)
@click.option(
    "--repair", is_flag=True, help="Repair what can be repaired; nothing readable is lost"
)
@output_option
@form_options(Form.JSON)
def run(folders: AppPaths, *, repair: bool, form: Form) -> int:
    """Check the notebook for damage, and repair it.

    Every line of the journal, every backup, text and draft is checked, and the access rights of
    the folders. The exit status is 1 if there is a problem. Without --repair, nothing is changed.
    """
    journal = folders.data / FILE
    own_folders = (folders.data, folders.cache, folders.state)
    repairs = list(repair_notebook(journal, own_folders)) if repair else []
    results = list(check_notebook(journal, own_folders))
    if form is Form.JSON:
        done = [{**_result_record(result), "done": True} for result in repairs]
        print_records([*done, *map(_result_record, results)], form)
    else:
        for result in repairs:
            _print_result(result, "done")
        for result in results:
            _print_result(result, "note" if result.is_note else "ok")
    return 0 if all(result.ok for result in results) else 1


def _print_result(result: CheckResult, label: str) -> None:
    """Print a result in one line, after `label`, or after "problem" if it is one.

    `label` is a word like "ok", "note" or "done".
    """
    shown = label if result.ok else "problem"
    print_spans(
        Span(f"{shown:<9}", bold=True, colour="" if result.ok else "red"),
        Span(f"{result.subject}: {result.message}"),
        cut=False,
    )


def _result_record(result: CheckResult) -> Record:
    """Return a result as a JSON record.

    The fields are `what` (the subject), `well` (a bool) and `says` (a sentence).
    """
    return {"what": result.subject, "well": result.ok, "says": result.message}
