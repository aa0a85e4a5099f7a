"""Symbolic links among the notebook's files: no file of others is overwritten."""

import json
import os
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.app.resume import Resume
from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import compaction, disk_reserve
from tuireader.notebook.journal.backups import list_backups
from tuireader.notebook.journal.line_format import scan_lines
from tuireader.notebook.notebook import FILE, Notebook

FOREIGN = b"Words of another program, which nobody may write over.\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def link(folder: Path, elsewhere: Path) -> Path:
    """Return the journal's path, a link to a file that does not exist yet."""
    folder.mkdir()
    (folder / FILE).symlink_to(elsewhere / "kept.jsonl")
    return folder / FILE


def lock_of(folder: Path) -> Path:
    return folder / f"{FILE}.lock"


@pytest.mark.parametrize("content", [FOREIGN, b""])
def test_a_link_in_the_place_of_the_lock_is_not_followed(
    folder: Path, elsewhere: Path, article: Article, content: bytes
) -> None:
    target = elsewhere / "foreign"
    target.write_bytes(content)
    folder.mkdir()
    lock_of(folder).symlink_to(target)
    with Notebook.open(folder) as notebook:
        assert "its lock file is a symbolic link" in notebook.notices[0]
        with pytest.raises(NotebookError, match="its lock file is a symbolic link; remove"):
            notebook.bookmarks.keep(article, Passage(0, 9))
        assert target.read_bytes() == content
        lock_of(folder).unlink()
        notebook.bookmarks.keep(article, Passage(0, 9))


def test_a_link_to_nothing_in_the_place_of_the_lock_makes_no_file(
    folder: Path, elsewhere: Path
) -> None:
    folder.mkdir()
    lock_of(folder).symlink_to(elsewhere / "new")
    with Notebook.open(folder) as notebook, pytest.raises(NotebookError, match="symbolic link"):
        notebook.sources.add("/a")
    assert not list(elsewhere.iterdir())


def test_the_doctor_tells_of_a_link_in_the_place_of_the_lock_and_removes_it(
    folder: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "foreign").write_bytes(FOREIGN)
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
    lock_of(folder).unlink()
    lock_of(folder).symlink_to(elsewhere / "foreign")
    assert main(["--data-dir", str(folder), "doctor"]) == 1
    assert "so nothing can be saved" in capsys.readouterr().out
    assert main(["--data-dir", str(folder), "doctor", "--repair"]) == 0
    assert (elsewhere / "foreign").read_bytes() == FOREIGN
    with Notebook.open(folder) as notebook:
        assert notebook.sources.add("/b") == 1


def test_a_lock_file_with_other_content_locks_and_is_left_as_it_is(
    folder: Path, elsewhere: Path
) -> None:
    (elsewhere / "foreign").write_bytes(FOREIGN)
    folder.mkdir()
    os.link(elsewhere / "foreign", lock_of(folder))
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
    assert (elsewhere / "foreign").read_bytes() == FOREIGN
    assert notebook.sources.all() == ("/a",)


def test_the_lock_says_who_held_it_last(folder: Path) -> None:
    for _ in range(2):
        with Notebook.open(folder) as notebook:
            notebook.sources.add("/a")
        assert lock_of(folder).read_text().split()[0] == str(os.getpid())
        assert lock_of(folder).stat().st_size == 51


def test_a_link_to_the_notebook_is_followed_and_stays_a_link(
    link: Path, elsewhere: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_MIN_WASTE", 0)
    target = elsewhere / "kept.jsonl"
    for number in range(3):
        with Notebook.open(link.parent) as notebook:
            assert not notebook.notices
            kept = notebook.bookmarks.keep(article, Passage(number * 9, number * 9 + 9))
            for again in range(40):
                notebook.bookmarks.change(kept.id, note=f"note {again}")
        assert link.is_symlink()
    assert scan_lines(target.read_bytes()).lines
    assert list_backups(target)
    names = {path.name for path in link.parent.iterdir()}
    assert names == {FILE, "texts"}
    with Notebook.open(link.parent) as notebook:
        assert len(notebook.bookmarks.all()) == 3


def test_two_names_of_a_notebook_are_one_notebook(
    link: Path, elsewhere: Path, article: Article
) -> None:
    target = elsewhere / "kept.jsonl"
    other = elsewhere.parent / "other desk"
    other.mkdir()
    (other / FILE).symlink_to(link)
    (elsewhere / "kept-link.jsonl").symlink_to(target)
    with Notebook.open(link.parent) as one, Notebook.open(other) as two:
        for number in range(4):
            window = (one, two)[number % 2]
            window.bookmarks.keep(article, Passage(number * 9, number * 9 + 9))
            assert len(one.bookmarks.all()) == len(two.bookmarks.all()) == number + 1
        with (
            one._journal.exclusive(),
            pytest.raises(NotebookError, match="Another window is writing"),
            two._database.storage.transaction(timeout=0.0),
        ):
            pass
    with Notebook.open(other) as two:
        assert not two.notices
    assert [path.name for path in elsewhere.glob("*.lock")] == ["kept.jsonl.lock"]


def test_a_notebook_that_a_link_leads_to_comes_back_from_its_copy(
    link: Path, elsewhere: Path
) -> None:
    with Notebook.open(link.parent) as notebook:
        notebook.sources.add("/a")
    (elsewhere / "kept.jsonl").unlink()
    with Notebook.open(link.parent) as notebook:
        assert "its newest backup was restored" in notebook.notices[0]
        assert notebook.sources.all() == ("/a",)
    assert link.is_symlink()


@pytest.mark.parametrize("kind", ["loop", "folder gone"])
def test_a_link_that_leads_nowhere_is_told_and_left_as_it_is(
    folder: Path, elsewhere: Path, article: Article, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    folder.mkdir()
    missing = elsewhere / "not mounted" / "kept.jsonl"
    (folder / FILE).symlink_to(folder / "b" if kind == "loop" else missing)
    (folder / "b").symlink_to(folder / FILE)
    reason = "leads to itself" if kind == "loop" else "not mounted/kept.jsonl”, whose folder does"
    with Notebook.open(folder) as notebook:
        (notice,) = notebook.notices
        assert reason in notice
        with pytest.raises(NotebookError, match=reason):
            notebook.bookmarks.keep(article, Passage(0, 9))
        assert notebook.bookmarks.all() == ()
    for words in (["doctor"], ["doctor", "--repair"], ["notes"]):
        assert main(["--data-dir", str(folder), *words]) in {0, 1}
    assert reason in capsys.readouterr().out
    assert (folder / FILE).is_symlink()
    assert not list(elsewhere.iterdir())


def test_the_doctor_looks_at_what_a_link_leads_to(
    link: Path, elsewhere: Path, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    target = elsewhere / "kept.jsonl"
    with Notebook.open(link.parent) as notebook:
        notebook.bookmarks.keep(article, Passage(0, 9), note="first")
        notebook.bookmarks.keep(article, Passage(9, 18), note="second")
    data = target.read_bytes()
    target.write_bytes(data.replace(b"first", b"thirst"))
    assert main(["--data-dir", str(link.parent), "doctor"]) == 1
    assert main(["--data-dir", str(link.parent), "doctor", "--repair"]) == 0
    capsys.readouterr()
    assert main(["--data-dir", str(link.parent), "doctor", "--json"]) == 0
    found = {each["what"]: each["says"] for each in json.loads(capsys.readouterr().out)}
    assert found["texts"] == "1 intact."
    assert any(what.startswith("history/kept-") for what in found)
    assert link.is_symlink()
    assert main(["--data-dir", str(link.parent), "restore", "--json"]) == 0
    states = json.loads(capsys.readouterr().out)
    assert states[0]["file"] == "kept.jsonl"


def test_a_conflict_copy_beside_what_a_link_leads_to_is_told(link: Path, elsewhere: Path) -> None:
    with Notebook.open(link.parent) as notebook:
        notebook.sources.add("/a")
    copy = elsewhere / "kept (conflicted copy).jsonl"
    copy.write_bytes((elsewhere / "kept.jsonl").read_bytes())
    with Notebook.open(link.parent) as notebook:
        assert "“kept (conflicted copy).jsonl”" in notebook.notices[0]
    assert main(["--data-dir", str(link.parent), "doctor", "--repair"]) == 0
    assert not copy.exists()
    assert len(list((elsewhere / "damaged").iterdir())) == 1


@pytest.mark.parametrize("name", ["kept", "kept[1].jsonl", "kept-7.jsonl"])
def test_a_notebook_of_any_name_has_copies(folder: Path, elsewhere: Path, name: str) -> None:
    folder.mkdir()
    (folder / FILE).symlink_to(elsewhere / name)
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
        notebook.sources.add("/b")
    assert len(list_backups(elsewhere / name)) == 1
    with Notebook.open(folder) as notebook:
        assert not notebook.notices


def test_a_link_in_the_place_of_the_reserve_is_no_room_and_its_target_stays(
    folder: Path, elsewhere: Path
) -> None:
    target = elsewhere / "large"
    target.write_bytes(bytes(2 * disk_reserve.SIZE))
    folder.mkdir()
    (folder / disk_reserve.FILE).symlink_to(target)
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
    assert not (folder / disk_reserve.FILE).is_symlink()
    assert (folder / disk_reserve.FILE).stat().st_size == disk_reserve.SIZE
    assert target.read_bytes() == bytes(2 * disk_reserve.SIZE)


def draft_path(notebook: Notebook) -> Path:
    notebook.drafts.save("key", "before")
    return next(notebook.drafts.folder.glob("*.json"))


def text_path(notebook: Notebook, article: Article) -> Path:
    return notebook.texts._path(notebook.texts.save(article))


def test_a_draft_that_is_a_link_is_written_where_the_link_leads(
    notebook: Notebook, elsewhere: Path
) -> None:
    path, target = draft_path(notebook), elsewhere / "draft"
    path.rename(target)
    path.symlink_to(target)
    notebook.drafts.save("key", "after")
    assert path.is_symlink()
    assert b"after" in target.read_bytes()
    assert notebook.drafts.get("key") == "after"


def test_a_text_that_is_a_link_to_nothing_is_written_where_the_link_leads(
    notebook: Notebook, elsewhere: Path, article: Article
) -> None:
    path, target = text_path(notebook, article), elsewhere / "text"
    path.unlink()
    path.symlink_to(target)
    name = notebook.texts.save(article)
    assert path.is_symlink()
    assert notebook.texts.text(name) == article.text


def test_the_places_for_the_first_paint_follow_a_link_and_write_over_no_other_file(
    tmp_path: Path, elsewhere: Path
) -> None:
    state, target, beside = tmp_path / "state", elsewhere / "a.json", elsewhere / "a.new"
    state.mkdir()
    (state / "resume.json").symlink_to(target)
    for name in (state / "resume.new", state / "resume.json.new"):
        name.symlink_to(beside)
    beside.write_bytes(FOREIGN)
    resume = Resume(state / "resume.json")
    resume.remember("/a", 7)
    resume.save()
    assert beside.read_bytes() == FOREIGN
    assert (state / "resume.json").is_symlink()
    assert Resume(target).offset("/a") == 7
    assert sorted(path.name for path in elsewhere.iterdir()) == ["a.json", "a.new"]
