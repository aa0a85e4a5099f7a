"""`tuireader doctor`: say what is well with the notebook and what is not, and mend it if asked."""

from tuireader.cli.arguments import Form, Request
from tuireader.cli.output import print_records, say
from tuireader.domain.cleaning import clean_line
from tuireader.folders import Folders
from tuireader.notebook.checkup import Finding, examine
from tuireader.notebook.notebook import FILE
from tuireader.notebook.repairs import mend


def run(request: Request, folders: Folders) -> int:
    """Look at every line, copy, text, draft and folder; the exit status is 1 if one is not well.

    With `--repair` what can be mended is mended first, and that is said.
    """
    journal = folders.data / FILE
    own = (folders.data, folders.cache, folders.state)
    mended = list(mend(journal, own)) if request.repair else []
    findings = list(examine(journal, own))
    if request.form is Form.JSON:
        done = [{**_record(finding), "done": True} for finding in mended]
        print_records([*done, *map(_record, findings)], request.form)
    else:
        for finding in mended:
            _say(finding, "done")
        for finding in findings:
            _say(finding, "note" if finding.note else "well")
    return 0 if all(finding.well for finding in findings) else 1


def _say(finding: Finding, well: str) -> None:
    say(f"{well if finding.well else 'BAD ':<6}{clean_line(finding.what)}: {finding.says}")


def _record(finding: Finding) -> dict[str, object]:
    return {"what": finding.what, "well": finding.well, "says": finding.says}
