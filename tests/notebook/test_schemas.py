"""Notebooks of earlier versions, stored in `schemas/`, can be opened without loss."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tuireader.domain.anchor import MatchMethod
from tuireader.domain.bookmark import Colour, ReadingProgress
from tuireader.notebook.notebook import FILE, Notebook
from tuireader.notebook.schema import STEPS
from tuireader.notebook.serialization import SCHEMA

SCHEMAS = Path(__file__).parent / "schemas"
LABELS = [
    "took “/news/pier.txt” off the list",
    "imported from Pocket",
    "took Marta and Marta Lindqvist for the same",
    "said “We were p” is no quotation",
    "changed where “We were promised a second boat in spring…” begins and ends",
    "gave “We were promised a second boat in spring…” to The baker",
    "added the quotation “A third inspection is planned”",
    "kept “throw bread at the gulls”",
    "attached “failed its inspection twice” again",
    "kept “failed its inspection twice”",
    "moved “Nobody on the quay” to the trash",
    "kept “Nobody on the quay”",
    "kept a note",
    "kept “half a boat”",
]


@pytest.fixture(params=sorted(SCHEMAS.iterdir()), ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(request.param, folder / FILE)
    return folder


def test_there_is_a_notebook_of_every_schema() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {
        f"v{number}.jsonl" for number in range(1, SCHEMA + 1)
    }
    assert len(STEPS) + 1 == SCHEMA


def test_its_passages_and_notes_are_as_they_were(earlier: Path) -> None:
    with Notebook.open(earlier) as notebook:
        marks = notebook.bookmarks.all()
        assert [(mark.words, mark.note, mark.tags, mark.orphan) for mark in marks] == [
            ("She lit the lamp", "so it begins", (), True),
            ("", "", ("lamp",), False),
            ("throw bread at the gulls", "", (), True),
            ("failed its inspection twice", "", (), True),
            ("", "on the whole article", (), False),
            ("half a boat", "two lines\nof a note", ("sea", "boats"), False),
        ]
        boat = marks[-1]
        assert boat.id == 2170942238880587938582680213043445118
        assert (boat.colour, boat.speaker) == (Colour.GREEN, "Marta Lindqvist")
        assert boat.article.title == "Ferry"
        assert boat.article.date == dt.date(2024, 9, 4)
        assert boat.article.source == "https://harbour.example/ferry"
        assert boat.created == dt.datetime(2026, 11, 27, 6, 35, 30, 974_829, tzinfo=dt.UTC)
        assert boat.anchor is not None
        assert (boat.anchor.start, boat.anchor.end, boat.anchor.block) == (277, 288, 1)
        assert boat.anchor.prefix.endswith("and we still have ")
        assert boat.placement is not None
        assert (boat.placement.how, boat.start) == (MatchMethod.EXACT, 257)
        kept = notebook.bookmarks.all_stored()
        attached = kept[2170942238882989021415557916771028856].attached
        assert attached is not None
        assert attached.exact == "sank"
        assert {each.origin.partition(":")[0] for each in kept.values()} == {"", "Pocket"}
        assert [mark.words for mark in notebook.trash.all()] == ["Nobody on the quay"]


def test_its_list_readings_and_corrections_are_as_they_were(earlier: Path) -> None:
    with Notebook.open(earlier) as notebook:
        lamp = "https://example.org/lamp"
        assert notebook.sources.all() == (lamp, "/news/ferry.txt")
        citation = notebook.sources.citation(lamp)
        assert citation is not None
        assert citation.title == "A lamp"
        assert notebook.progress.all() == {
            "/news/ferry.txt": ReadingProgress(
                location="/news/ferry.txt",
                offset=120,
                furthest=300,
                length=455,
                kept=4,
                noted=2,
            ),
            lamp: ReadingProgress(location=lamp, kept=1, noted=1, tags=("lamp",), done=True),
        }
        assert len(notebook.corrections) == 3
        said = notebook.corrections._values.all().values()
        assert [(each.speaker, each.name, each.dismissed) for each in said] == [
            ("the company", "", False),
            ("The baker", "", True),
            ("Marta Lindqvist", "Marta", False),
        ]
        assert [each.extent.exact for each in said if each.extent] == ["We were p"]


def test_its_changes_can_be_undone_and_done_again(earlier: Path) -> None:
    with Notebook.open(earlier) as notebook:
        before = notebook.bookmarks.all(), notebook.sources.all(), len(notebook.corrections)
        assert [notebook.undo() for _ in LABELS] == LABELS
        assert notebook.undo() is None
        assert notebook.bookmarks.all() == ()
        assert [notebook.redo() for _ in LABELS] == LABELS[::-1]
        after = notebook.bookmarks.all(), notebook.sources.all(), len(notebook.corrections)
        assert [mark.id for mark in after[0]] == [mark.id for mark in before[0]]
        assert after[1:] == before[1:]
