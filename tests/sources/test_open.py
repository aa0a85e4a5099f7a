import os
import subprocess
import sys
from pathlib import Path

import pytest

from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources import containers
from tuireader.sources.files import MAX_FILE_SIZE
from tuireader.sources.filetype import SEVERAL
from tuireader.sources.open import (
    article_locations,
    open_article,
    open_head,
    read_list_entry,
)

SLOW = {
    *("markdown_it", "json", "unicodedata", "tinydb", "sqlite3", "textual", "asyncio"),
    *("lxml", "msgspec", "trafilatura", "urllib3", "pypdfium2", "warcio", "zipfile", "csv"),
}


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_a_folder_and_a_collection_name_their_articles(tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt", "words")
    collection = write(
        tmp_path / "b.jsonl", '{"id": "x", "text": "one"}\n{"id": "y", "text": "2"}\n'
    )
    members = [f"{collection}#x", f"{collection}#y"]
    assert list(article_locations(text)) == [text]
    assert list(article_locations(collection)) == members
    assert list(article_locations(str(tmp_path))) == [text, *members]
    assert list(article_locations(members[0])) == members[:1]
    assert open_article(members[1]).text == "2"
    assert read_list_entry(members[0]).outlet == "b"


def test_nothing_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="No such file or folder"):
        list(article_locations(str(tmp_path / "no.txt")))
    with pytest.raises(SourceNotFoundError):
        open_article(str(tmp_path / "no.txt"))
    assert read_list_entry(str(tmp_path / "no.txt")).problem == "No such file or folder"


@pytest.mark.parametrize("name", ["a.mobi", "a.azw3", "a.doc", "a.png"])
def test_other_kinds_are_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="this file type is not supported"):
        open_article(write(tmp_path / name, "x"))


def test_a_file_of_unknown_kind_is_shown_with_a_word_about_it(tmp_path: Path) -> None:
    article = open_article(write(tmp_path / "a.xyz", "Some words."))
    assert article.text == "Some words."
    assert article.notices == (".xyz files are of no known kind. It is shown as plain text.",)
    assert not open_article(write(tmp_path / "a.txt", "Some words.")).notices


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.txt", "a.xml"])
def test_a_page_is_known_by_its_first_bytes_under_any_name(tmp_path: Path, name: str) -> None:
    page = "<!DOCTYPE html><html><body><p>Some words of the page.</p></body></html>"
    assert "<p>" not in open_article(write(tmp_path / name, page)).text


def test_a_kindle_book_is_refused_with_advice_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "book"
    path.write_bytes(bytes(60) + b"BOOKMOBI" + bytes(900))
    with pytest.raises(SourceError, match="convert it to EPUB first"):
        open_article(str(path))


@pytest.mark.parametrize("start", [b"BZh91AY&SY", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c"])
def test_other_archives_are_not_shown_as_text(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.txt.bz2"
    path.write_bytes(start + b"words")
    with pytest.raises(SourceError, match="unpack it first"):
        open_article(str(path))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="not a file"):
        open_article(str(tmp_path / "pipe.txt"))


def test_a_file_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_SIZE + 1_000_000)
    with pytest.raises(SourceError, match="201 MB"):
        open_article(str(path))
    assert "201 MB" in read_list_entry(str(path)).problem


def test_a_list_line_has_title_outlet_and_date(tmp_path: Path) -> None:
    shelf = tmp_path / "Harbour News"
    shelf.mkdir()
    entry = read_list_entry(write(shelf / "a.txt", " date 2024-09-04\nThe pier\n\nText goes on."))
    assert (entry.title, entry.outlet, str(entry.date)) == (
        "The pier",
        "Harbour News",
        "2024-09-04",
    )
    entry = read_list_entry(
        write(shelf / "b.md", "# The *old* [pier](x)\n\nBy Ida Brand, The Echo\n")
    )
    assert (entry.title, entry.outlet) == ("The old pier", "The Echo")


def test_the_line_in_the_list_says_what_the_article_says(tmp_path: Path) -> None:
    for name, text in {
        "a.txt": "The pier\n\nIt is old.",
        "b.md": "Some *text* here. More.",
    }.items():
        location = write(tmp_path / name, text)
        assert read_list_entry(location).title == open_article(location).title


def test_a_name_that_is_not_utf8_opens_and_is_shown_with_a_replacement(tmp_path: Path) -> None:
    location = os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.txt")
    with open(location, "wb"):  # noqa: PTH123 - no Path can be shown safely
        pass
    assert open_article(location).location == location
    assert read_list_entry(location).title == "x\ufffd"


def test_a_long_text_has_a_head_and_a_short_one_comes_whole(tmp_path: Path) -> None:
    long = write(tmp_path / "long.txt", "A paragraph of the long text.\n\n" * 20_000)
    head = open_head(long)
    assert not head.complete
    assert open_article(long).text.startswith(head.text)
    short = write(tmp_path / "short.txt", "All of it.")
    assert open_head(short) == open_article(short)


def test_reading_can_be_cancelled_between_chunks(tmp_path: Path) -> None:
    location = write(tmp_path / "long.txt", "A paragraph of the long text.\n\n" * 20_000)

    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_article(location, cancel)


def test_opening_a_text_imports_nothing_slow(tmp_path: Path) -> None:
    location = write(tmp_path / "a.txt", "The pier\n\nIt is “old”.")
    code = (
        "import sys; from tuireader.sources.open import open_head, read_list_entry\n"
        f"open_head({location!r}); read_list_entry({location!r}); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert SLOW.isdisjoint(done.stdout.split())


def test_each_type_of_container_can_be_read() -> None:
    assert containers._CONTAINERS.keys() == SEVERAL
