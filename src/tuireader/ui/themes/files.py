"""Themes of the reader's own: one TOML file each, in the folder `themes` beside the settings."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from tuireader.text.messages import shortened
from tuireader.ui.themes.palette import INKS, SPEAKERS, TINTS

BASE = (
    *("primary", "secondary", "accent", "warning", "error", "success"),
    *("foreground", "background", "surface", "panel"),
)
"""The colours that Textual makes a theme of; the first is required, as is the background."""

NAMES = ("dim", "frame", "focus", *TINTS, *INKS, *(name for name, _ in SPEAKERS))
"""The colours of the palette that a theme may set too."""

REQUIRED = ("background", "foreground", "primary")
"""What a theme must have; everything else follows from it."""

MAX_FILES, MAX_BYTES = 100, 64 * 1024
"""The files that are read, and the bytes of each; more is no theme."""


def load_themes(folder: Path, taken: Collection[str]) -> tuple[list[Theme], list[str]]:
    """Return the themes in a folder, sorted by name, and a sentence for each fault.

    A file with a fault is no theme, except that unknown keys are left out. A folder that does not
    exist has no themes. Contrasts are not checked here: colours are changed when they are used.

    Args:
        folder: The folder with files such as `paper.toml`, for the theme "paper".
        taken: The names of the other themes, which no file may have.
    """
    themes, faults = [], []
    try:
        files = sorted(folder.glob("*.toml"))[:MAX_FILES]
    except OSError as error:
        return [], [f"{folder}: the themes cannot be read ({error.strerror})."]
    for file in files:
        content = _content(file, taken)
        if isinstance(content, str):
            faults.append(f"{file}: {content} The theme is not offered.")
            continue
        wrong = list(_wrong_values(content))
        unknown = [key for key in content if key not in {*BASE, *NAMES, "dark"}]
        faults += [f"{file}: {fault} The theme is not offered." for fault in wrong]
        faults += [f"{file}: “{shortened(key, 40)}” is not a colour of a theme." for key in unknown]
        if not wrong:
            themes.append(_theme(file.stem, content))
    return themes, faults


def _content(file: Path, taken: Collection[str]) -> dict[str, Any] | str:
    """Return the content of a file; a sentence if it cannot be used."""
    import tomllib  # noqa: PLC0415 - only if there is such a file

    if file.stem in taken:
        return f"“{file.stem}” is the name of another theme; rename the file."
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return "The file is too large for a theme."
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        return f"The theme cannot be read ({error.strerror})."
    except (ValueError, RecursionError) as error:
        return f"The theme is not TOML in UTF-8 ({error})."


def _wrong_values(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each value of a theme that is missing or cannot be used."""
    for key in REQUIRED:
        if key not in content:
            yield f"{key} is missing."
    if not isinstance(content.get("dark", True), bool):
        yield "dark must be true or false."
    for key in (*BASE, *NAMES):
        value = content.get(key, "#000000")
        if not isinstance(value, str) or not _is_colour(value):
            shown = shortened(str(value), 40)
            yield f"{key} must be a colour such as “#7fb0ff”, and “{shown}” is none."


def _is_colour(value: str) -> bool:
    """Return whether a value is an opaque colour of 24 bits."""
    try:
        colour = Color.parse(value)
    except ColorParseError:
        return False
    return colour.a == 1 and colour.ansi is None


def _theme(name: str, content: Mapping[str, Any]) -> Theme:
    """Return the theme of a file's content, whose values are valid."""
    own = {key: content[key] for key in NAMES if key in content}
    base = {key: content[key] for key in BASE if key in content}
    ground = Color.parse(content["background"])
    dark = content.get("dark", ground.brightness < 0.5)
    return Theme(name=name, dark=dark, variables=own, **base)
