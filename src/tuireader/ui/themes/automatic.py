"""The theme that is used while the reader has chosen none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTOMATIC = "auto"
"""The value of the setting with which the terminal decides."""

LIGHT_GROUNDS = {"7", "15"}
"""The numbers of light backgrounds in COLORFGBG, which many terminals set: white, bright white."""


def chosen_theme(setting: str, environment: Mapping[str, str], is_light: bool | None = None) -> str:
    """Return the name of the theme for a setting; for `AUTOMATIC` one that suits the terminal.

    It is one of our own, or the terminal's colours if it has only 16. The name of a setting is not
    checked.

    Args:
        setting: The name of a theme, or `AUTOMATIC`.
        environment: The environment, which describes the terminal.
        is_light: Whether the terminal told a light background; None if it has not, and COLORFGBG
            decides.
    """
    if setting != AUTOMATIC:
        return setting
    if is_light is None:
        is_light = environment.get("COLORFGBG", "").rpartition(";")[2] in LIGHT_GROUNDS
    kind = "tuireader" if _has_many_colours(environment) else "ansi"
    return f"{kind}-{'light' if is_light else 'dark'}"


def _has_many_colours(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal has 256 colours or more, from COLORTERM and TERM."""
    if environment.get("COLORTERM") in {"truecolor", "24bit"} or environment.get("NO_COLOR"):
        return True
    term = environment.get("TERM", "")
    return "256" in term or "direct" in term or term in {"xterm-kitty", "xterm-ghostty", "kitty"}
