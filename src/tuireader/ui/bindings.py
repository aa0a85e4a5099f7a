"""One declaration of a key: the footer, the help and the palette are made from it.

A binding whose key holds a blank is a sequence: `] b` is `]` and then `b`, and
`m *` is `m` and then any character, which the action gets.

What can be done with a passage, wherever it is shown.
"""

from typing import Literal

from textual.binding import Binding

MOVE = Binding.Group("Move")
SELECT = Binding.Group("Select")
KEEP = Binding.Group("Keep and note")
FIND = Binding.Group("Find and jump")
LIST = Binding.Group("In a list")
PANES = Binding.Group("Panes and screens")

GROUPS = (MOVE, SELECT, KEEP, FIND, LIST, PANES)
"""The order in which the help shows them."""


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
    """A binding that has everything the footer, the help, the palette and a keymap need.

    `name` is what a keymap calls it; it is made from the label if there is none.
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


_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "full_stop": ".",
    "dollar_sign": "$",
    "circumflex_accent": "^",
    "apostrophe": "'",
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
    "greater_than_sign": ">",
    "less_than_sign": "<",
}


def shown_key(binding: Binding) -> str:
    """How the key of a binding is written for a reader."""
    if binding.key_display:
        return binding.key_display
    if " " in binding.key:
        return binding.key.replace(" ", "")
    *modifiers, last = binding.key.split("+") if len(binding.key) > 1 else [binding.key]
    name = _NAMES.get(last, last.upper() if modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


Verb = Literal["keep", "note", "edit", "colour", "tag", "trash", "copy", "cite", "repeat"]
