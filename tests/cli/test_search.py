"""Searching the library from the shell."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from cli.shell import Shell

from tuireader.app.indexed_documents import LONGEST
from tuireader.app.library_state import indexing_lock
from tuireader.domain.article import Passage
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.sources.open import open_article


@pytest.fixture
def library(shell: Shell, ferry: Path, tmp_path: Path) -> Shell:
    (tmp_path / "river.txt").write_text("The river\n\nIt rained for nine days.\n", encoding="utf-8")
    assert shell("add", ferry, tmp_path / "river.txt") == 0
    return shell


def test_an_article_is_printed_with_the_sentences_in_which_the_words_are(
    library: Shell, ferry: Path
) -> None:
    assert library("search", "noon") == 0
    assert library.out == (
        f"The ferry · 4 Sep 2024\n{ferry}\n  The boat leaves at noon.\n"
        "  “We sail at noon,” Ada Moor said on Monday.\n"
    )


def test_a_quotation_is_found_by_its_words_and_its_speaker(library: Shell) -> None:
    (hit,) = library.json("search", "speaker:moor said:sail", "--json")
    assert (hit["part"], hit["speaker"], hit["text"]) == (
        "quotation",
        "Ada Moor",
        "“We sail at noon … We always have.”",
    )
    assert [hit["text"][start:end] for start, end in hit["marks"]] == ["sail"]


def test_records_are_printed_one_a_line_or_as_a_table(library: Shell, ferry: Path) -> None:
    assert library("search", "--jsonl", "noon or rained") == 0
    records = [json.loads(line) for line in library.out.splitlines()]
    assert [record["text"] for record in records][:2] == [
        "The boat leaves at noon.",
        "“We sail at noon,” Ada Moor said on Monday.",
    ]
    assert library("search", "--csv", "boat") == 0
    (row,) = csv.DictReader(StringIO(library.out))
    assert (row["location"], row["text"]) == (str(ferry), "The boat leaves at noon.")


def test_an_article_that_is_found_without_words_is_one_record(library: Shell) -> None:
    assert [hit["part"] for hit in library.json("search", "is:unread", "--json")] == [None, None]


def test_the_number_of_articles_can_be_limited(library: Shell) -> None:
    assert len(library.json("search", "--limit", "1", "--json", "is:unread")) == 1


def test_sentences_around_are_printed_on_request(library: Shell) -> None:
    assert library("search", "--context", "1", "sail") == 0
    assert "said on Monday. “We always have.”" in library.out


def test_nothing_found_is_status_one(library: Shell) -> None:
    assert library("search", "zebra") == 1
    assert (library.out, library.err) == ("", "tuireader: No article matches zebra\n")


def test_a_wrong_query_is_status_two_and_its_place_is_marked(library: Shell) -> None:
    assert library("search", "北京 tite:foo") == 2
    assert library.err == (
        "tuireader: there is no field “tite”; did you mean “title:”?\n"
        "  北京 tite:foo\n"
        "       ^^^^\n"
    )


def test_a_changed_and_a_removed_file_are_found_as_they_are(library: Shell, ferry: Path) -> None:
    assert library("search", "noon") == 0
    ferry.write_text("The ferry\n\nIt sank at dawn.\n", encoding="utf-8")
    assert library("search", "noon") == 1
    assert library("search", "dawn") == 0


def test_while_another_process_indexes_its_state_is_searched(library: Shell, data: Path) -> None:
    assert library("search", "noon") == 0
    with indexing_lock(AppPaths.find(str(data), {})) as is_mine:
        assert is_mine
        assert library("search", "noon") == 0


def test_a_saved_search_is_part_of_a_query(library: Shell) -> None:
    assert library("lists", "add", "Boats", "ferry or boat") == 0
    found = library.json("search", "--json", "list:boats sail")
    assert {hit["title"] for hit in found} == {"The ferry"}
    assert library("search", "list:boat") == 2
    assert "there is no list “boat”; did you mean “Boats”?" in library.err


def test_the_articles_that_a_query_finds_are_listed(library: Shell, ferry: Path) -> None:
    assert [entry["location"] for entry in library.json("list", "--json", "noon")] == [str(ferry)]
    assert library("list", "title:river") == 0
    assert "The river" in library.out
    assert library("list", "zebra") == 1
    assert library("list", "(a") == 2
    assert library("list", "--opml", "a") == 2


def test_it_is_told_that_the_end_of_a_long_text_is_not_searched(
    library: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"A long text\n\n{'Waves. ' * (LONGEST // 7)}Driftwood.\n", encoding="utf-8")
    assert library("add", path) == 0
    for words in (("search", "noon"), ("list", "noon"), ("search", "driftwood")):
        library(*words)
        assert "1 text in your library is longer than 4,000,000 characters" in library.err
    assert library("search", "noon", "--quiet") == 0
    assert library.err == ""
    assert library("list", "is:unread") == 0
    assert library.err == ""


def test_a_listing_tells_the_star_and_the_tags(library: Shell, ferry: Path) -> None:
    assert library("star", ferry) == library("tag", "sea", ferry) == 0
    assert library("list", "noon") == 0
    assert library.out.endswith(f" · starred · #sea · {ferry}\n")


def test_a_tag_with_a_space_is_found_as_it_is_listed(library: Shell, ferry: Path) -> None:
    assert library("tag", "high tide", ferry) == 0
    assert library("list", '#"high tide"') == 0
    assert library.out.endswith(f' · #"high tide" · {ferry}\n')
    assert library("list", 'tag:sea,"high tide"') == 0
    assert library("list", 'noon -#"high tide"') == 1


def test_a_listing_is_the_same_whether_it_comes_from_the_index_or_from_the_files(
    library: Shell, ferry: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_text(ferry.read_text(encoding="utf-8"), encoding="utf-8")
    assert library("add", tmp_path / "copy.txt") == 0
    assert library("list") == 0
    read = library.out
    first, second = (library.json("list", "--json") for _ in range(2))
    assert first == second
    assert library("list") == 0
    assert library.out == read
    ferry.write_text("A new title\n\nIt sank.\n", encoding="utf-8")
    assert "A new title" in {entry["title"] for entry in library.json("list", "--json")}
    assert library("list") == 0
    assert "A new title" in library.out


def test_an_empty_library_is_told(shell: Shell) -> None:
    assert shell("search", "ferry") == 1
    assert "The library is empty." in shell.err


def test_quotations_and_speakers_of_the_library_are_printed_without_a_source(
    library: Shell,
) -> None:
    assert {quote["speaker"] for quote in library.json("quotes", "--json")} == {"Ada Moor"}
    assert library.json("speakers", "--json")[0]["quotes"] == 1
    assert library("quotes", "--json", "--query", "title:river") == 1
    assert library.out == "[]\n"
    assert len(library.json("quotes", "--json", "--query", "title:ferry")) == 1
    assert library("quotes", "--query", "zebra") == 1
    assert library("speakers", "--query", "(a") == 2


@pytest.mark.parametrize("command", ["quotes", "speakers"])
def test_a_query_selects_among_the_articles_of_the_sources_that_are_named(
    library: Shell, ferry: Path, tmp_path: Path, command: str
) -> None:
    assert len(library.json(command, "--json", ferry, "--query", "noon")) == 1
    assert library(command, ferry, "--query", "rained") == 1
    assert library.err == "tuireader: No article of these sources matches rained\n"
    assert library(command, tmp_path / "elsewhere.txt", "--query", "noon") == 1
    assert "not in your library" in library.err
    assert library(command, ferry, "--query", "(a") == 2


def test_notes_are_printed_of_the_articles_that_a_query_finds(
    library: Shell, ferry: Path, data: Path
) -> None:
    article = open_article(str(ferry))
    with Notebook.open(data) as notebook:
        notebook.bookmarks.keep(article, Passage(11, 20), note="Ask")
    assert len(library.json("notes", "--json", "--query", "noon")) == 1
    assert library("notes", "--json", "--query", "title:river") == 1
    assert library.out == "[]\n"


def test_a_search_finds_what_has_changed_since_the_last_one(
    library: Shell, ferry: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "one.txt").write_text("One\n\nThe lighthouse.\n", encoding="utf-8")
    library("add", folder)
    assert library("search", "lighthouse") == 0
    assert library("search", "lighthouse") == 0
    (folder / "two.txt").write_text("Two\n\nThe signalman.\n", encoding="utf-8")
    assert library("search", "signalman") == 0
    (folder / "one.txt").unlink()
    assert library("search", "lighthouse") == 1
    library("tag", "Boats", ferry)
    assert library("search", "#boats") == 0
    library("remove", folder)
    assert library("search", "signalman") == 1
