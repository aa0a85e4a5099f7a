"""Any bytes from a terminal are survived, and the key after them acts."""

import random

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.events import AppBlur, Key, MouseDown, MouseMove, MouseScrollDown, MouseUp, Paste
from textual.message import Message

from tuireader.ui.floods import MAX_NOTE_PASTE
from tuireader.ui.terminal.input import TerminalInput
from tuireader.ui.terminal.reports import MAX_REPORTS

SEQUENCES, BURST = 100_000, 10
KNOWN = [sequence.encode() for sequence in ANSI_SEQUENCES_KEYS if len(sequence) > 1]
NUMBERS = [b"", b"0", b"1", b"3", b"27", b"57441", b"55296", b"1114112", b"99999999999999999999"]
NUMBERS += [b"-1", b"1:3", b":", b"48", "\u0663".encode()]
FINALS = b"u~ABCDEFHPQRSMmtcyRIO"
STARTS = [b"\x1b[", b"\x1b[<", b"\x1b[?", b"\x1bO", b"\x1b[M", b"\x1b[48;", b"\x1b]", b"\x1bP"]


def events_of(*reads: bytes) -> list[Message]:
    """The events of what the terminal sent, and of the silence after it."""
    terminal = TerminalInput()
    found = [event for data in reads for event in terminal.feed(data)]
    while terminal.patience is not None:
        found += terminal.end_unfinished()
    return found


def keys_of(*reads: bytes) -> list[str]:
    return [event.key for event in events_of(*reads) if isinstance(event, Key)]


def random_report(chance: random.Random) -> bytes:
    fields = [chance.choice(NUMBERS) for _ in range(chance.randrange(5))]
    return chance.choice(STARTS) + b";".join(fields) + bytes([chance.choice(FINALS)])


def mutated(chance: random.Random) -> bytes:
    sequence = bytearray(chance.choice(KNOWN))
    for _ in range(chance.randrange(1, 4)):
        sequence.insert(chance.randrange(len(sequence) + 1), chance.randrange(256))
    return bytes(sequence)


def random_bytes(chance: random.Random) -> bytes:
    return bytes(chance.choices([27, *range(256)], k=chance.randrange(1, 5)))


@pytest.mark.parametrize("seed", range(4))
def test_the_key_after_random_and_mutated_sequences_is_read_as_that_key(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up input needs no secrets
    kinds = [random_report, mutated, random_bytes]
    terminal = TerminalInput()
    for _ in range(SEQUENCES // 4 // BURST):
        burst = [chance.choice(kinds)(chance) for _ in range(BURST)]
        for sequence in burst:
            list(terminal.feed(sequence))
        while terminal.patience is not None:
            list(terminal.end_unfinished())
        key = [event.key for event in terminal.feed(b"j") if isinstance(event, Key)][-1]
        assert key == "j", burst


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (b"\x1b[27;1:1u", ["escape"]),
        (b"\x1b[1;1:2B", ["down"]),
        (b"\x1b[6;1:3~", []),
        (b"\x1b[97:65;5u", ["ctrl+a"]),
        (b"\x1b[23$", ["f23"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1bj", ["alt+j"]),
        (b"\x1bJ", ["alt+shift+j"]),
        (b"\x1b2", ["alt+2"]),
        (b"\x1b<", ["alt+less_than_sign"]),
        (b"\x1b", ["escape"]),
        (b"\x1b]", ["right_square_bracket"]),
    ],
)
def test_a_key_report_is_the_key_that_was_pressed(sent: bytes, keys: list[str]) -> None:
    assert keys_of(sent) == keys


def test_a_key_with_alt_types_no_character() -> None:
    for sent in (b"\x1bj", b"\x1b2", b"\x1b<"):
        (event,) = TerminalInput().feed(sent)
        assert isinstance(event, Key)
        assert event.character is None


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b[1114112u",
        b"\x1b[99999999999999999999u",
        b"\x1b[97;99999999999999999999:1u",
        b"\x1b[97;;1114112u",
        b"\x1b[:u",
        b"\x1b[?62;4;22c",
        b"\x1b[" + b"1" * 100 + b"u",
        b"\x1b[48;0;0;0;0t\x1b[<0;5;5M",
        b"\x1b[48;99999;99999;9;9t",
        b"\x1b[<0;99999999999;1M",
        b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]11;rgb:ffff/ffff/ffff\a",
        b"\x1bP>|a terminal 1.0\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[Mxyz",
        b"\x1b[201~",
    ],
)
def test_a_report_that_nobody_asked_for_types_nothing(sent: bytes) -> None:
    assert keys_of(sent, b"j") == ["j"]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_what_comes_in_pieces_is_read_as_in_one(size: int) -> None:
    sent = "é\x1b[97;5u\x1b[1;1:1A漢\x1bOA\x1b[200~one\x1b[9two\x1b[201~k".encode()
    pieces = [sent[place : place + size] for place in range(0, len(sent), size)]
    assert keys_of(*pieces) == ["é", "ctrl+a", "up", "漢", "up", "k"]
    (paste,) = [event for event in events_of(*pieces) if isinstance(event, Paste)]
    assert paste.text == "one\x1b[9two"


def test_half_of_a_character_does_not_end_the_input() -> None:
    assert keys_of(b"\xe2", b"j")[-1] == "j"


def test_no_word_of_a_paste_is_a_key() -> None:
    pasted = b"\x1b[200~\x1b" + b"x" * 100 + b"\x1b[201~"
    assert keys_of(pasted, b"j") == ["j"]


def test_a_paste_without_an_end_is_over_after_a_silence() -> None:
    terminal = TerminalInput()
    list(terminal.feed(b"\x1b[200~some words"))
    assert terminal.patience
    (paste,) = terminal.end_unfinished()
    assert isinstance(paste, Paste)
    assert paste.text == "some words"
    assert [event.key for event in terminal.feed(b"j") if isinstance(event, Key)] == ["j"]


def test_a_forged_size_does_not_move_the_mouse() -> None:
    (pressed,) = events_of(b"\x1b[48;10;10;1000;1000t\x1b[<0;5;6M")
    assert isinstance(pressed, MouseDown)
    assert (pressed.x, pressed.y) == (4, 5)


def test_a_key_with_ctrl_is_that_of_a_latin_keyboard() -> None:
    terminal = TerminalInput()
    [event] = terminal.feed(b"\x1b[1092::97;5u")
    assert isinstance(event, Key)
    assert event.key == "ctrl+a"
    [event] = terminal.feed(b"\x1b[97::113;5u")
    assert isinstance(event, Key)
    assert event.key == "ctrl+a"


def test_alt_and_a_digit_are_that_key_and_no_character() -> None:
    found = [event.key for event in TerminalInput().feed(b"\x1b1\x1b3") if isinstance(event, Key)]
    assert found == ["alt+1", "alt+3"]


READ = 4096
"""Bytes that the driver reads at once."""


def reads(sent: bytes) -> list[bytes]:
    return [sent[place : place + READ] for place in range(0, len(sent), READ)]


def test_of_moves_of_the_mouse_that_are_read_at_once_the_last_counts() -> None:
    sent = b"".join(b"\x1b[<35;%d;5M" % (number % 80 + 1) for number in range(300))
    moved, key = events_of(sent + b"j")
    assert isinstance(moved, MouseMove)
    assert moved.x == 299 % 80
    assert isinstance(key, Key)


def test_a_key_stays_between_the_reports_around_it() -> None:
    move = b"\x1b[<35;%d;5M"
    sent = b"".join(move % number for number in (1, 2)) + b"j" + move % 3 + b"k" + move % 4
    kinds = [type(event).__name__ for event in events_of(sent)]
    assert kinds == ["MouseMove", "Key", "MouseMove", "Key", "MouseMove"]


def test_20_000_reports_are_few_events_and_no_button_stays_pressed() -> None:
    kinds = [b"<0;%d;5M", b"<32;%d;5M", b"<64;%d;5M", b"<65;%d;5M", b"<2;%d;5M"]
    sent = b"".join(b"\x1b[" + kinds[number % 5] % (number % 80 + 1) for number in range(20_000))
    found = events_of(*reads(sent + b"\x1b[<0;7;5m\x1b[<2;8;5m" + b"\x1b[<65;9;5M" * 100))
    assert len(found) <= (MAX_REPORTS + 3) * (len(sent) // READ + 2)
    assert [event.x for event in found if isinstance(event, MouseUp)] == [6, 7]
    assert isinstance(found[-1], MouseScrollDown)


def test_of_changes_of_the_focus_that_are_read_at_once_the_last_counts() -> None:
    (event,) = events_of(b"\x1b[I\x1b[O" * 500)
    assert isinstance(event, AppBlur)


@pytest.mark.parametrize("words", [b"pasted words ", b"~~~ ~~", b"\x1b[201 \x1b[20"])
def test_a_paste_of_megabytes_is_kept_as_far_as_it_can_be_used(words: bytes) -> None:
    sent = b"\x1b[200~" + words * (2_000_000 // len(words)) + b"\x1b[201~j"
    paste, key = events_of(*reads(sent))
    assert isinstance(paste, Paste)
    assert paste.text == (words.decode() * 20_000)[: MAX_NOTE_PASTE + 1]
    assert isinstance(key, Key)


def test_the_end_of_a_paste_may_come_in_pieces() -> None:
    for size in range(1, 9):
        sent = b"\x1b[200~words~\x1b[201\x1b[201~j"
        paste, key = events_of(*(sent[place : place + size] for place in range(0, len(sent), size)))
        assert isinstance(paste, Paste)
        assert paste.text == "words~\x1b[201"
        assert isinstance(key, Key)


def test_a_long_text_at_once_is_a_paste_although_the_terminal_does_not_say_so() -> None:
    sent = b"The harbour stays open, said Ada Voss.\r" * 1000
    (paste,) = events_of(*reads(sent))
    assert isinstance(paste, Paste)
    assert paste.text == sent.decode()


def test_a_key_held_down_is_no_paste() -> None:
    assert keys_of(b"j" * READ) == ["j"] * READ


def test_many_null_characters_are_one_key() -> None:
    assert keys_of(b"\0" * READ, b"j") == ["ctrl+@", "j"]


def test_after_a_long_string_of_the_terminal_the_next_key_acts() -> None:
    assert keys_of(*reads(b"\x1b]52;c;" + b"QUJD" * 10_000 + b"\x1b\\j")) == ["j"]
