"""`tuireader speakers`: print who speaks, how often, and in how many articles."""

import sys

from tuireader.cli.arguments import Form, Request
from tuireader.cli.articles import articles_of
from tuireader.cli.heard import Heard, heard
from tuireader.cli.many import each
from tuireader.cli.output import Complaints, print_records, say
from tuireader.cli.progress import Progress
from tuireader.domain.errors import TuiReaderError
from tuireader.exports.records import speaker_record
from tuireader.exports.sheet import write_sheet
from tuireader.folders import Folders
from tuireader.quotes.speaker import Speaker
from tuireader.quotes.tally import Tally, Voice, voices

COLUMNS = ("speaker", "quotes", "articles", "variants", "described")


def run(request: Request, folders: Folders) -> int:
    """Print the speakers of all articles that the sources name, who says most first."""
    tally = Tally()
    with Progress("articles") as progress:
        complaints = Complaints(before=progress.wipe)
        articles = heard(articles_of(request.sources, complaints, folders), folders)
        for found in progress.over(each(_voices, articles, request.jobs)):
            tally.add(found)
    speakers = [who for who in tally.speakers() if who.is_called(request.speaker)]
    if request.speaker and not speakers:
        complaints(TuiReaderError(f"Nobody called {request.speaker} is quoted there."))
    records = map(speaker_record, speakers)
    match request.form:
        case Form.PLAIN:
            for speaker in speakers:
                say(_line(speaker))
        case Form.CSV:
            write_sheet(records, COLUMNS, sys.stdout)
        case _:
            print_records(records, request.form)
    return complaints.status


def _voices(heard: Heard) -> tuple[Voice, ...]:
    return voices(heard.quotes(), heard.text)


def _line(speaker: Speaker) -> str:
    articles = "article" if speaker.articles == 1 else "articles"
    variants = f" ({', '.join(speaker.variants)})" if speaker.variants else ""
    return f"{speaker.quotes:>6} in {speaker.articles:>5} {articles:<8}  {speaker.name}{variants}"
