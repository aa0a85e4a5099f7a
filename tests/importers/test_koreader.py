"""KOReader's files of all ages: beside a book, and from its exporter."""

import pytest
from importers.reading import Export

from tuireader.domain.import_item import Highlight
from tuireader.importers.koreader import FORMATS


def told(highlights: tuple[Highlight, ...]) -> list[tuple[str, str]]:
    return [(one.words, one.note) for one in highlights]


def test_old_tables_beside_the_new_one_are_read_too_and_nothing_twice() -> None:
    export = Export(
        """return {
        ["annotations"] = {
            [1] = { ["drawer"] = "lighten", ["datetime"] = "2024-02-02 10:00:00",
                    ["text"] = "the pier", ["note"] = "new", ["pageno"] = 9 },
            [2] = { ["datetime"] = "2024-02-03 10:00:00", ["text"] = "in Two",
                    ["note"] = "look here again", ["pageno"] = 12, ["chapter"] = "Two" },
        },
        ["bookmarks"] = {
            [1] = { ["highlighted"] = true, ["notes"] = "the tide", ["text"] = "the tide, really",
                    ["datetime"] = "2023-01-01 10:00:00" },
            [2] = { ["highlighted"] = true, ["notes"] = "the pier",
                    ["text"] = "Page 9 the pier @ 2024-02-02 10:00:00",
                    ["datetime"] = "2024-02-02 10:00:00" },
            [3] = { ["notes"] = "in One", ["text"] = "Seite 3 in One @ 2023-01-02 10:00:00",
                    ["datetime"] = "2023-01-02 10:00:00" },
        },
        ["highlight"] = {
            [3] = { [1] = { ["text"] = "the tide", ["datetime"] = "2023-01-01 10:00:00" } },
            [9] = { [1] = { ["text"] = "the pier", ["datetime"] = "2024-02-02 10:00:00" } },
        },
        ["doc_props"] = { ["title"] = "", ["authors"] = "N/A" },
        ["stats"] = { ["title"] = "The Pier", ["authors"] = "I. Brand\\
A. Moor" },
        }"""
    )
    item = export.item
    assert (item.title, item.author) == ("The Pier", "I. Brand, A. Moor")
    assert told(item.highlights) == [
        ("the tide", "the tide, really"),
        ("the pier", "new"),
        ("", "look here again"),
    ]
    assert [one.position for one in item.highlights] == ["page 3", "page 9", "Two, page 12"]
    assert export.left_out == {"page bookmark": 1}


def test_a_book_that_was_opened_as_pages_and_as_text_has_tables_of_both() -> None:
    item = Export(
        """return { ["annotations_paging"] = { [1] = { ["drawer"] = "lighten",
        ["text"] = "the tide", ["datetime"] = "2024-01-01 10:00:00" } },
        ["bookmarks_rolling"] = { [1] = { ["highlighted"] = true, ["notes"] = "the pier",
        ["datetime"] = "2024-01-02 10:00:00" } }, ["doc_props"] = { ["title"] = "T" } }"""
    ).item
    assert {one.words for one in item.highlights} == {"the tide", "the pier"}


MARK = '["annotations"] = { [1] = { ["drawer"] = "x", ["text"] = "the tide" } }'


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        (
            f'return {{ {MARK}, ["doc_path"] = "/mnt/us/flood report.v2.epub" }}',
            "x",
            "flood report.v2",
        ),
        (f"-- /mnt/us/tide.pdf\nreturn {{ {MARK} }}", "x", "tide"),
        (f"return {{ {MARK} }}", "/books/low tide.sdr/metadata.epub.lua", "low tide"),
        (f"return {{ {MARK} }}", "metadata.epub.lua", "Untitled"),
    ],
)
def test_a_book_without_a_title_is_called_after_its_file(text: str, path: str, title: str) -> None:
    item = Export(text, path).item
    assert (item.title, item.highlights[0].words) == (title, "the tide")


def test_what_was_noted_about_a_book_is_named_if_it_is_not_imported() -> None:
    export = Export(
        f'return {{ {MARK}, ["doc_props"] = {{ ["title"] = "T" }}, ["percent_finished"] = 0.4,'
        ' ["summary"] = { ["rating"] = 4, ["status"] = "abandoned", ["note"] = "too long" } }'
    )
    assert export.item.note == "too long"
    assert export.left_out == {"rating": 1, "reading status": 1, "reading progress": 1}


def test_json_without_a_title_and_with_notes_without_words() -> None:
    export = Export(
        {
            "file": "/mnt/us/tide.epub",
            "md5sum": "x",
            "entries": [
                {"text": "the tide", "page": 4, "chapter": "One", "sort": "highlight"},
                {"text": "", "note": "alone", "page": 5, "sort": "highlight"},
                {"text": "in One", "sort": "bookmark", "page": 5},
            ],
        }
    )
    assert (export.item.title, told(export.item.highlights)) == (
        "tide",
        [("the tide", ""), ("", "alone")],
    )
    assert export.item.highlights[0].position == "One, page 4"
    assert export.left_out == {"page bookmark": 1}


MARKDOWN = """# The Pier
##### Ida Brand

## One
### Page 4 @ 02 May 2024 08:09:10 PM
*the tide*

[View in book](<file:///x.epub?pos=1>)
### Seite xii @ 03 Mai 2024 08:09:10
**_the pier
held_**

---
a note
of two lines
## Two
### Page 9 @ 04 May 2024 08:09:10 AM
plain *words*

# Another
##### N/A

## A
### Page 1 @ 04 May 2024 08:09:10 AM
==lit==
"""


def test_markdown() -> None:
    export = Export(MARKDOWN)
    assert export.service == FORMATS[0].service
    pier, another = export.items
    assert (pier.title, pier.author, another.author) == ("The Pier", "Ida Brand", "")
    assert told(pier.highlights) == [
        ("the tide", ""),
        ("the pier\nheld", "a note\nof two lines"),
        ("plain *words*", ""),
    ]
    positions = [one.position for one in pier.highlights]
    assert positions == ["One, page 4", "One, page xii", "Two, page 9"]
    assert [one.created and one.created.isoformat() for one in pier.highlights] == [
        "2024-05-02T20:09:10+00:00",
        "2024-05-03T08:09:10+00:00",
        "2024-05-04T08:09:10+00:00",
    ]
    assert another.highlights[0].words == "lit"
