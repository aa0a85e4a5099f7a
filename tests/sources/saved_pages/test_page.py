import gzip
import plistlib
import zipfile
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources import gzip_file
from tuireader.sources.open import (
    article_locations,
    open_article,
    open_whole_page,
    read_list_entry,
)
from tuireader.sources.saved_pages import zipped
from tuireader.sources.saved_pages.page import saved_address

WORDS = (
    "<p>The ferry left the harbour an hour late, and nobody on the quay had been told why.</p>"
    "<p>“We were promised a second boat,” said Marta Lindqvist, who runs the bakery on the far"
    " island. “Now it is autumn and we still have half a boat.”</p>"
)
PAGE = f"<html><head><title>Late ferry</title></head><body><article>{WORDS}</article></body></html>"
ADDRESS = "https://a.example/x"


def opened(path: Path, data: bytes) -> Article:
    path.write_bytes(data)
    (location,) = article_locations(str(path))
    assert read_list_entry(location).title == open_article(location).title
    return open_article(location)


def mhtml(html: str = PAGE, charset: str = "utf-8") -> bytes:
    head = (
        "From: <Saved by Blink>\nSubject: Late ferry\nDate: Fri, 1 Mar 2024 10:11:12 -0000\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="-b-"\n\n'
        "---b-\nContent-Type: text/css\nContent-Location: https://a.example/c.css\n\np {}\n"
        f"---b-\nContent-Type: text/html; charset={charset}\nContent-Location: {ADDRESS}\n\n"
    )
    return head.encode() + html.encode(charset) + b"\n---b---\n"


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.unknown"])
def test_the_page_of_mhtml_is_the_article_of_its_address(tmp_path: Path, name: str) -> None:
    article = opened(tmp_path / name, mhtml())
    assert "half a boat.”" in article.text
    assert (article.title, article.source, article.date) == ("Late ferry", ADDRESS, None)


def test_the_charset_of_the_part_counts(tmp_path: Path) -> None:
    page = PAGE.replace("“", "").replace("”", "").replace("ferry", "паром")
    assert "паром" in opened(tmp_path / "a.mht", mhtml(page, "koi8-r")).text


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_page_of_a_web_archive_is_read(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": ADDRESS,
    }
    data = plistlib.dumps({"WebMainResource": main}, fmt=form)
    article = opened(tmp_path / "a.webarchive", data)
    assert "half a boat.”" in article.text
    assert article.source == ADDRESS


@pytest.mark.parametrize(
    "comment",
    [
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Fri Mar 01 2024\n-->",
        f"<!-- saved from url=(0019){ADDRESS} -->",
    ],
)
def test_a_page_that_a_browser_has_saved_is_of_its_address(tmp_path: Path, comment: str) -> None:
    pixels = "A" * 25_000_000
    picture = f'<img src="data:image/png;base64,{pixels}">'
    page = f"<!DOCTYPE html> <html>{comment}{PAGE[6:]}".replace(
        "</article>", f"{picture}</article>"
    )
    article = opened(tmp_path / "a.html", page.encode())
    assert article.source == ADDRESS
    assert "half a boat" in open_whole_page(str(tmp_path / "a.html")).text


def test_only_web_addresses_are_taken_from_comments() -> None:
    assert saved_address(b"<!-- saved from url=(0010)file:///etc/passwd -->") == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n"),
        ("a.webarchive", b"bplist00" + b"\xd1\x01\x02" * 400),
        ("a.webarchive", b"<?xml version='1.0'?><plist><dict>" * 3_000),
        ("a.webarchive", plistlib.dumps({"WebMainResource": 1})),
        ("a.webarchive", plistlib.dumps([[]])),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError):
        open_article(str(path))
    assert read_list_entry(str(path)).problem


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt.gz", "A text of words."), ("a.html.gz", PAGE), ("a.md.gz", "# Title\n\nWords.")],
)
def test_compressed_files_are_read_as_what_is_in_them(tmp_path: Path, name: str, text: str) -> None:
    half = len(text) // 2
    data = gzip.compress(text[:half].encode()) + gzip.compress(text[half:].encode()) + b"\0" * 9
    article = opened(tmp_path / name, data)
    assert article.text.split()[-1] in {"words.", "boat.”", "Words."}
    assert list(article_locations(str(tmp_path))) == [str(tmp_path / name)]


def test_a_compressed_mailbox_is_a_mailbox(tmp_path: Path) -> None:
    letter = "From a Fri\nSubject: S\nFrom: A\nDate: d\nMessage-ID: <{}@a>\n\nWords {}.\n\n"
    path = tmp_path / "a.mbox.gz"
    path.write_bytes(gzip.compress("".join(letter.format(n, n) for n in range(3)).encode()))
    assert [open_article(place).text for place in article_locations(str(path))] == [
        f"Words {n}." for n in range(3)
    ]


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_file, "LARGEST_EXPANDED", 1_000_000)
    path = tmp_path / "a.txt.gz"
    for data in (b"a" * 5_000_000, gzip.compress(b"a" * 900_000) * 3):
        path.write_bytes(gzip.compress(data) if data[:1] == b"a" else data)
        with pytest.raises(SourceError, match="expanded"):
            open_article(str(path))
    monkeypatch.setattr(zipped, "LARGEST_ARCHIVE", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 5_000_000)
    with pytest.raises(SourceError, match="expanded"):
        list(article_locations(str(tmp_path / "a.zip")))


@pytest.mark.parametrize(
    "data", [b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\0damaged", b"no gzip at all"]
)
def test_damaged_compressed_files_do_no_harm(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    entry = read_list_entry(str(tmp_path / "a.txt.gz"))
    assert entry.problem or entry.title == "no gzip at all"


def test_each_page_of_a_zip_archive_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/page 10.html", PAGE)
        archive.writestr("b/page 9.txt", "Words of a text.")
        archive.writestr("b/page_files/frame.html", PAGE)
        archive.writestr("__MACOSX/b/page.html", PAGE)
        archive.writestr("b/picture.png", b"x")
    text, page = article_locations(str(path))
    assert [text, page] == [f"{path}#b/page 9.txt", f"{path}#b/page 10.html"]
    assert open_article(text).text == "Words of a text."
    assert read_list_entry(page).title == "Late ferry"
    for name in ("b/picture.png", "../x.txt", "b/page_files/frame.html"):
        with pytest.raises(SourceNotFoundError):
            open_article(f"{path}#{name}")


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.png", b"x")
    with pytest.raises(SourceError, match="no pages"):
        list(article_locations(str(tmp_path / "a.zip")))
