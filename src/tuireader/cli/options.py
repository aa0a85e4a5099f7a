"""Parses a command line with options, and writes the help of each command."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from tuireader import __version__
from tuireader.cli.parser import COMMANDS, READ, Command, Form, Option, Request
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import SupportsWrite

FORM_HELP = {
    Form.JSON: "print one JSON document",
    Form.JSONL: "print one JSON record a line",
    Form.CSV: "print a table for a spreadsheet",
    Form.MARKDOWN: "print Markdown",
    Form.OPML: "print the feeds, for other readers of feeds",
}
SOURCE_HELP = "a file, a folder, an address, a feed, a collection, or - for standard input"


class _Parser(argparse.ArgumentParser):
    """Prints no control character that an argument holds."""

    def error(self, message: str) -> NoReturn:
        super().error(sanitize_line(message))

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Print the help; argparse itself says nothing if it cannot be written."""
        (file or sys.stdout).write(self.format_help())


class _PrintVersion(argparse.Action):
    """Prints the version and ends; OSError if it cannot be written, as for the help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it."""
        sys.stdout.write(f"tuireader {__version__}\n")
        parser.exit()


def parse_command(name: str, command: Command, words: list[str], literal: Sequence[str]) -> Request:
    """The request that a command's words make; `literal` are sources however they look."""
    parser = _parser(name, command)
    found = parser.parse_intermixed_args(words)
    sources = (*found.sources, *literal)
    if len(sources) < command.fewest:
        parser.error("a SOURCE is missing")
    if command.most is not None and len(sources) > command.most:
        takes = "one SOURCE" if command.most else "no SOURCE"
        parser.error(f"the command takes {takes}, and {len(sources)} were given")
    given = {option.field: getattr(found, option.field) for option in command.options}
    return Request(command=name, sources=sources, form=found.form, data_dir=found.data_dir, **given)


def _add(option: Option, parser: argparse.ArgumentParser) -> None:
    """Let the parser take an option; what is not given has the default of `Request`."""
    flag = _flag(option)
    if not option.value:
        parser.add_argument(flag, dest=option.field, action="store_true", help=option.does)
        return
    parser.add_argument(
        flag,
        dest=option.field,
        metavar=option.value,
        help=option.does,
        type=_number if option.counts else str,
        default=0 if option.counts else "",
    )


def _number(word: str) -> int:
    """A number from 1, as typed; raises ArgumentTypeError for anything else."""
    if not word.isascii() or not word.isdigit() or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is not a number from 1")
    return int(word)


def _parser(name: str, command: Command) -> argparse.ArgumentParser:
    reads = command is READ
    parser = _Parser(
        prog="tuireader" if reads else f"tuireader {name}",
        usage=_usage(name, command),
        description=command.does[0].upper() + command.does[1:] + ".",
        epilog=_epilog() if reads else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    sources_help = argparse.SUPPRESS if command.most == 0 else SOURCE_HELP
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help=sources_help)
    forms = parser.add_mutually_exclusive_group()
    for form in command.forms:
        forms.add_argument(
            f"--{form}", dest="form", action="store_const", const=form, help=FORM_HELP[form]
        )
    for option in command.options:
        _add(option, parser)
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        help="keep all state in this folder (or TUIREADER_DATA_DIR)",
    )
    if reads:
        parser.add_argument(
            "--version", action=_PrintVersion, nargs=0, help="print the version and exit"
        )
    parser.set_defaults(form=Form.PLAIN)
    return parser


def _usage(name: str, command: Command) -> str:
    sources = {(0, None): "[SOURCE...]", (1, None): "SOURCE...", (1, 1): "SOURCE", (0, 0): ""}
    forms = " | ".join(f"--{form}" for form in command.forms)
    parts = (
        "tuireader" if command is READ else f"tuireader {name}",
        f"[{forms}]" if forms else "",
        *(f"[{_flag(option)} {option.value}".rstrip() + "]" for option in command.options),
        "[--data-dir DIR]",
        sources[command.fewest, command.most],
    )
    return " ".join(part for part in parts if part)


def _flag(option: Option) -> str:
    return f"--{option.field.replace('_', '-')}"


def _epilog() -> str:
    lines = [f"  {name:<10}{command.does}" for name, command in COMMANDS.items()]
    printed = "Where standard output is no terminal, the articles are printed as by show."
    return "\n".join([printed, "", "commands (tuireader COMMAND --help says more):", *lines])
