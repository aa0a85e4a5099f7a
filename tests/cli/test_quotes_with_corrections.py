"""What the reader says of quotations holds on the command line too."""

import json
from pathlib import Path
from typing import Any

import pytest

from tuireader.__main__ import main
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.quotes.engine import extract
from tuireader.sources.open import open_article

TEXT = """The quay

“We have kept the lights on for years,” said Ada Voss, its keeper.

“Nobody asked us,” said Karl Brandt, a pilot. The play is called “The Tin Orchard” and runs on.
"""


@pytest.fixture
def quay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "quay.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def corrected(quay: Path, tmp_path: Path) -> Path:
    """The article, of which the first quotation got another speaker and the second is none."""
    article = open_article(str(quay))
    [first, second] = extract(article)
    with Notebook.open(AppPaths.find(str(tmp_path / "data"), {}).data) as notebook:
        notebook.corrections.set_speaker(article, first, "Ida Strand")
        notebook.corrections.dismiss(article, second)
    return quay


def records(capsys: pytest.CaptureFixture[str], *words: str | Path) -> list[dict[str, Any]]:
    assert main([str(word) for word in words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_quotes_are_printed_as_corrected_and_say_how_they_were_found(
    corrected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [quote] = records(capsys, "quotes", "--jsonl", corrected)
    assert (quote["speaker"], quote["confidence"]) == ("Ida Strand", "by you")
    assert quote["corrected"]["speaker"] == "Ada Voss"
    assert quote["corrected"]["confidence"] == "named"


def test_what_was_not_corrected_says_so(quay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = records(capsys, "quotes", "--jsonl", quay)
    assert [quote["corrected"] for quote in found] == [None, None]


def test_dismissed_quotations_are_printed_with_the_unattributed(
    corrected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = records(capsys, "quotes", "--jsonl", "--unattributed", corrected)
    assert [quote["text"] for quote in found if not quote["corrected"]] == ["“The Tin Orchard”"]
    assert [bool(quote["corrected"] and quote["corrected"]["dismissed"]) for quote in found] == [
        False,
        True,
        False,
    ]


def test_speakers_are_counted_and_looked_for_as_corrected(
    corrected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [who["speaker"] for who in records(capsys, "speakers", "--jsonl", corrected)] == [
        "Ida Strand"
    ]
    [quote] = records(capsys, "quotes", "--jsonl", "--speaker", "strand", corrected)
    assert quote["text"].startswith("“We have kept")


def test_an_article_of_a_collection_is_corrected_in_any_process(
    quay: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = quay.with_name("wire.jsonl")
    lines = (json.dumps({"id": f"w{n}", "text": TEXT + f"\n{n}."}) for n in range(150))
    path.write_text("\n".join(lines), encoding="utf-8")
    last = open_article(f"{path}#w149")
    with Notebook.open(AppPaths.find(str(tmp_path / "data"), {}).data) as notebook:
        notebook.corrections.merge(last, "Ada Voss", "Ida Strand")
    found = records(capsys, "quotes", "--jsonl", "--jobs", "2", path)
    assert len(found) == 300
    assert [quote["article"] for quote in found if quote["speaker"] == "Ida Strand"] == ["w149"]


def test_no_notebook_is_begun_by_asking_for_quotations(
    quay: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records(capsys, "quotes", "--jsonl", quay)
    assert not (tmp_path / "data").exists()
