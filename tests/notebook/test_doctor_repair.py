"""`tuireader doctor --repair`, as a reader runs it."""

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.__main__ import main
from tuireader.domain.article import Article, Passage
from tuireader.notebook.journal.backups import list_backups
from tuireader.notebook.notebook import Notebook

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def kept(folder: Path, article: Article) -> Path:
    with Notebook.open(folder) as notebook:
        notebook.bookmarks.keep(article, Passage(0, 9), note="a note on the ferry")
        notebook.drafts.save("a note", "half a thought")
    return folder


@pytest.fixture
def doctor(kept: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    def run(*words: str) -> tuple[int, str]:
        status = main(["--data-dir", str(kept), "doctor", *words])
        return status, capsys.readouterr().out

    return run


def aside(kept: Path) -> list[bytes]:
    return [path.read_bytes() for path in (kept / "damaged").glob("*")]


def test_a_flipped_bit_in_any_byte_of_a_copy_is_put_right(
    doctor: Doctor, journal_file: Path
) -> None:
    (copy,) = list_backups(journal_file)
    whole = copy.read_bytes()
    for at in range(0, len(whole) - 1, 23):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        copy.write_bytes(damaged)
        assert doctor()[0] == 1
        status, out = doctor("--repair")
        assert (status, "were corrected" in out) == (0, True)
        assert copy.read_bytes() == whole


def test_a_damaged_copy_stays_as_it_is_and_a_whole_one_is_kept_beside_it(
    doctor: Doctor, journal_file: Path
) -> None:
    (copy,) = list_backups(journal_file)
    damaged = copy.read_bytes().replace(b"ferry", b"f3rri")
    copy.write_bytes(damaged)
    status, out = doctor()
    assert (status, f"problem  history/{copy.name}: " in out) == (1, True)
    assert "No backup is intact; --repair creates one." in out
    status, out = doctor("--repair")
    assert (status, copy.read_bytes()) == (0, damaged)
    assert f"note     history/{copy.name}: " in out
    assert "Other backups are intact." in out
    newest, oldest = list_backups(journal_file)
    assert (newest.read_bytes(), oldest) == (journal_file.read_bytes(), copy)
    before = list_backups(journal_file)
    doctor("--repair")
    assert list_backups(journal_file) == before


def test_after_a_repair_all_is_well(doctor: Doctor, journal_file: Path) -> None:
    journal_file.write_bytes(journal_file.read_bytes().replace(b"ferry", b"f3rri") + b"junk\n")
    assert doctor()[0] == 1
    assert doctor("--repair")[0] == doctor()[0] == 0


@pytest.mark.parametrize("kind", ["texts", "drafts"])
def test_what_is_not_whole_is_set_aside(kept: Path, doctor: Doctor, kind: str) -> None:
    (path,) = (kept / kind).rglob("*.json")
    damaged = path.read_bytes()[:-5]
    path.write_bytes(damaged)
    status, out = doctor("--repair")
    assert status == 0
    assert f"done     {kind}: “{path.name}” is damaged; it was moved to the folder “damaged”" in out
    assert not path.exists()
    assert aside(kept) == [damaged]
    assert doctor()[0] == 0


def test_the_file_of_a_draft_whose_record_is_damaged_is_set_aside_with_it(
    kept: Path, doctor: Doctor
) -> None:
    with Notebook.open(kept) as notebook:
        path = notebook.drafts.open_file("a note", "half a thought", None, saved=False)
    path.write_text("a whole thought")
    assert doctor()[0] == 0
    path.with_suffix(".json").write_bytes(b"{")
    assert doctor()[0] == 1
    assert doctor("--repair")[0] == 0
    assert sorted(aside(kept)) == [b"a whole thought", b"{"]
    assert doctor()[0] == 0


def test_a_text_that_was_set_aside_is_kept_anew_when_its_article_is_opened(
    kept: Path, doctor: Doctor, article: Article, make_article: Callable[..., Article]
) -> None:
    (path,) = (kept / "texts").rglob("*.json")
    whole = path.read_bytes()
    path.write_bytes(b"{}")
    doctor("--repair")
    with Notebook.open(kept) as notebook:
        notebook.texts.save_if_quarantined(make_article("Another text.", "/news/other.txt"))
        assert not list((kept / "texts").rglob("*.json"))
        notebook.texts.save_if_quarantined(article)
    assert path.read_bytes() == whole


def test_what_a_crash_left_unfinished_is_removed_after_a_day(kept: Path, doctor: Doctor) -> None:
    day_ago = time.time() - 90_000
    left = [
        kept / ".notebook.jsonl.0123456789abcdef",
        kept / "texts" / "ab" / ".x.json.0123456789abcdef",
        kept / "pages" / ".page.html.x_3kq0z1",
    ]
    others = [kept / ".bashrc.0123456789abcdef", kept / "history" / ".keep"]
    young = kept / "drafts" / ".y.json.0123456789abcdef"
    for path in (*left, *others, young):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
        if path is not young:
            os.utime(path, (day_ago, day_ago))
    status, out = doctor()
    assert (status, "3 files left incomplete by a crash" in out) == (0, True)
    assert all(path.exists() for path in left)
    doctor("--repair")
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in (*others, young))


def test_folders_that_others_can_look_into_are_told_and_closed(kept: Path, doctor: Doctor) -> None:
    (kept / "state").mkdir(mode=0o755)
    kept.chmod(0o755)
    status, out = doctor()
    assert (status, out.count("is readable by other users")) == (1, 2)
    status, out = doctor("--repair")
    assert status == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (kept, kept / "state")} == {0o700}


def test_every_folder_of_the_notebook_is_made_for_its_owner_alone(
    tmp_path: Path, article: Article
) -> None:
    desk = tmp_path / "lent"
    desk.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        with Notebook.open(desk / "new" / "desk") as notebook:
            notebook.bookmarks.keep(article, Passage(0, 9))
            notebook.drafts.save("a note", "half a thought")
    finally:
        os.umask(before)
    made = [path for path in desk.rglob("*") if path.is_dir()]
    assert {path.name for path in made} >= {"new", "desk", "texts", "drafts", "history"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}


def test_what_cannot_be_mended_is_told(kept: Path, doctor: Doctor) -> None:
    (path,) = (kept / "drafts").rglob("*.json")
    path.write_bytes(b"{}")
    (kept / "damaged").write_text("a file where the folder would be")
    status, out = doctor("--repair")
    assert (status, "problem  drafts: It could not be repaired: " in out) == (1, True)
    assert path.read_bytes() == b"{}"


def test_programs_are_told_what_was_done(kept: Path, doctor: Doctor) -> None:
    kept.chmod(0o755)
    found = json.loads(doctor("--repair", "--json")[1])
    assert [each["what"] for each in found if each.get("done")] == ["folders"]
