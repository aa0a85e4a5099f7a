import os
import sys

import pytest
from textual.app import App

from tuireader.ui.terminal.driver import FastExitDriver
from tuireader.ui.terminal.output import TerminalOutput
from tuireader.ui.terminal.width_probe import SYNC_END, SYNC_START

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has Textual's own driver")


class Noted(TerminalOutput):
    """Also notes what is handed over at once."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        self.parts: list[str] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        super().write(text)


async def test_a_frame_reaches_the_terminal_as_a_whole() -> None:
    read, write = os.pipe()
    driver = FastExitDriver(App[None]())
    driver._output = output = Noted(write)
    for part in ("before", SYNC_START, "row", SYNC_END, "after"):
        driver.write(part)
    assert output.parts == ["before", f"{SYNC_START}row{SYNC_END}", "after"]
    assert output.close(5)
    assert os.read(read, 100).decode() == "".join(output.parts)
    os.close(read)
    os.close(write)
