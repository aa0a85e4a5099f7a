import contextlib
import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.bookmark import Colour
from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.detect import read_export, read_folder
from tuireader.importers.export import ServiceExport, Skipped


def read(data: str | bytes, service: str) -> tuple[list[ImportItem], list[Skipped]]:
    raw = data.encode() if isinstance(data, str) else data
    (export,) = read_export(BytesIO(raw), "export")
    assert isinstance(export, ServiceExport)
    assert export.service == service
    found = list(export.items)
    items = [item for item in found if isinstance(item, ImportItem)]
    return items, [item for item in found if isinstance(item, Skipped)]


def as_json(*entries: object) -> str:
    return json.dumps(entries)


def test_pocket_as_a_table() -> None:
    items, skipped = read(
        "title,url,time_added,tags,status\n"
        'A lamp,https://example.org/lamp,1700000000,sea|light,archive\n"Two\nlines",'
        "https://example.org/two,1700000001,,unread\nNone,file:///etc/passwd,1,,unread\n",
        "Pocket",
    )
    lamp, two = items
    assert (lamp.title, lamp.tags, lamp.read) == ("A lamp", ("sea", "light"), True)
    assert lamp.added == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)
    assert (two.title, two.read) == ("Two lines", False)
    assert skipped == [Skipped("line 5", "it has no web address")]


def test_pocket_as_a_page() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
        '<li><a href="https://example.org/1" time_added="1700000000" tags="a,b">One &amp; 1</a>'
        '</li></ul><h1>Read Archive</h1><ul><li><a href="https://example.org/2">Two</a></li></ul>'
    )
    one, two = read(page, "Pocket")[0]
    assert (one.title, one.tags, one.read) == ("One & 1", ("a", "b"), False)
    assert two.read


def test_instapaper_with_its_selections_folders_and_tags() -> None:
    items, skipped = read(
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://example.org/1,One,“a passage”,Archive,1700000000,"[""x"",""y""]"\n'
        "https://example.org/2,Two,,Lighthouses,1700000000,[]\nnone,Three,,,,\n",
        "Instapaper",
    )
    assert [highlight.words for highlight in items[0].highlights] == ["“a passage”"]
    assert (items[0].tags, items[0].read) == (("x", "y"), True)
    assert (items[1].tags, items[1].read) == (("Lighthouses",), False)
    assert [place.where for place in skipped] == ["line 4"]


def test_readwise_gathers_the_highlights_of_a_book() -> None:
    header = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location"
    )
    items, _ = read(
        f"{header},Highlighted at,Document tags\n"
        '"First, of it",The Lamp,A. Keeper,,my note,yellow,"t1, t2",page,12,'
        "2026-01-27 05:56:46+00:00,d\n"
        "Other,Else,B,,,,,,,,\n"
        "Second,The Lamp,A. Keeper,,,pink,,location,1300,,\n"
        ",The Lamp,A. Keeper,,On the whole,,,,,,\n",
        "Readwise",
    )
    lamp = items[0]
    assert (lamp.title, lamp.author, lamp.tags) == ("The Lamp", "A. Keeper", ("d",))
    assert lamp.note == "On the whole"
    assert lamp.highlights[0] == Highlight(
        words="First, of it",
        note="my note",
        tags=("t1", "t2"),
        colour=Colour.YELLOW,
        created=dt.datetime(2026, 1, 27, 5, 56, 46, tzinfo=dt.UTC),
        position="page 12",
    )
    assert lamp.highlights[1].colour is Colour.RED


def test_omnivore_with_texts_and_highlights_from_its_archive(tmp_path: Path) -> None:
    entry = {
        "slug": "lamp",
        "title": "Lamp",
        "url": "https://example.org/lamp",
        "state": "Archived",
        "labels": ["sea"],
        "publishedAt": "2024-09-04T00:00:00.000Z",
    }
    members = {
        "metadata_0_to_20.json": json.dumps([entry]),
        "content/lamp.html": "<p>She lit the lamp.</p>",
        "highlights/lamp.md": "> She lit the lamp. [⤴️](https://x)\n\nMy note #bright\n\n"
        "> Two\n> lines\n",
    }
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    (item,) = read(data.getvalue(), "Omnivore")[0]
    assert (item.html, item.read, item.tags) == ("<p>She lit the lamp.</p>", True, ("sea",))
    assert item.date == dt.date(2024, 9, 4)
    first, second = item.highlights
    assert (first.words, first.note, first.tags) == ("She lit the lamp.", "My note", ("bright",))
    assert second.words == "Two\nlines"
    (unpacked,) = read_folder(str(tmp_path))
    assert isinstance(unpacked, ServiceExport)
    assert list(unpacked.items) == [item]
    with pytest.raises(SourceError, match="no export"):
        read_folder(str(tmp_path / "content"))


def test_wallabag_with_its_content_and_annotations() -> None:
    entry = {
        "url": "https://example.org/lamp",
        "title": "Lamp",
        "is_archived": 1,
        "tags": ["sea", {"label": "light"}],
        "content": "<p>She lit the lamp.</p>",
        "published_by": ["A. Keeper"],
        "annotations": [{"quote": "lit the lamp", "text": "note", "ranges": []}, {"quote": ""}],
    }
    (item,), skipped = read(as_json(entry, {"url": "x"}, None), "wallabag")
    assert (item.read, item.tags, item.author) == (True, ("sea", "light"), "A. Keeper")
    assert item.html == "<p>She lit the lamp.</p>"
    assert [(one.words, one.note) for one in item.highlights] == [("lit the lamp", "note")]
    assert [one.where for one in skipped] == ["entry 2", "entry 3"]


def test_pinboard() -> None:
    entry = {
        "href": "https://example.org/1",
        "description": "One",
        "extended": "why",
        "tags": "a b",
        "time": "2016-10-31T15:57:56Z",
        "toread": "yes",
    }
    (item,), _ = read(as_json(entry), "Pinboard")
    assert (item.title, item.note, item.tags, item.read) == ("One", "why", ("a", "b"), False)


def test_bookmarks_of_a_browser_take_their_folders_for_tags() -> None:
    page = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>"
        "<DT><H3>Sea</H3><DL><p><DT><H3>Lamps</H3><DL><p>"
        '<DT><A HREF="https://example.org/1" ADD_DATE="1700000000" TAGS="x">One</A><DD>A note'
        '</DL><p><DT><A HREF="https://example.org/2">Two</A></DL><p>'
        '<DT><A HREF="javascript:void(0)">Three</A></DL>'
    )
    (one, two), skipped = read(page, "a browser")
    assert (one.tags, one.note) == (("Sea", "Lamps", "x"), "A note")
    assert two.tags == ("Sea",)
    assert len(skipped) == 1


def test_bookmarks_in_the_json_of_a_browser() -> None:
    link = {"name": "One", "type": "url", "url": "https://example.org/1"}
    folder = {"name": "Sea", "id": "9", "children": [link]}
    chrome = {"roots": {"bookmark_bar": {"name": "Bar", "id": "1", "children": [folder]}}}
    (item,), _ = read(json.dumps(chrome), "a browser")
    assert (item.title, item.tags) == ("One", ("Sea",))


CLIPPINGS = """\ufeffThe Lamp (Keeper, A.)
- Your Highlight on page 12 | Location 123-126 | Added on Monday, 5 October 2020 10:15:30 PM

She lit the lamp

==========
\ufeffDie Lampe
- Ihre Markierung bei Position 145-147 | Hinzugefügt am Montag, 12. August 2024 10:00:00

„Ein Wort“
==========
The Lamp (Keeper, A.)
- Your Note on page 12 | Location 125 | Added on Monday, 5 October 2020 10:16:00

my note
==========
The Lamp (Keeper, A.)
- Your Highlight on page 12 | Location 123-127 | Added on Monday, 5 October 2020 10:17:00

She lit the lamp again.
==========
The Lamp (Keeper, A.)
- Your Bookmark on page 15 | Location 150 | Added on Monday, 5 October 2020 10:17:00


==========
The Lamp (Keeper, A.)
- Your Highlight on page 15 | Location 160-161 | Added on Monday, 5 October 2020 10:18:00

 <You have reached the clipping limit for this item>
==========
"""


def test_kindle_clippings() -> None:
    (lamp, german), skipped = read(CLIPPINGS.replace("\n", "\r\n"), "Kindle")
    assert (lamp.title, lamp.author) == ("The Lamp", "Keeper, A.")
    (highlight,) = lamp.highlights
    assert (highlight.words, highlight.note) == ("She lit the lamp again.", "my note")
    assert highlight.created == dt.datetime(2020, 10, 5, 10, 17, tzinfo=dt.UTC)
    assert (german.title, german.highlights[0].words) == ("Die Lampe", "„Ein Wort“")
    assert german.highlights[0].created == dt.datetime(2024, 8, 12, 10, tzinfo=dt.UTC)
    assert len(skipped) == 1


def test_hypothesis_with_the_words_around_an_annotation() -> None:
    selectors = [
        {"type": "TextPositionSelector", "start": 1, "end": 2},
        {"type": "TextQuoteSelector", "exact": "the lamp", "prefix": "lit ", "suffix": "."},
    ]
    quoted = {
        "uri": "https://example.org/lamp",
        "text": "note",
        "tags": ["t"],
        "document": {"title": ["The Lamp"]},
        "target": [{"selector": selectors}],
    }
    page_note = {"uri": "https://example.org/lamp", "text": "all of it", "target": [{}]}
    for document in (as_json(quoted, page_note), json.dumps({"rows": [quoted, page_note]})):
        (item,), _ = read(document, "Hypothesis")
        found, whole = item.highlights
        assert (item.title, whole.words, whole.note) == ("The Lamp", "", "all of it")
        assert (found.prefix, found.words, found.suffix) == ("lit ", "the lamp", ".")
        assert (found.note, found.tags) == ("note", ("t",))


def test_koreader_as_json() -> None:
    entry = {"text": "the lamp", "note": "n", "page": 3, "time": 1700000000, "sort": "highlight"}
    book = {"title": "The Lamp", "author": "A. Keeper", "md5sum": "x", "entries": [entry, {}]}
    for document in (book, {"documents": [book, {"title": ""}]}):
        (item,), _ = read(json.dumps(document), "KOReader")
        assert item.title == "The Lamp"
        (found,) = item.highlights
        assert (found.words, found.note, found.position) == ("the lamp", "n", "page 3")


SIDECAR = """-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "One",
            ["color"] = "green",
            ["datetime"] = "2024-09-04 10:00:00",
            ["drawer"] = "lighten",
            ["note"] = "my \\"note\\"",
            ["pageno"] = 3,
            ["text"] = "the\\
lamp",
        },
        [2] = { ["datetime"] = "2024-09-04 10:01:00", ["text"] = "a page marker", },
    },
    ["doc_props"] = { ["authors"] = "A. Keeper", ["title"] = "The Lamp" },
    ["percent_finished"] = 1.0,
    ["summary"] = { ["status"] = "complete", ["modified"] = "2024-09-05" },
}
"""


def test_koreader_beside_a_book() -> None:
    (item,), _ = read(SIDECAR, "KOReader")
    assert (item.title, item.author, item.read) == ("The Lamp", "A. Keeper", True)
    (found,) = item.highlights
    assert (found.words, found.note) == ("the\nlamp", 'my "note"')
    assert (found.colour, found.position) == (Colour.GREEN, "One, page 3")


def test_koreader_as_it_used_to_be() -> None:
    old = (
        'return { ["bookmarks"] = { [1] = { ["notes"] = "the lamp", ["text"] = "my note" } },'
        ' ["highlight"] = { [3] = { [1] = { ["drawer"] = "invert", ["text"] = "the lamp" } } },'
        ' ["stats"] = { ["title"] = "The Lamp" } }'
    )
    (item,), _ = read(old, "KOReader")
    assert [(one.words, one.note) for one in item.highlights] == [("the lamp", "my note")]


@pytest.mark.parametrize(
    "text", ["return os.execute('x')", 'return { os.execute("x") }', "return {"]
)
def test_lua_is_never_run(text: str) -> None:
    with pytest.raises(SourceError):
        read_export(BytesIO(text.encode()), "metadata.epub.lua")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not an export"),
        (b"Just some words.", "not an export"),
        (b"[]", "not an export"),
        (b'[{"a": 1}]', "not an export"),
        (b'[{"url": ', "not valid JSON"),
        (b"[" * 200_000, "nested too deep"),
        (b"PK\x03\x04", "not a zip"),
    ],
)
def test_what_is_no_export_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_export(BytesIO(data), "export")


@given(st.text(max_size=400))
def test_no_file_ends_a_reader_in_an_error_without_words(text: str) -> None:
    for before in ("", "[{", "title,url\n", "return {", "x\n- y\n\n==========\n"):
        data = BytesIO((before + text).encode("utf-8", "replace"))
        with contextlib.suppress(SourceError):
            for export in read_export(data, "x"):
                list(export.items if isinstance(export, ServiceExport) else ())


def test_tags_of_services_become_tags_as_they_are_typed() -> None:
    [entry], _ = read(
        as_json({
            "url": "https://example.org/1", "title": "One",
            "tags": ["Climate  change", "climate change", "#sea", 'a "b", c', "\x1b"],
        }),
        "a list of links",
    )  # fmt: skip
    assert entry.tags == ("Climate change", "sea", "a b c")
