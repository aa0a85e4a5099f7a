"""The settings that can be read and changed one by one, from text that was typed."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from tuireader.domain.errors import SettingsError
from tuireader.settings import Settings, load_settings, setting_line
from tuireader.settings_faults import one_of, unusable
from tuireader.settings_table import TABLES, setting_specs


def setting_names() -> tuple[str, ...]:
    """Return the names of the settings that have one value, in the order of the lists."""
    return tuple(setting_specs())


def known_values(name: str, themes: Sequence[str]) -> tuple[str, ...]:
    """Return the values that a setting may have; () if they are not listed, or there is none.

    `themes` are the names of the themes.
    """
    spec = setting_specs().get(name)
    return spec.known(themes) if spec else ()


def setting_value(settings: Settings, name: str) -> str | int:
    """Return the value of a setting in force. Raises SettingsError if there is no such setting."""
    _check_name(name)
    value = getattr(settings, name.rpartition(".")[2])
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else str(value)


def changed_setting(name: str, value: str, themes: Sequence[str]) -> str | int:
    """Return the value for a setting that was typed as text.

    `themes` are the names of the themes. Raises SettingsError, a sentence, if there is no such
    setting or the value is not valid.
    """
    _check_name(name)
    spec = setting_specs()[name]
    typed = spec.typed(value, themes)
    if typed is not None:
        return typed
    if spec.kind == "number":
        raise SettingsError(
            f"{name} must be {spec.allowed}, and not “{value}”. Nothing was changed."
        )
    known = spec.known(themes)
    raise SettingsError(
        f"{name} cannot be “{value}”. {_meant(value, known)}"
        f"It is one of {', '.join(known)}. Nothing was changed."
    )


def theme_fault(path: Path, theme: str, themes: Sequence[str], used: str) -> str:
    """Return the sentence about a theme in the settings file `path` that does not exist.

    `themes` are the names of those that do, and `used` that of the one in force.
    """
    return unusable(
        path,
        "theme",
        theme,
        allowed=one_of(themes),
        instead=f"“{used}” is used",
        known=themes,
        line=setting_line(path, "", "theme"),
    )


def setting_completions(words: Sequence[str], themes: Sequence[str]) -> list[str]:
    """Return what may follow the words of `tuireader config`, such as ["set", "theme"].

    `themes` are the names of the themes.
    """
    match words:
        case []:
            return ["list", "get", "set", "edit", "path"]
        case ["get"] | ["set"]:
            return list(setting_specs())
        case ["set", name]:
            return list(known_values(name, themes))
    return []


def table_counts(path: Path) -> Iterable[tuple[str, int]]:
    """Yield each table of the settings file, with the number of its entries that are valid."""
    settings = load_settings(path)
    counts = (len(settings.keys), len(settings.commands), len(settings.sites))
    yield from zip(TABLES, counts, strict=True)


def _check_name(name: str) -> None:
    """Raise SettingsError if there is no setting of that name with one value."""
    specs = setting_specs()
    if name in specs:
        return
    if name in TABLES:
        reason = f"[{name}] is a table: change it in the file with `tuireader config edit`."
        raise SettingsError(reason)
    listed = f"The settings are {', '.join(specs)}."
    raise SettingsError(f"There is no setting “{name}”. {_meant(name, tuple(specs))}{listed}")


def _meant(word: str, known: Sequence[str]) -> str:
    """Return the question whether the most similar known word is meant; "" if none is similar."""
    found = get_close_matches(word.lower(), list(known), 1)
    return f"Did you mean “{found[0]}”? " if found else ""
