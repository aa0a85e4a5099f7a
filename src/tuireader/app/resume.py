"""The last reading positions and what else the first paint needs, in one small file.

The notebook has all positions, but opening it takes longer than the first paint may wait.
The file can be deleted at any time.
"""

import contextlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuireader.paths import make_private_folder

MAX_POSITIONS = 200
"""Positions that are kept; older ones are in the notebook only."""

MAX_TERMINALS = 20
"""Terminals whose widths and backgrounds are kept."""

TERMINAL_VERSIONS = (
    "TERM_PROGRAM_VERSION",
    "XTERM_VERSION",
    "VTE_VERSION",
    "KONSOLE_VERSION",
    "LC_TERMINAL_VERSION",
)
"""The variables in which terminals state their version."""

USUAL_STYLES: dict[str, dict[str, str]] = {
    "tuireader-dark full": {
        "": "38;2;213;217;224;48;2;20;23;28",
        "frame": "38;2;106;118;139;48;2;20;23;28",
        "frame-focus": "38;2;127;176;255;48;2;20;23;28",
        "headline": "1;38;2;242;211;154;48;2;20;23;28",
        "faint": "38;2;154;163;179;48;2;20;23;28",
        "source": "38;2;154;163;179;48;2;20;23;28",
        "rule": "38;2;106;118;139;48;2;20;23;28",
        "title": "1;38;2;242;211;154;48;2;20;23;28",
        "caption": "3;38;2;161;169;184;48;2;20;23;28",
        "code": "38;2;175;217;211;48;2;20;23;28",
        "bar": "38;2;165;214;123;48;2;20;23;28",
    },
}
"""The styles of the default theme with 24-bit colours, for the very first start."""

_STYLE = re.compile(r"[0-9]{1,3}(?:;[0-9]{1,3}){0,15}")


def colour_depth(environment: Mapping[str, str]) -> str:
    """Return how many colours the terminal has, in a word by which styles are kept."""
    if environment.get("NO_COLOR"):
        return "none"
    is_full = environment.get("COLORTERM") in {"truecolor", "24bit"}
    return "full" if is_full else environment.get("TERM", "")


def terminal_name(environment: Mapping[str, str]) -> str:
    """Return a name of the terminal: its type, program and version, as far as these are known."""
    names = ("TERM", "TERM_PROGRAM", *TERMINAL_VERSIONS)
    return " ".join(environment[name][:40] for name in names if environment.get(name))


class Resume:
    """The last positions, the theme's styles, the last export folder, and facts of terminals.

    Read from the file when it is created; a missing or damaged file counts as empty.
    """

    def __init__(self, path: Path) -> None:
        """Load the file at `path`; a missing or damaged one counts as empty."""
        self._path = path
        kept = _read(path)
        self._positions = {
            place: offset
            for place, offset in _table(kept, "places").items()
            if isinstance(offset, int)
        }
        self.export_folder = str(kept.get("exports") or "")
        """The folder of the last export, or ""."""
        self._widths = _table(kept, "widths")
        self._grounds = _table(kept, "grounds")
        self._styles = {
            theme: {name: str(style) for name, style in styles.items()}
            for theme, styles in _table(kept, "styles").items()
            if isinstance(styles, dict) and all(map(_is_style, styles.values()))
        }

    def last_location(self) -> str:
        """Return the location of the article that was open last; "" if there is none."""
        return next(reversed(self._positions), "")

    def last_location_in(self, file: str) -> str:
        """Return the article of a container `file` that was open last; "" if there is none."""
        inside = (place for place in reversed(self._positions) if place.startswith(f"{file}#"))
        return next(inside, "")

    def offset(self, location: str) -> int:
        """Return the last position in an article, in code points; 0 if it is not known."""
        return self._positions.get(location, 0)

    def remember(self, location: str, offset: int) -> None:
        """Set the last position in an article, in code points; `save` writes it.

        The article becomes the one that was open last. At most `MAX_POSITIONS` are kept.
        """
        self._positions.pop(location, None)
        self._positions[location] = offset
        while len(self._positions) > MAX_POSITIONS:
            del self._positions[next(iter(self._positions))]

    def styles(self, theme: str) -> Mapping[str, str]:
        """Return the styles of the first paint by name, for a theme and a depth of colours.

        Each is the parameters of a control sequence, like "1;38;2;224;224;224". Empty for a theme
        that was not on the screen last.
        """
        return self._styles.get(theme) or USUAL_STYLES.get(theme, {})

    def remember_styles(self, theme: str, styles: Mapping[str, str]) -> None:
        """Set the styles of the theme on the screen, by name; `save` writes them.

        The styles of other themes are forgotten.
        """
        self._styles = {theme: dict(styles)}

    def widths(self, terminal: str) -> list[Any]:
        """Return the numbers that were stored for a terminal by its name; [] if there are none."""
        numbers = self._widths.get(terminal)
        return numbers if isinstance(numbers, list) else []

    def remember_widths(self, terminal: str, numbers: list[int]) -> None:
        """Set the numbers for a terminal; `save` writes them. At most `MAX_TERMINALS` are kept."""
        _put(self._widths, terminal, numbers)

    def ground(self, terminal: str) -> bool | None:
        """Return whether a terminal's background was light; None if it has not told one."""
        ground = self._grounds.get(terminal)
        return ground if isinstance(ground, bool) else None

    def remember_ground(self, terminal: str, *, is_light: bool) -> None:
        """Set whether a terminal's background is light; `save` writes it."""
        _put(self._grounds, terminal, is_light)

    def save(self) -> None:
        """Write the file, atomically. Errors are ignored: only the first paint needs it."""
        kept = {
            "places": self._positions,
            "styles": self._styles,
            "exports": self.export_folder,
            "widths": self._widths,
            "grounds": self._grounds,
        }
        target = Path(os.path.realpath(self._path))
        draft = target.with_name(f".{target.name}.{os.urandom(8).hex()}")
        try:
            make_private_folder(target.parent)
            draft.write_text(json.dumps(kept), encoding="ascii")
            draft.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()


def _read(path: Path) -> dict[str, Any]:
    """Return the content of the file; an empty table if it cannot be read or is damaged."""
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _put(terminals: dict[str, Any], name: str, value: object) -> None:
    """Put what is known of a terminal last in a table, of which `MAX_TERMINALS` are kept."""
    terminals.pop(name, None)
    terminals[name] = value
    while len(terminals) > MAX_TERMINALS:
        del terminals[next(iter(terminals))]


def _table(kept: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the table `name` of the file's content; {} if it is missing or no table."""
    table = kept.get(name)
    return table if isinstance(table, dict) else {}


def _is_style(value: object) -> bool:
    """Return whether a value is parameters of a style, and nothing else: the terminal gets it."""
    return isinstance(value, str) and (not value or _STYLE.fullmatch(value) is not None)
