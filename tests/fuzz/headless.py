"""Inputs typed into the program without a terminal: hundreds a second."""

import asyncio
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from textual._xterm_parser import XTermParser
from textual.events import Resize
from textual.geometry import Size
from textual.pilot import Pilot

from fuzz.inputs import Input, Replay, text_of, writes
from fuzz.library import make_library
from fuzz.oracle import FaultError, check_afterwards, check_said
from fuzz.outcome import Outcome
from tuireader.app.startup import build_context
from tuireader.notebook.notebook import FILE
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.widgets.prompt_line import PromptLine
from tuireader.ui.widgets.status_line import StatusLine

LEVELS_BACK = 40
"""Presses of Esc after which the reader must be there."""

TURNS = 200
"""Turns of the event loop after which Ctrl+Q must have ended the program."""

ROUNDS = 2
"""How often it is waited until all widgets have dealt with their messages: some send others."""

WAIT = 0.3
"""Seconds that the input "wait" takes."""


class Headless:
    """The program without a terminal, and what it has acknowledged."""

    def __init__(self, app: TuiReader, pilot: Pilot[None], journal: Path) -> None:
        self.acknowledged = 0
        self._app = app
        self._pilot = pilot
        self._journal = journal
        self._parser = XTermParser()
        self._said: dict[int, str] = {}

    @property
    def has_ended(self) -> bool:
        """Whether the program was left."""
        return self._app._exit

    @property
    def _has_failed(self) -> bool:
        return self._app._exception is not None

    async def send(self, write: Sequence[Input]) -> None:
        """Send inputs in one write, and wait until they have been dealt with."""
        if size := write[0].size:
            driver: Any = self._app._driver
            driver._size = Size(*size)
            self._app.post_message(Resize(Size(*size), Size(*size)))
        elif write[0].is_wait:
            await self._pilot.pause(WAIT)
        else:
            self._feed("".join(text_of(one.name) for one in write))
        await self._settle()
        self._check(alone=len(write) == 1)

    def _feed(self, text: str) -> None:
        driver = self._app._driver
        if driver is None:
            return
        for message in self._messages(text):
            driver.process_message(message)

    def _messages(self, text: str) -> Iterator[Any]:
        yield from self._parser.feed(text)
        if self._parser._timeout_time is not None:
            # Nothing follows an Esc that ends a write.
            self._parser._timeout_time = 0.0
            yield from self._parser.tick()

    async def _settle(self) -> None:
        # What the driver sends arrives one turn of the loop later.
        await asyncio.sleep(0)
        held = getattr(self._app, "type_ahead", None)  # Input that waits for its turn.
        for _ in range(ROUNDS):
            # What is posted to the widgets meanwhile would look like more work to wait for.
            while held is not None and held.is_busy and not self._has_failed:  # noqa: ASYNC110
                await asyncio.sleep(0.002)
            if not self.has_ended and not self._has_failed:
                await self._pilot.pause(0)
        if (error := self._app._exception) is not None:
            raise error

    def _check(self, *, alone: bool) -> None:
        for screen in self._app.screen_stack if not self.has_ended else ():
            for line in screen.query(StatusLine):
                before, self._said[id(line)] = self._said.get(id(line), ""), line.said
                if line.said and line.said != before:
                    self.acknowledged += check_said(line.said, self._journal, alone=alone)

    async def go_back(self) -> None:
        """Press Esc until the reader is there."""
        for _ in range(LEVELS_BACK):
            if self.has_ended or self._is_at_reader():
                return
            await self.send([Input("escape")])
        raise FaultError("Esc does not lead back to the reader", self._state())

    def _is_at_reader(self) -> bool:
        screen, *above = self._app.screen_stack
        return isinstance(screen, ReaderScreen) and not above and not screen.query(PromptLine)

    async def leave(self) -> None:
        """Press Ctrl+Q; the program must end."""
        state = self._state()
        self._feed(text_of("ctrl+q"))
        for _ in range(TURNS):
            await self._settle()
            if self.has_ended:
                return
        raise FaultError("Ctrl+Q does not leave", state)

    def _state(self) -> str:
        screens = " < ".join(type(screen).__name__ for screen in self._app.screen_stack)
        return f"screens: {screens}; focused: {self._app.focused!r}"


def play(replay: Replay, folder: Path, outcome: Outcome) -> None:
    """Type the inputs into a new program whose files are in the folder."""
    os.chdir(folder)
    try:
        asyncio.run(_play(replay, folder, outcome))
        check_afterwards(folder / "data")
    except FaultError as fault:
        outcome.fail(fault.kind, fault.details)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        outcome.fail_with(error)


async def _play(replay: Replay, folder: Path, outcome: Outcome) -> None:
    loose: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: loose.append(context.get("exception") or RuntimeError(str(context)))
    )
    threading.excepthook = lambda failed: loose.append(failed.exc_value or RuntimeError("thread"))
    folders = AppPaths.find(str(folder / "data"), {})
    desk = build_context((str(make_library(folder)),), folders)
    app = TuiReader(desk)
    try:
        async with app.run_test(size=replay.size, notifications=True) as pilot:
            reader = Headless(app, pilot, folders.data / FILE)
            await _type(reader, replay, outcome)
    finally:
        desk.notebook.close()
    if loose:
        raise loose[0]


async def _type(reader: Headless, replay: Replay, outcome: Outcome) -> None:
    for write in writes(replay.inputs):
        outcome.count(len(write))
        await reader.send(write)
        outcome.acknowledged = reader.acknowledged
        if reader.has_ended:
            return
    # Every other session is left from wherever the inputs have led.
    if sum(map(ord, replay.seed)) % 2:
        await reader.go_back()
    if not reader.has_ended:
        await reader.leave()
