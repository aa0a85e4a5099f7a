import pytest

from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.sources.plaintext.title import first_sentence, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The harbour was closed by order of Supt. Miller. It was late.",
            "The harbour was closed by order of Supt. Miller.",
        ),
        ("Det. Insp. Ida Brand spoke. She was brief.", "Det. Insp. Ida Brand spoke."),
        ("It was sold to Brand Inc. The price was low.", "It was sold to Brand Inc."),
        ("It was sold to Brand Inc. Tuesday. More.", "It was sold to Brand Inc. Tuesday."),
        ("See No. 5 for more. It is next.", "See No. 5 for more."),
        ("Mr. J. R. Smith came. He left.", "Mr. J. R. Smith came."),
        ("“It is over.” He left.", "“It is over.”"),
        ("Wait... The end.", "Wait..."),
        ("No stop at all", "No stop at all"),
        ("Ald. Smith and Cllr. Day met. Fine.", "Ald. Smith and Cllr. Day met."),
        ("Xyz. Smith met them. Fine.", "Xyz. Smith met them."),
        ("Die Fa. Meier zog um. Gut.", "Die Fa. Meier zog um."),
        ("Prof. dr. hab. Jan Kowalski mówi. Tak.", "Prof. dr. hab. Jan Kowalski mówi."),
    ],
)
def test_an_abbreviation_does_not_end_a_title(text: str, title: str) -> None:
    assert first_sentence(text) == title


def test_a_long_sentence_is_cut_at_a_clause_else_at_a_word() -> None:
    clause = "The harbour froze twice in the winter of that year, when no boat came"
    title = first_sentence(f"{clause}, and nobody on the quay {'counted them ' * 20}.")
    assert title == f"{clause}…"
    title = first_sentence("harbour " * 40)
    assert len(title) <= 121
    assert title.endswith("harbour…")


def test_a_headline_is_the_title_as_a_whole() -> None:
    headline = "Who was J. Smith? The story of a pilot. And of a boat"
    pieces = [
        TextBlock(BlockKind.PARAGRAPH, "By A. Moor"),
        TextBlock(BlockKind.HEADING, headline, 1),
        TextBlock(BlockKind.PARAGRAPH, "It froze twice. Nobody counted."),
    ]
    assert title_of("", pieces[1:], "a.txt") == headline
    assert title_of("", pieces[2:], "a.txt") == "It froze twice."
