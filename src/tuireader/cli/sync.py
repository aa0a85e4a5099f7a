"""`tuireader sync`: ask the feeds for what is new."""

from threading import Event

from tuireader.cli.arguments import Form, Request
from tuireader.cli.notebooks import notebook_in
from tuireader.cli.opener import Opener, named
from tuireader.cli.output import Complaints, print_records, say
from tuireader.cli.progress import Progress
from tuireader.domain.errors import SourceError
from tuireader.domain.plurals import counted
from tuireader.exports.records import Record
from tuireader.folders import Folders
from tuireader.sources.web.refreshing import Refreshed

INTERRUPTED = 130


def run(request: Request, folders: Folders) -> int:
    """Ask the feeds that are named, or all; each that fails is named, and the others go on."""
    with notebook_in(folders) as notebook:
        sources = notebook.sources.all()
        web = Opener(folders, notebook.sources.citation).web
    wanted = tuple(map(named, request.sources))
    stop, interrupted, records = Event(), False, []
    with Progress("feeds") as progress:
        complaints = Complaints(before=progress.wipe)
        feeds = {feed.address for feed in web.followed(wanted or sources)}
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
                    say(f"{len(found.new):>5} new · {found.feed.title or found.feed.address}")
                records.append(_record(found))
        except KeyboardInterrupt:
            stop.set()
            interrupted = True
    if request.form is Form.PLAIN:
        new = sum(record["new"] for record in records)
        say(f"{new:,} new from {len(records):,} of {counted(len(feeds), 'feed')}.")
    else:
        print_records(records, request.form)
    return INTERRUPTED if interrupted else complaints.status


def _record(found: Refreshed) -> Record:
    return {
        "feed": found.feed.address,
        "title": found.feed.title,
        "new": len(found.new),
        "articles": list(found.new),
        "problem": found.problem or None,
        "warning": found.feed.warning or None,
    }
