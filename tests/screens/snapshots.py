"""The scenes whose cells are kept: `make screens ARGS=--keep` writes them."""

from pathlib import Path

from screens.scenes import LOOKS, SCENES, Look, Scene

FOLDER = Path(__file__).parents[1] / "ui" / "snapshots"

_SCENES = {scene.name: scene for scene in SCENES}
_LOOKS = {look.name: look for look in LOOKS}

_KEPT = (
    ("bookmarks", 120, 40, "dark"),
    ("bookmarks", 120, 40, "light"),
    ("bookmarks", 80, 24, "16"),
    ("bookmarks", 60, 20, "mono"),
    ("scrolled", 100, 30, "dark"),
    ("selection", 80, 24, "dark"),
    ("articles", 120, 40, "16"),
    ("quotes", 120, 40, "dark"),
    ("notes", 120, 40, "dark"),
    ("note", 80, 24, "light"),
    ("no-notes", 60, 20, "dark"),
    ("filter-empty", 100, 30, "dark"),
)

SNAPSHOTS: dict[str, tuple[Scene, tuple[int, int], Look]] = {
    f"{name}-{width}x{height}-{look}": (_SCENES[name], (width, height), _LOOKS[look])
    for name, width, height, look in _KEPT
}
"""The kept scenes with their sizes and looks, by the name of the file."""
