"""`tuireader add`: put articles into the library without opening them."""

from pathlib import Path

from tuireader.cli.arguments import Request
from tuireader.cli.articles import locations_of
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.output import Complaints
from tuireader.cli.stdin import replaced
from tuireader.domain.errors import SourceError
from tuireader.folders import Folders


def run(request: Request, folders: Folders) -> int:
    """Add what the sources name; what cannot be found is named, and the rest is added."""
    complaints = Complaints()
    sources = replaced(request.sources, folders)
    found = [source for source in sources if _holds_articles(source, complaints)]
    if found:
        with notebook_in(folders) as notebook:
            notebook.sources.add(*(str(Path(source).absolute()) for source in found))
    return complaints.status


def _holds_articles(source: str, complaints: Complaints) -> bool:
    """Whether there is an article; a source is looked through whole, so that bad lines are told."""
    before = complaints.count
    found = sum(1 for _ in locations_of((source,), complaints))
    if not found and complaints.count == before:
        complaints(SourceError(source, "there is no article in it"))
    return found > 0
