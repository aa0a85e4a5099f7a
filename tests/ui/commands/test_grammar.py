from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.ui.commands.grammar import ON_OTHER_SCREENS, CommandVocabulary, TypedCommand

WORDS = CommandVocabulary(
    actions={"next-line": "One line down", "quit": "Quit", "help": "Show the keys"},
    verbs={"export": "Write the notebook", "tag": "Add tags", "help": "Show the help"},
    own={"translate": "trans :en {text}"},
    settings={"theme": ("nord", "dracula"), "column": ()},
)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("42", TypedCommand("paragraph", rest="42")),
        (":42", TypedCommand("paragraph", rest="42")),
        ("50%", TypedCommand("percent", rest="50")),
        ("export --to bibtex", TypedCommand("verb", "export", "--to bibtex")),
        ("tag climate", TypedCommand("verb", "tag", "climate")),
        ("set column 80", TypedCommand("set", "column", "80")),
        ("set column=80", TypedCommand("set", "column", "80")),
        ("set", TypedCommand("set")),
        ("next-line", TypedCommand("action", "next-line")),
        ("q", TypedCommand("action", "quit")),
        ("help", TypedCommand("action", "help")),
        ("help tag", TypedCommand("verb", "help", "tag")),
        ("translate", TypedCommand("own", "translate")),
        ("|wc -w", TypedCommand("program", rest="wc -w")),
        ("!wc", TypedCommand("program", rest="wc")),
        ("nothing", TypedCommand("")),
        ("%", TypedCommand("")),
    ],
)
def test_a_line_states_a_command(line: str, command: TypedCommand) -> None:
    assert WORDS.parsed(line) == command


def test_names_are_completed_and_then_what_they_contain() -> None:
    assert WORDS.completions("n")[0] == "next-line"
    assert "next-line" in WORDS.completions("line")
    assert WORDS.completions("set t") == ("set theme ",)
    assert WORDS.completions("set theme n") == ("set theme nord",)
    assert WORDS.completions("help ta") == ("help tag",)


def test_the_words_of_a_command_of_the_shell_are_completed_as_the_shell_does() -> None:
    asked: list[tuple[tuple[str, ...], str]] = []

    def complete(words: Sequence[str], typed: str) -> Sequence[str]:
        asked.append((tuple(words), typed))
        return ["bibtex", "two words"]

    words = replace(WORDS, complete=complete)
    assert words.completions("export 'a b' --to b") == (
        "export 'a b' --to bibtex",
        "export 'a b' --to 'two words'",
    )
    assert words.completions("export ")[0] == "export bibtex"
    assert asked == [(("export", "a b", "--to"), "b"), (("export",), "")]
    assert words.completions("export 'a b") == ()
    assert words.completions("next-line b") == ()


def test_what_saves_a_file_elsewhere_has_nothing_to_save() -> None:
    assert WORDS.parsed("w").kind == "write"
    assert WORDS.parsed("wq").name == "quit"


def test_on_another_screen_q_goes_back_and_the_actions_of_the_main_screen_are_told() -> None:
    words = replace(
        WORDS,
        actions={"back": "Back", "quit": "Quit"},
        aliases=ON_OTHER_SCREENS,
        elsewhere=frozenset({"next-line", "next-article"}),
    )
    assert words.parsed("q") == TypedCommand("action", "back")
    assert words.parsed("qa") == TypedCommand("action", "quit")
    assert words.wrong("bn") == "“bn” is a command of the main screen. :q goes back to it."


def test_what_is_wrong_is_told_in_a_sentence() -> None:
    assert WORDS.wrong("exprt") == "There is no command “exprt”. Did you mean “export”?"
    assert WORDS.wrong("next-line 3") == "“next-line” takes no arguments."
    assert WORDS.wrong("export x") == ""


@given(st.text(max_size=20))
def test_any_line_is_a_command_or_is_told_to_be_none(line: str) -> None:
    assert bool(WORDS.wrong(line)) != bool(WORDS.parsed(line).kind or not line.strip())
