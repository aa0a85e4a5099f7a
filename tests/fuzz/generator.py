"""Random inputs, weighted so that every key is pressed and dialogs are filled in."""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from random import Random

from textual.binding import Binding
from textual.keys import _character_to_key

from fuzz.inputs import Input, text_of

SIZES = ((120, 40), (80, 24), (200, 50), (60, 15), (40, 10), (20, 6))
"""Sizes that a terminal gets; the first is the most usual."""

WORDS = ("the", "ferry", "said", "nobody", "a", "12", "no", "yes", "café", "Λόγος", "水", "zz")
"""Words that are typed."""

EDITING = (
    *("left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+a", "ctrl+e"),
    *("ctrl+k", "ctrl+w", "ctrl+u", "ctrl+z", "ctrl+y", "ctrl+x", "ctrl+v", "ctrl+c"),
)
"""Keys that text fields have besides ours."""

VERBS = ("b", "a", "c", "t", "x", "u", "ctrl+r", ".", "v", ")", "(", "}", "Q", "&", "W", "B", "X")
"""Keys that change the notebook or lead to what does."""


def _bindings() -> Iterator[Binding]:
    """The bindings of all classes of the program's screens."""
    import tuireader.ui

    for module in pkgutil.walk_packages(tuireader.ui.__path__, "tuireader.ui."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and kind.__module__ == module.name:
                declared = vars(kind).get("BINDINGS", ())
                yield from (binding for binding in declared if isinstance(binding, Binding))


UNPRESSED = {"app.quit", "prompt('pipe')"}
"""The actions whose keys are not pressed: one ends the session, one runs programs."""


@cache
def bound_keys() -> tuple[tuple[str, ...], ...]:
    """The keys of all bindings of the program, each as the inputs that press it."""
    bindings = (binding for binding in _bindings() if binding.action not in UNPRESSED)
    found = {_pressed(keys) for binding in bindings for keys in binding.key.split(",")}
    return tuple(sorted(found))


ENDING = {"app.quit", "app.suspend_process"}
"""The actions after which the program takes no keys."""


@cache
def command_words() -> tuple[str, ...]:
    """The names of all commands, for the palette."""
    found = {binding.description for binding in _bindings() if binding.action not in ENDING}
    return tuple(sorted(found | {"Theme", "Export notes"}))


@cache
def _characters() -> dict[str, str]:
    return {_character_to_key(character): character for character in map(chr, range(33, 127))}


def _pressed(keys: str) -> tuple[str, ...]:
    pressed = tuple(_characters().get(key, key) for key in keys.strip().split(" "))
    for key in pressed:
        text_of(key)
    return pressed


class Generator:
    """Makes random inputs from a seed."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._size = self._random.choice(SIZES)
        self.size = self._size
        self._kinds: tuple[tuple[int, Callable[[], Iterator[str]]], ...] = (
            (30, self._key),
            (16, self._verb),
            (10, lambda: iter(["escape"])),
            (12, self._back),
            (7, lambda: iter(["enter"])),
            (1, self._words),
            (6, self._note),
            (10, self._keep),
            (3, self._search),
            (5, self._click),
            (2, self._drag),
            (3, self._wheel),
            (2, self._resize),
            (3, self._command),
            (2, self._paste),
            (3, self._edit),
            (3, self._repeated),
            (1, lambda: iter(["wait"])),
            (1, lambda: iter([self._random.choice(["focus", "blur"])])),
        )

    def inputs(self, count: int) -> list[Input]:
        """So many inputs."""
        weights = [weight for weight, _ in self._kinds]
        made: list[Input] = []
        while len(made) < count:
            (_, kind) = self._random.choices(self._kinds, weights)[0]
            burst = kind != self._back and self._random.random() < 0.3
            after = self._random.random() < 0.1
            for number, name in enumerate(kind()):
                made.append(Input(name, joined=burst if number else after))
        return made[:count]

    def _key(self) -> Iterator[str]:
        for key in self._random.choice(bound_keys()):
            yield self._random.choice("abc'[1") if key == "*" else key

    def _back(self) -> Iterator[str]:
        yield from ["escape"] * self._random.randint(1, 4)
        yield from self._random.choice(((), (), ("alt+2",), ("enter",)))

    def _verb(self) -> Iterator[str]:
        for _ in range(self._random.choice((1, 1, 1, 2, 3))):
            yield self._random.choice(VERBS)

    def _typed(self) -> Iterator[str]:
        for _ in range(self._random.choice((1, 1, 2, 3))):
            yield from self._random.choice(WORDS)
            yield "space"

    def _words(self) -> Iterator[str]:
        yield from self._typed()

    def _keep(self) -> Iterator[str]:
        yield from ("escape", "escape", "alt+2", self._random.choice(")(}{jkG"))
        yield from self._random.choice(("b", "c", "cc", "bx", "bu", "mz", "vjb", "bB", "xu", "."))

    def _note(self) -> Iterator[str]:
        yield self._random.choice("aaet")
        yield from self._typed()
        yield self._random.choice(("ctrl+s", "ctrl+s", "enter", "enter", "f2", "escape"))

    def _search(self) -> Iterator[str]:
        yield "/"
        yield from self._typed()
        yield self._random.choice(("enter", "escape", "tab", self._place("click")))

    def _command(self) -> Iterator[str]:
        yield "ctrl+p"
        yield from self._random.choice(command_words()).replace(" ", "")[:8].lower()
        yield "wait"
        yield from self._random.choice((("down", "enter"), ("enter", "enter"), ("escape",)))

    def _repeated(self) -> Iterator[str]:
        key = self._random.choice(bound_keys())[0]
        yield from [key] * self._random.randint(2, 40)

    def _edit(self) -> Iterator[str]:
        yield self._random.choice(EDITING)

    def _paste(self) -> Iterator[str]:
        words = [self._random.choice(WORDS) for _ in range(self._random.randint(1, 30))]
        yield "paste " + self._random.choice((" ", "\n", "\t")).join(words)

    def _resize(self) -> Iterator[str]:
        self._size = self._random.choice(SIZES)
        columns, rows = self._size
        yield f"resize {columns} {rows}"

    def _place(self, word: str) -> str:
        columns, rows = self._size
        return f"{word} {self._random.randrange(columns)} {self._random.randrange(rows)}"

    def _click(self) -> Iterator[str]:
        yield from [self._place("click")] * self._random.choice((1, 1, 1, 2, 3))

    def _drag(self) -> Iterator[str]:
        yield f"{self._place('drag')} {self._place('')[1:]}"

    def _wheel(self) -> Iterator[str]:
        yield from [self._place(self._random.choice(("wheel up", "wheel down")))] * 3
