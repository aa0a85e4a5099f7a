"""Which exports are recognised: in files, archives and folders, and in hostile ones."""

import contextlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importers.reading import Export, archive

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.importers import detect
from tuireader.importers.detect import FORMATS, read_export, read_folder
from tuireader.importers.export import ExportFile, ServiceExport, Skipped
from tuireader.importers.fields import Entry, left_out_total, nearest_colour, parse_moment

SEA = "https://pier.example/sea"
POCKET = "title,url,time_added,tags,status\nT{0},https://pier.example/{0},1651820889,,unread\n"
SIDECAR = (
    'return { ["annotations"] = { [1] = { ["drawer"] = "x", ["text"] = "the tide" } },'
    ' ["doc_props"] = { ["title"] = "%s" } }'
)


def items_of(export: object) -> list[ImportItem]:
    assert isinstance(export, ServiceExport)
    return [each for each in export.items if isinstance(each, ImportItem)]


def test_all_tables_of_an_archive_are_read_as_one_export() -> None:
    highlights = [{"url": SEA, "title": "Sea", "highlights": [{"quote": "the tide"}]}]
    export = Export(
        archive(
            {
                "part_000000.csv": POCKET.format(1),
                "part_000001.csv": POCKET.format(2),
                "annotations/part_000000.json": json.dumps(highlights),
                "readme.txt": "Your export",
                "__MACOSX/._part_000000.csv": "\x00\x05",
            }
        )
    )
    assert export.service == "Pocket"
    assert [item.title for item in export.items] == ["T1", "T2", "Sea"]
    assert export.items[2].highlights[0].words == "the tide"


def test_an_archive_may_hold_exports_of_several_services() -> None:
    data = archive({"a.csv": POCKET.format(1), "b/metadata.epub.lua": SIDECAR % "The Pier"})
    pocket, koreader = read_export(BytesIO(data), "x.zip")
    assert [len(items_of(each)) for each in (pocket, koreader)] == [1, 1]


def test_a_damaged_file_in_an_archive_costs_no_other() -> None:
    export = Export(archive({"a.csv": POCKET.format(1), "b.json": '[{"url": '}))
    assert len(export.items) == 1
    assert export.skipped == [Skipped("b.json", "not valid JSON")]
    with pytest.raises(SourceError, match=r"b\.json.*not valid JSON"):
        Export(archive({"b.json": '[{"url": '}))


def test_a_folder_of_books_is_read_with_all_that_lies_beside_them(tmp_path: Path) -> None:
    for name in ("One", "Two"):
        (tmp_path / f"{name}.sdr").mkdir()
        (tmp_path / f"{name}.sdr" / "metadata.epub.lua").write_text(SIDECAR % name, "utf-8")
        (tmp_path / f"{name}.epub").write_bytes(b"PK\x03\x04")
    (tmp_path / "link.lua").symlink_to(tmp_path / "One.sdr" / "metadata.epub.lua")
    (export,) = read_folder(str(tmp_path))
    assert {item.title for item in items_of(export)} == {"One", "Two"}


def test_an_archive_that_unpacks_to_more_than_is_allowed_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detect, "_LARGEST_TOGETHER", 2_000_000)
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.csv", b"0" * 1_000_000)
    with pytest.raises(SourceError, match="after decompression"):
        read_export(BytesIO(data.getvalue()), "bomb.zip")


def test_every_format_has_a_name_and_a_kind() -> None:
    assert all(each.service and each.kind for each in FORMATS)
    text = detect.formats_text()
    assert "Instapaper (HTML, CSV), Readwise (CSV, JSON)" in text
    assert text.endswith("lists of links of any service (JSON, CSV, text)")


DEEP = "[" * 90_000
HOSTILE = {
    "deep JSON in a field": '[{"url": "https://a.example", "tags": ' + "[" * 900 + "]" * 900 + "}]",
    "deep JSON": DEEP,
    "endless digits": '[{"url": "https://a.example", "addedAt": ' + "9" * 4_000 + "}]",
    "numbers for texts": '[{"url": 5, "slug": 1, "state": []}, {"url": "https://a.example"}]',
    "a table of one wide row": "title,url,time_added\n" + "a," * 200_000,
    "clippings without end": "x\n- y\n\n" + "==========\n" * 20_000,
    "many notes at one place": "x\n- Your Highlight on Location 1-9 | z\n\na\n==========\n"
    + "x\n- Your Note on Location 5 | z\n\nb\n==========\n" * 3_000,
    "deep Lua": "return " + "{" * 5_000,
    "entities": '<!DOCTYPE en-export [<!ENTITY a "b">]><en-export><note/></en-export>',
    "two XML declarations": '<?xml version="1.0"?><?xml version="1.0" encoding="UTF-8"?>'
    "<en-export/>",
    "deep XML": "<documentInfo>" + "<page>" * 20_000,
    "deep HTML": "<div class='bookTitle'>x</div><div class='noteHeading'>" + "<div>" * 20_000,
    "RIS without an end": "TY  - JOUR\n" + "AU  - x\n" * 5_000,
    "RIS with odd tags": "TY  - JOUR\nXX  - a\nT\nER  - \nER  - \n",
    "quotations without end": "zotero://open-pdf/ " + "“" * 20_000,
    "Markdown": "# a\n##### b\n## c\n### 1 @ 1:00\n" + "### @ @ @ 1:00\n" * 3_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_in_a_sentence_or_read(text: str) -> None:
    with contextlib.suppress(SourceError):
        for export in read_export(BytesIO(text.encode()), "x"):
            list(export.items if isinstance(export, ServiceExport) else ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = sorted(
    {"url", "title", "tags", "labels", "highlights", "annotations", "content", "note", "uri"}
    | {"target", "references", "document", "items", "collections", "bookmarks", "links", "lists"}
    | {"is_archived", "slug", "state", "addedAt", "createdAt", "canonical", "asin", "entries"}
    | {"documents", "type", "id", "issued", "author", "roots", "children", "itemType", "location"}
    | {"user_book_id", "href", "description", "origin", "alternate", "attachments", "notes"}
)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8), min_size=1, max_size=2))
def test_values_of_the_wrong_kind_raise_nothing_but_a_sentence(entries: list[object]) -> None:
    documents = [entries, entries[0], {"items": entries}, {"bookmarks": entries, "lists": entries}]
    for document in documents:
        for format_ in FORMATS:
            file = ExportFile(json.dumps(document).encode(), "x")
            try:
                if format_.recognises(file):
                    list(format_.read(file))
            except SourceError:
                continue


def test_what_was_not_read_of_an_entry_is_named_and_counted() -> None:
    entry = Entry(
        {
            "title": "T",
            "id": 4,
            "parentId": 5,
            "readingProgress": 0.5,
            "URLAlias": "x",
            "categories": ["a", "b"],
            "classes": ["a"],
            "rating": 0,
            "shared": False,
            "empty": {"a": None},
            "名前": "x",
        }
    )
    assert entry.line("title") == "T"
    assert left_out_total(entry.left_out({"classes": "class"})) == {
        "category": 2,
        "reading progress": 1,
        "url alias": 1,
        "class": 1,
        "名前": 1,
    }


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("#ffd400", "yellow"),
        ("#5fb236", "green"),
        ("#2ea8e5ff", "blue"),
        ("#ff6666", "red"),
        ("#aaaaaa", ""),
        ("Light Blue", "blue"),
        ("pink", "red"),
        (None, ""),
    ],
)
def test_the_nearest_colour(value: object, name: str) -> None:
    assert nearest_colour(value).value == name


@pytest.mark.parametrize(
    "value",
    [
        1651820889,
        1651820889.0,
        "1651820889000",
        1651820889000000,
        "2022-05-06T07:08:09Z",
        "2022-05-06 07:08:09 UTC",
        "2022-05-06 09:08:09 +0200",
        "2022/05/06 07:08:09 +0000",
        "Fri, 06 May 2022 07:08:09 GMT",
    ],
)
def test_times_as_services_write_them(value: object) -> None:
    moment = parse_moment(value)
    assert moment is not None
    assert moment.timestamp() == 1651820889


@pytest.mark.parametrize("value", [2020, "2020", True, -1, float("inf"), "x", None, 1e40])
def test_what_is_no_time(value: object) -> None:
    assert parse_moment(value) is None
