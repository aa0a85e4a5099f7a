"""`tuireader sync`: refreshes the feeds."""

from threading import Event
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.app.command_notebook import open_notebook
from tuireader.cli.options import command, form_options, sources_argument
from tuireader.cli.output import (
    ErrorCounter,
    Form,
    Progress,
    print_detail,
    print_records,
    print_summary,
)
from tuireader.cli.parser import INTERRUPTED
from tuireader.domain.errors import SourceError
from tuireader.exporters.records import Record
from tuireader.paths import AppPaths
from tuireader.sources.web.feed_sync import FeedSyncResult
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from tuireader.domain.article import Article


@command("sync", examples=("tuireader sync", "tuireader sync https://example.org/feed.xml"))
@sources_argument(required=False, text="Feeds of the library; all of them if none is given")
@form_options(Form.JSON, Form.JSONL)
def run(folders: AppPaths, *, sources: tuple[str, ...], form: Form) -> int:
    """Refresh the feeds.

    The feeds are asked for new entries. A feed that fails is reported, and does not stop the
    others; the exit status is then 1. Paused feeds are refreshed only if they are named.
    """
    return refresh_feeds(folders, sources, form)


def refresh_feeds(folders: AppPaths, sources: tuple[str, ...], form: Form) -> int:
    """Refresh the feeds named (all that are not paused for ()), and return the exit status.

    The status is 0, 1 if a feed fails or is not in the library, or 130 after Ctrl+C.
    """
    with open_notebook(folders) as notebook:
        listed = notebook.sources.all()
        library = [place for place in listed if not notebook.sources.options(place).paused]
        web = ArticleLoader(folders, notebook.sources.citation).web
    named = tuple(map(canonical_source, sources))
    stop, is_interrupted, records = Event(), False, []
    corrected: list[Article] = []
    feeds = {feed.address for feed in web.subscriptions(named or library)}
    with Progress("feeds", total=lambda: len(feeds)) as progress:
        errors = ErrorCounter(before=progress.clear)
        for address in named:
            if address not in feeds:
                errors(SourceError(address, "it is not a feed in your library"))
        try:
            for result in web.refresh(feeds, stop):
                corrected.extend(result.corrected)
                progress.step(result.feed.shown_title)
                _report(result, errors, form)
                records.append(_result_record(result))
        except KeyboardInterrupt:
            stop.set()
            is_interrupted = True
    if corrected:
        with open_notebook(folders) as notebook:
            notebook.record_corrections(corrected)
    if form is not Form.PLAIN:
        print_records(records, form)
    elif feeds:
        new = sum(record["new"] for record in records)
        refreshed = f"{len(records):,} of {counted(len(feeds), 'feed')}"
        changed = f", {len(corrected):,} changed," if corrected else ""
        print_summary(f"{counted(new, 'new article')}{changed} from {refreshed}.")
    elif not named:
        print_summary("No feeds yet. To add one, run tuireader add ADDRESS.")
    return INTERRUPTED if is_interrupted else errors.status


def _report(result: FeedSyncResult, errors: ErrorCounter, form: Form) -> None:
    """Print a feed's error or warning, and in the plain form the number of its new articles.

    `errors` prints and counts the errors. Nothing is printed for a feed without news.
    """
    if result.problem:
        errors(SourceError(result.feed.address, result.problem))
    elif result.feed.warning and result.new:
        errors.note(SourceError(result.feed.address, result.feed.warning))
    else:
        print_detail(f"refreshed {result.feed.address}")
    if form is Form.PLAIN and (result.new or result.corrected):
        if errors.before is not None:
            errors.before()
        changed = f", {len(result.corrected)} changed" if result.corrected else ""
        print_summary(f"{len(result.new):>5} new{changed} · {result.feed.shown_title}")


def _result_record(result: FeedSyncResult) -> Record:
    """Return the result of refreshing a feed as a JSON record.

    `new` is the number of new articles and `articles` their locations; `changed` are locations,
    too; `problem` and `warning` are None if there is none.
    """
    return {
        "feed": result.feed.address,
        "title": result.feed.name or result.feed.title,
        "new": len(result.new),
        "articles": list(result.new),
        "changed": [article.location for article in result.corrected],
        "problem": result.problem or None,
        "warning": result.feed.warning or None,
    }
