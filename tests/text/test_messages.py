import pytest

from tuireader.text.messages import counted, plural, shortened


def test_one_is_singular_and_all_else_plural() -> None:
    assert [counted(number, "passage") for number in (0, 1, 2, 2000)] == [
        "0 passages",
        "1 passage",
        "2 passages",
        "2,000 passages",
    ]


def test_a_long_text_is_cut_to_one_short_line() -> None:
    assert shortened("We sail at noon,\nor not at all.", 20) == "We sail at noon, or…"
    assert shortened("  We sail\n at noon. ", 16) == "We sail at noon."


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("summary", "summaries"),
        ("day", "days"),
        ("address", "addresses"),
        ("date without a day", "dates without a day"),
        ("earlier version of a highlight", "earlier versions of a highlight"),
        ("on", "ons"),
    ],
)
def test_the_plural_of_a_noun_and_of_a_phrase(noun: str, many: str) -> None:
    assert plural(noun) == many
