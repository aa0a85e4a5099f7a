"""`tuireader show`: prints the extracted text of an article."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import assert_never

import click

from tuireader.app.article_loader import ArticleLoader
from tuireader.app.source_resolver import resolve_articles
from tuireader.cli.options import (
    SOURCE_HELP,
    command,
    complete_file,
    form_options,
    output_option,
    reading_options,
)
from tuireader.cli.output import (
    ErrorCounter,
    Form,
    print_error,
    print_json,
    print_notice,
    print_text,
)
from tuireader.cli.presentation import Span, print_paragraph, wrapped
from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.domain.dates import long_date
from tuireader.domain.errors import SourceError, WrongPasswordError
from tuireader.exporters.records import article_record
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address
from tuireader.sources.filetype import FileType, filetype_of_name
from tuireader.sources.open import read_list_entry
from tuireader.sources.reading_options import ReadingOptions
from tuireader.text.messages import counted
from tuireader.text.sanitize import sanitize_line

_SEPARATOR = "\n---\n"
"""The line that is printed between two articles."""


@command(
    "show",
    examples=("tuireader show article.txt", "tuireader show --json book.epub#2"),
    is_paged=True,
)
@click.argument("source", metavar="SOURCE", help=SOURCE_HELP, shell_complete=complete_file)
@click.option("--whole", is_flag=True, help="Print all of a web page, not only its article")
@output_option
@reading_options
@form_options(Form.JSON)
def run(folders: AppPaths, *, source: str, whole: bool, options: ReadingOptions, form: Form) -> int:
    """Print the extracted text of an article.

    The title, outlet, date, author and language come first. With --json, the offsets of its blocks
    are code points of the text that is printed. A source that holds several articles is an error;
    add # and an id to name one of them. The exit status is 1 if the article cannot be read.
    """
    errors = ErrorCounter()
    options = _with_password(source, options)
    found = list(islice(resolve_articles((source,), errors, folders, options), 2))
    if len(found) > 1:
        reason = f"it holds more than one article; name one of them, such as {found[0].location}"
        raise SourceError(source, reason)
    _print_all(found, folders, form, whole=options if whole else None)
    return errors.status


def show_articles(sources: tuple[str, ...], folders: AppPaths, password: str = "") -> int:
    """Print every article of the sources, and return the exit status.

    `password` opens the PDF files among them; "" for none. The status is 1 if an article cannot be
    opened, which is reported, else 0.
    """
    errors = ErrorCounter()
    options = ReadingOptions(password=password)
    _print_all(resolve_articles(sources, errors, folders, options), folders)
    return errors.status


def _print_all(
    articles: Iterable[Article],
    folders: AppPaths,
    form: Form = Form.PLAIN,
    *,
    whole: ReadingOptions | None = None,
) -> None:
    """Print articles, with a line between them.

    With `whole`, all text of each page is printed instead of its article; it has the password of
    the files. None prints the articles.
    """
    loader = ArticleLoader(folders, lambda _address: None)
    for number, found in enumerate(articles):
        if whole:
            loader.use_password(whole.password, found.location)
        loaded = loader.load_page(found.location) if whole else found
        others = loader.other_locations(loaded, keep=is_address(loaded.location))
        article = replace(loaded, also_at=others)
        if form is Form.JSON:
            print_json(article_record(article))
            continue
        if number:
            print_text(_SEPARATOR)
        _print_article(article)


def _print_article(article: Article) -> None:
    """Print an article's title, what is known about it, and its blocks.

    Notices about how it was read go to standard error.
    """
    facts = (
        article.outlet,
        long_date(article.date) if article.date else "",
        article.author,
        article.language,
        article.source or article.location,
    )
    for notice in article.notices:
        print_notice(notice)
    print_paragraph(Span(article.title, bold=True, link=article.source or article.location))
    print_text(wrapped(" · ".join(fact for fact in facts if fact)))
    for address in article.also_at:
        print_text(f"also at {address}")
    end = 0
    for number, block in enumerate(article.blocks):
        if number == 0 and _repeats_title(block, article):
            continue
        if not _is_next_line(article.text, end, block.start):
            print_text()
        _print_block(block, article.text[block.start : block.end])
        end = block.end
    if article.left_out:
        left_out = counted(article.left_out, "paragraph")
        reason = f"{left_out} of the page left out; tuireader show --whole prints all of it"
        print_error(SourceError(article.location, reason))


def _repeats_title(block: Block, article: Article) -> bool:
    """Return whether a block is a heading with the words of the article's title."""
    words = article.text[block.start : block.end].split()
    return block.kind is BlockKind.HEADING and words == article.title.split()


def _print_block(block: Block, text: str) -> None:
    """Print a block: on a terminal headings are bold, and all but code is wrapped."""
    shown = _format_block(block, text)
    if block.kind is BlockKind.HEADING:
        print_paragraph(Span(shown.replace("\n", " "), bold=True))
    else:
        print_text(shown if block.kind is BlockKind.CODE else wrapped(shown))


def _is_next_line(text: str, end: int, start: int) -> bool:
    """Return whether only a line break is between two blocks, without a blank line.

    `end` is the end of the first (0 if there is none), `start` the start of the second.
    """
    return end > 0 and text[end:start] == "\n"


def _format_block(block: Block, text: str) -> str:
    """Return a block for printing: "#" before headings, ">" before quotations, and so on.

    `text` is the block's own text; paragraphs are returned unchanged.
    """
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * max(1, block.level)} {text}"
        case BlockKind.CAPTION:
            return f"[{text}]"
        case BlockKind.BLOCKQUOTE:
            return "\n".join(f"> {line}" for line in text.split("\n"))
        case BlockKind.LIST_ITEM:
            return "  " * block.level + text
        case BlockKind.PARAGRAPH | BlockKind.CODE | BlockKind.RULE:
            return text
        case _:
            assert_never(block.kind)


def _with_password(source: str, options: ReadingOptions) -> ReadingOptions:
    """Return the options with the password of a PDF file, which is asked for on a terminal.

    The options are returned unchanged if the file needs none, one was given, or there is no
    terminal.
    """
    if options.password or not sys.stdin.isatty() or filetype_of_name(source) is not FileType.PDF:
        return options
    from getpass import getpass  # noqa: PLC0415 - only for PDF files

    reason = WrongPasswordError(source, given=False).reason
    if read_list_entry(source).problem != reason:
        return options
    return replace(options, password=getpass(f"Password of {sanitize_line(source)}: "))
