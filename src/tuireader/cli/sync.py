"""`tuireader sync`: ask the feeds for what is new."""

from threading import Event

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.open_notebook import open_notebook
from tuireader.cli.output import ErrorCounter, print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.progress import Progress
from tuireader.domain.errors import SourceError
from tuireader.exporters.json_records import Record
from tuireader.paths import AppPaths
from tuireader.sources.web.feed_sync import FeedSyncResult
from tuireader.text.plurals import counted

INTERRUPTED = 130


def run(request: Request, folders: AppPaths) -> int:
    """Ask the feeds that are named, or all; each that fails is named, and the others go on."""
    with open_notebook(folders) as notebook:
        sources = notebook.sources.all()
        web = ArticleLoader(folders, notebook.sources.citation).web
    wanted = tuple(map(canonical_source, request.sources))
    stop, interrupted, records = Event(), False, []
    with Progress("feeds") as progress:
        complaints = ErrorCounter(before=progress.wipe)
        feeds = {feed.address for feed in web.subscriptions(wanted or sources)}
        for address in wanted:
            if address not in feeds:
                complaints(SourceError(address, "it is no feed of your library"))
        try:
            for found in web.refresh(feeds, stop):
                progress.step(found.feed.title or found.feed.address)
                if found.problem:
                    complaints(SourceError(found.feed.address, found.problem))
                elif found.feed.warning and found.new:
                    complaints.note(SourceError(found.feed.address, found.feed.warning))
                if request.form is Form.PLAIN and found.new:
                    progress.wipe()
                    print_text(
                        f"{len(found.new):>5} new · {found.feed.title or found.feed.address}"
                    )
                records.append(_record(found))
        except KeyboardInterrupt:
            stop.set()
            interrupted = True
    if request.form is Form.PLAIN:
        new = sum(record["new"] for record in records)
        print_text(f"{new:,} new from {len(records):,} of {counted(len(feeds), 'feed')}.")
    else:
        print_records(records, request.form)
    return INTERRUPTED if interrupted else complaints.status


def _record(found: FeedSyncResult) -> Record:
    return {
        "feed": found.feed.address,
        "title": found.feed.title,
        "new": len(found.new),
        "articles": list(found.new),
        "problem": found.problem or None,
        "warning": found.feed.warning or None,
    }
