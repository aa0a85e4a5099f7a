import random

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.plaintext.encoding import WINDOW, Decoder, decode, decode_as, decode_text

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
        ("Её статья. Они сказали, что паром Ямал опоздал, и Ольга ушла.", "mac_cyrillic"),
        ("Її стаття. Вони сказали, що паром з Києва спізнився, і пішли.", "koi8_u"),
        ("これは記事です。橋の上で待っていました。", "iso2022_jp"),
        ("Το πλοίο άργησε. «Περιμέναμε», είπε ο ναύτης στη γέφυρα.", "cp1253"),
        ("הסירה איחרה. חיכינו על הגשר, אמר המלח, ואיש לא בא.", "cp1255"),
        ("تأخرت العبارة. قال البحار إنهم انتظروا على الجسر.", "cp1256"),
        ("„Prom się spóźnił”, powiedział żeglarz.", "cp1250"),
        ('Přístav zamrzl. "Nepočítali jsme," řekla Šárka Žáková.', "iso8859_2"),
        ("Trajekt je kasnio, i mornar je rekao da su čekali na mostu. Željko šuti.", "cp1250"),
        (
            "A komp késett, és a tengerész azt mondta, hogy a hídon vártak. Hűvös eső.",
            "iso8859_2",
        ),
        ("Vapur gecikti ve denizci köprüde beklediğini söyledi, ama kimse gelmedi.", "cp1254"),
        ("Keltas vėlavo, ir jūrininkas sakė, kad jie laukė ant tilto.", "cp1257"),
        ("La nave è in ritardo, perché il mare è così, e più su c’è il caffè.", "cp1252"),
        ("Le traversier a été retardé, et l'équipage était à côté du pont gelé.", "cp850"),
        ("»Die Fähre kam zu spät«, und der Matrose hörte die Glocke über dem Fluß.", "mac_roman"),
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


def test_what_was_guessed_is_told_and_can_be_chosen() -> None:
    data = "„Łódź”".encode("cp1250")
    assert decode(data, "a.txt").guessed
    assert decode(data, "a.txt", "windows-1250") == ("„Łódź”", "")
    assert decode("„Łódź”".encode(), "a.txt") == ("„Łódź”", "")


@pytest.mark.parametrize("label", ["base64", "idna", "klingon", "unicode_escape", "\0"])
def test_an_encoding_that_there_is_not_is_refused(label: str) -> None:
    with pytest.raises(SourceError, match="there is no encoding"):
        decode(b"text", "a.txt", label)


@pytest.mark.parametrize("label", ["ISO-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_latin_1_is_read_as_browsers_read_it(label: str) -> None:
    assert decode_as(b"\x93so\x94 \x96 caf\xe9", label) == "“so” – café"
