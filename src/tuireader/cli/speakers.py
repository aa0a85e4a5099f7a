"""`tuireader speakers`: print who speaks, how often, and in how many articles."""

import sys

from tuireader.app.corrected_quotes import ArticleWithCorrections, with_corrections
from tuireader.app.process_pool import map_in_processes
from tuireader.app.source_resolver import resolve_articles
from tuireader.cli.output import ErrorCounter, print_records, print_text
from tuireader.cli.parser import Form, Request
from tuireader.cli.progress import Progress
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.csv import write_csv
from tuireader.exporters.json_records import speaker_record
from tuireader.paths import AppPaths
from tuireader.quotes.speakers import Speaker, SpeakerCounts, SpeakerInArticle, speakers_in

COLUMNS = ("speaker", "quotes", "articles", "variants", "described")


def run(request: Request, folders: AppPaths) -> int:
    """Print the speakers of all articles that the sources name, who says most first."""
    tally = SpeakerCounts()
    with Progress("articles") as progress:
        complaints = ErrorCounter(before=progress.wipe)
        articles = with_corrections(
            resolve_articles(request.sources, complaints, folders), folders, complaints
        )
        for found in progress.over(map_in_processes(_voices, articles, request.jobs)):
            tally.add(found)
    speakers = [who for who in tally.speakers() if who.is_called(request.speaker)]
    if request.speaker and not speakers:
        complaints(TuiReaderError(f"Nobody called {request.speaker} is quoted there."))
    records = map(speaker_record, speakers)
    match request.form:
        case Form.PLAIN:
            for speaker in speakers:
                print_text(_line(speaker))
        case Form.CSV:
            write_csv(records, COLUMNS, sys.stdout)
        case _:
            print_records(records, request.form)
    return complaints.status


def _voices(heard: ArticleWithCorrections) -> tuple[SpeakerInArticle, ...]:
    return speakers_in(heard.quotes(), heard.text)


def _line(speaker: Speaker) -> str:
    articles = "article" if speaker.articles == 1 else "articles"
    variants = f" ({', '.join(speaker.variants)})" if speaker.variants else ""
    return f"{speaker.quotes:>6} in {speaker.articles:>5} {articles:<8}  {speaker.name}{variants}"
