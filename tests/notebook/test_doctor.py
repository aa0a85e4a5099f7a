from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from tuireader.__main__ import main
from tuireader.domain.article import Article
from tuireader.notebook.doctor import check_notebook
from tuireader.notebook.notebook import Notebook


@pytest.fixture
def kept(folder: Path, article: Article) -> Path:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/news/ferry.txt")
        notebook.texts.save(article)
        notebook.drafts.save("a note", "half a thought")
    return folder


def bad(journal: Path) -> list[str]:
    return [finding.subject for finding in check_notebook(journal) if not finding.ok]


def test_a_sound_notebook_is_well(kept: Path, journal_file: Path) -> None:
    assert not bad(journal_file)
    assert main(["--data-dir", str(kept), "doctor"]) == 0


def test_a_folder_without_a_notebook_is_well(journal_file: Path) -> None:
    assert not bad(journal_file)


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "garbage at its end": lambda data: data + b"\x00garbage",
    "a garbage line": lambda data: data + b"garbage\n",
    "a cut": lambda data: data[:-20],
    "a flipped bit": lambda data: data.replace(b"ferry", b"gerry"),
    "nothing in it": lambda _data: b"",
}


@pytest.mark.parametrize("harm", HARMS)
def test_harm_to_the_journal_is_found_and_nothing_changed(
    kept: Path, journal_file: Path, harm: str
) -> None:
    journal_file.write_bytes(HARMS[harm](journal_file.read_bytes()))
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    assert bad(journal_file) == [journal_file.name]
    assert main(["--data-dir", str(kept), "doctor", "--json"]) == 1
    assert before == {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("folder_name", "told"), [("texts", "texts"), ("drafts", "drafts")])
def test_harm_to_a_text_or_draft_is_found(
    kept: Path, journal_file: Path, folder_name: str, told: str
) -> None:
    (path,) = (kept / folder_name).rglob("*.json")
    path.write_bytes(path.read_bytes()[:-5])
    assert bad(journal_file) == [told]


def test_harm_to_a_generation_is_found(kept: Path, journal_file: Path) -> None:
    (copy,) = (kept / "history").iterdir()
    copy.write_bytes(copy.read_bytes()[:-20])
    assert bad(journal_file) == [f"history/{copy.name}"]


def test_stock_tinydb_opens_an_export(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.json"
    assert main(["--data-dir", str(kept), "export", "--tinydb", str(target)]) == 0
    with Notebook.open(kept) as notebook, TinyDB(target) as stock:
        assert stock.tables() == set(notebook.tables())
        for name, records in notebook.tables().items():
            assert {str(doc.doc_id): dict(doc) for doc in stock.table(name)} == records


def test_an_export_overwrites_nothing(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.json"
    target.write_text("mine")
    assert main(["--data-dir", str(kept), "export", str(target)]) == 1
    assert target.read_text() == "mine"


@pytest.mark.parametrize("harm", HARMS)
def test_what_can_be_mended_is_mended_and_the_harmed_file_kept(
    kept: Path, journal_file: Path, harm: str
) -> None:
    before = journal_file.read_bytes()
    damaged = HARMS[harm](before)
    journal_file.write_bytes(damaged)
    main(["--data-dir", str(kept), "doctor", "--repair"])
    assert journal_file.name not in bad(journal_file)
    pieces = [path.read_bytes() for path in (kept / "history").iterdir()]
    # The copy of it has its flipped bit put right, too.
    there = before if harm == "a flipped bit" else damaged[:-20]
    assert any(piece.startswith(there) for piece in pieces)
    if harm != "a cut":
        with Notebook.open(kept) as notebook:
            assert notebook.sources.all() == ("/news/ferry.txt",)


def test_a_sound_notebook_is_left_as_it_is(kept: Path, journal_file: Path) -> None:
    before = journal_file.read_bytes()
    assert main(["--data-dir", str(kept), "doctor", "--repair"]) == 0
    assert journal_file.read_bytes() == before
