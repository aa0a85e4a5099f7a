"""`tuireader man`: prints the manual page, made from the declarations of the commands."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator

import click

from tuireader import __version__
from tuireader.cli.options import SOURCE_HELP, DeclaredCommand, command, output_option
from tuireader.cli.pager import paged_output
from tuireader.cli.parser import SECTIONS
from tuireader.cli.presentation import presentation
from tuireader.cli.root import EXAMPLES

_COMMON_OPTIONS = ("--data-dir", "--help", "--quiet", "--verbose", "--no-color")
"""The options that are not repeated for each command."""

_TABLES = {
    "EXIT STATUS": (
        ("0", "Success."),
        ("1", "Something was not found, or failed."),
        ("2", "The command line is not understood, or there is no terminal to read on."),
        ("130", "Ctrl+C interrupted the command."),
    ),
    "ENVIRONMENT": (
        ("TUIREADER_DATA_DIR", "The folder for all data, unless --data-dir names one."),
        ("VISUAL, EDITOR", "The editor for notes."),
        ("BROWSER", "The browser for sources and links."),
        ("NO_COLOR", "If it is set, the screen and what is printed have no colours."),
        ("PAGER", "The program that shows long output on a terminal; less by default."),
    ),
    "FILES": (
        ("~/.local/share/tuireader", "The notebook, its backups, and stored texts and pages."),
        ("~/.config/tuireader/settings.toml", "The settings."),
    ),
}
"""The sections that no command declares: terms and descriptions; the files are those on Linux."""


@command("man", uses_paths=False, examples=("tuireader man | man -l -",))
@output_option
@click.option("--data-dir", hidden=True, expose_value=False)  # a shell alias may have it
@click.pass_context
def run(ctx: click.Context) -> int:
    """Print the manual page.

    A terminal shows it as the program man does. Otherwise its format is roff.
    """
    page = "".join(f"{line}\n" for line in manual_page(ctx.find_root()))
    if not _is_displayed(page):
        with paged_output():
            sys.stdout.write(page)
    return 0


def _is_displayed(page: str) -> bool:
    """Let the program man display a page on a terminal; return whether it did.

    It is not asked in a pipe, on terminals that cannot page, and where it reads no standard input.
    """
    man = shutil.which("man")
    if man is None or not presentation().pages or sys.platform != "linux":
        return False
    return subprocess.run([man, "-l", "-"], input=page.encode(), check=False).returncode == 0


def manual_page(root: click.Context) -> Iterator[str]:
    """Yield the lines of the manual page in roff, without line breaks.

    `root` is the context of the root command.
    """
    yield f'.TH TUIREADER 1 "" "tuireader {__version__}" "User Commands"'
    yield from (".SH NAME", r"tuireader \- read articles, and see who said what in them")
    yield ".SH SYNOPSIS"
    yield from _usage(root)
    yield from (".br", r"\fBtuireader\fP \fICOMMAND\fP [\fIOPTIONS\fP] [\fIARGUMENTS\fP...]")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(root.command.help or "")
    yield from _entries([("SOURCE", SOURCE_HELP)])
    yield ".SH OPTIONS"
    yield from _parameters(root, without=())
    yield ".SH COMMANDS"
    yield r"Each command also takes \-\-help, \-\-quiet, \-\-verbose and \-\-no\-color,"
    yield r"and \-\-data\-dir if it uses the data."
    assert isinstance(root.command, click.Group)  # noqa: S101 - the root command is one
    for section, commands in SECTIONS.items():
        yield f'.SS "{section}"'
        for name in commands:
            found = root.command.get_command(root, name)
            assert isinstance(found, DeclaredCommand)  # noqa: S101 - `command` declares them
            with click.Context(found, info_name=name, parent=root) as context:
                yield from _command(context, found)
    for title, entries in _TABLES.items():
        yield f'.SH "{title}"'
        yield from _entries(entries)
    yield ".SH EXAMPLES"
    yield from _examples(EXAMPLES)


def _command(ctx: click.Context, found: DeclaredCommand) -> Iterator[str]:
    """Yield a command's usage, description, parameters and examples in roff.

    `ctx` is a context of the command, `found` the command itself.
    """
    yield ".PP"
    yield from _usage(ctx)
    yield ".RS"
    yield from _paragraphs(found.help or "")
    yield from _parameters(ctx, without=_COMMON_OPTIONS)
    if found.examples:
        yield from (".PP", "Examples:")
        yield from _examples(found.examples)
    yield ".RE"


def _usage(ctx: click.Context) -> Iterator[str]:
    """Yield the usage line of a command in roff, for the context of the command."""
    pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
    arguments = re.sub(r"[A-Z]+", lambda found: rf"\fI{found[0]}\fP", _escape(pieces))
    yield rf"\fB{_escape(ctx.command_path)}\fP {arguments}".rstrip()


def _parameters(ctx: click.Context, without: tuple[str, ...]) -> Iterator[str]:
    """Yield the help of a command's arguments and options in roff, without some options.

    `without` are the names of those, such as "--help".
    """
    for param in ctx.command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None and not set(param.opts) & set(without):
            yield from _entries([record])


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a definition list in roff, from pairs of a term and its description."""
    for term, description in entries:
        yield from (".TP", rf"\fB{_escape(term)}\fP", _escape(description))


def _examples(examples: Iterable[str]) -> Iterator[str]:
    """Yield example command lines in roff, each on a line of its own."""
    yield from (".PP", ".nf", ".RS", *map(_escape, examples), ".RE", ".fi")


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text in roff; blank lines separate them."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield from (".PP", _escape(" ".join(paragraph.split())))


def _escape(text: str) -> str:
    """Return a text escaped so that roff prints it literally; "" for "".

    Hyphens are printed as the character that is typed in a shell.
    """
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
