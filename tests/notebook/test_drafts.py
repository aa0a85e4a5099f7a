import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.errors import NotebookError
from tuireader.notebook.drafts import Drafts


def test_a_draft_is_there_until_it_is_dropped(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.get("note") == ""
    assert drafts.all() == {}
    drafts.save("note", "Half a sent")
    drafts.save("note", "Half a sentence")
    drafts.save("other", "x")
    assert Drafts(tmp_path / "drafts").all() == {"note": "Half a sentence", "other": "x"}
    drafts.drop("note")
    drafts.drop("never was")
    assert drafts.all() == {"other": "x"}


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=80))
def test_no_key_leads_out_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, key: str, text: str
) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    for name in (key, f"../{key}", f"/etc/{key}", f"caf\udce9{key}"):
        Drafts(folder / "drafts").save(name, text)
        assert Drafts(folder / "drafts").get(name) == text
    assert [path.name for path in folder.iterdir()] == ["drafts"]


def test_a_file_that_is_no_draft_is_passed_over(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.save("note", "kept")
    (tmp_path / "junk.json").write_bytes(b"\xff{")
    assert drafts.all() == {"note": "kept"}


def test_a_draft_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, full_disk: Callable[[int], contextlib.AbstractContextManager[None]]
) -> None:
    drafts = Drafts(tmp_path)
    drafts.save("note", "before")
    with full_disk(10), pytest.raises(NotebookError, match="not kept"):
        drafts.save("note", "after" * 100)
    assert drafts.get("note") == "before"
    assert len(list(tmp_path.iterdir())) == 1
