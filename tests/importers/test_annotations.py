"""Annotations of pages, local files and references: Hypothesis, wallabag, Omnivore, Zotero."""

import datetime as dt
from typing import Any

import pytest
from importers.reading import Export

from tuireader.domain.bookmark import Colour
from tuireader.domain.dates import PartialDate
from tuireader.domain.import_item import Highlight, ImportItem

SEA = "https://pier.example/sea"


def told(item: ImportItem) -> list[tuple[str, str]]:
    return [(one.words, one.note) for one in item.highlights]


def annotation(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "uri": SEA, "text": name, "tags": [], "target": [{}], **more}


def quoting(exact: str) -> list[dict[str, Any]]:
    return [{"selector": [{"type": "TextQuoteSelector", "exact": exact}]}]


def test_annotations_of_local_files_wait_for_their_texts() -> None:
    export = Export(
        {
            "annotations": [
                annotation(
                    "a",
                    uri="urn:x-pdf:1f2e",
                    target=quoting("the tide"),
                    document={"title": ["Flood Report"]},
                ),
                annotation("b", uri="file:///home/a/low%20tide.pdf", target=quoting("the pier")),
                annotation("c", uri="https://via.hypothes.is/https://pier.example/sea"),
                annotation("d", uri=""),
            ]
        }
    )
    report, tide, page = export.items
    assert (report.title, told(report)) == ("Flood Report", [("the tide", "a")])
    assert (tide.title, tide.file) == ("low tide", "/home/a/low tide.pdf")
    assert page.address == SEA
    assert [one.where for one in export.skipped] == ["entry 4"]


def test_a_reply_is_kept_with_the_annotation_that_it_answers() -> None:
    item = Export(
        {
            "export_userid": "acct:me@h.example",
            "annotations": [
                annotation("answer", references=["a"], user="acct:me@h.example", created="2"),
                annotation(
                    "again", references=["a", "answer"], user="acct:bob@h.example", created="3"
                ),
                annotation("a", target=quoting("the tide"), user="acct:me@h.example", created="1"),
                annotation("lost", references=["gone"], user="acct:me@h.example"),
            ],
        }
    ).item
    assert told(item) == [("the tide", "a\n\nanswer\n\nbob: again"), ("", "lost")]


def test_hypothesis_as_a_table() -> None:
    export = Export(
        "Created at,Author,Page URL,Group,Annotation type,Quote,Text,Tags\n"
        f'2022-05-06 07:08:09,me,{SEA},Public,Annotation,the tide,n,"a, b"\n'
        f"2022-05-06 07:08:09,me,{SEA},Public,Page note,,on it all,\n"
    )
    assert (export.service, told(export.item)) == (
        "Hypothesis",
        [("the tide", "n"), ("", "on it all")],
    )
    assert export.item.highlights[0].tags == ("a", "b")
    assert export.item.highlights[0].created == dt.datetime(2022, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "table",
    [
        (
            "Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags\n"
            f'2022-05-06 07:08,me,12,{SEA},Public,Annotation,the tide,n,"a,b"\n'
        ),
        (
            "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n"
            f'2022-05-06 07:08,{SEA},Public,Annotation,the tide,me,n,"a,b",12\n'
        ),
    ],
)
def test_hypothesis_as_a_table_of_its_client(table: str) -> None:
    export = Export(table)
    (highlight,) = export.item.highlights
    assert (export.service, highlight.words, highlight.note) == ("Hypothesis", "the tide", "n")
    assert (highlight.tags, highlight.position) == (("a", "b"), "page 12")
    assert (highlight.created, export.left_out) == (
        dt.datetime(2022, 5, 6, 7, 8, tzinfo=dt.UTC),
        {},
    )


CONTENT = (
    "<div><p>The tide <b>turned</b> at nine.</p><p>We saw it.</p><p>The tide turned.</p></div>"
)


def test_wallabag_tells_by_its_ranges_which_of_the_same_words_are_meant() -> None:
    def at(path: str, start: int, end: int) -> list[dict[str, Any]]:
        return [{"start": path, "end": path, "startOffset": str(start), "endOffset": str(end)}]

    item = Export(
        [
            {
                "url": SEA,
                "title": "Sea",
                "is_archived": 0,
                "is_starred": 1,
                "content": CONTENT,
                "annotations": [
                    {"quote": "The tide turned", "ranges": at("/div[1]/p[3]", 0, 15)},
                    {"quote": "The tide turned", "ranges": at("/div[1]/p[9]", 0, 15)},
                    {"quote": "", "text": "on it all"},
                ],
            }
        ]
    ).item
    third, nowhere, note = item.highlights
    assert (third.prefix, third.suffix) == ("The tide turned at nine.We saw it.", ".")
    assert (nowhere.prefix, nowhere.suffix) == ("", "")
    assert (note.words, note.note, item.starred) == ("", "on it all", True)


def test_omnivore_has_a_note_on_the_whole_article() -> None:
    export = Export(
        [
            {
                "slug": "sea",
                "url": SEA,
                "title": "Sea",
                "state": "Active",
                "description": "d",
                "highlights": [
                    {"type": "NOTE", "quote": None, "annotation": "on it all"},
                    {"type": "HIGHLIGHT", "quote": "the tide", "annotation": "", "color": "green"},
                    {"type": "REDACTION", "quote": "", "annotation": None},
                ],
            }
        ]
    )
    assert told(export.item) == [("", "on it all"), ("the tide", "")]
    assert export.item.highlights[1].colour is Colour.GREEN
    assert export.left_out == {"highlight without words": 1, "description": 1}


def test_calibre() -> None:
    inner = {
        "type": "highlight",
        "highlighted_text": "the tide",
        "notes": "n",
        "style": {"kind": "color", "type": "builtin", "which": "purple"},
        "toc_family_titles": ["Part I", "One"],
        "timestamp": "2022-05-06T07:08:09.000Z",
        "start_cfi": "/2/4",
    }
    export = Export(
        {
            "type": "calibre_annotation_collection",
            "version": 1,
            "annotations": [
                {"annotation": inner, "book_id": 3, "title": "The Pier", "authors": ["I. Brand"]},
                {"annotation": {"type": "bookmark", "title": "b"}, "book_id": 3},
                {"annotation": {**inner, "removed": True}, "book_id": 3},
            ],
        }
    )
    item = export.item
    assert (item.title, item.author, told(item)) == ("The Pier", "I. Brand", [("the tide", "n")])
    assert item.highlights[0].position == "Part I, One"
    assert export.left_out == {"page bookmark": 1}


def test_evernote_tells_clipped_pages_from_notes() -> None:
    export = Export(
        '<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://x.example/en.dtd"><en-export>'
        "<note><title>Sea</title><created>20220506T070809Z</created><tag>salt</tag>"
        f"<note-attributes><source-url>{SEA}</source-url>"
        "<reminder-time>20230101T000000Z</reminder-time></note-attributes><content><![CDATA["
        "<!DOCTYPE en-note><en-note><p>The tide turned.</p><en-media/></en-note>]]></content>"
        "<resource><data>eA==</data></resource></note>"
        "<note><title>Mine</title><content><![CDATA[<en-note><div>A thought</div></en-note>]]>"
        "</content></note></en-export>"
    )
    sea, mine = export.items
    assert (sea.address, sea.tags) == (SEA, ("salt",))
    assert "The tide turned." in sea.html
    assert sea.added == dt.datetime(2022, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    assert (mine.title, mine.note, mine.html) == ("Mine", "A thought", "")
    assert export.left_out == {"reminder date": 1, "attachment": 1}


CSL = {
    "id": "brand22",
    "type": "article-journal",
    "title": "On Tides",
    "container-title": "The Pier",
    "author": [{"given": "Ida", "family": "Brand"}, {"literal": "Pier Club"}],
    "issued": {"date-parts": [["2022", 5, 6]]},
    "DOI": "10.1000/1",
    "keyword": "salt, sea",
    "note": "read again",
    "abstract": "We look.",
}


def test_csl_json() -> None:
    export = Export(
        [CSL, {"id": "y", "type": "book", "title": "T", "issued": {"date-parts": [[2022]]}}]
    )
    tides, book = export.items
    assert (tides.author, tides.outlet) == ("Ida Brand, Pier Club", "The Pier")
    assert (tides.address, tides.date) == ("https://doi.org/10.1000/1", dt.date(2022, 5, 6))
    assert (tides.tags, tides.note) == (("salt", "sea"), "read again")
    assert book.date == PartialDate(2022)
    assert export.left_out == {"abstract": 1}


def test_ris() -> None:
    export = Export(
        "TY  - JOUR\nTI  - On Tides\nAU  - Brand, Ida\nAU  - Moor, A.\nDA  - 2022/05/06/\n"
        f"UR  - {SEA}\nKW  - salt\nKW  - sea\nN1  - <p>read again</p>\nAB  - We look.\nER  - \n\n"
        "TY  - BOOK\nTI  - Low Water\nPY  - 2022\nER  - \n"
    )
    tides, book = export.items
    assert (tides.author, tides.address) == ("Ida Brand, A. Moor", SEA)
    assert (tides.date, tides.note) == (dt.date(2022, 5, 6), "read again")
    assert tides.tags == ("salt", "sea")
    assert (book.title, book.date) == ("Low Water", PartialDate(2022))
    assert export.left_out == {"abstract": 1}


def test_the_json_of_better_bibtex_has_the_annotations_of_attachments() -> None:
    item = Export(
        {
            "config": {},
            "items": [
                {
                    "itemType": "webpage",
                    "title": "Sea",
                    "url": SEA,
                    "creators": [{"firstName": "Ida", "lastName": "Brand"}],
                    "notes": [{"note": "<p>on it all</p>"}],
                    "tags": [{"tag": "salt"}],
                    "attachments": [
                        {
                            "annotations": [
                                {
                                    "annotationType": "highlight",
                                    "annotationText": "the tide",
                                    "annotationComment": "n",
                                    "annotationColor": "#ff6666",
                                    "annotationPageLabel": "7",
                                }
                            ]
                        }
                    ],
                }
            ],
        }
    ).item
    assert (item.author, item.note, item.tags) == ("Ida Brand", "on it all", ("salt",))
    assert item.highlights == (
        Highlight(words="the tide", note="n", colour=Colour.RED, position="page 7"),
    )


MARKDOWN = """# Annotations
(5/6/2022, 7:08:09 AM)

“the tide” ([Brand, 2022, p. 7](zotero://select/A)) ([pdf](zotero://open-pdf/B?page=7)) when?

“the pier” ([Brand, 2022, p. 9](zotero://select/A)) ([pdf](zotero://open-pdf/B?page=9))
"""
HTML = (
    '<div class="zotero-notes"><h1>Annotations</h1><p><span class="highlight">“the tide”</span> '
    '<span class="citation">(<span class="citation-item">Brand, 2022, p. 7</span>)</span> when?</p>'
    '<p><span class="highlight">“the pier”</span> <span>(Brand, 2022, p. 9)</span></p></div>'
)


@pytest.mark.parametrize("text", [MARKDOWN, HTML])
def test_notes_that_zotero_makes_of_annotations(text: str) -> None:
    item = Export(text).item
    assert (item.title, told(item)) == ("Brand, 2022", [("the tide", "when?"), ("the pier", "")])
    assert [one.position for one in item.highlights] == ["page 7", "page 9"]
