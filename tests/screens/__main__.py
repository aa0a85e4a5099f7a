"""Draws every screen at every size in every look as SVG: `make screens`."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
os.environ["BROWSER"] = "true"

from screens.cells import cells_of
from screens.scenes import LOOKS, SCENES, SIZES, Look, Scene, hold_still, play, stage
from screens.snapshots import FOLDER, SNAPSHOTS

DOCS = Path(__file__).parents[2] / "docs" / "screenshot.svg"


async def draw(scene: Scene, size: tuple[int, int], look: Look, scratch: Path) -> tuple[str, str]:
    """Return a scene as SVG and as cells."""
    os.environ.pop("NO_COLOR", None)
    if look.no_color:
        os.environ["NO_COLOR"] = "1"
    async with stage(scratch / "desk", size, look, scene) as reader:
        await play(reader, scene)
        strips = reader.app.screen._compositor.render_strips()
        return reader.app.export_screenshot(), cells_of(strips)


def main(words: Sequence[str]) -> None:
    """Draw the scenes that were asked for."""
    parser = argparse.ArgumentParser(prog="make screens", description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes; all by default")
    parser.add_argument("--to", type=Path, default=Path("screens"), help="the folder of the files")
    parser.add_argument("--looks", default=",".join(look.name for look in LOOKS))
    parser.add_argument("--sizes", default=",".join(f"{w}x{h}" for w, h in SIZES))
    parser.add_argument("--keep", action="store_true", help="write the snapshots of the tests")
    parser.add_argument("--docs", action="store_true", help="write the picture of the README")
    asked = parser.parse_args(words)
    hold_still()
    with tempfile.TemporaryDirectory(prefix="tuireader-screens-") as scratch:
        if asked.keep:
            keep(Path(scratch))
        elif asked.docs:
            scene = next(scene for scene in SCENES if scene.name == "bookmarks")
            picture, _ = asyncio.run(draw(scene, (132, 36), LOOKS[0], Path(scratch)))
            DOCS.write_text(picture, encoding="utf-8")
        else:
            draw_all(asked, Path(scratch))


def draw_all(asked: argparse.Namespace, scratch: Path) -> None:
    """Draw the scenes in the sizes and looks that were asked for, as files in a folder."""
    asked.to.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        if asked.names and scene.name not in asked.names:
            continue
        for look in LOOKS:
            for size in SIZES:
                told = f"{size[0]}x{size[1]}"
                if look.name in asked.looks.split(",") and told in asked.sizes.split(","):
                    picture, _ = asyncio.run(draw(scene, size, look, scratch))
                    name = f"{scene.name}-{told}-{look.name}.svg"
                    (asked.to / name).write_text(picture, encoding="utf-8")
        print(f"{scene.name} drawn into {asked.to}/")


def keep(scratch: Path) -> None:
    """Write the cells of the scenes that are kept as snapshots."""
    FOLDER.mkdir(exist_ok=True)
    for name, (scene, size, look) in SNAPSHOTS.items():
        _, cells = asyncio.run(draw(scene, size, look, scratch))
        (FOLDER / f"{name}.txt").write_text(cells, encoding="utf-8")
        print(f"{name} kept")


if __name__ == "__main__":
    main(sys.argv[1:])
