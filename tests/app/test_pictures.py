import os
import zipfile
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
