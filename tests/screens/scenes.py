"""The scenes: which keys lead to each screen."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual._context import active_app
from ui.idle import until_idle
from ui.pilot_reader import Reader

from screens.desks import Desk, edit, empty_library, feeds, handbook, sample_articles
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
    desk: Desk = sample_articles
    before: tuple[str, ...] = ()
    """Keys of an earlier session, after which the second sample was edited; () for none."""
    says: bool = False
    """Whether the messages that pass are left on the screen."""


NAMES = {" ": "space", "/": "slash", "-": "minus", "[": "left_square_bracket"}
"""The names of keys that the scenes have as they are typed."""

TAGGED = ("alt+1", "t", *"bridge paint", "enter", "alt+2")
NOTED = (*TAGGED, "}", "b", "}", "a", *"Ask for the minutes", "ctrl+s", "}", "b", "c", "g", "g")
"""Keys that tag the article, and make two bookmarks and a note in it."""

KEPT = ("J", "}", "}", "b", "}", "b", "[", "b", "a", *"Ask for the minutes", "ctrl+s")
"""Keys that make two bookmarks, of which a later version of the article has only one."""

FEED = ("alt+1", "h", *"jjjjjj")
"""Keys that go to the first feed among the sources."""

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
    Scene("search", ("g", "slash", *"ferry"), feeds),
    Scene("search-empty", ("g", "slash", *"zebra"), feeds),
    Scene("links", ("F",), handbook),
    Scene("link-hints", ("f",), handbook),
    Scene("handbook", (), handbook),
    Scene("help", ("question_mark",)),
    Scene("help-found", ("question_mark", "slash", *"book")),
    Scene("palette", ("ctrl+p",)),
    Scene("palette-typed", ("ctrl+p", *"book")),
    Scene("themes", ("ctrl+p", *"theme", "enter")),
    Scene("command-line", ("colon", *"set ")),
    Scene("error", ("colon", *"export --to nothing", "enter"), says=True),
    Scene("output", ("vertical_line", *"head -n 3", "enter")),
    Scene("tags", ("J", "}", "t")),
    Scene("sources", ("alt+1", "h")),
    Scene("feeds", FEED, feeds),
    Scene("feed-articles", (*FEED, "l"), feeds),
    Scene("move-feed", (*FEED, "d"), feeds),
    Scene("remove-feed", (*FEED, "x"), feeds),
    Scene("empty-library", (), empty_library),
    Scene("tour", ("g", "t"), empty_library),
    Scene("add", ("I",), empty_library),
    Scene("selected-articles", ("alt+1", "space", "j", "space", "j")),
    Scene("versions", ("J", "D"), before=KEPT),
    Scene("changed", ("J",), before=KEPT, says=True),
    Scene("orphans", ("J", "O"), before=KEPT),
    Scene("no-orphans", ("O",)),
    Scene("corrections", ("J", "alt+3", "x", "g", "c")),
    Scene("export", ("J", *NOTED, "E")),
    Scene("export-articles", ("J", *NOTED, "E", "enter")),
    Scene("export-asks", ("J", *NOTED, "E", "enter", *"/no/such/folder", "enter")),
    Scene("empty-trash", ("J", *NOTED, "B", "x", "X", "g", "x"), says=True),
    Scene("settings", ("g", "s")),
    Scene("setting", ("g", "s", *"preset", "enter")),
    Scene("speaker", ("J", "alt+3", "Q")),
    Scene("explained", ("J", "alt+3", "W")),
    Scene("rapid", ("J", "}", "backslash", "r")),
    Scene("focus", ("J", "}", "}", "backslash", "f")),
    Scene("typewriter", ("J", "}", "}", "}", "backslash", "w")),
    Scene("tinted", ("J", "quotation_mark")),
    Scene("sequence", ("z",)),
    Scene("whole-page", ("J", "P"), says=True),
)


@asynccontextmanager
async def stage(
    folder: Path, size: tuple[int, int], look: Look, scene: Scene
) -> AsyncIterator[Reader]:
    """Begin the program on the desk of a scene in a folder, which is removed before.

    The environment must say NO_COLOR already for a look without colours.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = scene.desk(folder)
    if scene.before:
        async with begin(sources, folder, size, look) as reader:
            await reader.press(*scene.before)
        edit(folder)
    async with begin(sources, folder, size, look) as reader:
        yield reader


@asynccontextmanager
async def begin(
    sources: tuple[str, ...], folder: Path, size: tuple[int, int], look: Look
) -> AsyncIterator[Reader]:
    """Begin the program on sources, with its data in a folder."""
    desk = build_context(sources, AppPaths.find(str(folder / "data"), {}))
    app = TuiReader(desk)
    app.theme = look.theme
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Reader(app, pilot, desk)
        await reader.settle()
        yield reader
    desk.notebook.close()


async def play(reader: Reader, scene: Scene) -> None:
    """Press the keys of a scene; the status line then shows its keys, and nothing passing."""
    for key in scene.keys:
        await reader.press(NAMES.get(key, key))
    if scene.says:
        return
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
