"""The calibration of the probabilities on labelled articles."""

import json
import sys
from pathlib import Path

import pytest

from tuireader.quotes.attribution.confidence import Evidence, Rule, probability_of
from tuireader.quotes.attribution.model import Weights
from tuireader.quotes.training import calibrate
from tuireader.quotes.training.calibrate import Sample, fit, samples_of
from tuireader.quotes.training.cross_validation import (
    attributed,
    folds_by_article,
    folds_by_outlet,
    read_corpus,
)
from tuireader.quotes.training.gold import parse_annotated

FERRY = """“We sail at noon today,”{Ada Moor} Ada Moor said.

“It is late,”{Tom Reed} Bela Quist said.
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    records = []
    for number in range(6):
        article, labels = parse_annotated(FERRY, f"{number}")
        records.append(labels | {"id": f"press/{number}", "outlet": f"Paper {number % 3}"})
        assert article.text == labels["text"]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return path


def sample(share: float, *, right: bool) -> Sample:
    return Sample(Evidence(Rule.RANKED, share, "name", trained=True), right, right)


def test_probabilities_approach_how_often_such_a_share_is_right() -> None:
    low = [sample(0.5, right=number < 40) for number in range(100)]
    high = [sample(0.95, right=number < 90) for number in range(100)]
    table = fit(low + high)
    assert abs(probability_of(low[0].evidence, table) - 0.4) < 0.05
    assert abs(probability_of(high[0].evidence, table) - 0.9) < 0.05


def test_a_way_that_often_leads_to_the_wrong_person_is_less_probable() -> None:
    names = [sample(0.9, right=True) for _ in range(50)]
    meant = Evidence(Rule.RANKED, 0.9, "pronoun gender", trained=True)
    pronouns = [Sample(meant, link=True, speaker=number < 25) for number in range(50)]
    table = fit(names + pronouns)
    assert probability_of(meant, table) < 0.7 < probability_of(names[0].evidence, table)


def test_spans_are_compared_with_their_labels() -> None:
    article, labels = parse_annotated(FERRY, "ferry")
    right, wrong = samples_of(article, labels, attributed(article, Weights({})))
    assert (right.link, wrong.link) == (True, False)


def test_a_label_by_a_program_tells_only_whether_the_mention_is_right() -> None:
    text = "Ada Moor is here. “We sail at noon today,” she said.\n"
    article, _ = parse_annotated(text, "x")
    start = text.index("We sail")
    labels = {
        "quotes": [
            {
                "start": start,
                "end": text.index(",”"),
                "speaker": "Bela Quist",
                "speaker_type": "pronoun",
                "speaker_resolution": "silver",
                "speaker_mention_start": text.index("she said"),
                "speaker_mention_end": text.index(" said"),
            }
        ]
    }
    weights = {"verb A0 S": 9.0}
    (found,) = samples_of(article, labels, attributed(article, Weights(weights)))
    assert (found.link, found.speaker) == (True, None)


def test_an_outlet_is_in_one_fold_only(gold: Path) -> None:
    corpus = read_corpus([gold])
    folds = folds_by_outlet(corpus, 3)
    assert sorted(number for fold in folds for number in fold) == list(range(6))
    assert all(len({corpus[number].outlet for number in fold}) == 1 for fold in folds)


def test_each_article_is_in_one_fold_by_article(gold: Path) -> None:
    folds = folds_by_article(read_corpus([gold]), 4)
    assert sorted(number for fold in folds for number in fold) == list(range(6))
    assert len(folds) == 4


def test_texts_that_were_written_to_be_learnt_from_are_in_no_fold(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    corpus = read_corpus([folder])
    assert len(corpus) == 1
    assert not folds_by_outlet(corpus)


def test_the_table_is_written(gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "table.json"
    monkeypatch.setattr(sys, "argv", ["calibrate", str(gold), "--output", str(output)])
    calibrate.main()
    assert "share ranked" in json.loads(output.read_text("utf-8"))
