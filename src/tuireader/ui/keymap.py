"""The keys in force: those that are declared, changed by a preset and by the settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from textual.binding import Binding
from textual.dom import DOMNode

from tuireader.settings import KeyChoice
from tuireader.ui.bindings import NAMED_CHARACTERS, key_name
from tuireader.ui.presets import PRESETS
from tuireader.ui.textual_compat import class_bindings, replace_bindings

_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "pagedn": "pagedown",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
_NAMED = frozenset(
    ("escape", "enter", "delete", "insert", "pagedown", "pageup", "up", "down", "left", "right")
) | frozenset(("space", "tab", "backspace", "home", "end", *(f"f{n}" for n in range(1, 25))))
_MODIFIERS = ("ctrl", "alt", "shift", "super")


def parsed_key(written: str) -> str | None:
    """Return a key or a sequence as bindings have it; None if it is none.

    Strokes are separated by spaces, and modifiers by plus signs; the case of names makes no
    difference. `*` as the last stroke stands for any character.

    >>> parsed_key("Ctrl+W h"), parsed_key("}"), parsed_key("PgDn"), parsed_key("Crtl+x")
    ('ctrl+w h', 'right_curly_bracket', 'pagedown', None)
    """
    strokes = [_stroke(word) for word in written.split()]
    if not strokes or None in strokes:
        return None
    if len(strokes) == 1 and len(strokes[0] or "") == 1:
        return key_name(strokes[0] or "")
    return " ".join(filter(None, strokes))


def _stroke(word: str) -> str | None:
    """Return a stroke as a sequence has it: a character, or Textual's name; None if it is none."""
    if len(word) == 1:
        return _ALIASES.get(word, word)
    *modifiers, last = word.split("+") if not word.endswith("++") else [*word[:-2].split("+"), "+"]
    names = sorted(modifier.lower() for modifier in modifiers)
    if not last or not set(names) <= set(_MODIFIERS):
        return None
    last = _ALIASES.get(last.lower(), last.lower() if len(last) > 1 else last)
    if len(last) == 1 and names == ["shift"]:
        return last.upper()
    if len(last) > 1 and last not in _NAMED and last not in NAMED_CHARACTERS:
        return None
    if names == ["ctrl"] and last in {"@", "space"}:
        return "ctrl+@"  # what terminals send for both
    if len(last) == 1:
        last = key_name(last.lower())
    return "+".join([*names, last])


@dataclass(frozen=True, slots=True)
class ChosenKeys:
    """Keys that were chosen for an action: by the settings, or by the preset."""

    keys: tuple[str, ...]
    by_reader: bool
    line: int = 0
    """The line of the settings file; 0 for a preset."""


class Keymap:
    """The keys of all panes and screens, as a preset and the settings change them."""

    def __init__(self, preset: str = "vim", choices: Iterable[KeyChoice] = ()) -> None:
        """Take the name of a preset, and the choices in the settings; invalid keys are left out."""
        self._chosen: dict[tuple[str, str], ChosenKeys] = {}
        for (pane, action), keys in PRESETS.get(preset, {}).items():
            self._chosen[pane, action] = ChosenKeys(tuple(keys.split(",")), by_reader=False)
        for choice in choices:
            keys_ = tuple(filter(None, map(parsed_key, choice.keys)))
            self._chosen[choice.pane, choice.action] = ChosenKeys(keys_, True, choice.line)

    def __bool__(self) -> bool:
        """Whether any key is not as declared."""
        return bool(self._chosen)

    @property
    def strokes(self) -> frozenset[str]:
        """All strokes of the chosen keys."""
        every = (key for chosen in self._chosen.values() for key in chosen.keys)
        return frozenset(stroke for key in every for stroke in key.split(" "))

    def chosen(self, pane: str, action: str) -> ChosenKeys | None:
        """Return the keys that were chosen for an action of a pane; None for the declared ones.

        A choice for the pane comes before one for all panes, and the settings before the preset.
        """
        found = [self._chosen.get((pane, action)), self._chosen.get(("", action))]
        by_rank = sorted(filter(None, found), key=lambda each: not each.by_reader)
        return by_rank[0] if by_rank else None

    def applied(
        self, pane: str, declared: Sequence[Binding], shared: Sequence[Binding] = ()
    ) -> list[Binding]:
        """Return the bindings of a pane as they are in force, one for each key.

        A key that was chosen for one action is taken from the others, those of the screen too.

        Args:
            pane: The name of the pane in the settings; "" for a screen.
            declared: The bindings of the pane as they are declared, one for each key.
            shared: The bindings of its screen, as they are declared.
        """
        if not self:
            return list(declared)
        taken = self._taken(pane, [*declared, *shared])
        found: list[Binding] = []
        done: set[str] = set()
        for binding in declared:
            chosen = self.chosen(pane, binding.id or "")
            if chosen is None:
                keys: tuple[str, ...] = (binding.key,)
            elif binding.id in done:
                continue
            else:
                keys = chosen.keys
                done.add(binding.id or "")
            for key in keys:
                stronger = (
                    rank for at, (rank, by) in taken.items() if by != binding.id and _clash(at, key)
                )
                if max(stronger, default=0) > _rank(chosen):
                    continue
                if chosen is not None:
                    binding = replace(binding, key=key, key_display=None)  # noqa: PLW2901 - the same
                found.append(binding)
        return found

    def _taken(self, pane: str, bindings: Iterable[Binding]) -> dict[str, tuple[int, str]]:
        """Return the chosen keys, each with the rank of the choice and the action it is for."""
        taken: dict[str, tuple[int, str]] = {}
        for binding in bindings:
            chosen = self.chosen(pane, binding.id or "")
            for key in chosen.keys if chosen else ():
                if _rank(chosen) > taken.get(key, (0, ""))[0]:
                    taken[key] = (_rank(chosen), binding.id or "")
        return taken


def _rank(chosen: ChosenKeys | None) -> int:
    """Return how strong a choice is: 2 in the settings, 1 in a preset, 0 for a declared key."""
    return 0 if chosen is None else 1 + chosen.by_reader


def _clash(one: str, other: str) -> bool:
    """Return whether two keys are the same, or one of them begins the other."""
    first, second = _strokes(one), _strokes(other)
    length = min(len(first), len(second))
    return first[:length] == second[:length]


def _strokes(key: str) -> list[str]:
    """Return the strokes of a key or a sequence, all as Textual's names."""
    return [key_name(stroke) if len(stroke) == 1 else stroke for stroke in key.split(" ")]


def use_keymap(node: DOMNode, pane: str, keymap: Keymap) -> None:
    """Give a screen or a line, which is no pane, the keys that the reader chose.

    `pane` is its name in the settings; "" if it has none.
    """
    if keymap:
        replace_bindings(node, keymap.applied(pane, class_bindings(type(node))))


@runtime_checkable
class HasKeyScope(Protocol):
    """A screen whose keys can be chosen under a name of its own."""

    KEY_SCOPE: str


@runtime_checkable
class HasKeymap(Protocol):
    """An application with a keymap."""

    keymap: Keymap
