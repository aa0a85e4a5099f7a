import random

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.plaintext.encoding import WINDOW, Decoder, decode_text

SAID = "The keeper’s “long night” – a naïve café, £5 or €7"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"]
)
def test_text_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    assert decode_text(SAID.encode(encoding), "a.txt") == SAID


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_big_endian_text_is_read_by_its_mark(encoding: str) -> None:
    assert decode_text(("\ufeff" + SAID).encode(encoding), "a.txt") == SAID


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("日本語の記事です。橋の上で待っていました。", "cp932"),
        ("这是一篇文章。他说：“我们在桥上等。”", "gb18030"),
        ("Это статья. Они сказали, что паром опоздал.", "koi8_r"),
        ("Это статья. Они сказали, что паром опоздал.", "cp1251"),
    ],
)
def test_a_guessed_encoding_is_right(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


def test_a_few_bad_bytes_do_not_spoil_the_rest() -> None:
    text = decode_text(SAID.encode() + b" and \x93so\x94 on", "a.txt")
    assert text == SAID + " and \ufffdso\ufffd on"


def test_a_character_cut_at_the_end_is_one_replacement() -> None:
    assert decode_text("a “quot”".encode()[:-1], "a.txt") == "a “quot\ufffd"


def test_a_character_across_two_windows_stays_whole() -> None:
    text = "x" * (WINDOW - 1) + "é" + "y" * 10
    assert decode_text(text.encode(), "a.txt") == text


def test_bytes_that_come_late_decide_late() -> None:
    data = b"a" * WINDOW * 2 + b"caf\xe9"
    assert decode_text(data, "a.txt").endswith("café")


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        random.Random(1).randbytes(20_000),  # noqa: S311 - noise, no secret
        b"a\x00\x00\x00" * 500,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        Decoder(data, "a.txt")


def test_a_text_full_of_bells_is_still_text() -> None:
    assert decode_text(b"ring " + b"\x07" * 1_000, "a.txt").startswith("ring ")
