"""A session in a process of its own, so that no crash, hang or leftover reaches the next one."""

import faulthandler
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from fuzz import headless, terminal
from fuzz.inputs import Replay
from fuzz.outcome import Outcome

LEVELS = {"app": headless.play, "terminal": terminal.play}
"""How a session is played, by the name of its level."""

PATIENCE = 90.0
"""Seconds without progress after which a session is a hang."""


@dataclass
class Reporting(Outcome):
    """An outcome that tells the other process of each write before it is typed."""

    answer: Connection | None = None
    stacks: TextIO | None = None

    def count(self, inputs: int) -> None:
        """Count inputs that are typed now, and tell how many there were."""
        super().count(inputs)
        if self.answer and self.stacks:
            faulthandler.dump_traceback_later(PATIENCE, file=self.stacks)
            self.answer.send(self.typed)


def play_apart(replay: Replay, tick: Callable[[], None] = lambda: None) -> Outcome:
    """Play a session in a new process; one that does not go on is ended, and is a fault.

    `tick` is called again and again while it is played.
    """
    folder = Path(tempfile.mkdtemp(prefix="tuireader-fuzz-"))
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_session, args=(replay, folder, theirs)
    )
    process.start()
    theirs.close()
    outcome = _received(ours, folder / "stacks", tick)
    process.kill()
    process.join()
    ours.close()
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _received(answer: Connection, stacks: Path, tick: Callable[[], None]) -> Outcome:
    """The outcome that a process sends, or what is known if it sends none."""
    stopped = Outcome()
    kind = "the session hangs"
    try:
        while answer.poll(PATIENCE + 10):
            tick()
            got = answer.recv()
            if isinstance(got, Outcome):
                return got
            stopped.typed = got
    except EOFError:
        kind = "the process of the session died"
    stopped.fail(kind, stacks.read_text(errors="replace") if stacks.exists() else "")
    return stopped


def _session(replay: Replay, folder: Path, answer: Connection) -> None:
    with (folder / "stacks").open("w") as stacks, (folder / "output").open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        outcome = Reporting(answer=answer, stacks=stacks)
        LEVELS[replay.level](replay, folder, outcome)
        faulthandler.cancel_dump_traceback_later()
        answer.send(Outcome(outcome.typed, outcome.acknowledged, outcome.kind, outcome.details))
    # Threads of a session that failed may never end.
    os._exit(0)
