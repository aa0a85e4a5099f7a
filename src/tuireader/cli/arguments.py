"""What was typed after `tuireader`, understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a command prints what it lists."""

    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command, and what it is to work on."""

    command: str
    sources: tuple[str, ...] = ()
    form: Form = Form.PLAIN
    data_dir: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a command does in one line, how many sources it takes, and its forms of output."""

    does: str
    fewest: int = 0
    most: int | None = None
    forms: tuple[Form, ...] = ()


READ = Command(does="open articles and read them; the library if no source is given")
COMMANDS = {
    "add": Command(does="put articles into the library without opening them", fewest=1),
    "list": Command(does="list the library", most=0, forms=(Form.JSON, Form.JSONL)),
    "show": Command(
        does="print an article as it was understood", fewest=1, most=1, forms=(Form.JSON,)
    ),
    "quotes": Command(does="print who said what", fewest=1, forms=(Form.JSON, Form.JSONL)),
    "notes": Command(
        does="print the passages and notes that were kept",
        most=0,
        forms=(Form.JSON, Form.JSONL, Form.MARKDOWN),
    ),
}


def understand(words: Sequence[str]) -> Request:
    """The request that the words make; ends the program with status 2 if they make none.

    The first word that is no option names the command if it is a command's
    name; after `--` every word is a source.
    """
    names_a_command = bool(words) and words[0] in COMMANDS
    if not names_a_command and all(word == "-" or not word.startswith("-") for word in words):
        return Request(command="read", sources=tuple(words))
    from tuireader.cli.options import parse  # noqa: PLC0415 - argparse takes 6 ms of the start

    split = words.index("--") if "--" in words else len(words)
    before, literal = list(words[:split]), words[split + 1 :]
    place = _first_word(before)
    name = before[place] if place is not None else ""
    if place is None or name not in COMMANDS:
        return parse("read", READ, before, literal)
    return parse(name, COMMANDS[name], before[:place] + before[place + 1 :], literal)


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
