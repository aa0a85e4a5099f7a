"""`tuireader quotes` and `tuireader speakers`: the same people, what they said and did not say."""

import csv
import io
from pathlib import Path

import pytest
from cli.shell import Shell

ARTICLES = {
    "bridge": (
        "Elena Marsh, the engineer, wrote twice to the council before the bridge fell.\n\n"
        "“I said that the bearings were finished,” Marsh said. “I used the word finished.”\n\n"
        "“They were marked dangerous,” Ms Marsh said, in her office. “Red ink, both of them.”\n"
    ),
    "inquiry": (
        "The inquiry heard Elena Marsh again on Friday, for the last time this year.\n\n"
        "“Nobody answered me in all that time,” said Marsh, who has retired.\n"
    ),
    "football": (
        "The goalkeeper was in a good mood after the match in the rain on Sunday.\n\n"
        "“We should have won this match by four goals,” said Marsh, the goalkeeper.\n"
    ),
    "denial": (
        "The story went round the town for a week before anybody asked about it.\n\n"
        "Contrary to a post, Elena Marsh did not say “farmers are lazy people” on Tuesday.\n\n"
        "“I never met a lazy farmer in my life,” said Elena Marsh.\n"
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["Elena Marsh", "elena marsh", "Ms Marsh", "Marsh", "Elena"])
def test_one_speaker_has_exactly_the_quotations_that_are_counted(
    shell: Shell, library: Path, name: str
) -> None:
    counted = shell.json("speakers", "--speaker", name, "--json", library)
    quotes = shell.json("quotes", "--speaker", name, "--json", library)
    assert counted
    assert len(quotes) == sum(speaker["quotes"] for speaker in counted)
    assert len({quote["article"] for quote in quotes}) == sum(one["articles"] for one in counted)


def test_a_surname_alone_is_the_person_whom_its_own_article_names(
    shell: Shell, library: Path
) -> None:
    counted = shell.json("speakers", "--speaker", "Marsh", "--json", library)
    assert [(one["speaker"], one["articles"]) for one in counted] == [
        ("Elena Marsh", 3),
        ("Marsh", 1),
    ]


def test_a_quotation_is_set_with_its_marks_in_every_form(shell: Shell, library: Path) -> None:
    path = library / "bridge.txt"
    shown = "“I said that the bearings were finished … I used the word finished.”"
    first = shell.json("quotes", "--json", path)[0]
    assert (first["text"], len(first["spans"])) == (shown, 2)
    assert shell("quotes", "--csv", path) == 0
    assert next(csv.DictReader(io.StringIO(shell.out)))["text"] == shown
    assert shell("quotes", path) == 0
    assert f"\n  {shown}\n" in shell.out


def test_what_was_not_said_is_nobodys_words(shell: Shell, library: Path) -> None:
    path = library / "denial.txt"
    assert shell("quotes", path) == 0
    assert "Not said by Elena Marsh (say, by name" in shell.out
    assert [quote["polarity"] for quote in shell.json("quotes", "--json", path)] == [
        "not said",
        "said",
    ]
    said = shell.json("quotes", "--speaker", "Elena Marsh", "--json", path)
    assert [quote["polarity"] for quote in said] == ["said"]


def test_quotations_are_filtered_by_polarity(shell: Shell, library: Path) -> None:
    def found(*options: str) -> list[str]:
        records = shell.json("quotes", *options, "--json", library / "denial.txt")
        return [record["polarity"] for record in records]

    assert found("--polarity", "not said") == ["not said"]
    assert found("--polarity", "not said", "--polarity", "said") == ["not said", "said"]
    assert found("--polarity", "not said", "--speaker", "Marsh") == ["not said"]
    assert shell("quotes", "--polarity", "alleged", "--json", library / "denial.txt") == 1
    assert (shell.out, shell.err) == ("[]\n", "tuireader: No quotations in these articles.\n")
    assert shell("quotes", "--polarity", "not said", library) == 0
    assert "bridge" not in shell.out
    assert shell("quotes", "--polarity", "maybe", library) == 2


def test_quotations_are_filtered_by_the_probability_of_their_speaker(
    shell: Shell, library: Path
) -> None:
    everything = shell.json("quotes", "--json", library)
    limit = sorted(quote["probability"] for quote in everything)[len(everything) // 2]
    sure = shell.json("quotes", "--min-confidence", str(limit), "--json", library)
    assert sure == [quote for quote in everything if quote["probability"] >= limit]
    assert shell("quotes", "--min-confidence", "1.5", library) == 2
