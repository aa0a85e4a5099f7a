from tuireader.text.plurals import counted


def test_one_is_singular_and_all_else_plural() -> None:
    assert [counted(number, "passage") for number in (0, 1, 2, 2000)] == [
        "0 passages",
        "1 passage",
        "2 passages",
        "2,000 passages",
    ]
