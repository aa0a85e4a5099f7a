"""What a terminal can send to the program: inputs with readable names, and their bytes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

NAMED: Mapping[str, str] = {
    **{
        keys[0].value: text
        for text, keys in reversed(tuple(ANSI_SEQUENCES_KEYS.items()))
        if isinstance(keys, tuple)
    },
    "space": " ",
    "shift+space": "\x1b[32;2u",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
    **{f"alt+{digit}": f"\x1b{digit}" for digit in "123"},
    "ctrl+i": "\x1b[105;5u",
    "escape": "\x1b",
    "enter": "\r",
    "tab": "\t",
    "backspace": "\x7f",
    "focus": "\x1b[I",
    "blur": "\x1b[O",
}
"""What is sent for the keys that are no characters, and when the window gets or loses the focus."""

LEFT, MOTION, WHEEL = 0, 32, 64
"""How SGR mouse reports number what happened."""


@dataclass(frozen=True)
class Input:
    """One key, click, paste, change of size, or wait."""

    name: str
    """A key as Textual names it, a character, or a word and its numbers as in "click 10 5"."""
    joined: bool = False
    """Whether it is sent in one write with the input before it."""

    @property
    def size(self) -> tuple[int, int] | None:
        """The columns and rows that the terminal gets by it; None if it is no change of size."""
        word, *numbers = self.name.split(" ")
        return (int(numbers[0]), int(numbers[1])) if word == "resize" and numbers else None

    @property
    def is_wait(self) -> bool:
        """Whether nothing is sent for a while."""
        return self.name == "wait"


def text_of(name: str) -> str:
    """What the terminal sends for an input; ValueError if there is no such input."""
    if len(name) == 1:
        return name
    if name in NAMED:
        return NAMED[name]
    modifier, _, letter = name.partition("+")
    if modifier == "ctrl" and len(letter) == 1 and letter.isalpha():
        return chr(ord(letter) & 0x1F)
    word, _, rest = name.partition(" ")
    if word == "paste":
        return f"\x1b[200~{rest}\x1b[201~"
    if word in {"click", "drag", "wheel"}:
        return "".join(_mouse(word, rest.split(" ")))
    raise ValueError(f"{name!r} is no input")


def _mouse(word: str, numbers: Sequence[str]) -> Iterator[str]:
    if word == "wheel":
        way, *numbers = numbers
        x, y = map(int, numbers)
        yield _report(WHEEL + (way == "down"), x, y)
        return
    x, y, *ends = map(int, numbers)
    yield _report(LEFT, x, y)
    if word == "drag":
        last_x, last_y = ends
        yield _report(LEFT + MOTION, (x + last_x) // 2, (y + last_y) // 2)
        yield _report(LEFT + MOTION, last_x, last_y)
        x, y = last_x, last_y
    yield _report(LEFT, x, y, last="m")


def _report(button: int, x: int, y: int, last: str = "M") -> str:
    return f"\x1b[<{button};{x + 1};{y + 1}{last}"


def writes(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    """The inputs, those together that are sent in one write."""
    together: list[Input] = []
    for one in inputs:
        apart = (
            one.size or one.is_wait or (together and (together[-1].size or together[-1].is_wait))
        )
        if together and (apart or not one.joined):
            yield together
            together = []
        together.append(one)
    if together:
        yield together


def readable(inputs: Sequence[Input]) -> str:
    """The inputs on lines, one for each write."""
    return "\n".join("  " + "  ".join(one.name for one in write) for write in writes(inputs))


@dataclass(frozen=True)
class Replay:
    """A sequence of inputs that can be typed again."""

    seed: str
    level: str
    size: tuple[int, int]
    inputs: tuple[Input, ...]

    def save(self, path: Path, found: str) -> None:
        """Write it into a file, with what was found."""
        together = [[one.name for one in write] for write in writes(self.inputs)]
        record = {"seed": self.seed, "level": self.level, "size": self.size}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({**record, "found": found, "writes": together}, indent=1))


def load(path: Path) -> Replay:
    """The inputs that were saved in a file."""
    record = json.loads(path.read_text())
    inputs = [
        Input(name, joined=number > 0)
        for write in record["writes"]
        for number, name in enumerate(write)
    ]
    columns, rows = record["size"]
    return Replay(record["seed"], record["level"], (columns, rows), tuple(inputs))
