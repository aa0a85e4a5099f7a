"""What was typed after `tuireader`, understood.

The options and the help of each command.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

from tuireader import __version__
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import SupportsWrite


class Form(StrEnum):
    """How a command prints what it lists."""

    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    OPML = "opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command, and what it is to work on."""

    command: str
    sources: tuple[str, ...] = ()
    form: Form = Form.PLAIN
    data_dir: str | None = None
    speaker: str = ""
    """Whose quotations are wanted; everybody's if it is empty."""
    unattributed: bool = False
    """Whether words in quotation marks that are nobody's are wanted too."""
    whole: bool = False
    """Whether all of a page is wanted, with what is around its article."""
    every: bool = False
    """Whether all articles of the sources are shown, and not the only one."""
    yes: bool = False
    """Whether to do at once what would be asked for first."""
    repair: bool = False
    """Whether the notebook is mended."""
    tinydb: bool = False
    """Whether the notebook is written as stock TinyDB keeps its tables."""
    at: str = ""
    """The moment to which the notebook goes back, as typed."""
    dry_run: bool = False
    """Whether only what would change is said."""
    jobs: int = 0
    """Processes to spread the work over; 0 leaves it to the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of some commands, and the field of `Request` that takes what it is given."""

    field: str
    does: str
    value: str = ""
    """What the help calls its value; empty if it takes none."""
    counts: bool = False
    """Whether its value is a number from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a command does in one line, how many sources it takes, its options and its forms."""

    does: str
    fewest: int = 0
    most: int | None = None
    options: tuple[Option, ...] = ()
    forms: tuple[Form, ...] = ()


_JOBS = Option(
    field="jobs",
    does="processes to work with; all cores if there is much to do",
    value="N",
    counts=True,
)
_SPEAKER = Option(
    field="speaker",
    does="only what this person or body said, by any form of the name",
    value="NAME",
)
_UNATTRIBUTED = Option(
    field="unattributed",
    does="with what stands in quotation marks and is nobody's: titles, nicknames, doubts",
)

_WHOLE = Option(field="whole", does="all of a page of the web, also what is around its article")
_YES = Option(field="yes", does="do it; without this, only what would come is said, or asked")

_REPAIR = Option(field="repair", does="mend what can be mended; nothing that could be read is lost")
_TINYDB = Option(field="tinydb", does="as TinyDB keeps it, which is the only form so far")
_AT = Option(
    field="at", does="when: 14:30, 2026-11-20, 2026-11-20T14:30, 2h or 3d ago", value="TIME"
)
_DRY_RUN = Option(field="dry_run", does="say what would change, and change nothing")

READ = Command(does="open articles and read them; the library if no source is given")
COMMANDS = {
    "add": Command(
        does="put articles into the library without opening them", fewest=1, forms=(Form.JSON,)
    ),
    "import": Command(
        does="take over what another service has exported: articles, tags, highlights, notes",
        fewest=1,
        options=(_YES,),
        forms=(Form.JSON,),
    ),
    "sync": Command(
        does="ask your feeds for what is new, or those that are named",
        forms=(Form.JSON, Form.JSONL),
    ),
    "list": Command(does="list the library", most=0, forms=(Form.JSON, Form.JSONL, Form.OPML)),
    "show": Command(
        does="print an article as it was understood",
        fewest=1,
        most=1,
        options=(_WHOLE,),
        forms=(Form.JSON,),
    ),
    "quotes": Command(
        does="print who said what",
        fewest=1,
        options=(_SPEAKER, _UNATTRIBUTED, _JOBS),
        forms=(Form.JSON, Form.JSONL, Form.CSV),
    ),
    "speakers": Command(
        does="print who speaks, how often, and in how many articles",
        fewest=1,
        options=(_SPEAKER, _JOBS),
        forms=(Form.JSON, Form.JSONL, Form.CSV),
    ),
    "doctor": Command(
        does="say what is well with the notebook and what is not",
        most=0,
        options=(_REPAIR,),
        forms=(Form.JSON,),
    ),
    "export": Command(
        does="write the notebook to a new JSON file, which TinyDB opens",
        fewest=1,
        most=1,
        options=(_TINYDB,),
    ),
    "restore": Command(
        does="make the notebook what it was at a moment; without one, say how far back that goes",
        most=0,
        options=(_AT, _DRY_RUN),
        forms=(Form.JSON,),
    ),
    "notes": Command(
        does="print the passages and notes that were kept",
        most=0,
        forms=(Form.JSON, Form.JSONL, Form.MARKDOWN),
    ),
}


MODULES = {"import": "import_"}
"""The modules of commands whose names Python keeps for itself."""


def parse_args(words: Sequence[str]) -> Request:
    """The request that the words make; ends the program with status 2 if they make none.

    The first word that is no option names the command if it is a command's
    name; after `--` every word is a source.
    """
    names_a_command = bool(words) and words[0] in COMMANDS
    if not names_a_command and all(word == "-" or not word.startswith("-") for word in words):
        return Request(command="read", sources=tuple(words))

    split = words.index("--") if "--" in words else len(words)
    before, literal = list(words[:split]), words[split + 1 :]
    place = _first_word(before)
    name = before[place] if place is not None else ""
    if place is None or name not in COMMANDS:
        return parse_command("read", READ, before, literal)
    return parse_command(name, COMMANDS[name], before[:place] + before[place + 1 :], literal)


def _first_word(words: Sequence[str]) -> int | None:
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--data-dir":
            skip = True
        elif word == "-" or not word.startswith("-"):
            return place
    return None


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
