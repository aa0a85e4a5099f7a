"""The program ends after a signal, whatever it is busy with; each in a process of its own."""

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, threading
from tuireader.ui.terminal.watchdog import Watched, Watchdog

def said(word):
    return lambda: os.write(1, word.encode() + b" ")

def work():
    while True:
        sum(range(1000))

watchdog = Watchdog(said("closed"))
watchdog.put_back = said("restored")
watchdog.start()
"""
SCREEN = 'watchdog.attach(Watched(leave=said("asked"), save=said("saved")))\n'
TERM = "os.kill(os.getpid(), signal.SIGTERM)\n"


def run(program: str) -> tuple[int, str]:
    """The exit status of a program, and what it printed."""
    command = [sys.executable, "-c", PROGRAM + program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert not done.stderr
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"])
def test_a_busy_screen_is_saved_and_closed_in_its_place(name: str) -> None:
    ending = f"os.kill(os.getpid(), signal.{name})\nwork()"
    assert run(SCREEN + ending) == (0, "asked saved closed restored")


def test_a_busy_worker_does_not_keep_a_program_whose_screen_has_saved() -> None:
    program = f"watchdog.saved.set()\nwatchdog.end()\nthreading.Thread(target=work).start()\n{TERM}"
    assert run(SCREEN + program) == (0, "closed restored")


def test_before_there_is_a_screen_the_terminal_is_put_back() -> None:
    assert run(f"{TERM}work()") == (128 + 15, "closed restored")


def test_what_cannot_be_saved_keeps_nobody() -> None:
    program = "watchdog.attach(Watched(leave=said('asked'), save=lambda: os._exit(7)))\n"
    assert run(f"{program}{TERM}work()") == (7, "asked")


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    ignored = "signal.signal(signal.SIGHUP, signal.SIG_IGN)\nWatchdog(said('x')).start()\n"
    assert run(f"{ignored}os.kill(os.getpid(), signal.SIGHUP)\nprint('on')") == (0, "on")


def test_the_notebook_is_closed_once() -> None:
    assert run("watchdog.close()\nwatchdog.close()") == (0, "closed")
