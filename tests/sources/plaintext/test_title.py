import pytest

from tuireader.sources.plaintext.title import first_sentence


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
    ],
)
def test_an_abbreviation_does_not_end_a_title(text: str, title: str) -> None:
    assert first_sentence(text) == title


def test_a_long_sentence_is_cut_at_a_word() -> None:
    title = first_sentence("harbour " * 40)
    assert len(title) <= 200
    assert title.endswith("harbour…")
