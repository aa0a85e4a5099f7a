"""What tuireader wrote itself is never read as an article, wherever it lies."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.domain.article import Passage
from tuireader.exporters.note_formats import NOTE_FORMATS
from tuireader.notebook.journal.line_format import OPENING
from tuireader.notebook.notebook import FILE, Notebook
from tuireader.sources.open import article_locations, open_article
from tuireader.sources.own_exports import JOURNAL_NAME, JOURNAL_OPENING

TEXT = "The late ferry\n\n“We were promised a second boat,” said Marta Lindqvist.\n"
EXPORTS = {
    **{f"notes-1.{each.extension}": ("notes", f"--{each.name}") for each in NOTE_FORMATS},
    "notes.md": ("notes", "--markdown"),
    "notes.txt": ("notes", "--markdown"),
    "notes": ("notes", "--markdown"),
    "notes.jsonl": ("notes", "--jsonl"),
    "notes.json": ("notes", "--json"),
    "list.jsonl": ("notes", "--json"),
    "quotes.jsonl": ("quotes", "--jsonl", "ferry.txt"),
    "quotes.json": ("quotes", "--json", "ferry.txt"),
}
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles in which the data folder lies too; a passage and a note are kept."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "ferry.txt").write_text(TEXT, encoding="utf-8")
    article = open_article(str(folder / "ferry.txt"))
    with Notebook.open(folder / "data") as notebook:
        notebook.bookmarks.keep(article, Passage(16, 48), note="Which?", tags=["sea"])
        notebook.bookmarks.keep(article, None, note="Ask the company.")
        notebook.drafts.save("key", "a draft")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def shell(library: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*words: str, data: str = "data") -> tuple[int, str, str]:
        status = main(["--data-dir", str(library / data), *words])
        return status, *capsys.readouterr()

    return run


def exported(shell: Shell, name: str) -> Path:
    """A file written in the current folder, as the shell's redirection does."""
    path = Path(name)
    path.write_text(shell(*EXPORTS[name])[1], encoding="utf-8")
    return path


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_in_the_library_is_no_article(shell: Shell, library: Path, name: str) -> None:
    exported(shell, name)
    shell("add", ".", data="other")
    listed = json.loads(shell("list", "--json", data="other")[1])
    readable = [entry["location"] for entry in listed if not entry["problem"]]
    assert readable == [str(library / "ferry.txt")]


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_is_named_says_in_one_sentence_what_it_is(shell: Shell, name: str) -> None:
    exported(shell, name)
    for command in ("add", "show", "quotes"):
        status, _, said = shell(command, name, data="other")
        assert status == 1
        assert said.count("\n") == 1
        assert "it is an export of tuireader" in said


def test_a_shell_that_writes_utf16_changes_nothing(shell: Shell) -> None:
    path = exported(shell, "notes.md")
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
    assert "it is an export of tuireader" in shell("add", "notes.md")[2]


def test_the_data_folder_in_the_library_holds_no_articles(library: Path) -> None:
    (library / "data" / "stdin").mkdir()
    (library / "data" / "stdin" / "2026-01-02-abc.txt").write_text(TEXT, encoding="utf-8")
    (library / "data" / "mine.txt").write_text("An article beside the notebook.", encoding="utf-8")
    assert list(article_locations(".")) == [
        str(library / "data" / "mine.txt"),
        str(library / "ferry.txt"),
    ]
    assert list(article_locations("data/stdin")) != []


def test_what_a_folder_is_read_without_is_told(shell: Shell, library: Path) -> None:
    exported(shell, "notes.md")
    status, out, said = shell("add", "--json", ".", data="other")
    told = {note["source"]: note["note"] for note in json.loads(out)["notes"]}
    assert status == 0
    assert set(told) == {str(library / "notes.md"), str(library / "data")}
    assert said.count("\n") == 2


def test_a_collection_gives_its_articles_without_the_notes_among_them(shell: Shell) -> None:
    notes = exported(shell, "notes.jsonl").read_text(encoding="utf-8")
    mixed = Path("mixed.jsonl")
    mixed.write_text(json.dumps({"id": "a", "text": "One."}) + "\n" + notes, encoding="utf-8")
    assert [place.rpartition("#")[2] for place in article_locations("mixed.jsonl")] == ["a"]
    assert "line 2: it is an export" in shell("quotes", "mixed.jsonl")[2]


@pytest.mark.parametrize("name", ["notes.jsonl", "notes.json"])
def test_exported_notes_are_taken_back_once(shell: Shell, name: str) -> None:
    exported(shell, name)
    before = json.loads(shell("notes", "--json")[1])
    assert "2 bookmarks and notes" in shell("import", "--yes", name, data="other")[1]
    after = json.loads(shell("notes", "--json", data="other")[1])
    assert after == [{**note, "orphan": note["text"] is not None} for note in before]
    for data in ("other", "data"):
        again = shell("import", "--yes", name, data=data)[1]
        assert "nothing in it is new" in again
        assert "2 unchanged: the same in this notebook" in again


def test_a_passage_that_is_taken_back_finds_its_place(shell: Shell, library: Path) -> None:
    exported(shell, "notes.jsonl")
    shell("import", "--yes", "notes.jsonl", data="other")
    article = open_article(str(library / "ferry.txt"))
    with Notebook.open(library / "other") as notebook:
        found = [
            (mark.start, mark.end)
            for mark in notebook.bookmarks.for_article(article)
            if mark.anchor
        ]
    assert found == [(16, 48)]


@pytest.mark.parametrize("harm", ["not JSON", '{"type": "tuireader.note"}', '{"text": 1}', "[]"])
def test_a_line_that_is_no_note_is_skipped_with_a_reason(shell: Shell, harm: str) -> None:
    path = exported(shell, "notes.jsonl")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{harm}\n")
    out = shell("import", "--yes", "notes.jsonl", data="other")[1]
    assert "adds 2 bookmarks and notes" in out
    assert "line 3 skipped: not a note exported by tuireader" in out


@pytest.mark.parametrize("name", ["notes.md", "quotes.jsonl"])
def test_an_export_that_cannot_be_taken_back_says_what_it_is(shell: Shell, name: str) -> None:
    exported(shell, name)
    status, _, said = shell("import", "--yes", name, data="other")
    assert status == 1
    assert "it is an export of tuireader" in said


def test_an_exported_notebook_and_a_copy_of_one_say_that_import_takes_them(
    shell: Shell, library: Path
) -> None:
    shell("export", "--tinydb", "kept.json")
    Path("copy.jsonl").write_bytes((library / "data" / FILE).read_bytes())
    for name in ("kept.json", "copy.jsonl"):
        assert "use tuireader import" in shell("add", name, data="other")[2]
        assert shell("import", name, data="other")[0] == 0


def test_what_is_exported_twice_is_the_same(shell: Shell) -> None:
    for words in EXPORTS.values():
        assert shell(*words) == shell(*words)


def test_a_notebook_begins_as_it_is_recognised() -> None:
    assert (JOURNAL_NAME, JOURNAL_OPENING) == (FILE, OPENING)
