"""Where the reader was, for the first paint: a small copy that can be deleted.

The notebook holds every place; opening it costs more than the first paint may
wait for, so the last few places stand in one small file beside the caches.
"""

import json
from pathlib import Path

MOST = 200
"""Places that are remembered; older ones are in the notebook."""


class Resume:
    """The article that was open last, and the places in the last ones, by location."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places = _read(path)

    def last(self) -> str:
        """The location of the article that was open last; empty if there is none."""
        return next(reversed(self._places), "")

    def offset(self, location: str) -> int:
        """Where the reader was in an article, in code points; 0 if unknown."""
        return self._places.get(location, 0)

    def put(self, location: str, offset: int) -> None:
        """Remember a place as the last one; it is written by `save`."""
        self._places.pop(location, None)
        self._places[location] = offset
        while len(self._places) > MOST:
            del self._places[next(iter(self._places))]

    def save(self) -> None:
        """Write the places; a folder that cannot be written costs nothing but the first paint."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._path.with_suffix(".new")
            draft.write_text(json.dumps(self._places), encoding="ascii")
            draft.replace(self._path)
        except OSError:
            return


def _read(path: Path) -> dict[str, int]:
    try:
        places = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    if not isinstance(places, dict):
        return {}
    return {str(key): value for key, value in places.items() if isinstance(value, int)}
