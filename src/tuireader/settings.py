"""What the reader has chosen: one TOML file, read into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tuireader.domain.errors import SettingsError
from tuireader.folders import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The reader's choices; each default stands where the file says nothing."""

    theme: str = "textual-dark"
    column: int = 72
    """The width of the text, in cells."""
    sort: str = "as opened"
    """The order of the article list; as opened, if nothing else was chosen."""
    sites: tuple[tuple[str, str], ...] = ()
    """Sites by their names, each with a selector of where the article is on its pages."""


Value = TypeVar("Value", str, int)
_KINDS = {str: "a text in quotation marks", int: "a whole number"}


def load(path: Path) -> Settings:
    """The settings that the file holds; the defaults if there is none."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error.strerror})") from error
    import tomllib  # noqa: PLC0415 - 3 ms that a reader without a settings file need not wait

    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: the settings are no TOML file ({error})") from error
    usual = Settings()
    return Settings(
        theme=_chosen(path, found, "theme", usual.theme),
        column=_chosen(path, found, "column", usual.column),
        sort=_chosen(path, found, "sort", usual.sort),
        sites=_sites(path, found.get("sites", {})),
    )


def _chosen(path: Path, found: Mapping[str, object], key: str, usual: Value) -> Value:
    """The value of a key, which must be of the usual value's kind."""
    value = found.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, type(usual)):
        wanted = _KINDS[type(usual)]
        raise SettingsError(f"{path}: {key} must be {wanted}, and it is {value!r}")
    return value


def _sites(path: Path, found: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(found, dict) or not all(isinstance(said, str) for said in found.values()):
        raise SettingsError(f"{path}: sites must be a table of texts, and it is {found!r}")
    return tuple((str(site).lower(), str(selector)) for site, selector in found.items())


def remember(path: Path, **choices: str | int) -> None:
    """Write the choices into the file and leave all else in it, comments too, as it is."""
    import tomlkit  # noqa: PLC0415 - 30 ms, needed only when a choice changes
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - the same

    try:
        document = tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise SettingsError(f"{path}: the settings are no TOML file ({error})") from error
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error.strerror})") from error
    for key, value in choices.items():
        document[key] = value
    try:
        replace_file(path, tomlkit.dumps(document).encode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: the settings cannot be kept ({error.strerror})") from error
