"""`tuireader speakers`: prints who speaks, how often, and in how many articles."""

import click

from tuireader.app.corrected_quotes import ArticleWithCorrections, with_corrections
from tuireader.app.process_pool import map_in_processes
from tuireader.cli.options import (
    command,
    form_options,
    jobs_option,
    output_option,
    sources_argument,
)
from tuireader.cli.output import ErrorCounter, Form, Progress, print_records
from tuireader.cli.presentation import Span, print_spans
from tuireader.cli.queries import LIBRARY_SOURCE_HELP, query_option, selected_articles
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.records import speaker_record
from tuireader.paths import AppPaths
from tuireader.quotes.speakers import Speaker, SpeakerCounts, SpeakerInArticle, speakers_in

COLUMNS = ("speaker", "quotes", "articles", "variants", "described")


@command("speakers", examples=("tuireader speakers articles/ --json",), is_paged=True)
@sources_argument(required=False, text=LIBRARY_SOURCE_HELP)
@query_option
@click.option(
    "--speaker",
    metavar="NAME",
    default="",
    help="Print only the speaker who is called this, by any form of the name",
)
@jobs_option
@output_option
@form_options(Form.JSON, Form.JSONL, Form.CSV)
def run(
    folders: AppPaths,
    *,
    sources: tuple[str, ...],
    query: str,
    speaker: str,
    jobs: int,
    form: Form,
) -> int:
    """Print who speaks, how often, and in how many articles.

    The quotations of all articles are counted together. The speaker with the most comes first.
    Without a SOURCE, they are those of the library; with --query, only articles that it finds are
    counted. The exit status is 1 if an article cannot be read, or nothing is found by --speaker or
    --query.
    """
    counts = SpeakerCounts()
    with Progress("articles") as progress:
        errors = ErrorCounter(before=progress.clear)
        expect = progress.expect
        found = selected_articles(sources, query, folders, errors, expect=expect)
        articles = with_corrections(found, folders, errors)
        for speakers_found in progress.over(map_in_processes(_speakers_in, articles, jobs)):
            counts.add(speakers_found)
    speakers = [each for each in counts.speakers() if each.is_called(speaker)]
    if (speaker or query) and not speakers:
        whose = f"by {speaker}" if speaker else "in these articles"
        errors(TuiReaderError(f"No quotations {whose}."))
    if form is Form.PLAIN:
        for each in speakers:
            _print_speaker(each)
    else:
        print_records(map(speaker_record, speakers), form, COLUMNS)
    return errors.status


def _speakers_in(article: ArticleWithCorrections) -> tuple[SpeakerInArticle, ...]:
    """Return the speakers who are quoted in an article; runs in worker processes."""
    return speakers_in(article.quotes(), article.text)


def _print_speaker(speaker: Speaker) -> None:
    """Print one line with a speaker's numbers, name and, in parentheses, other names."""
    articles = "article" if speaker.articles == 1 else "articles"
    variants = f" ({', '.join(speaker.variants)})" if speaker.variants else ""
    print_spans(
        Span(f"{speaker.quotes:>6} in {speaker.articles:>5} {articles:<8}  ", dim=True),
        Span(speaker.name, bold=True, colour="cyan"),
        Span(variants, dim=True),
    )
