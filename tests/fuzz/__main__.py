"""Types random keys into the program and says what it found: `make fuzz ARGS="--minutes 10"`."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

# Before anything asks which browser there is: a link that is followed opens none.
os.environ["BROWSER"] = "true"

from fuzz.apart import LEVELS, play_apart
from fuzz.generator import Generator, bound_keys, command_words
from fuzz.inputs import Input, Replay, load, readable
from fuzz.minimise import minimise
from fuzz.outcome import Outcome

EVERY = 60.0
"""Seconds between two summaries."""

TERMINAL_EVERY = 5
"""Of so many sessions one is in a pseudo-terminal, with fewer inputs."""

TRIES = 3
"""How often a session that failed is played again to see whether it fails again."""

RUNS = {"app": 150, "terminal": 60}
"""How often a session is played again to make it shorter."""


class Fuzz:
    """Plays sessions and counts what came of them."""

    def __init__(self, seed: int, folder: Path) -> None:
        self._seed = seed
        self._folder = folder
        self._began = self._told = time.monotonic()
        self._sessions = self._typed = self._acknowledged = 0
        self._found: Counter[str] = Counter()

    @property
    def has_found(self) -> bool:
        """Whether anything failed."""
        return bool(self._found)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def session(self, number: int, level: str, size: int) -> None:
        """Play one session; make it shorter if it fails in a new way."""
        if level == "both":
            level = "app" if (number + 1) % TERMINAL_EVERY else "terminal"
        if level == "terminal":
            size = max(1, size // 2)
        seed = f"{self._seed}-{number}"
        generator = Generator(seed)
        replay = Replay(seed, level, generator.size, tuple(generator.inputs(size)))
        outcome = self._play(replay)
        self._sessions += 1
        self._typed += outcome.typed
        self._acknowledged += outcome.acknowledged
        if outcome.kind:
            self._found[outcome.kind] += 1
            if self._found[outcome.kind] == 1:
                self._report(replay, outcome)

    def _play(self, replay: Replay) -> Outcome:
        return play_apart(replay, self._tell_if_due)

    def _tell_if_due(self) -> None:
        if time.monotonic() - self._told >= EVERY:
            self.tell()

    def tell(self) -> None:
        """Print the summary line."""
        self._told = time.monotonic()
        minutes, seconds = divmod(int(self.elapsed), 60)
        print(
            f"{minutes:02}:{seconds:02} seed {self._seed}: {self._sessions} sessions,"
            f" {self._typed:,} inputs, {self._acknowledged:,} acknowledgements checked,"
            f" {self._found.total()} failed in {len(self._found)} ways",
            flush=True,
        )

    def _report(self, played: Replay, outcome: Outcome) -> None:
        """Print and save what failed, then the same with fewer inputs."""
        path = self._folder / f"{played.seed}-{played.level}.json"
        played = replace(played, inputs=played.inputs[: max(1, outcome.typed)])
        played.save(path, outcome.kind)
        print(f"\nFOUND {outcome.kind}\nseed {played.seed}, level {played.level}")
        print(f'{outcome.details.rstrip()}\nAgain: make fuzz ARGS="--replay {path}"', flush=True)

        def fails(some: Sequence[Input]) -> bool:
            return self._play(replace(played, inputs=tuple(some))).kind == outcome.kind

        if any(fails(played.inputs) for _ in range(TRIES)):
            shorter = tuple(minimise(played.inputs, fails, RUNS[played.level]))
            replace(played, inputs=shorter).save(path, outcome.kind)
            print(f"{len(shorter)} of {outcome.typed} inputs show it:\n{readable(shorter)}\n")
        else:
            print(f"It did not happen again in {TRIES} tries.\n")

    def summarise(self) -> None:
        """Print how often each fault was found."""
        self.tell()
        for kind, times in self._found.most_common():
            print(f"{times:5} × {kind}")


def replayed(path: Path) -> int:
    """Type again what is saved in a file, and print what came of it; the exit status."""
    replay = load(path)
    outcome = play_apart(replay)
    print(readable(replay.inputs))
    print(f"{outcome.kind}\n{outcome.details}" if outcome.kind else "Nothing failed.")
    return 1 if outcome.kind else 0


def main() -> int:
    """Run as the command line says; the exit status is 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--sessions", type=int, help="end after so many sessions")
    parser.add_argument("--size", type=int, default=400, help="inputs of a session")
    parser.add_argument("--level", choices=["both", *LEVELS], default="both")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-found"), help="for replay files")
    parser.add_argument("--replay", type=Path, help="type what is in the file again")
    chosen = parser.parse_args()
    bound_keys()
    command_words()
    if chosen.replay:
        return replayed(chosen.replay)
    fuzz = Fuzz(chosen.seed, chosen.folder.absolute())
    for number in count():
        if fuzz.elapsed > chosen.minutes * 60 or number == chosen.sessions:
            break
        fuzz.session(number, chosen.level, chosen.size)
    fuzz.summarise()
    return 1 if fuzz.has_found else 0


if __name__ == "__main__":
    sys.exit(main())
