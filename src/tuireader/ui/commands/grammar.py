"""What can be typed after `:`, how it is completed, and what is wrong with it."""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

CommandKind = Literal[
    "", "paragraph", "percent", "set", "action", "verb", "program", "own", "write"
]

ALIASES = {
    "q": "quit",
    "q!": "quit",
    "qa": "quit",
    "wq": "quit",
    "wqa": "quit",
    "xa": "quit",
    "x": "quit",
    "h": "help",
    "e": "add",
    "edit": "add",
    "$": "bottom",
    "only": "only-this-pane",
    "close": "back",
    "marks": "all-notes",
    "bnext": "next-article",
    "bn": "next-article",
    "bprevious": "previous-article",
    "bp": "previous-article",
    "noh": "end-search",
    "nohlsearch": "end-search",
}
"""Names that hands know from other programs, and the actions they stand for."""

ON_OTHER_SCREENS = ALIASES | dict.fromkeys(("q", "q!", "wq", "x", "bd", "close"), "back")
"""The same on a screen that is above the main one, which `:q` closes."""

WRITING = {"w", "write", "w!", "wa", "up", "update"}
"""The names of commands that save a file in other programs."""

WRITING_AND_QUITTING = {"wq", "x", "wqa", "xa"}
"""Those that close it, too, which the editor of a note is already."""

MAX_COMPLETIONS = 40
"""The most completions that are offered."""


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command as it was typed."""

    kind: CommandKind
    """What kind of command it is; "" if it is none."""
    name: str = ""
    """The name of the action, the verb or the reader's command; the setting for "set"."""
    rest: str = ""
    """What follows the name; the number for "paragraph" and "percent"."""


@dataclass(frozen=True, slots=True)
class CommandVocabulary:
    """The names that can be typed."""

    actions: Mapping[str, str] = field(default_factory=dict)
    """What each action does, by its name."""
    verbs: Mapping[str, str] = field(default_factory=dict)
    """The summary of each command of the shell, by its name."""
    own: Mapping[str, str] = field(default_factory=dict)
    """The reader's commands: command lines by name."""
    settings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The settings by name, each with the values that it may have; () for other values."""
    aliases: Mapping[str, str] = field(default_factory=lambda: ALIASES)
    """Names that hands know from other programs, and the actions they stand for."""
    elsewhere: frozenset[str] = frozenset()
    """The names of actions that only the main screen has."""
    has_unsaved: bool = False
    """Whether there is a note that was left without saving it."""
    complete: Callable[[Sequence[str], str], Sequence[str]] = lambda _words, _typed: ()
    """Returns what completes a word of a command of the shell, after the words before it."""

    def names(self) -> list[str]:
        """Return all names, each once, the reader's own first."""
        return list(dict.fromkeys([*self.own, "set", *self.verbs, *self.actions]))

    def parsed(self, line: str) -> TypedCommand:
        """Return the command that a line states; its kind is "" if there is none of that name."""
        line = line.strip().removeprefix(":").strip()
        place = _place(line)
        if place is not None:
            return place
        name, _, rest = line.partition(" ")
        rest = rest.strip()
        meant = self.aliases.get(name, name)
        if name in self.own:
            return TypedCommand("own", name, rest)
        if name == "set":
            key, _, value = rest.replace("=", " ", 1).partition(" ")
            return TypedCommand("set", key, value.strip())
        is_writing = name in WRITING or (self.has_unsaved and name in WRITING_AND_QUITTING)
        if is_writing and not rest:
            return TypedCommand("write")
        if meant in self.actions and not rest:
            return TypedCommand("action", meant)
        return TypedCommand("verb", meant, rest) if meant in self.verbs else TypedCommand("")

    def completions(self, line: str) -> tuple[str, ...]:
        """Return the whole lines that complete what is typed, the best first."""
        name, blank, rest = line.partition(" ")
        if not blank:
            return tuple(_matching(name, self.names()))[:MAX_COMPLETIONS]
        if name == "set":
            key, blank, value = rest.partition(" ")
            if not blank:
                return tuple(f"set {each} " for each in _matching(key, self.settings))
            return tuple(
                f"set {key} {each}" for each in _matching(value, self.settings.get(key, ()))
            )
        if name == "help":
            return tuple(f"help {each}" for each in _matching(rest, self.verbs))
        return self._of_verb(name, rest) if name in self.verbs else ()

    def _of_verb(self, name: str, rest: str) -> tuple[str, ...]:
        """Return the whole lines that complete the last word after a command of the shell."""
        before, _, last = rest.rpartition(" ")
        try:
            words = [name, *shlex.split(before)]
        except ValueError:  # inside of quotation marks
            return ()
        begun = " ".join(filter(None, (name, before)))
        found = self.complete(words, last)
        return tuple(f"{begun} {shlex.quote(each)}" for each in found)[:MAX_COMPLETIONS]

    def wrong(self, line: str) -> str:
        """Return what is wrong with a line, as a sentence; "" if it can be run."""
        if not line.strip() or self.parsed(line).kind:
            return ""
        name = line.strip().removeprefix(":").partition(" ")[0]
        if self.aliases.get(name, name) in self.elsewhere:
            return f"“{name}” is a command of the main screen. :q goes back to it."
        if name in self.actions or name in self.aliases or name in WRITING:
            return f"“{name}” takes no arguments."
        meant = get_close_matches(name.lower(), self.names(), 1)
        hint = f" Did you mean “{meant[0]}”?" if meant else " Tab lists what there is."
        return f"There is no command “{name}”.{hint}"


def _place(line: str) -> TypedCommand | None:
    """Return the command for a number, a percentage or a program; None if the line is another."""
    number = line.removesuffix("%")
    if line.isascii() and number.isdigit():
        return TypedCommand("percent" if line.endswith("%") else "paragraph", rest=number)
    return TypedCommand("program", rest=line[1:].strip()) if line[:1] in {"!", "|"} else None


def _matching(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with what is typed, then those that contain it."""
    typed, every = typed.lower(), list(names)
    first = [name for name in every if name.startswith(typed)]
    return first + [name for name in every if typed in name and name not in first]
