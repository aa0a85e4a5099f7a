"""`tuireader doctor`: say what is well with the notebook and what is not, and mend it if asked."""

from tuireader.cli.arguments import Form, Request
from tuireader.cli.output import print_records, say
from tuireader.folders import Folders
from tuireader.notebook.checkup import Finding, examine
from tuireader.notebook.notebook import FILE
from tuireader.notebook.upkeep import repair


def run(request: Request, folders: Folders) -> int:
    """Look at every line, copy, text and draft; the exit status is 1 if one is not well.

    With `--repair` the notebook's file is first written anew if it is not well.
    """
    journal = folders.data / FILE
    findings = list(examine(journal))
    if request.repair and not findings[0].well:
        repair(journal)
        findings = list(examine(journal))
    if request.form is Form.JSON:
        print_records(map(_record, findings), request.form)
    else:
        for finding in findings:
            say(f"{'well' if finding.well else 'BAD ':<6}{finding.what}: {finding.says}")
    return 0 if all(finding.well for finding in findings) else 1


def _record(finding: Finding) -> dict[str, object]:
    return {"what": finding.what, "well": finding.well, "says": finding.says}
