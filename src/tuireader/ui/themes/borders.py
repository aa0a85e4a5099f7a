"""The kinds of borders of dialogs, as variables of the stylesheets."""

from collections.abc import Mapping

from tuireader.layout.border import has_box_drawing

BOXES = {"border-kind": "round", "rule-kind": "solid"}
NO_BOXES = {"border-kind": "ascii", "rule-kind": "ascii"}
NONE = {"border-kind": "none", "rule-kind": "none"}
"""The kinds with and without box drawing, and for a screen reader."""


def border_kinds(environment: Mapping[str, str], *, accessible: bool) -> dict[str, str]:
    """Return the kinds for a terminal, by TERM and the locale, or for a screen reader."""
    if accessible:
        return dict(NONE)
    return dict(BOXES if has_box_drawing(environment) else NO_BOXES)
