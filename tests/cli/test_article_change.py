import json
from pathlib import Path
from typing import Any

import pytest
from cli.shell import ARTICLE, Shell

from tuireader.notebook.notebook import Notebook


@pytest.fixture
def texts(shell: Shell, tmp_path: Path) -> Path:
    """A folder of two articles in the library."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(ARTICLE, encoding="utf-8")
    assert shell("add", folder) == 0
    return folder


def listed(shell: Shell, *words: str) -> dict[str, Any]:
    return {Path(entry["location"]).name: entry for entry in shell.json("list", "--json", *words)}


def test_articles_are_marked_as_read_and_unread(shell: Shell, texts: Path) -> None:
    assert shell("mark", "read", texts) == 0
    assert shell.out == "2 articles marked as read.\n"
    assert {entry["state"] for entry in listed(shell).values()} == {"read"}
    assert shell("mark", "unread", texts / "one.txt") == 0
    assert listed(shell)["one.txt"]["state"] == "new"
    assert shell("mark", "read", texts) == 0
    assert shell.out == "1 article marked as read, 1 unchanged.\n"


def test_articles_are_starred_and_unstarred(shell: Shell, texts: Path) -> None:
    assert shell("star", texts / "one.txt") == 0
    assert [name for name, entry in listed(shell).items() if entry["starred"]] == ["one.txt"]
    assert shell("unstar", texts) == 0
    assert shell.out == "1 article unstarred, 1 unchanged.\n"


def test_articles_are_tagged_and_untagged(shell: Shell, texts: Path) -> None:
    assert shell("tag", "high tide,sea", texts / "one.txt") == 0
    assert listed(shell)["one.txt"]["tags"] == ["high tide", "sea"]
    assert shell("untag", "SEA", texts) == 0
    assert listed(shell)["one.txt"]["tags"] == ["high tide"]
    assert shell("tag", " , ", texts) == 2
    assert "is not a tag" in shell.err


def test_an_article_that_is_only_tagged_has_no_bookmark(shell: Shell, texts: Path) -> None:
    assert shell("tag", "sea", texts) == 0
    for query in ("is:kept", "has:bookmark", "notes:1"):
        assert shell("list", query) == 1, query
    assert len(listed(shell, "is:tagged notes:0")) == 2
    assert {entry["kept"] for entry in listed(shell).values()} == {0}
    assert shell("untag", "sea", texts) == 0
    assert shell("list", "is:tagged") == 1


def test_a_tagged_article_is_cited_with_its_author_and_no_folder_is_its_journal(
    shell: Shell, texts: Path
) -> None:
    signed = texts / "signed.txt"
    signed.write_text("The harbour\n\nBy Jane Holt\n\n" + ARTICLE.partition("ferry\n\n")[2])
    assert shell("tag", "sea", signed) == 0
    [note] = shell.json("notes", "--json")
    assert (note["author"], note["outlet"]) == ("Jane Holt", None)
    assert shell("notes", "--bibtex") == 0
    assert "author = {Jane Holt}" in shell.out
    assert "journal" not in shell.out


def test_a_tagged_article_whose_file_is_gone_keeps_what_the_list_knows(
    shell: Shell, texts: Path
) -> None:
    (texts / "one.txt").unlink()
    assert shell("tag", "sea", texts / "one.txt") == 0
    assert listed(shell)["one.txt"]["tags"] == ["sea"]


@pytest.mark.parametrize("words", [("star",), ("mark", "read"), ("tag", "sea"), ("remove",)])
def test_what_is_not_in_the_library_is_reported(
    shell: Shell, texts: Path, ferry: Path, words: tuple[str, ...]
) -> None:
    assert shell(*words, ferry) == 1
    assert (shell.out, shell.err) == ("", f"tuireader: {ferry}: not in your library\n")
    assert shell(*words, ferry, texts / "one.txt") == 1
    assert shell.out.startswith("1 article ")


def test_removing_an_article_of_a_folder_hides_it(shell: Shell, texts: Path, data: Path) -> None:
    assert shell("remove", texts / "one.txt") == 0
    assert shell.out == "1 article hidden.\n"
    assert listed(shell).keys() == {"two.txt"}
    assert listed(shell, "--hidden").keys() == {"one.txt"}
    with Notebook.open(data) as notebook:
        assert notebook.undo() == "hid “The ferry”"
    assert listed(shell).keys() == {"one.txt", "two.txt"}


def test_removing_a_source_removes_all_its_articles(shell: Shell, texts: Path) -> None:
    assert shell("remove", texts) == 0
    assert shell.out == "1 source removed.\n"
    assert listed(shell) == {}
    assert texts.exists()


def test_an_article_whose_file_is_gone_can_still_be_marked(shell: Shell, texts: Path) -> None:
    (texts / "one.txt").unlink()
    assert shell("mark", "read", texts / "one.txt") == 0


def test_the_articles_that_match_a_query_are_changed(shell: Shell, texts: Path) -> None:
    assert shell("tag", "sea", texts / "one.txt") == 0
    assert shell("star", "--query", "tag:sea") == 0
    assert shell.out == "1 article starred.\n"
    assert [name for name, entry in listed(shell).items() if entry["starred"]] == ["one.txt"]
    assert shell("mark", "read", "--query", "is:starred", texts / "two.txt") == 1
    assert shell.err == "tuireader: No article matches the query.\n"
    assert shell("star", "--query", "is:nonsense") == 2
    assert shell("star") == 2
    assert "Name a SOURCE" in shell.err


def test_the_articles_that_a_query_finds_are_removed(shell: Shell, texts: Path) -> None:
    shell("star", texts / "one.txt")
    assert shell("remove", "--query", "is:starred") == 0
    assert shell.out == "1 article hidden.\n"
    assert set(listed(shell)) == {"two.txt"}
    assert shell("remove", "--query", "tag:none") == 1
    assert shell.err == "tuireader: No article matches tag:none\n"
    assert shell("remove") == 2


def test_notes_are_printed_of_some_sources_or_articles(shell: Shell, texts: Path) -> None:
    for name in ("one", "two"):
        shell("tag", name, texts / f"{name}.txt")
    assert shell("notes", texts / "two.txt") == 0
    assert ("#two" in shell.out, "#one" in shell.out) == (True, False)
    assert shell("notes", texts) == 0
    assert "#one" in shell.out
    assert shell("notes", texts / "two.txt", "--query", "#one") == 1
    assert shell.err == "tuireader: No bookmark or note is on these articles.\n"
    assert shell("notes", "elsewhere.txt") == 1
    assert "not in your library" in shell.err


def test_the_records_of_some_articles_are_exported_and_come_back(
    shell: Shell, texts: Path, tmp_path: Path
) -> None:
    shell("star", texts / "one.txt")
    shell("tag", "sea", texts / "one.txt")
    shell("tag", "boats", texts / "two.txt")
    file = tmp_path / "starred.json"
    assert shell("export", file, "--query", "is:starred") == 0
    assert shell.out == f"Wrote 2 records to {file}.\n"
    tables = json.loads(file.read_bytes())
    assert set(tables) == {"bookmarks", "readings"}
    assert [mark["tags"] for mark in tables["bookmarks"].values()] == [["sea"]]
    assert shell("export", tmp_path / "two.json", texts / "two.txt") == 0
    assert shell("export", tmp_path / "none.json", "--query", "date:1901") == 1
    assert not (tmp_path / "none.json").exists()
    assert shell("import", "--yes", file, "--data-dir", tmp_path / "other") == 0


def test_the_articles_of_notes_are_exported_as_references(
    shell: Shell, texts: Path, tmp_path: Path
) -> None:
    shell("tag", "sea", texts / "one.txt")
    shell("tag", "boats", texts / "two.txt")
    assert shell("export", "--to", "bibtex") == 0
    assert shell.out.count("@misc{") == 2
    assert "keywords = {boats}," in shell.out
    file = tmp_path / "cited.json"
    assert shell("export", "--to", "csl", file, texts / "one.txt") == 0
    assert shell.out == f"Wrote 1 tagged article to {file}.\n"
    assert [item["keyword"] for item in json.loads(file.read_bytes())] == ["sea"]
    assert shell("export", "--to", "csl", file) == 1
    assert "already exists" in shell.err
    assert shell("export", "--to", "bibtex", "-", texts / "two.txt") == 0
    assert shell.out.count("@misc{") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Missing argument 'FILE'"),
        (("--tinydb", "--to", "bibtex"), "exclude each other"),
        (("--to", "ris"), "'ris' is not one of"),
    ],
)
def test_an_export_that_cannot_be_is_a_usage_error(
    shell: Shell, words: tuple[str, ...], told: str
) -> None:
    assert shell("export", *words) == 2
    assert told in shell.err


@pytest.mark.parametrize("command", ["quotes", "speakers"])
def test_articles_without_a_quotation_match_nothing(
    shell: Shell, texts: Path, command: str
) -> None:
    (texts / "three.txt").write_text("Nobody speaks in the fog here.\n", encoding="utf-8")
    assert shell(command, "--query", "fog") == 1
    assert (shell.out, shell.err) == ("", "tuireader: No quotations in these articles.\n")
    assert shell(command, "--query", "noon") == 0
    assert "Ada Moor" in shell.out


def test_an_article_whose_file_is_missing_stays_listed(shell: Shell, texts: Path) -> None:
    shell("star", texts / "one.txt")
    (texts / "one.txt").unlink()
    (texts / "two.txt").unlink()
    (entry,) = listed(shell).values()
    assert (entry["starred"], entry["problem"]) == (True, "No such file or folder")
    assert shell("list") == 0
    assert shell.out.count("one.txt") == 2
    assert "two.txt" not in shell.out
