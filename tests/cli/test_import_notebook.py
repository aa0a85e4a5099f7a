"""`tuireader import` of a notebook, used as a shell uses it."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tuireader.__main__ import main
from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.bookmark import ReadingProgress
from tuireader.notebook.notebook import FILE, Notebook

TEXT = "The ferry left the harbour an hour late, and nobody on the quay had been told why."
ARTICLE = Article(
    location="/news/ferry.txt",
    text=TEXT,
    title="Ferry",
    blocks=Blocks((Block(BlockKind.PARAGRAPH, 0, len(TEXT)),)),
)

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A notebook with a record in each table."""
    folder = tmp_path / "desk"
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/news/pier.txt", "/news/ferry.txt")
        notebook.sources.add("/news/ferry.txt", opened=True)
        notebook.progress.save(
            ReadingProgress(location="/news/ferry.txt", offset=4, length=len(TEXT))
        )
        notebook.bookmarks.keep(ARTICLE, Passage(4, 14), note="why late?\nask", tags=["sea"])
        thrown = notebook.bookmarks.keep(ARTICLE, Passage(0, 3))
        notebook.trash.put(thrown.id)
        notebook.corrections.add(ARTICLE, Passage(30, 40), "Ada Moor")
    return folder


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(folder: Path, *words: str | Path) -> tuple[int, str, str]:
        status = main(["--data-dir", str(folder), *(str(word) for word in words)])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def exported(desk: Path, tmp_path: Path, shell: Shell) -> Path:
    target = tmp_path / "kept.json"
    assert shell(desk, "export", "--tinydb", target)[0] == 0
    return target


def tables(folder: Path) -> dict[str, Any]:
    """All that is the reader's."""
    with Notebook.open(folder) as notebook:
        return {name: table for name, table in notebook.tables().items() if name != "history"}


def changed(exported: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    content = json.loads(exported.read_bytes())
    change(content)
    path = exported.with_name("changed.json")
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def first(content: dict[str, Any], table: str) -> dict[str, Any]:
    return next(iter(content[table].values()))


def test_what_was_exported_comes_back_the_same(
    shell: Shell, desk: Path, exported: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    status, out, _ = shell(new, "import", "--yes", exported)
    assert status == 0
    assert (
        "(tuireader) adds 2 bookmarks and notes, 2 sources, 1 reading position, "
        "1 correction." in out
    )
    assert tables(new) == tables(desk)
    again = tmp_path / "again.json"
    shell(new, "export", "--tinydb", again)
    before, after = (json.loads(path.read_bytes()) for path in (exported, again))
    assert {name: before[name] for name in after if name != "history"} == {
        name: table for name, table in after.items() if name != "history"
    }


def test_without_a_word_of_yes_nothing_comes_of_a_notebook(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    status, out, _ = shell(tmp_path / "new", "import", exported)
    assert status == 0
    assert out.endswith("Nothing was changed. To import it, add --yes.\n")
    assert tables(tmp_path / "new") == {}


def test_to_take_a_notebook_back_twice_changes_nothing(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    shell(new, "import", "--yes", exported)
    before = (new / FILE).read_bytes()
    status, out, _ = shell(new, "import", "--yes", exported)
    assert (status, (new / FILE).read_bytes()) == (0, before)
    assert "nothing in it is new" in out
    assert "6 unchanged: the same in this notebook" in out


def test_one_undo_takes_it_away_and_the_import_can_be_done_again(
    shell: Shell, desk: Path, exported: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    shell(new, "import", "--yes", exported)
    with Notebook.open(new) as notebook:
        assert notebook.undo() == "imported from a notebook"
        assert notebook.undo() is None
    assert not any(tables(new).values())
    shell(new, "import", "--yes", exported)
    assert tables(new) == tables(desk)


def test_of_a_record_here_and_there_the_newer_is_kept(
    shell: Shell, desk: Path, exported: Path
) -> None:
    with Notebook.open(desk) as notebook:
        (mark,) = notebook.bookmarks.all()
        notebook.bookmarks.change(mark.id, note="newer here")
    _, out, _ = shell(desk, "import", "--yes", exported)
    assert "1 unchanged: changed later in this notebook" in out

    def later(content: dict[str, Any]) -> None:
        content["bookmarks"][str(mark.id)] |= {
            "note": "newer there",
            "updated": "2999-01-01T00:00:00.000000Z",
            "mood": {"new": "field"},
        }

    _, out, _ = shell(desk, "import", "--yes", changed(exported, later))
    assert "adds newer: 1 bookmark or note." in out
    record = tables(desk)["bookmarks"][str(mark.id)]
    assert (record["note"], record["mood"]) == ("newer there", {"new": "field"})
    with Notebook.open(desk) as notebook:
        notebook.undo()
        assert notebook.bookmarks.all()[0].note == "newer here"
    assert "mood" not in tables(desk)["bookmarks"][str(mark.id)]


HARMS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no anchor's words": (
        lambda content: first(content, "bookmarks")["anchor"].pop("exact"),
        "it has no “exact”",
    ),
    "no time": (lambda content: first(content, "bookmarks").pop("updated"), "it has no “updated”"),
    "a time of nowhere": (
        lambda content: first(content, "bookmarks").update(created="2026-01-01"),
        "wrong kind",
    ),
    "an end before its start": (
        lambda content: first(content, "bookmarks")["anchor"].update(start=99, end=1),
        "wrong kind",
    ),
    "words of another length": (
        lambda content: first(content, "bookmarks")["anchor"].update(exact="and more than before"),
        "wrong kind",
    ),
    "an offset that no text has": (
        lambda content: first(content, "readings").update(furthest=10**30),
        "wrong kind",
    ),
    "tags that are no list": (
        lambda content: first(content, "bookmarks").update(tags="sea"),
        "wrong kind",
    ),
    "a number that is none": (
        lambda content: first(content, "bookmarks").update(score=float("nan")),
        "wrong kind",
    ),
    "a location of another kind": (
        lambda content: first(content, "sources").update(location=["/a"]),
        "wrong kind",
    ),
    "a negative place": (lambda content: first(content, "readings").update(offset=-1), "wrong"),
    "an id that is no number": (
        lambda content: content["bookmarks"].update({"x\x1b[2J": {}}),
        "its id is not a number",
    ),
    "a record that is none": (
        lambda content: content["corrections"].update({"7": ["no"]}),
        "it is not a record",
    ),
    "a table that is none": (lambda content: content.update(topics=7), "it is not a table"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_malformed_is_skipped_with_a_reason(
    shell: Shell, exported: Path, tmp_path: Path, harm: Any
) -> None:
    change, reason = HARMS[harm]
    new = tmp_path / "new"
    status, out, _ = shell(new, "import", "--yes", changed(exported, change))
    assert status == 0
    (line,) = [line for line in out.splitlines() if "skipped" in line]
    assert reason in line
    assert "\x1b" not in out
    assert sum(map(len, tables(new).values())) >= 5
    assert shell(new, "list")[0] == shell(new, "notes")[0] == 0


def test_texts_from_outside_reach_no_terminal(shell: Shell, exported: Path, tmp_path: Path) -> None:
    path = changed(exported, lambda content: first(content, "bookmarks").update(note="\x1b[2Jx"))
    shell(tmp_path / "new", "import", "--yes", path)
    with Notebook.open(tmp_path / "new") as notebook:
        assert notebook.bookmarks.all()[0].note == "[2Jx"


def test_what_a_newer_version_kept_is_taken_as_it_is(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    record = {"v": 99, "created": "2030-01-01T00:00:00Z", "updated": "2030-01-01T00:00:00Z", "x": 1}
    path = changed(
        exported, lambda content: content.update(topics={"5": record}, bookmarks={"6": record})
    )
    shell(tmp_path / "new", "import", "--yes", path)
    kept = tables(tmp_path / "new")
    assert (kept["topics"], kept["bookmarks"]) == ({"5": record}, {"6": record})


def test_an_article_that_is_here_under_another_id_does_not_come_twice(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    with Notebook.open(new) as notebook:
        notebook.sources.add("/news/ferry.txt", opened=True)
        notebook.progress.save(
            ReadingProgress(location="/news/ferry.txt", offset=9, length=len(TEXT))
        )
    _, out, _ = shell(new, "import", "--yes", exported)
    assert "1 source" in out
    kept = tables(new)
    assert (len(kept["sources"]), len(kept["readings"])) == (2, 1)
    assert first(kept, "readings")["offset"] == 9


def test_a_copy_of_the_notebooks_own_file_is_taken_too(
    shell: Shell, desk: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "notebook (conflicted copy).jsonl"
    lines = (desk / FILE).read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join(lines[:3]) + b"garbage\n" + b"".join(lines[3:]))
    _, out, _ = shell(tmp_path / "new", "import", "--yes", copy)
    assert "line 4 skipped: it is damaged" in out
    assert tables(tmp_path / "new") == tables(desk)


def test_an_export_of_nothing_brings_nothing(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "kept.json"
    shell(tmp_path / "empty", "export", target)
    status, out, _ = shell(tmp_path / "new", "import", "--yes", target)
    assert (status, "nothing in it is new" in out) == (0, True)


def test_programs_get_the_report_of_a_notebook_as_json(
    shell: Shell, exported: Path, tmp_path: Path
) -> None:
    _, out, _ = shell(tmp_path / "new", "import", "--json", exported)
    (report,) = json.loads(out)
    assert (report["service"], report["done"]) == ("tuireader", False)
    assert report["new"] == {"bookmarks": 2, "sources": 2, "readings": 1, "corrections": 1}


def test_a_notebook_that_cannot_be_exported_whole_leaves_no_file(
    desk: Path,
    tmp_path: Path,
    shell: Shell,
    full_disk: Callable[[int], AbstractContextManager[None]],
) -> None:
    target = tmp_path / "out" / "kept.json"
    target.parent.mkdir()
    with full_disk(100):
        status, _, err = shell(desk, "export", "--tinydb", target)
    assert (status, err) == (1, f"tuireader: {target}: File too large\n")
    assert list(target.parent.iterdir()) == []


def test_an_export_does_not_write_through_a_link_that_leads_nowhere(
    desk: Path, tmp_path: Path, shell: Shell
) -> None:
    link = tmp_path / "kept.json"
    link.symlink_to(tmp_path / "elsewhere.json")
    status, _, err = shell(desk, "export", "--tinydb", link)
    assert (status, "already exists" in err) == (1, True)
    assert not (tmp_path / "elsewhere.json").exists()
