"""Where the reader was, for the first paint: a small copy that can be deleted.

The notebook holds every place; opening it costs more than the first paint may
wait for, so the last few places stand in one small file beside the caches.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from tuireader.paths import make_private_folder

MOST = 200
"""Places that are remembered; older ones are in the notebook."""


DARK = {"textual-dark": ("224;224;224", "18;18;18")}
"""The colours of the theme that the first start has."""


class Resume:
    """The article that was open last, the places in the last ones, and the theme's colours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        kept = _read(path)
        self._places = {
            place: offset
            for place, offset in _table(kept, "places").items()
            if isinstance(offset, int)
        }
        self.export_folder = str(kept.get("exports") or "")
        """The folder that notes were exported to last; empty if there is none."""
        self._colours = {
            theme: (str(pair[0]), str(pair[1]))
            for theme, pair in _table(kept, "colours").items()
            if isinstance(pair, list) and len(pair) == 2 and all(map(_is_colour, pair))
        }

    def last(self) -> str:
        """The location of the article that was open last; empty if there is none."""
        return next(reversed(self._places), "")

    def last_in(self, file: str) -> str:
        """The article that was open last of a file with several; empty if there is none."""
        of_it = (place for place in reversed(self._places) if place.startswith(f"{file}#"))
        return next(of_it, "")

    def offset(self, location: str) -> int:
        """Where the reader was in an article, in code points; 0 if unknown."""
        return self._places.get(location, 0)

    def put(self, location: str, offset: int) -> None:
        """Remember a place as the last one; it is written by `save`."""
        self._places.pop(location, None)
        self._places[location] = offset
        while len(self._places) > MOST:
            del self._places[next(iter(self._places))]

    def colours(self, theme: str) -> tuple[str, str]:
        """The theme's text colour and background as "red;green;blue"; empty if unknown."""
        kept = self._colours.get(theme) or DARK.get(theme)
        return (kept[0], kept[1]) if kept else ("", "")

    def put_colours(self, theme: str, foreground: str, background: str) -> None:
        """Remember the colours of a theme that was on the screen."""
        self._colours = {theme: (foreground, background)}

    def save(self) -> None:
        """Write the places; a folder that cannot be written costs nothing but the first paint."""
        kept = {
            "places": self._places,
            "colours": self._colours,
            "exports": self.export_folder,
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
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _table(kept: dict[str, Any], name: str) -> dict[str, Any]:
    table = kept.get(name)
    return table if isinstance(table, dict) else {}


def _is_colour(value: object) -> bool:
    """Whether it is "red;green;blue" and nothing else, for it is written to the terminal."""
    if not isinstance(value, str):
        return False
    parts = value.split(";")
    return len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)
