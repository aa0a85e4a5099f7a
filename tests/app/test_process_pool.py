"""Who said what in many articles at once: in order, in bounded room, and ended when asked."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from operator import attrgetter
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.app import process_pool
from tuireader.app.process_pool import LOCAL_ITEMS, map_in_processes
from tuireader.domain.article import Article
from tuireader.domain.errors import TuiReaderError

NAMES = ("Ada Moor", "Bela Quist", "José Ferro", "Dora Lund")


def said(number: int) -> str:
    name = NAMES[number % len(NAMES)]
    return f"The harbour {number}\n\n“We sail at noon today,” {name} said. “We always have.”\n"


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "wire.jsonl"
    lines = (json.dumps({"id": f"w{n}", "text": said(n)}) for n in range(LOCAL_ITEMS + 300))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: str | Path, status: int = 0) -> str:
    assert main([str(word) for word in words]) == status
    return capsys.readouterr().out


location = attrgetter("location")
"""Work that another process knows too."""


def articles(count: int) -> Iterator[Article]:
    return (Article(location=f"{n}", text="x" * (n % 7)) for n in range(count))


# Spreading work over processes


@pytest.mark.parametrize("jobs", [1, 2, 0])
def test_results_come_in_the_order_of_the_articles(jobs: int) -> None:
    count = LOCAL_ITEMS + 5 * process_pool._BATCH
    assert list(map_in_processes(location, articles(count), jobs)) == list(map(str, range(count)))


def test_articles_are_read_only_a_little_ahead_of_their_results() -> None:
    taken = 0

    def counted() -> Iterator[Article]:
        nonlocal taken
        for article in articles(100_000):
            taken += 1
            yield article

    results = map_in_processes(location, counted(), 2)
    for _ in range(LOCAL_ITEMS + 1):
        next(results)
    assert taken <= LOCAL_ITEMS + 2 + 2 * process_pool._BATCHES_AHEAD * process_pool._BATCH
    results.close()


def test_a_process_that_dies_is_told_in_a_sentence() -> None:
    results = map_in_processes(location, articles(100_000), 2)
    for _ in range(LOCAL_ITEMS + 1):
        next(results)
    for child in active_children():
        child.kill()
    with pytest.raises(TuiReaderError, match="died"):
        list(results)


# quotes and speakers


def test_two_processes_print_what_one_prints(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = printed(capsys, "quotes", "--jsonl", "--jobs", "1", collection)
    assert printed(capsys, "quotes", "--jsonl", "--jobs", "2", collection) == one
    assert len(one.splitlines()) == LOCAL_ITEMS + 300


def test_one_speakers_quotations_are_found_by_any_form_of_the_name(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("José Ferro", "jose", "FERRO"):
        lines = printed(capsys, "quotes", "--jsonl", "--speaker", name, collection).splitlines()
        assert len(lines) == (LOCAL_ITEMS + 300) // len(NAMES)
        assert {json.loads(line)["speaker"] for line in lines} == {"José Ferro"}


def test_a_speaker_who_says_nothing_is_told(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("quotes", "speakers"):
        assert main([command, "--speaker", "Nobody Known", str(collection)]) == 1
        out, err = capsys.readouterr()
        assert not out
        assert err == "tuireader: No quotations by Nobody Known.\n"


def test_a_table_has_a_heading_and_quotations_in_their_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text("“=1+1 is two, and so it stays,” Ada Moor said.\n", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "quotes", "--csv", path))))
    assert [row["speaker"] for row in rows] == ["Ada Moor"]
    assert rows[0]["text"] == "“=1+1 is two, and so it stays”"
    assert rows[0]["start"] == "1"


def test_speakers_are_counted_over_all_articles(
    collection: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speakers = json.loads(printed(capsys, "speakers", "--json", collection))
    assert {who["speaker"]: who["articles"] for who in speakers} == dict.fromkeys(
        NAMES, (LOCAL_ITEMS + 300) // len(NAMES)
    )
    table = printed(capsys, "speakers", "--csv", "--speaker", "lund", collection)
    assert [row["speaker"] for row in csv.DictReader(io.StringIO(table))] == ["Dora Lund"]
    assert "Ada Moor" in printed(capsys, "speakers", collection)


def test_words_that_are_nobodys_are_printed_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "film.txt"
    path.write_text("The film “Winter Harbour” opens the festival.\n", encoding="utf-8")
    assert not json.loads(printed(capsys, "quotes", "--json", path))
    (quote,) = json.loads(printed(capsys, "quotes", "--json", "--unattributed", path))
    assert (quote["text"], quote["speaker"]) == ("“Winter Harbour”", None)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "9" * 5000])
def test_a_number_of_jobs_that_is_none_is_refused(jobs: str) -> None:
    assert main(["quotes", "--jobs", jobs, "x.txt"]) == 2


def started(*words: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tuireader", *map(str, words)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    path = tmp_path / "endless.jsonl"
    lines = [json.dumps({"id": f"w{n}", "text": said(n) * 5}) for n in range(12_000)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_ctrl_c_ends_all_processes_quietly(endless: Path) -> None:
    with started("quotes", "--jsonl", "--jobs", "2", endless) as program:
        assert program.stdout
        assert program.stderr
        for _ in range(LOCAL_ITEMS * 5 + 1):  # the other processes work by now
            program.stdout.readline()
        os.killpg(program.pid, signal.SIGINT)
        program.stdout.read()
        assert program.stderr.read() == b""  # ends only when no process holds it any more
    assert program.returncode == 130


def test_a_closed_pipe_ends_all_processes_quietly(endless: Path) -> None:
    with started("quotes", "--jsonl", "--jobs", "2", endless) as program:
        assert program.stdout
        assert program.stderr
        for _ in range(LOCAL_ITEMS * 5 + 1):
            program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0
