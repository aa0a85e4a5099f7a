"""The last reading positions and what else the first paint needs, in one small file.

The notebook has all positions, but opening it takes longer than the first paint may wait.
The file can be deleted at any time.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from tuireader.paths import make_private_folder

MAX_POSITIONS = 200
"""Positions that are kept; older ones are in the notebook only."""

MAX_TERMINALS = 20
"""Terminals whose widths are kept."""

DARK = {"textual-dark": ("224;224;224", "18;18;18")}
"""The colours of the default theme, for the very first start."""


class Resume:
    """The last positions, the theme's colours, the last export folder, and widths of terminals.

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
        self._colours = {
            theme: (str(pair[0]), str(pair[1]))
            for theme, pair in _table(kept, "colours").items()
            if isinstance(pair, list) and len(pair) == 2 and all(map(_is_colour, pair))
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

    def colours(self, theme: str) -> tuple[str, str]:
        """Return a theme's text colour and background, each as "red;green;blue".

        Numbers are from 0 to 255. Two empty strings for a theme that was not on the screen last.
        """
        kept = self._colours.get(theme) or DARK.get(theme)
        return (kept[0], kept[1]) if kept else ("", "")

    def remember_colours(self, theme: str, foreground: str, background: str) -> None:
        """Set the colours of the theme on the screen, as "red;green;blue"; `save` writes them.

        The colours of other themes are forgotten.
        """
        self._colours = {theme: (foreground, background)}

    def widths(self, terminal: str) -> list[Any]:
        """Return the numbers that were stored for a terminal by its name; [] if there are none."""
        numbers = self._widths.get(terminal)
        return numbers if isinstance(numbers, list) else []

    def remember_widths(self, terminal: str, numbers: list[int]) -> None:
        """Set the numbers for a terminal; `save` writes them. At most `MAX_TERMINALS` are kept."""
        self._widths.pop(terminal, None)
        self._widths[terminal] = numbers
        while len(self._widths) > MAX_TERMINALS:
            del self._widths[next(iter(self._widths))]

    def save(self) -> None:
        """Write the file, atomically. Errors are ignored: only the first paint needs it."""
        kept = {
            "places": self._positions,
            "colours": self._colours,
            "exports": self.export_folder,
            "widths": self._widths,
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


def _table(kept: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the table `name` of the file's content; {} if it is missing or no table."""
    table = kept.get(name)
    return table if isinstance(table, dict) else {}


def _is_colour(value: object) -> bool:
    """Return whether a value is "red;green;blue" and nothing else: it is sent to the terminal."""
    if not isinstance(value, str):
        return False
    parts = value.split(";")
    return len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)
