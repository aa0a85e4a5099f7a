from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.notebook.notebook import Notebook

Table = dict[str, dict[str, Any]]


def record(second: int, text: str) -> dict[str, Any]:
    stamp = f"2026-11-23T10:00:{second:02}.000000Z"
    return {"v": 1, "created": stamp, "updated": stamp, "text": text}


tables = st.dictionaries(
    st.integers(1, 6).map(str),
    st.builds(record, st.integers(0, 3), st.sampled_from(["a", "b"])),
)


def take(notebook: Notebook, table: Mapping[str, Any], *, revive: bool = True) -> None:
    notebook.begin_merge({"topics": table}, revive=revive).take("took over topics")


def topics(notebook: Notebook) -> Table:
    return notebook.tables().get("topics", {})


def test_of_each_record_the_newest_is_kept_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    @settings(max_examples=40)
    @given(tables, tables)
    def check(one: Table, two: Table) -> None:
        with Notebook.open(tmp_path_factory.mktemp("merge")) as notebook:
            take(notebook, one)
            assert topics(notebook) == one
            take(notebook, two)
            both = topics(notebook)
            assert both.keys() == one.keys() | two.keys()
            for key, kept in both.items():
                found = [table[key] for table in (one, two) if key in table]
                newest = max(each["updated"] for each in found)
                assert any(
                    kept["text"] == each["text"] and each["updated"] == newest for each in found
                )
            for table in (one, two, both):
                assert notebook.begin_merge({"topics": table}).summary.is_empty
            revision = notebook.revision
            take(notebook, two)
            assert notebook.revision == revision

    check()


def test_what_was_deleted_here_comes_back_only_if_that_is_wanted(folder: Path) -> None:
    table = {"1": record(1, "a"), "2": record(1, "b")}
    with Notebook.open(folder) as notebook:
        take(notebook, table)
        notebook.undo()
        merge = notebook.begin_merge({"topics": table}, revive=False)
        assert (merge.summary.is_empty, merge.summary.deleted_here) == (True, 2)
        take(notebook, table)
        assert topics(notebook) == table


def test_what_another_window_changed_between_looking_and_taking_is_seen(folder: Path) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        merge = one.begin_merge({"topics": {"1": record(1, "theirs")}})
        take(two, {"1": record(2, "newer")})
        merge.take("took over topics")
        assert topics(one)["1"]["text"] == "newer"
