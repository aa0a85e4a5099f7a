import pytest

from tuireader.ui.themes.automatic import AUTOMATIC, chosen_theme

FULL = {"COLORTERM": "truecolor", "TERM": "xterm"}


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        (FULL, "tuireader-dark"),
        (FULL | {"COLORFGBG": "0;15"}, "tuireader-light"),
        (FULL | {"COLORFGBG": "0;default;7"}, "tuireader-light"),
        (FULL | {"COLORFGBG": "15;0"}, "tuireader-dark"),
        ({"TERM": "screen-256color"}, "tuireader-dark"),
        ({"TERM": "xterm"}, "ansi-dark"),
        ({"TERM": "linux"}, "ansi-dark"),
        ({"TERM": "xterm", "COLORFGBG": "0;15"}, "ansi-light"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "tuireader-dark"),
        ({}, "ansi-dark"),
    ],
)
def test_the_terminal_decides_if_the_reader_has_not(
    environment: dict[str, str], theme: str
) -> None:
    assert chosen_theme(AUTOMATIC, environment) == theme
    assert chosen_theme("nord", environment) == "nord"


def test_what_the_terminal_told_counts_more_than_the_environment() -> None:
    assert chosen_theme(AUTOMATIC, FULL | {"COLORFGBG": "0;15"}, False) == "tuireader-dark"
    assert chosen_theme(AUTOMATIC, FULL, True) == "tuireader-light"
    assert chosen_theme("nord", FULL, True) == "nord"
