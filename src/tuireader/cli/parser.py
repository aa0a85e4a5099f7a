"""The table of commands, and how a command line is split; imports nothing that is slow."""

from __future__ import annotations

TYPE_CHECKING = False  # that of `typing`, which the frame of last time does not wait for
if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS = {
    "Reading": {
        "show": "Print the extracted text of an article",
        "tour": "Open the guided tour",
    },
    "Library": {
        "add": "Add sources to the library",
        "import": "Import articles, highlights and notes from other services",
        "list": "List the articles in the library",
        "search": "Search the texts, notes and quotations of the library",
        "lists": "List, add and remove saved searches",
        "sync": "Refresh the feeds",
        "feeds": "List the feeds, and change them",
        "mark": "Mark articles as read or unread",
        "star": "Star articles",
        "unstar": "Remove the stars of articles",
        "tag": "Add tags to articles",
        "untag": "Remove tags from articles",
        "remove": "Remove sources from the library",
    },
    "Quotations": {
        "quotes": "Print who said what",
        "speakers": "Print who speaks, how often, and in how many articles",
    },
    "Notebook": {
        "notes": "Print the bookmarks and notes",
        "export": "Write the notebook, or the notes in another format, to a file",
        "restore": "Restore the notebook to an earlier time",
        "doctor": "Check the notebook for damage, and repair it",
    },
    "Other": {
        "config": "Print and change the settings",
        "keys": "Print the keys in force",
        "completion": "Print a completion script for bash, zsh or fish",
        "help": "Show the help of a command",
        "man": "Print the manual page",
    },
}
"""The summary of each command by its name, in the sections of the help, by title.
`tuireader.cli.NAME` declares the rest of a command.
"""

COMMANDS = {name: text for commands in SECTIONS.values() for name, text in commands.items()}
"""Each command's summary by its name, in the order of the help."""

COMPLETION_VARIABLE = "_TUIREADER_COMPLETE"
"""The environment variable with which a shell asks for completions, as click names it."""

INTERRUPTED = 130
"""The exit status of a command that Ctrl+C ended: 130, as shells use it."""

RESERVED_NAMES = {"import": "import_"}
"""The names of the modules of commands whose own names are keywords of Python."""


def are_sources(words: Sequence[str]) -> bool:
    """Return whether a command line has sources only: no command and no option.

    True for no words at all.
    """
    if words and words[0] in COMMANDS:
        return False
    return all(word == "-" or not word.startswith("-") for word in words)


def split_command(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the command that a command line names, and the other words.

    The command is the first word that is no option, if a command has that name; else it is None.
    After `--`, every word is a source.

    >>> split_command(["--data-dir", "d", "add", "a.txt"])
    ('add', ['--data-dir', 'd', 'a.txt'])
    >>> split_command(["--", "add"])
    (None, ['--', 'add'])
    """
    is_value = False
    for index, word in enumerate(words):
        if word == "--":
            break
        if is_value:
            is_value = False
        elif word in {"--data-dir", "--encoding", "--password"}:
            is_value = True
        elif word == "-" or not word.startswith("-"):
            if word in COMMANDS:
                return word, [*words[:index], *words[index + 1 :]]
            break
    return None, list(words)


def closest_command(word: str) -> str | None:
    """Return the command that a mistyped word is meant for; None if it resembles none."""
    if not word.isalpha():
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only for a word that is no source

    return next(iter(get_close_matches(word.casefold(), COMMANDS, n=1)), None)
