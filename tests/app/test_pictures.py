import os
import plistlib
import zipfile
from base64 import b64encode
from pathlib import Path

import pytest

from tuireader.app.pictures import MAX_BYTES, PicturePlace, place_of, read_picture
from tuireader.domain.article import Article, Picture
from tuireader.domain.errors import SourceError
from tuireader.sources.open import open_article


def article(location: object, source: str = "") -> Article:
    return Article(location=str(location), text="words", source=source)


def test_a_picture_beside_its_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "quay 1.png").write_bytes(b"picture")

    place = place_of(article(tmp_path / "page.html"), Picture(0, "page_files/quay%201.png"))

    assert read_picture(place) == b"picture"


@pytest.mark.parametrize("target", ["../secret.png", "/etc/hostname", "fifo", "none.png"])
def test_no_other_file_of_the_computer_is_read(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    os.mkfifo(folder / "fifo")

    assert place_of(article(folder / "page.html"), Picture(0, target)) == PicturePlace()


def test_a_picture_on_the_web_is_only_named() -> None:
    assert place_of(article("/a.md"), Picture(0, "https://harbour.example/q.png")) == PicturePlace(
        address="https://harbour.example/q.png"
    )
    page = article("https://harbour.example/news/1")
    assert place_of(page, Picture(0, "../q.png")).address == "https://harbour.example/q.png"
    saved = article("/none/page.html", "https://harbour.example/news/1")
    assert place_of(saved, Picture(0, "q.png")).address == "https://harbour.example/news/q.png"


def test_a_picture_in_the_page_itself_is_decoded() -> None:
    assert place_of(article("/a.html"), Picture(0, "data:image/png;base64,aGk=")).data == b"hi"
    assert place_of(article("/a.html"), Picture(0, "data:,a%20b")).data == b"a b"
    assert place_of(article("/a.html"), Picture(0, "data:image/png;base64,!")).data == b""


def test_a_picture_of_a_chapter_is_read_from_the_book(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("text/one.xhtml", "<html/>")
        book.writestr("images/quay.png", b"picture")

    place = place_of(article(f"{path}#text/one.xhtml"), Picture(0, "../images/quay.png"))

    assert read_picture(place) == b"picture"


def test_a_picture_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)

    with pytest.raises(SourceError, match="too large"):
        read_picture(PicturePlace(path=str(path)))


def test_articles_know_their_pictures_and_the_languages_of_their_code(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# Quay\n\nBefore.\n\n![The quay at dawn](quay.png)\n\nAfter.\n\n```python\nx = 1\n```\n"
    )

    found = open_article(str(path))

    (picture,) = found.pictures
    assert (picture.target, picture.description) == ("quay.png", "The quay at dawn")
    assert found.text[picture.offset :].startswith("The quay at dawn")
    (language,) = found.code_languages
    assert (language.name, found.text[language.offset :][:5]) == ("python", "x = 1")


WORDS = "<p>" + "The quay was closed at dawn, and nobody said why it was. " * 12 + "</p>"
PICTURE = bytes(range(256)) * 2
BASE64 = b64encode(PICTURE).decode()


def page(source: str) -> str:
    return (
        f"<html><head><title>Quay</title></head><body><article><h1>Quay</h1>{WORDS}"
        f'<figure><img src="{source}" alt="The quay"><figcaption>The quay at dawn.</figcaption>'
        f"</figure>{WORDS}</article></body></html>"
    )


def mhtml(source: str, head: str) -> str:
    parts = [
        "Content-Type: text/html; charset=utf-8\nContent-Location: https://harbour.example/n/1\n",
        f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n{head}\n",
    ]
    bodies = [page(source), BASE64]
    inside = "".join(f"--x\n{a}\n{b}\n" for a, b in zip(parts, bodies, strict=True))
    kind = 'multipart/related; boundary="x"; type="text/html"'
    return f"MIME-Version: 1.0\nContent-Type: {kind}\n\n{inside}--x--\n"


def shown(location: Path | str) -> bytes:
    """The bytes of the only picture of a page."""
    found = open_article(str(location))
    (picture,) = found.pictures
    return read_picture(place_of(found, picture))


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("https://img.example/q.png", "Content-Location: https://img.example/q.png\n"),
        ("../img/q%20s.png", "Content-Location: https://harbour.example/img/q%20s.png\n"),
        ("cid:q@harbour", "Content-ID: <q@harbour>\n"),
    ],
)
def test_a_picture_in_mhtml_is_read_from_the_file(tmp_path: Path, source: str, head: str) -> None:
    (tmp_path / "page.mht").write_text(mhtml(source, head))

    assert shown(tmp_path / "page.mht") == PICTURE


def test_a_picture_that_is_not_in_the_file_is_on_the_web(tmp_path: Path) -> None:
    (tmp_path / "page.mht").write_text(
        mhtml("../q.png", "Content-Location: https://harbour.example/other.png\n")
    )
    found = open_article(str(tmp_path / "page.mht"))
    place = place_of(found, found.pictures[0])

    assert read_picture(place) == b""
    assert place.address == "https://harbour.example/q.png"


def test_a_picture_in_a_web_archive_is_read_from_the_file(tmp_path: Path) -> None:
    main = {
        "WebResourceData": page("q.png").encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceURL": "https://harbour.example/n/1",
    }
    picture = {"WebResourceData": PICTURE, "WebResourceURL": "https://harbour.example/n/q.png"}
    content = {"WebMainResource": main, "WebSubresources": [picture]}
    (tmp_path / "page.webarchive").write_bytes(plistlib.dumps(content))

    assert shown(tmp_path / "page.webarchive") == PICTURE


def test_a_picture_that_a_page_was_saved_with_is_read_from_it(tmp_path: Path) -> None:
    icon = b64encode(b"icon" * 99).decode()
    saved = page(f"data:image/png;base64,{BASE64}").replace(
        "<article>", f'<div><img alt="" src="data:image/png;base64,{icon}"></div><article>'
    )
    (tmp_path / "page.html").write_text(saved)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("news/page.html", saved)

    assert shown(tmp_path / "page.html") == PICTURE
    assert shown(f"{tmp_path / 'pages.zip'}#news/page.html") == PICTURE


def test_pictures_of_pages_in_a_zip_archive_are_read_from_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("news/page.html", page("page_files/q%20s.png"))
        archive.writestr("news/page_files/q s.png", PICTURE)
        archive.writestr(
            "mail.mht",
            mhtml("https://a.example/q.png", "Content-Location: https://a.example/q.png\n"),
        )

    assert shown(f"{tmp_path / 'pages.zip'}#news/page.html") == PICTURE
    assert shown(f"{tmp_path / 'pages.zip'}#mail.mht") == PICTURE
