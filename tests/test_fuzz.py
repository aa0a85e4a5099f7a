import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from fuzz.generator import Generator, bound_keys
from fuzz.inputs import Input, Replay, load, text_of, writes
from fuzz.minimise import minimise
from fuzz.oracle import FaultError, Journal, check_afterwards, check_said

from tuireader.domain.article import Article, Passage
from tuireader.notebook.notebook import FILE, Notebook

ROOT = Path(__file__).parent.parent
ARTICLE = Article(location="a.txt", text="The ferry came late. Nobody waited.")
FERRY = Passage(0, 20)


def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    again = subprocess.run(
        [sys.executable, "-m", "fuzz", "--seed", "3", "--sessions", "1", "--size", "120"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stdout + again.stderr
    assert "120 inputs" in again.stdout
    assert "0 failed" in again.stdout


def test_a_seed_makes_the_same_inputs_again() -> None:
    first, again, other = (Generator(seed).inputs(300) for seed in ("1", "1", "2"))
    assert first == again
    assert first != other


def test_every_key_of_a_binding_is_pressed_sooner_or_later() -> None:
    pressed = {one.name for one in Generator("1").inputs(20_000)}
    bound = {key for keys in bound_keys() for key in keys} - {"*"}
    assert bound <= pressed
    assert "ctrl+q" not in bound


def test_inputs_are_the_bytes_of_a_terminal() -> None:
    names = ("a", "space", "escape", "ctrl+p", "up", "click 4 0", "wheel down 4 0", "paste x y")
    assert list(map(text_of, names)) == [
        *("a", " ", "\x1b", "\x10", "\x1b[A"),
        "\x1b[<0;5;1M\x1b[<0;5;1m",
        "\x1b[<65;5;1M",
        "\x1b[200~x y\x1b[201~",
    ]
    with pytest.raises(ValueError, match="no input"):
        text_of("hyper+q")


def test_a_replay_file_gives_the_same_writes_again(tmp_path: Path) -> None:
    inputs = (Input("a"), Input("b", joined=True), Input("resize 20 6", joined=True), Input("c"))
    replay = Replay("1-0", "app", (80, 24), inputs)
    replay.save(tmp_path / "found" / "1.json", "a fault")
    again = load(tmp_path / "found" / "1.json")
    assert (again.seed, again.level, again.size) == ("1-0", "app", (80, 24))
    names = [[one.name for one in write] for write in writes(again.inputs)]
    assert names == [["a", "b"], ["resize 20 6"], ["c"]]
    assert "a fault" in (tmp_path / "found" / "1.json").read_text()


def test_a_failing_sequence_is_made_as_short_as_can_be() -> None:
    def fails(keys: Sequence[int]) -> bool:
        return 17 in keys and 60 in keys

    assert minimise(range(100), fails, runs=1000) == [17, 60]
    assert fails(minimise(range(100), fails, runs=5))


def test_what_is_acknowledged_must_be_in_the_journal(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        mark = notebook.bookmarks.keep(ARTICLE, FERRY, tags=("sea",))
        journal = tmp_path / FILE
        assert check_said("Bookmarked: “The ferry came late.”", journal, alone=True)
        assert check_said("Tagged #sea: “The ferry came late.”", journal, alone=True)
        assert not check_said("Nothing to undo", journal, alone=True)
        for untrue in (
            "Bookmarked: “Nobody waited.”",
            "Tagged #land: “The ferry came late.”",
            "Moved to the trash. Press u to undo.",
            "Place mark a set",
        ):
            with pytest.raises(FaultError):
                check_said(untrue, journal, alone=True)
        notebook.bookmarks.change(mark.id, tags=())
        with pytest.raises(FaultError):
            check_said("Tagged #sea: “The ferry came late.”", journal, alone=True)
        assert check_said("Tagged #sea: “The ferry came late.”", journal, alone=False)


def test_a_notebook_that_is_well_passes_and_a_damaged_one_does_not(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        mark = notebook.bookmarks.keep(ARTICLE, FERRY)
        notebook.bookmarks.change(mark.id, note="late")
        notebook.undo()
    check_afterwards(tmp_path)
    journal = tmp_path / FILE
    assert Journal(journal).now("bookmarks", lambda record: record["note"] == "")
    journal.write_bytes(journal.read_bytes().replace(b"ferry", b"fairy"))
    with pytest.raises(FaultError, match="checksum"):
        check_afterwards(tmp_path)
