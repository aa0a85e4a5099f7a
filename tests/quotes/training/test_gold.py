"""Labelled articles, as they are learnt from and measured with."""

from pathlib import Path

from tuireader.quotes.engine import extract
from tuireader.quotes.training.gold import labelled_articles, parse_annotated, similar_name

ARTICLES = Path(__file__).parents[1] / "articles"


def test_a_speaker_in_braces_labels_the_quotation_before_it() -> None:
    article, labels = parse_annotated("“We sail,”{Ada Moor} she said of the “Winter Queen”{-}.\n")
    assert article.text == "“We sail,” she said of the “Winter Queen”.\n"
    (quote,) = labels["quotes"]
    assert article.text[quote["start"] : quote["end"]] == "We sail,"
    assert quote["speaker"] == "Ada Moor"


def test_a_label_holds_for_the_paragraphs_that_its_quotation_runs_over() -> None:
    _, labels = parse_annotated("“We sail.\n\n“We sail at noon.”{Ada Moor}\n\n“No.”{Bela Quist}\n")
    assert [quote["speaker"] for quote in labels["quotes"]] == [
        "Ada Moor",
        "Ada Moor",
        "Bela Quist",
    ]


def test_a_language_stands_before_the_name() -> None:
    assert parse_annotated("«Sí.»{Ana}", "es.puerto")[0].language == "es"
    assert parse_annotated("“Yes.”{Ana}", "harbour")[0].language == "en"


def test_what_somebody_did_not_say_is_labelled_with_that_speaker(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(
        '[[article]]\nabout = "denial"\n'
        "text = 'Ada Moor never said “we sail”. Nobody said “we stay”.'\n"
        'said = []\nnot_said = [["Ada Moor", "we sail"], ["", "we stay"]]\n',
        encoding="utf-8",
    )
    ((article, labels),) = labelled_articles(tmp_path)
    found = [
        (article.text[each["start"] : each["end"]], each["speaker"], each.get("ignore", False))
        for each in labels["quotes"]
    ]
    assert found == [("we sail", "Ada Moor", False), ("we stay", "", True)]


def test_the_engine_agrees_with_most_labels_of_the_projects_own_articles() -> None:
    right = labelled = 0
    for article, labels in labelled_articles(ARTICLES):
        given = {
            (span.start, span.end): quote.speaker
            for quote in extract(article)
            for span in quote.spans
        }
        for label in labels["quotes"]:
            labelled += 1
            speaker = given.get((label["start"], label["end"]), "")
            right += similar_name(speaker, label["speaker"])
    assert right / labelled > 0.85
