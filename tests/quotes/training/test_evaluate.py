"""The figures of labelled articles, and what a change gains and loses."""

import json
import sys
from pathlib import Path

import pytest

from tuireader.quotes.training import evaluate
from tuireader.quotes.training.evaluate import Score, evaluate_article
from tuireader.quotes.training.gold import parse_annotated

FERRY = "“We sail at noon today,”{Ada Moor} Ada Moor said. “We always have.”{Bela Quist}\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    return folder


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str | Path
) -> list[str]:
    monkeypatch.setattr(sys, "argv", ["evaluate", *map(str, words)])
    evaluate.main()
    return capsys.readouterr().out.splitlines()


def test_a_quotation_is_right_if_its_speaker_is() -> None:
    score = Score.of([evaluate_article(*parse_annotated(FERRY, "ferry"))])
    assert (score.labelled, score.found, score.extracted) == (2, 2, 2)
    assert (score.spans, score.joint, score.strict) == (1.0, 0.5, 0.5)
    assert score.by_kind == {"named": (1, 2)}


def test_what_nobody_labelled_counts_against_precision() -> None:
    score = Score.of(
        [evaluate_article(*parse_annotated("“We sail at noon today,” Ada Moor said.\n", "x"))]
    )
    assert (score.extracted, score.precision, score.joint) == (1, 0.0, 0.0)


def test_the_figures_are_printed(
    gold: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, spans, joint, kind = printed(capsys, monkeypatch, gold)
    assert first.startswith("articles 1, ")
    assert spans.split()[-6:] == ["(2", "of", "2", "found,", "2", "extracted)"]
    assert "F1 0.500 lenient, 0.500 strict" in joint
    assert kind == "speaker  0.500 of 2 found that are named"


def test_what_was_gained_and_lost_since_is_listed(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "saved.jsonl"
    printed(capsys, monkeypatch, gold, "--save", saved)
    same = printed(capsys, monkeypatch, gold, "--against", saved)
    assert same[-1] == "gained 0, lost 0"
    before = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    before[0] |= {"right": False, "speaker": "Bela Quist"}
    before[1] |= {"right": True, "speaker": "Bela Quist"}
    saved.write_text("".join(f"{json.dumps(record)}\n" for record in before), "utf-8")
    *_, counts, gained, lost = printed(capsys, monkeypatch, gold, "--against", saved)
    assert counts == "gained 1, lost 1"
    assert gained == "+ ferry  “We sail at noon today”  Ada Moor (else: Bela Quist)"
    assert lost == "- ferry  “We always have”  Bela Quist (else: Ada Moor)"
