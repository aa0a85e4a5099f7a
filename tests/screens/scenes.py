"""The scenes: which keys lead to each screen."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual._context import active_app
from ui.idle import until_idle
from ui.pilot_reader import Reader

from tuireader import samples
from tuireader.app.startup import build_context
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader import screen
from tuireader.ui.widgets.status_line import StatusLine

SIZES = ((120, 40), (100, 30), (80, 24), (60, 20))
"""The sizes of the screen, in cells."""


@dataclass(frozen=True)
class Look:
    """A theme, and whether colours are left out."""

    name: str
    theme: str
    no_color: bool = False


LOOKS = (
    Look("dark", "tuireader-dark"),
    Look("light", "tuireader-light"),
    Look("16", "ansi-dark"),
    Look("mono", "tuireader-dark", no_color=True),
)


@dataclass(frozen=True)
class Scene:
    """A screen, and the keys that lead to it from the start."""

    name: str
    keys: tuple[str, ...] = ()


TAGGED = ("alt+1", "t", *"bridge paint", "enter", "alt+2")
NOTED = (*TAGGED, "}", "b", "}", "a", *"Ask for the minutes", "ctrl+s", "}", "b", "c", "g", "g")
"""Keys that tag the article, and make two bookmarks and a note in it."""

SCENES = (
    Scene("reader"),
    Scene("bookmarks", ("J", "J", *NOTED)),
    Scene("scrolled", ("J", *NOTED, "space", "space")),
    Scene("selection", ("J", "}", "v", "e", "e", "e", "e")),
    Scene("find", ("slash", *"the", "enter")),
    Scene("articles", ("alt+1", "j", "j")),
    Scene("filter-empty", ("alt+1", "slash", *"zebra", "enter")),
    Scene("quotes", ("J", "alt+3", "j")),
    Scene("no-quotes", ("J", "J", "J", "J", "J", "alt+3")),
    Scene("zoomed", ("J", "z", "o")),
    Scene("notes", ("J", *NOTED, "B", "j")),
    Scene("no-notes", ("B",)),
    Scene("note", ("J", "}", "}", "a", *"Ask for the minutes of the meeting")),
    Scene("trash", ("J", *NOTED, "B", "x", "X")),
    Scene("speakers", ("S",)),
    Scene("search", ("backslash",)),
    Scene("links", ("F",)),
    Scene("help", ("question_mark",)),
    Scene("palette", ("ctrl+p",)),
    Scene("tags", ("J", "}", "t")),
    Scene("sources", ("alt+1", "h")),
)


@asynccontextmanager
async def stage(folder: Path, size: tuple[int, int], look: Look) -> AsyncIterator[Reader]:
    """Begin the program on copies of the samples in a folder, which is removed before.

    The environment must say NO_COLOR already for a look without colours.
    """
    shutil.rmtree(folder, ignore_errors=True)
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for sample in samples.paths():
        shutil.copyfile(sample, articles / sample.name)
    desk = build_context((str(articles),), AppPaths.find(str(folder / "data"), {}))
    app = TuiReader(desk)
    app.theme = look.theme
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Reader(app, pilot, desk)
        await reader.settle()
        yield reader
    desk.notebook.close()


async def play(reader: Reader, scene: Scene) -> None:
    """Press the keys of a scene; the status line then shows its keys, and nothing passing."""
    await reader.press(*scene.keys)
    reader.app.clear_notifications()
    for status in reader.app.screen.query(StatusLine):
        status.hush()
    await reader.settle()


def hold_still() -> None:
    """Have the program wait for messages only, and look at nothing by itself."""

    async def wait(_min_sleep: float = 0, _max_sleep: float = 1) -> None:
        await until_idle(active_app.get())

    vars(screen)["TICK_INTERVAL"] = 3600.0
    for module in ("textual.pilot", "textual.app"):
        __import__(module, fromlist=["wait_for_idle"]).__dict__["wait_for_idle"] = wait
