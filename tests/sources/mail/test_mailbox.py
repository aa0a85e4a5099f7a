from pathlib import Path

import pytest

from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.open import (
    article_locations,
    open_article,
    open_whole_page,
    read_list_entry,
)

LETTER = (
    "Subject: Letter {n}\nFrom: Ada <ada@a.example>\nDate: Fri, 1 Mar 2024 10:11:12 +0000\n"
    "Message-ID: <{n}@a.example>\nMIME-Version: 1.0\n\nDear Bob,\n\n"
    ">From here it is far. No. {n}.\n\nFrom the quay\n"
)


def mailbox(path: Path, *numbers: int) -> str:
    start = "From ada@a.example Fri Mar  1 10:11:12 2024\n"
    path.write_text("".join(f"{start}{LETTER.format(n=n)}\n" for n in numbers), "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["a.mbox", "Inbox"])
def test_each_letter_of_a_mailbox_is_an_article(tmp_path: Path, name: str) -> None:
    locations = list(article_locations(mailbox(tmp_path / name, 1, 2, 2)))
    assert len(set(locations)) == 3
    for number, location in zip((1, 2, 2), locations, strict=True):
        entry, article = read_list_entry(location), open_article(location)
        assert entry.title == article.title == f"Letter {number}"
        assert (entry.outlet, entry.date) == (article.outlet, article.date)
        assert article.text == (f"Dear Bob,\n\nFrom here it is far. No. {number}.\n\nFrom the quay")


def test_ids_of_letters_do_not_change_when_others_are_removed(tmp_path: Path) -> None:
    before = list(article_locations(mailbox(tmp_path / "a.mbox", 1, 2)))
    after = list(article_locations(mailbox(tmp_path / "a.mbox", 2, 3)))
    assert before[1] == after[0]


def test_attachments_that_can_be_read_are_articles_beside_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(
        "Subject: Papers\nFrom: Ada <a@a.example>\nDate: Fri, 1 Mar 2024 10:11:12 +0000\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSee the papers.\n"
        "--b\nContent-Type: image/png; name=a.png\n\nx\n"
        "--b\nContent-Type: text/markdown\nContent-Disposition: attachment; filename=a.md\n\n"
        "# A paper\n\nWords.\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: Inner\nFrom: Bob\n\nForwarded.\n--b--\n",
        "utf-8",
    )
    letter, paper, inner = article_locations(str(path))
    assert open_article(letter).text == "See the papers."
    assert open_article(paper).text == "A paper\n\nWords."
    assert open_article(paper).outlet == "Ada"
    assert (open_article(inner).title, read_list_entry(inner).outlet) == ("Inner", "Bob")
    with pytest.raises(SourceNotFoundError):
        open_article(f"{path}#letter/9")
    with pytest.raises(SourceError):
        open_article(f"{path}#letter/1")


def test_all_of_a_newsletter_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(
        "Subject: S\nFrom: A\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>All of it.</p>"
    )
    (location,) = article_locations(str(path))
    assert open_whole_page(location).text == "All of it."


def test_a_letter_that_apple_mail_has_stored_is_read(tmp_path: Path) -> None:
    message = LETTER.format(n=1).encode()
    path = tmp_path / "1.emlx"
    path.write_bytes(b"%-10d\n" % len(message) + message + b"<?xml version='1.0'?><plist/>")
    (location,) = article_locations(str(path))
    assert open_article(location).title == "Letter 1"
    assert "plist" not in open_article(location).text
