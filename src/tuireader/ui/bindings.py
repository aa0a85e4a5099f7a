"""The declaration of keys, from which the footer, the help and the palette are made.

A binding whose key contains a space is a sequence: `] b` is `]` and then `b`, and
`m *` is `m` and then any character, which is passed to the action.
"""

from collections.abc import Iterator
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
    "asterisk": "*",
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
    """Return the key of a binding as it is displayed, such as "Ctrl+D", "]b" or "PgDn".

    That is the binding's own text if it has one. The binding has one key, without commas.
    """
    if binding.key_display:
        return binding.key_display
    if " " in binding.key:
        return binding.key.replace(" ", "")
    *modifiers, last = binding.key.split("+") if len(binding.key) > 1 else [binding.key]
    name = _NAMES.get(last, last.upper() if modifiers else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


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
