from pathlib import Path

import pytest

from tuireader.sources.open import open_article, open_head, read_list_entry
from tuireader.sources.reading_options import FileEncodings, ReadingOptions

POLISH = "Mały żółw idzie.\n"


def test_a_chosen_encoding_is_remembered_and_forgotten(tmp_path: Path) -> None:
    store = tmp_path / "data" / "encodings.json"
    FileEncodings(store).choose("/shelf/a.txt", "cp1250")
    known = FileEncodings(store)
    assert known.get("/shelf/a.txt") == "cp1250"
    assert not known.get("/shelf/b.txt")
    FileEncodings(store).choose("/shelf/a.txt", "")
    assert not known.get("/shelf/a.txt")


@pytest.mark.parametrize("damaged", ["", "[]", '{"/shelf/a.txt": 5}', "[" * 5_000, "\xff"])
def test_a_damaged_store_holds_no_choices(tmp_path: Path, damaged: str) -> None:
    store = tmp_path / "encodings.json"
    store.write_text(damaged, encoding="latin-1")
    assert not FileEncodings(store).get("/shelf/a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.org"])
def test_files_of_each_kind_are_read_in_the_chosen_encoding(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = f"<html><body><p>{POLISH}</p></body></html>" if name == "a.html" else POLISH
    path.write_bytes(text.encode("cp852"))
    options = ReadingOptions("cp852")
    assert POLISH.strip() in open_article(str(path), options=options).text
    assert POLISH.strip() in open_head(str(path), options=options).text


def test_a_list_shows_titles_in_the_chosen_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(POLISH.encode("cp852"))
    assert read_list_entry(str(path), "cp852").title == POLISH.strip()
