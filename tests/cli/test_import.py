"""`tuireader import`, used as a shell uses it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuireader.__main__ import main
from tuireader.notebook.notebook import Notebook

Shell = Callable[..., tuple[int, str, str]]

POCKET = (
    "title,url,time_added,tags,status\n"
    "A lamp,https://Example.org/lamp?utm_source=x&a=1#top,1700000000,sea,archive\n"
    "Nothing,file:///etc/passwd,1,,unread\n"
)
WALLABAG = json.dumps(
    [
        {
            "url": "https://example.org/pier",
            "title": "The pier",
            "is_archived": 0,
            "content": "<p>She lit the lamp.</p><p>“It is only a lamp,” said Ida Brand.</p>",
            "annotations": [{"quote": "She lit the lamp", "text": "so it begins"}],
        }
    ]
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def shell(data: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    assert not data.exists()

    def run(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def kept(data: Path) -> Any:
    with Notebook.open(data) as notebook:
        return notebook.sources.all(), notebook.bookmarks.all(), notebook.progress.all()


def test_without_a_word_of_yes_it_only_says_what_would_come(
    shell: Callable[..., tuple[int, str, str]], data: Path, tmp_path: Path
) -> None:
    status, out, _ = shell("import", put(tmp_path, "p.csv", POCKET))
    assert status == 0
    assert "(Pocket) adds 1 article, 1 of them read, 1 article note or tags" in out
    assert "line 3 skipped: it has no web address" in out
    assert out.endswith("Nothing was changed. To import it, add --yes.\n")
    assert kept(data) == ((), (), {})


def test_with_yes_it_is_done_and_done_once(
    shell: Callable[..., tuple[int, str, str]], data: Path, tmp_path: Path
) -> None:
    path = put(tmp_path, "p.csv", POCKET)
    assert "adds 1 article" in shell("import", "--yes", path)[1]
    sources, marks, readings = kept(data)
    assert sources == ("https://example.org/lamp?a=1",)
    assert marks[0].tags == ("sea",)
    assert readings[sources[0]].finished
    assert "nothing in it is new" in shell("import", "--yes", path)[1]
    assert kept(data) == (sources, marks, readings)
    _, out, _ = shell("list", "--json")
    (entry,) = json.loads(out)
    assert (entry["title"], entry["state"]) == ("A lamp", "read")
    assert "not fetched yet" in entry["problem"]


def test_what_comes_with_its_text_can_be_read_and_its_highlights_stand_in_it(
    shell: Callable[..., tuple[int, str, str]], data: Path, tmp_path: Path
) -> None:
    status, out, _ = shell("import", "--yes", put(tmp_path, "w.json", WALLABAG))
    assert (status, "1 highlight found in its text" in out) == (0, True)
    ((address,), (mark,), _) = kept(data)
    _, shown, _ = shell("show", "--json", address)
    article = json.loads(shown)
    assert article["text"][mark.start : mark.end] == "She lit the lamp"
    assert (article["title"], article["outlet"]) == ("The pier", "example.org")
    assert mark.note == "so it begins"
    assert "Ida Brand" in shell("quotes", address)[1]


def test_the_highlights_of_a_book_find_the_book_in_the_library(
    shell: Callable[..., tuple[int, str, str]],
    data: Path,
    tmp_path: Path,
    make_epub: Callable[..., Path],
) -> None:
    book = make_epub({"one.xhtml": "<h1>One</h1><p>She lit the lamp at dusk.</p>"})
    shell("add", book)
    clipping = (
        "The Lamp (Keeper, A.)\n- Your Highlight on page 1 | Location 1-2 | Added on Monday,"
        " 5 October 2020 10:15:30\n\nlit the lamp\n==========\n"
    )
    _, out, _ = shell("import", "--yes", put(tmp_path, "My Clippings.txt", clipping))
    assert "1 highlight found in its text" in out
    (_, (mark,), _) = kept(data)
    assert mark.article.location == f"{book}#OEBPS/one.xhtml"
    assert not mark.orphan


def test_one_bad_export_costs_no_other(
    shell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    bad = put(tmp_path, "bad.csv", "a,b\n1,2\n")
    status, out, err = shell(
        "import", "--yes", bad, tmp_path / "gone", put(tmp_path, "p.csv", POCKET)
    )
    assert status == 1
    assert "bad.csv: not an export of a supported service" in err
    assert "gone: No such file or folder" in err
    assert "adds 1 article" in out


def test_programs_get_the_report_as_json(
    shell: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    _, out, _ = shell("import", "--json", put(tmp_path, "p.csv", POCKET))
    (report,) = json.loads(out)
    assert (report["service"], report["done"], report["articles"]) == ("Pocket", False, 1)
    assert report["skipped"] == [{"where": "line 3", "reason": "it has no web address"}]


def test_what_was_looked_at_before_ctrl_c_stays_and_the_rest_comes_later(
    shell: Callable[..., tuple[int, str, str]],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = "".join(f"T{n},https://example.org/{n},1,,unread\n" for n in range(10))
    path = put(tmp_path, "p.csv", "title,url,time_added,tags,status\n" + rows)
    from tuireader.cli.output import Progress

    step = Progress.step

    def interrupted(self: Progress, what: str = "") -> None:
        step(self, what)
        if self.count == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "step", interrupted)
    status, out, _ = shell("import", "--yes", path)
    assert (status, "Interrupted" in out) == (130, True)
    assert len(kept(data)[0]) == 4
    monkeypatch.undo()
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(data))
    assert "adds 6 articles" in shell("import", "--yes", path)[1]
    assert len(kept(data)[0]) == 10


RAINDROP = (
    "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    "1,The pier,,An excerpt,https://example.org/pier,,,,,Highlight:She lit the lamp,false\n"
    "2,Two,,Another,https://example.org/two,,,,,,false\n"
)


def test_the_report_names_field_by_field_what_is_left_out(shell: Shell, tmp_path: Path) -> None:
    path = put(tmp_path, "r.csv", RAINDROP)
    assert "  left out: 2 excerpts\n" in shell("import", path)[1]
    (report,) = json.loads(shell("import", "--json", path)[1])
    assert report["left_out"] == {"excerpt": 2}


PAGE = (
    '<html><head><title>The pier</title><link rel="canonical" href="https://example.org/pier">'
    '<meta content="https://www.example.org/pier/amp" property="og:url"></head><body><article>'
    "<h1>The pier</h1><p>She lit the lamp at dusk, as she had done on every evening of her life."
    "</p><p>“It is only a lamp,” said Ida Brand, and went down to the boats.</p></article></body>"
)


@pytest.mark.parametrize(
    "address", ["https://example.org/pier/?utm_source=x", "http://example.org/pier/amp"]
)
def test_annotations_of_the_address_that_a_saved_page_names_belong_to_that_page(
    shell: Shell, data: Path, tmp_path: Path, address: str
) -> None:
    page = put(tmp_path, "saved.html", PAGE)
    shell("add", page)
    annotation = {
        "uri": address,
        "text": "so it begins",
        "target": [{"selector": [{"exact": "She lit the lamp"}]}],
    }
    _, out, _ = shell("import", "--yes", put(tmp_path, "h.json", json.dumps([annotation])))
    assert "1 highlight found in its text" in out
    (sources, (mark,), _) = kept(data)
    assert sources == (str(page),)
    assert (mark.article.location, mark.words) == (str(page), "She lit the lamp")


def test_positions_are_shown_with_the_notes(shell: Shell, tmp_path: Path) -> None:
    clipping = (
        "The Lamp (Keeper, A.)\n- Your Highlight on page 1 | Location 1-2 | Added on Monday,"
        " 5 October 2020 10:15:30\n\nlit the lamp\n==========\n"
    )
    shell("import", "--yes", put(tmp_path, "My Clippings.txt", clipping))
    assert "  [page 1, location 1-2]\n" in shell("notes")[1]
    (note,) = json.loads(shell("notes", "--json")[1])
    assert note["position"] == "page 1, location 1-2"
    assert "(page 1, location 1-2)" in shell("notes", "--markdown")[1]


def test_a_folder_of_exports_is_imported_service_by_service(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    put(folder, "p.csv", POCKET)
    put(folder, "w.json", WALLABAG)
    _, out, _ = shell("import", folder)
    assert "(Pocket) adds 1 article" in out
    assert "(wallabag) adds 1 article" in out
