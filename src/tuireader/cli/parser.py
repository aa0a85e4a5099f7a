"""The commands and their options, and the fast path for a command line without options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


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

    from tuireader.cli.options import parse_command  # noqa: PLC0415 - argparse takes 6 ms of the start

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
