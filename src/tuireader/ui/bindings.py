"""The declaration of keys, from which the footer, the help and the palette are made.

A binding whose key contains a space is a sequence: `] b` is `]` and then `b`, and
`m *` is `m` and then any character, which is passed to the action.
"""

import unicodedata
from collections.abc import Iterator
from string import punctuation
from typing import Literal

from textual.binding import Binding
from textual.dom import DOMNode

from tuireader.ui.textual_compat import declared_bindings

MOVE = Binding.Group("Move")
SELECT = Binding.Group("Select")
KEEP = Binding.Group("Bookmarks and notes")
FIND = Binding.Group("Find and go to")
LIST = Binding.Group("Lists")
TYPOGRAPHY = Binding.Group("How the text is set")
PANES = Binding.Group("Panes and screens")

GROUPS = (MOVE, SELECT, KEEP, FIND, TYPOGRAPHY, LIST, PANES)
"""The groups in the order in which the help shows them."""


def key(
    keys: str,
    action: str,
    label: str,
    tooltip: str,
    group: Binding.Group,
    *,
    name: str = "",
    show: bool = False,
    display: str = "",
    priority: bool = False,
) -> Binding:
    """Return a binding with all that the footer, the help, the palette and a keymap need.

    Args:
        keys: Textual's names of the keys, separated by commas; a sequence has a space.
        action: Textual's action, with its arguments, such as "move('next')".
        label: A few words for the footer and the palette.
        tooltip: What the key does, for the help.
        group: The heading in the help; one of `GROUPS`.
        name: The binding's id in a keymap; "" to make it from the label.
        show: Whether the key is in the footer.
        display: How the key is written in the footer and the help; "" for its usual name.
        priority: Whether the binding comes before those of the focused widget.

    >>> key("g,home", "top", "Top", "Start of the text", MOVE).id
    'top'
    """
    return Binding(
        keys,
        action,
        label,
        show=show,
        key_display=display or None,
        priority=priority,
        tooltip=tooltip,
        id=name or label.lower().replace(" ", "-"),
        group=group,
    )


def key_name(character: str) -> str:
    """Return Textual's name of the key that types a character.

    >>> key_name("j"), key_name("}")
    ('j', 'right_curly_bracket')
    """
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual's name of a character is not the one of Unicode."""

NAMED_CHARACTERS = {key_name(character): character for character in punctuation}
"""The characters of ASCII that are neither letters nor digits, by Textual's names of their keys."""

_NAMES = {
    **NAMED_CHARACTERS,
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
}


def shown_key(binding: Binding) -> str:
    """Return the key of a binding as it is displayed, such as "Ctrl+D", "]b" or "PgDn".

    That is the binding's own text if it has one. The binding has one key, without commas.
    """
    if binding.key_display:
        return binding.key_display
    strokes = [_shown_stroke(stroke) for stroke in binding.key.split(" ")]
    return ("" if max(map(len, strokes)) == 1 else " ").join(strokes)


def _shown_stroke(stroke: str) -> str:
    """Return a stroke, as Textual names it, as it is displayed."""
    stroke = "ctrl+space" if stroke == "ctrl+@" else stroke  # which terminals take for the same
    *modifiers, last = stroke.split("+") if len(stroke) > 1 else [stroke]
    is_function = last[0] == "f" and last[1:].isdigit()
    name = _NAMES.get(last, last.upper() if modifiers or is_function else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def first_key(node: DOMNode, name: str) -> str:
    """Return the first key in force of an action with a name, as it is displayed; "" for none."""
    return next((shown_key(each) for each in bindings_of(node) if each.id == name), "")


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """Yield all bindings that a pane or a screen declares, whether active now or not.

    Those of its base classes are included; a binding with several keys comes once for each key.
    """
    for _, binding in declared_bindings(node):
        yield binding


Verb = Literal["keep", "note", "edit", "colour", "tag", "trash", "copy", "cite", "repeat"]
"""A command for a passage or a bookmark, wherever it is shown.

"keep" bookmarks it; "note" and "edit" write its note here or in $EDITOR; "colour" gives the next
colour; "tag" asks for tags; "trash" removes it; "copy" and "cite" copy its words, without or with
the source; "repeat" does the last change again.
"""
