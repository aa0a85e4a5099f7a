"""Starts the process that keeps the search index up to date, and hands on what it reports."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tuireader.paths import AppPaths


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What the indexing process reports; each message fills only some of the fields."""

    progress: str = ""
    """How much is indexed, as a short text (`progress_words`); "" if all of it is."""
    is_updated: bool = False
    """Whether texts or notes were indexed, so that a search may find more."""
    added: tuple[str, ...] = ()
    """Locations of articles that have appeared in the library's sources."""
    removed: tuple[str, ...] = ()
    """Locations of articles that are no longer in them."""
    problem: str = ""
    """Why the library, or a part of it, cannot be indexed, as sentences; "" if all can."""


class BackgroundIndexer:
    """Controls the process that indexes the library while the reader is open."""

    def __init__(self, folders: AppPaths) -> None:
        """Take the folders of the program; no process is started yet."""
        self._folders = folders
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, report: Callable[[IndexReport], None]) -> None:
        """Start the process; `report` is called for each message, in a thread of its own.

        If the process cannot be started, `report` is called at once, in this thread, with the
        problem.
        """
        folders = self._folders
        paths = (folders.data, folders.cache, folders.state, folders.config)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tuireader.app.index_worker", *map(str, paths)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C and Ctrl+Z in the terminal are the reader's
            )
        except OSError as error:
            report(IndexReport(problem=f"The library cannot be indexed: {error.strerror}."))
            return
        threading.Thread(target=_read, args=(self._process, report), daemon=True).start()

    def refresh(self) -> None:
        """Ask the process to look for changes at once; does nothing if it does not run."""
        if self._process is not None and self._process.stdin is not None:
            try:
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()
            except OSError:
                return  # it has ended

    def stop(self) -> None:
        """Kill the process, if it runs; the next one continues with what is not indexed."""
        if self._process is not None:
            self._process.kill()
            self._process = None


def _read(process: subprocess.Popen[bytes], report: Callable[[IndexReport], None]) -> None:
    """Thread body: report each message that the process prints, until the process ends.

    Lines that are not JSON are skipped. It also ends when `report` raises RuntimeError, as it does
    once the screen is closed.
    """
    if process.stdout is None:
        return
    for line in process.stdout:
        try:
            report(report_of(json.loads(line)))
        except ValueError:
            continue
        except RuntimeError:  # the program has ended
            return
    process.wait()


def report_of(message: Mapping[str, Any]) -> IndexReport:
    """Return the report that a message of the process (`app.index_worker`) stands for.

    `message` is a decoded JSON object; keys that it lacks leave the defaults.
    """
    progress = message.get("progress")
    return IndexReport(
        progress=progress_words(progress) if progress and progress["left"] else "",
        is_updated="updated" in message,
        added=tuple(message.get("added", ())),
        removed=tuple(message.get("removed", ())),
        problem=str(message.get("problem", "")),
    )


def progress_words(progress: Mapping[str, Any]) -> str:
    """Return how much is indexed, like "Index 4,200/10,000 · 900/s".

    `progress` has the fields of `IndexProgress`: step, done, left and rate.

    >>> progress_words({"step": "quotations", "done": 20, "left": 80, "rate": 99.6})
    'Quotations 20/100 · 100/s'
    """
    step = "Index" if progress["step"] == "texts" else "Quotations"
    done, left = progress["done"], progress["left"]
    return f"{step} {done:,}/{done + left:,} · {progress['rate']:,.0f}/s"
