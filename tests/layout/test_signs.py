import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.cells import cell_width
from tuireader.layout.signs import SignSet, shown_text, sign_set

OURS = "▶▷▏▎▌┊◆✎≠●◐○★→←↑↓─━│┃╭╮╰╯┏┓┗┛█▔▁"
PUNCTUATION = "…•·¶–—“”‘’«»"


@pytest.mark.parametrize(
    ("environment", "signs"),
    [
        ({"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, SignSet.FULL),
        ({"TERM": "xterm-256color"}, SignSet.FULL),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, SignSet.CONSOLE),
        ({"TERM": "linux", "LANG": "en_GB.ISO-8859-1"}, SignSet.ASCII),
        ({"TERM": "xterm", "LC_ALL": "de_DE.ISO-8859-1"}, SignSet.ASCII),
        ({"TERM": "vt100", "LANG": "en_GB.UTF-8"}, SignSet.ASCII),
        ({"TERM": "dumb"}, SignSet.ASCII),
        ({"TERM": "xterm-256color", "LC_ALL": "C"}, SignSet.SEVEN_BIT),
        ({"TERM": "linux", "LC_CTYPE": "POSIX"}, SignSet.SEVEN_BIT),
        ({"TERM": "xterm", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, SignSet.FULL),
    ],
)
def test_the_signs_follow_the_terminal_and_the_locale(
    environment: dict[str, str], signs: SignSet
) -> None:
    assert sign_set(environment) is signs
    assert sign_set(environment, accessible=True) is SignSet.SPOKEN


def test_a_plain_terminal_gets_ascii_for_every_sign() -> None:
    assert shown_text(OURS + PUNCTUATION, SignSet.ASCII).isascii()
    assert shown_text(OURS, SignSet.CONSOLE).isascii()


def test_the_console_keeps_punctuation_and_letters() -> None:
    assert shown_text(f"{PUNCTUATION} Ærø", SignSet.CONSOLE) == f"{PUNCTUATION} Ærø"
    assert shown_text("Ærø", SignSet.ASCII) == "Ærø"


def test_the_locale_c_gets_nothing_but_ascii() -> None:
    text = f"{OURS}{PUNCTUATION}"
    assert shown_text(text, SignSet.SEVEN_BIT) == shown_text(text, SignSet.ASCII)
    assert shown_text("Ærø, café, cafe\u0301: 字 Ж 👩\u200d🚀", SignSet.SEVEN_BIT) == (
        "Aro, cafe, cafe: ?? ? ??"
    )


def test_the_states_of_an_article_stay_apart() -> None:
    for signs in (SignSet.CONSOLE, SignSet.ASCII, SignSet.SEVEN_BIT):
        assert len(set(shown_text("●◐○★", signs))) == 4
        assert len(set(shown_text("▶▷▏", signs))) == 3


def test_a_screen_reader_gets_neither_lines_nor_private_characters() -> None:
    assert shown_text("│ He ▌said\ue000 “so…”", SignSet.SPOKEN) == "  He  said  “so…”"


@given(st.text(f"{OURS}{PUNCTUATION}ab字é"), st.sampled_from(SignSet))
def test_no_sign_changes_the_width(text: str, signs: SignSet) -> None:
    assert cell_width(shown_text(text, signs)) == cell_width(text)
