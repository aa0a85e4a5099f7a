import base64
import datetime as dt
from contextlib import suppress

import pytest

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.mail.letter import letter_article, parse_letter
from tuireader.sources.mail.mime import decoded

HEAD = (
    "Subject: The Morning: What we know =?utf-8?b?4oCU?= so far\n"
    'From: "Newsletter, The" <n@a.example>\nTo: me@b.example\n'
    "Date: Fri, 01 Mar 2024 23:11:12 -0800\nMIME-Version: 1.0\n"
)


def letter(content: str, head: str = HEAD) -> Article:
    return letter_article(parse_letter((head + content).encode(), "a.eml"), "a.eml")


def alternatives(*parts: str, boundary: str = "b", kind: str = "alternative") -> str:
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inside}--{boundary}--\n'


HTML = (
    "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "<h1>The Morning</h1><p>Good morning.</p><p>51 to 49,=\n =E2=80=9Ca close one=E2=80=9D.</p>"
)
PLAIN = "Content-Type: text/plain; charset=utf-8\n\nGood morning in plain text."


def test_a_letter_is_an_article() -> None:
    article = letter(alternatives(PLAIN, HTML))
    assert article.title == "The Morning: What we know — so far"
    assert (article.outlet, article.date) == ("Newsletter, The", dt.date(2024, 3, 1))
    assert article.text == "The Morning\n\nGood morning.\n\n51 to 49, “a close one”."


def test_html_inside_of_related_parts_is_preferred_to_the_text() -> None:
    related = alternatives(HTML, "Content-Type: image/png\n\nx", boundary="r", kind="related")
    assert "“a close one”" in letter(alternatives(PLAIN, related)).text


def test_a_text_keeps_its_first_lines_and_quotations() -> None:
    text = "Date: 3 July 2001\nBy Ann Moor\n\nHello.\n\n> Who?\n> Me."
    found = letter(f"Content-Type: text/plain\n\n{text}").text
    for words in ("Date: 3 July 2001", "By Ann Moor", "Hello.", "Who?"):
        assert words in found


def test_flowed_lines_are_joined() -> None:
    head = HEAD + "Content-Type: text/plain; format=flowed; delsp=no\n\n"
    assert letter("One \ntwo\nthree.\n\n-- \nAda", head).text.startswith("One two\nthree.")


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "nonsense"])
def test_the_charset_of_a_part_counts(charset: str) -> None:
    codec = "utf-8" if charset == "utf-8" else "cp1252"
    body = base64.b64encode("Café “oui”".encode(codec)).decode()
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    assert letter(head + body).text == "Café “oui”"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?Q?caf=C3=A9?= =?utf-8?Q?_noir?=", "café noir"),
        ("=?iso-8859-1?q?Z=FCrich?= now", "Zürich now"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?nonsense?q?a=E9?=", "a\ufffd"),
        ("plain", "plain"),
    ],
)
def test_headers_are_decoded(value: str, text: str) -> None:
    assert decoded(value) == text


def test_a_letter_without_a_text_shows_its_subject() -> None:
    assert letter("\n").text == "The Morning: What we know — so far"


def test_all_paragraphs_of_a_newsletter_are_shown() -> None:
    words = "".join(
        f"<p>Paragraph {n} of the letter, which is as long as those of newspapers are.</p>"
        for n in range(40)
    )
    found = letter(f"Content-Type: text/html\n\n<html><body>{words}</body></html>")
    assert all(f"Paragraph {n} " in found.text for n in range(40))


def test_words_that_mail_programs_do_not_show_are_left_out() -> None:
    html = (
        '<div style="display: none;max-height:0">Preview</div>Before<p>Shown <span'
        ' style="color:red;Display:None">hidden</span>words.</p>'
    )
    assert letter(f"Content-Type: text/html\n\n{html}").text == "Before\n\nShown words."


def nested(depth: int) -> bytes:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return (HEAD + head + "Content-Type: text/plain\n\ndeep").encode()


def test_parts_in_parts_are_read_up_to_a_depth() -> None:
    assert "deep" in letter_article(parse_letter(nested(5), "a"), "a").text
    for depth in (100, 20_000):
        with pytest.raises(SourceError, match="nested too deeply"):
            parse_letter(nested(depth), "a")


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 100_000,
        b"Content-Type: multipart/mixed\n\n" + b"--\n" * 100_000,
        b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\n\nx",
        b"From: " + b'"<(' * 50_000 + b"\n\nx",
        b"Content-Type: text/plain" + b"; a=b" * 30_000 + b"\n\nx",
        b"a:" * 200_000,
        b"\n" * 200_000,
        b"",
    ],
)
def test_hostile_letters_are_read_or_refused(data: bytes) -> None:
    with suppress(SourceError):
        letter_article(parse_letter(data, "a"), "a")
