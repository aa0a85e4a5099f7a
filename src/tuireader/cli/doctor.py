"""`tuireader doctor`: say what is well with the notebook and what is not, and mend it if asked."""

from tuireader.cli.output import print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.notebook.doctor import CheckResult, check_notebook, repair_notebook
from tuireader.notebook.notebook import FILE
from tuireader.paths import AppPaths
from tuireader.text.sanitize import sanitize_line


def run(request: Request, folders: AppPaths) -> int:
    """Look at every line, copy, text, draft and folder; the exit status is 1 if one is not well.

    With `--repair` what can be mended is mended first, and that is said.
    """
    journal = folders.data / FILE
    own = (folders.data, folders.cache, folders.state)
    mended = list(repair_notebook(journal, own)) if request.repair else []
    findings = list(check_notebook(journal, own))
    if request.form is Form.JSON:
        done = [{**_record(finding), "done": True} for finding in mended]
        print_records([*done, *map(_record, findings)], request.form)
    else:
        for finding in mended:
            _say(finding, "done")
        for finding in findings:
            _say(finding, "note" if finding.is_note else "ok")
    return 0 if all(finding.ok for finding in findings) else 1


def _say(finding: CheckResult, label: str) -> None:
    shown = label if finding.ok else "problem"
    print_text(f"{shown:<9}{sanitize_line(finding.subject)}: {finding.message}")


def _record(finding: CheckResult) -> dict[str, object]:
    return {"what": finding.subject, "well": finding.ok, "says": finding.message}
