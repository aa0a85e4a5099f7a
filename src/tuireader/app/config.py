"""The settings that can be read and changed one by one, and what values they may have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from tuireader.domain.article_list import SortOrder
from tuireader.domain.errors import SettingsError
from tuireader.settings import MAX_COLUMN, MIN_COLUMN, Settings


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What a setting is for."""

    description: str
    """What it is, in a few words, with the values that it may have."""


SETTINGS: Mapping[str, SettingInfo] = {
    "theme": SettingInfo("The colours: the name of a theme"),
    "column": SettingInfo(f"The width of the text column, {MIN_COLUMN} to {MAX_COLUMN} cells"),
    "sort": SettingInfo("The order of the list of articles"),
    "accessible": SettingInfo("Whether the screen is for a screen reader: true or false"),
}
"""The settings that have one value. The tables are edited in the file."""

TABLES = ("keys", "commands", "sites")
"""The settings that are tables."""


def known_values(name: str, themes: Sequence[str]) -> tuple[str, ...]:
    """Return the values that a setting may have; () if they are not listed.

    `themes` are the names of the themes.
    """
    if name == "theme":
        return tuple(themes)
    if name == "sort":
        return tuple(order.value for order in SortOrder)
    if name == "accessible":
        return ("true", "false")
    return ()


def setting_value(settings: Settings, name: str) -> str | int:
    """Return the value of a setting in force. Raises SettingsError if there is no such setting."""
    _check_name(name)
    value = getattr(settings, name)
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else str(value)


def changed_setting(name: str, value: str, themes: Sequence[str]) -> str | int:
    """Return the value for a setting that was typed as text.

    `themes` are the names of the themes. Raises SettingsError, a sentence, if there is no such
    setting or the value is not valid.
    """
    _check_name(name)
    known = known_values(name, themes)
    if name == "column":
        digits = value.removeprefix("-")
        number = int(value) if digits.isascii() and digits.isdigit() and len(digits) < 9 else -1
        if MIN_COLUMN <= number <= MAX_COLUMN:
            return number
        allowed = f"a whole number from {MIN_COLUMN} to {MAX_COLUMN}"
        raise SettingsError(f"column must be {allowed}, and not “{value}”. Nothing was changed.")
    if value in known:
        return value == "true" if name == "accessible" else value
    raise SettingsError(
        f"{name} cannot be “{value}”. {_meant(value, known)}"
        f"It is one of {', '.join(known)}. Nothing was changed."
    )


def _check_name(name: str) -> None:
    """Raise SettingsError if there is no setting of that name with one value."""
    if name in SETTINGS:
        return
    if name in TABLES:
        reason = f"[{name}] is a table: change it in the file with `tuireader config edit`."
        raise SettingsError(reason)
    listed = f"The settings are {', '.join(SETTINGS)}."
    raise SettingsError(f"There is no setting “{name}”. {_meant(name, SETTINGS)}{listed}")


def _meant(word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    """Return the question whether the most similar known word is meant; "" if none is similar."""
    found = get_close_matches(word.lower(), list(known), 1)
    return f"Did you mean “{found[0]}”? " if found else ""
