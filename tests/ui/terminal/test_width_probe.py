import pytest
from ui.terminal.terminal_model import TerminalModel

from tuireader.layout.cells import cell_width, use_widths
from tuireader.layout.terminal_widths import STANDARD
from tuireader.layout.wrap import wrap_rows
from tuireader.ui.terminal.input import TerminalInput
from tuireader.ui.terminal.width_probe import WidthProbe, WidthsMeasured

TEXT = (
    "The family 👩\u200d👩\u200d👧\u200d👧 waved, with 🇩🇪🇩🇪 flags and 👍🏽👍🏿 hands, "
    "❤\ufe0f hearts and 1\ufe0f\u20e32\ufe0f\u20e3 keys. हिन्दी में क\u094dषत्रिय लिखा हुआ। "
    "தமிழில் எழுதப்பட்ட வாக்கியம். ทำน้ำกำ All aboard, cafe\u0301."
)
TERMINALS = {
    "code points": TerminalModel(),
    "code points, vowels without cells": TerminalModel(spacing_vowels=False),
    "graphemes": TerminalModel(graphemes=True),
    "mode 2027": TerminalModel(knows_2027=True),
}
each_terminal = pytest.mark.parametrize("terminal", TERMINALS.values(), ids=TERMINALS)


def asked(terminal: TerminalModel) -> WidthsMeasured:
    probe = WidthProbe()
    answers = terminal.write(probe.question(7))

    def answer(sequence: str) -> WidthsMeasured | bool:
        if not probe.takes(sequence):
            return False
        return (probe.answer() or True) if probe.is_complete else True

    messages = list(TerminalInput(answer).feed(answers.encode()))
    assert len(messages) == 1
    (message,) = messages
    assert isinstance(message, WidthsMeasured)
    return message


@each_terminal
@pytest.mark.parametrize("width", [8, 20, 45, 72])
def test_every_row_takes_the_cells_that_were_reckoned_with(
    terminal: TerminalModel, width: int
) -> None:
    use_widths(asked(terminal).widths)
    try:
        for number, (start, end) in enumerate(wrap_rows(TEXT, 0, len(TEXT), width), 10):
            terminal.write(f"\x1b[{number};1H{TEXT[start:end]}")
            assert terminal.column - 1 == cell_width(TEXT[start:end]) <= width
            assert "".join(terminal.rows.pop(number).values()) == TEXT[start:end]
    finally:
        use_widths(STANDARD)


@each_terminal
def test_nothing_of_the_question_stays_on_the_screen(terminal: TerminalModel) -> None:
    asked(terminal)

    assert 7 not in terminal.rows


def test_mode_2027_is_switched_on_where_the_terminal_knows_it() -> None:
    knows = TerminalModel(knows_2027=True)

    assert asked(knows).graphemes
    assert knows.graphemes
    assert asked(knows).graphemes is False, "it was on before"
    assert not asked(TerminalModel()).graphemes
    assert not asked(TerminalModel(graphemes=True)).graphemes


def test_keys_between_the_answers_stay_keys() -> None:
    probe = WidthProbe()
    assert not probe.takes("\x1b[7;2R"), "nothing was asked"
    probe.question(7)

    assert not probe.takes("\x1b[1;2R"), "Shift+F3"
    assert not probe.takes("j")
    assert probe.takes("\x1b[7;2R")
    assert probe.answer() is None


def test_answers_that_cannot_be_are_not_used() -> None:
    probe = WidthProbe()
    probe.question(7)
    while not probe.is_complete:
        assert probe.takes("\x1b[7;900R")

    assert probe.answer() is None
    assert not probe.takes("\x1b[7;900R")
