"""The terminal's background is asked for; what it answers, and what is no answer."""

import pytest

from tuireader.ui.terminal import ground
from tuireader.ui.terminal.ground import QUESTION, GroundProbe, GroundTold
from tuireader.ui.terminal.input import TerminalInput

XTERM = {"TERM": "xterm-256color"}


def told(sent: bytes, *, asked: bool = True, pieces: int = 1) -> list[GroundTold]:
    probe = GroundProbe()
    if asked:
        assert probe.question(XTERM) == QUESTION
    terminal = TerminalInput(lambda sequence: probe.answer(sequence) or False)
    size = -(-len(sent) // pieces)
    parts = [sent[at : at + size] for at in range(0, len(sent), size)]
    messages = [message for part in parts for message in terminal.feed(part)]
    assert all(isinstance(message, GroundTold) for message in messages)
    return [message for message in messages if isinstance(message, GroundTold)]


@pytest.mark.parametrize(
    ("sent", "is_light"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", True),
        (b"\x1b]11;rgb:fdfd/f6f6/e3e3\a", True),
        (b"\x1b]11;rgb:0000/2b2b/3636\x1b\\", False),
        (b"\x1b]11;rgb:ff/ff/ff\a", True),
        (b"\x1b]11;rgba:1e1e/1e1e/2e2e/ffff\x1b\\", False),
        (b"\x1b]11;RGB:0000/0000/ffff\x1b\\", False),
        (b"\x1b]11;rgb:0000/ffff/0000\x1b\\", True),
    ],
)
@pytest.mark.parametrize("pieces", [1, 5, 30])
def test_the_terminal_tells_whether_its_background_is_light(
    sent: bytes, is_light: bool, pieces: int
) -> None:
    (message,) = told(sent, pieces=pieces)
    assert message.is_light is is_light
    assert message.in_time


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b]11;rgb:ffff/ffff\x1b\\",
        b"\x1b]11;#ffffff\x1b\\",
        b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1bP11;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]11;rgb:ffff/ffff/ffff" + b" " * 100 + b"\x1b\\",
    ],
)
def test_nothing_else_is_an_answer(sent: bytes) -> None:
    assert told(sent) == []


def test_an_answer_that_nobody_asked_for_and_a_second_one_are_none() -> None:
    sent = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
    assert told(sent, asked=False) == []
    assert len(told(sent + sent)) == 1


def test_a_late_answer_is_known_to_be_late(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([100.0, 100.0 + ground.ANSWER_TIME + 0.1])
    monkeypatch.setattr(ground, "monotonic", lambda: next(times))
    (message,) = told(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
    assert not message.in_time


@pytest.mark.parametrize("term", ["linux", "vt100", "dumb", ""])
def test_a_terminal_that_would_draw_the_question_is_not_asked(term: str) -> None:
    assert GroundProbe().question({"TERM": term} if term else {}) == ""
