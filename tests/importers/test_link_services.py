"""What lists of links of each service hold, and what of it is left out."""

import datetime as dt

import pytest
from importers.reading import Export

from tuireader.domain.bookmark import Colour
from tuireader.importers.export import NO_ADDRESS

SEA = "https://pier.example/sea"
MOMENT = dt.datetime(2022, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


def test_raindrop_brings_highlights_with_their_notes_folders_and_favourites() -> None:
    export = Export(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        f'7,Sea,on it all,From the site,{SEA},Work/Coast,"salt, tide",2022-05-06T07:08:09Z,'
        'https://pier.example/c.png,"Highlight:the tide turned\nNote:when?\nColor:red\n\n'
        'Highlight:the pier\nheld",true\n'
        "8,Plain,,,https://pier.example/2,Unsorted,,,,,false\n"
    )
    sea, plain = export.items
    assert (export.service, sea.note, sea.added) == ("Raindrop.io", "on it all", MOMENT)
    assert sea.tags == ("Work", "Coast", "salt", "tide")
    assert sea.starred
    assert not plain.starred
    first, second = sea.highlights
    assert (first.words, first.note, first.colour) == ("the tide turned", "when?", Colour.RED)
    assert second.words == "the pier\nheld"
    assert plain.tags == ()
    assert export.left_out == {"excerpt": 1, "cover": 1}


def test_readwise_reader_knows_what_was_archived() -> None:
    export = Export(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        f"Sea,{SEA},1,\"['salt', 'low tide']\",2022-05-06 07:08:09+00:00,0.42,archive,True\n"
        "Two,https://pier.example/2,2,,2022-05-06 07:08:09+00:00,0,later,False\n"
    )
    sea, two = export.items
    assert (sea.tags, sea.read, sea.added) == (("salt", "low tide"), True, MOMENT)
    assert not two.read
    assert export.left_out == {"reading progress": 1, "location": 1}


def test_linkwarden_has_collections_in_collections_and_pinned_links() -> None:
    link = {
        "id": 5,
        "name": "Sea",
        "url": SEA,
        "type": "url",
        "description": "why",
        "tags": [{"id": 1, "name": "salt"}],
        "createdAt": "2022-05-06T07:08:09.000Z",
        "textContent": "All of it",
        "highlights": [{"text": "the tide", "comment": "c", "color": "yellow"}],
    }
    paper = {"id": 6, "name": "Paper", "url": None, "type": "pdf"}
    export = Export(
        {
            "name": "me",
            "collections": [
                {"id": 1, "name": "Work", "links": []},
                {
                    "id": 2,
                    "name": "Coast",
                    "parentId": 1,
                    "description": "d",
                    "links": [link, paper],
                    "rssSubscriptions": [{"url": "x"}],
                },
            ],
            "pinnedLinks": [{"id": 5}],
        }
    )
    item = export.item
    assert (export.service, item.note) == ("Linkwarden", "why")
    assert item.tags == ("Work", "Coast", "salt")
    assert item.starred
    assert [(one.words, one.note) for one in item.highlights] == [("the tide", "c")]
    assert [one.reason for one in export.skipped] == ["it is a file that the export does not hold"]
    assert export.left_out == {
        "text content": 1,
        "collection description": 1,
        "feed subscription": 1,
    }


def test_goodlinks_knows_when_a_link_was_read() -> None:
    export = Export(
        [
            {
                "url": SEA,
                "title": "Sea",
                "summary": "s",
                "tags": ["salt"],
                "addedAt": MOMENT.timestamp(),
                "readAt": MOMENT.timestamp(),
                "starred": True,
                "highlights": [{"content": "the tide", "note": "n", "createdAt": 1651820889}],
            },
            {"url": "https://pier.example/2", "title": "Two", "addedAt": 1651820889, "readAt": 0},
        ]
    )
    sea, two = export.items
    assert (export.service, sea.read, two.read) == ("GoodLinks", True, False)
    assert (sea.tags, sea.starred, sea.added) == (("salt",), True, MOMENT)
    assert [(one.words, one.note) for one in sea.highlights] == [("the tide", "n")]
    assert sea.highlights[0].created == MOMENT
    assert export.left_out == {"summary": 1}


@pytest.mark.parametrize(
    ("annotations", "words"),
    [
        ("Highlight: the tide\nComment: n\n\nHighlight: the pier", ["the tide", "the pier"]),
        ("the tide\n\nthe pier", ["the tide", "the pier"]),
    ],
)
def test_diigo_as_a_table(annotations: str, words: list[str]) -> None:
    export = Export(
        "title,url,tags,description,comments,annotations,created_at\n"
        f'Sea,{SEA},"salt ""low tide""",about,mine,"{annotations}",2022-05-06 07:08:09 +0000\n'
    )
    item = export.item
    assert (export.service, item.tags) == ("Diigo", ("salt", "low tide"))
    assert item.note == "about\n\nmine"
    assert [one.words for one in item.highlights] == words


def test_matter_has_authors_and_counts_of_highlights() -> None:
    export = Export(
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count\n"
        f"Sea,I. Brand,The Pier,{SEA},salt,900,False,True,True,2\n"
    )
    item = export.item
    assert (item.author, item.outlet, item.read) == ("I. Brand", "The Pier", True)
    assert (item.tags, item.starred) == (("salt",), True)
    assert export.left_out == {"word count": 1, "highlight": 2}


def test_readeck_has_labels_marks_and_annotations() -> None:
    export = Export(
        [
            {
                "id": "x",
                "href": "https://rd.example/api/bookmarks/x",
                "created": "2022-05-06T07:08:09Z",
                "url": SEA,
                "title": "Sea",
                "site_name": "The Pier",
                "authors": ["I. Brand"],
                "labels": ["salt"],
                "is_archived": True,
                "is_marked": True,
                "read_progress": 60,
                "annotations": [{"text": "the tide", "note": "n", "color": "blue"}],
            }
        ]
    )
    item = export.item
    assert (export.service, item.read, item.outlet) == ("Readeck", True, "The Pier")
    assert (item.tags, item.starred, item.author) == (("salt",), True, "I. Brand")
    assert item.highlights[0].colour is Colour.BLUE
    assert export.left_out == {"read progress": 1}


def test_karakeep_has_lists_and_texts() -> None:
    export = Export(
        {
            "bookmarks": [
                {
                    "createdAt": 1651820889,
                    "title": "Sea",
                    "tags": ["salt"],
                    "lists": ["l1"],
                    "content": {"type": "link", "url": SEA},
                    "note": "n",
                    "archived": True,
                },
                {
                    "createdAt": 1651820889,
                    "title": None,
                    "tags": [],
                    "content": {"type": "text", "text": "A thought of mine\non two lines"},
                    "note": None,
                },
                {"createdAt": 1651820889, "title": "A scan", "tags": [], "content": None},
            ],
            "lists": [{"id": "l1", "name": "Coast"}],
        }
    )
    sea, thought = export.items
    assert (export.service, sea.tags, sea.read) == ("karakeep", ("salt", "Coast"), True)
    assert (thought.title, thought.address) == ("A thought of mine", "")
    assert thought.note == "A thought of mine\non two lines"
    assert len(export.skipped) == 1


def test_starred_articles_of_a_feed_reader() -> None:
    article = {
        "id": "tag:google.com,2005:reader/item/1",
        "published": 1651820889,
        "title": "Sea",
        "author": "I. Brand",
        "canonical": [{"href": SEA}],
        "categories": [
            "user/1/state/com.google/starred",
            "user/1/state/com.google/read",
            "user/1/label/Coast",
        ],
        "origin": {"streamId": "feed/x", "title": "The Pier"},
        "content": {"content": "<p>The tide turned.</p>"},
        "annotations": [{"text": "The tide", "note": "n", "added_on": 1651820889}],
    }
    export = Export({"id": "x", "title": "Starred", "items": [article, {"title": "No link"}]})
    item = export.item
    assert (item.outlet, item.date, item.read) == ("The Pier", dt.date(2022, 5, 6), True)
    assert (item.tags, item.html) == (("Coast",), "<p>The tide turned.</p>")
    assert item.starred
    assert [(one.words, one.note) for one in item.highlights] == [("The tide", "n")]
    assert [(one.where, one.reason) for one in export.skipped] == [("entry 2", NO_ADDRESS)]


def test_a_list_of_links_of_an_unknown_service_says_what_it_leaves_out() -> None:
    export = Export(
        [
            {
                "url": SEA,
                "name": "Sea",
                "reminderDate": "2023-01-01",
                "attachments": ["a", "b", "c"],
                "highlights": [{"quote": "the tide", "comment": "n"}],
                "uuid": "x",
                "rating": 0,
            }
        ]
    )
    assert (export.service, export.item.title) == ("a list of links", "Sea")
    assert [(one.words, one.note) for one in export.item.highlights] == [("the tide", "n")]
    assert export.left_out == {"attachment": 3, "reminder date": 1}


def test_a_text_of_addresses_is_a_list_of_links() -> None:
    export = Export(
        f"# To read\n{SEA} The sea\n- [Two](https://pier.example/2)\n1. https://a.example\n"
    )
    assert [item.title for item in export.items] == ["The sea", "Two", "https://a.example"]
    assert export.left_out == {"line without an address": 1}


def test_a_table_may_have_semicolons_and_the_text_of_articles() -> None:
    export = Export(
        'Title;URL;Content;Tags;Language;"Creation date"\n'
        f'Sea;{SEA};"<p>The tide; it turned.</p>";"salt, sea";en;06/05/2022\n'
    )
    item = export.item
    assert (item.html, item.tags) == ("<p>The tide; it turned.</p>", ("salt", "sea"))
    assert export.left_out == {"language": 1, "creation date": 1}


def test_instapaper_as_a_page() -> None:
    export = Export(
        "<html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1><ol>"
        f'<li><a href="{SEA}">Sea</a></li></ol><h1>Archive</h1><ol>'
        '<li><a href="https://pier.example/2">Two</a></li></ol></body></html>'
    )
    assert [(item.title, item.read) for item in export.items] == [("Sea", False), ("Two", True)]


def test_folders_of_instapaper_are_tags() -> None:
    export = Export(
        "<html><head><title>Instapaper: Export</title></head><body><h1>Sea</h1><ol>"
        f'<li><a href="{SEA}">Sea</a></li></ol><h1>Starred</h1><ol>'
        '<li><a href="https://pier.example/2">Two</a></li></ol></body></html>'
    )
    assert [(item.tags, item.starred) for item in export.items] == [(("Sea",), False), ((), True)]


def test_the_note_in_a_row_of_one_highlight_belongs_to_the_highlight() -> None:
    export = Export(f"url\ttitle\thighlight\tnote\n{SEA}\tSea\tthe tide\tn\n")
    assert export.item.note == ""
    assert [(one.words, one.note) for one in export.item.highlights] == [("the tide", "n")]


def test_deleted_highlights_of_readwise_do_not_come_back() -> None:
    highlights = [{"text": "the tide"}, {"text": "gone", "is_deleted": True}]
    export = Export({"results": [{"user_book_id": 1, "title": "Sea", "highlights": highlights}]})
    assert [one.words for one in export.item.highlights] == ["the tide"]


def test_a_folder_of_bookmarks_of_firefox_is_read() -> None:
    folder = "text/x-moz-place-container"
    link = {"title": "Sea", "uri": SEA, "type": "text/x-moz-place"}
    below = {"title": "Coast", "type": folder, "children": [link]}
    assert Export({"title": "menu", "type": folder, "children": [below]}).item.tags[-1] == "Coast"


def test_the_annotations_of_a_local_file_are_kept_and_a_mere_link_to_one_is_not() -> None:
    export = Export(
        [
            {"url": SEA, "title": "Sea", "addedAt": 1651820889},
            {
                "url": "file:///home/a/flood%20report.pdf",
                "addedAt": 1651820889,
                "highlights": [{"content": "the tide"}],
            },
            {"url": "file:///etc/passwd", "title": "No", "addedAt": 1651820889},
        ]
    )
    _, local = export.items
    assert (local.title, local.file, local.address) == (
        "flood report",
        "/home/a/flood report.pdf",
        "",
    )
    assert len(export.skipped) == 1


def test_bookmarks_of_a_browser_name_what_they_lose() -> None:
    export = Export(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
        f'<DT><A HREF="{SEA}" ADD_DATE="1651820889" ICON="data:x" SHORTCUTURL="s"'
        ' DATA-IMPORTANT="true" PRIVATE="1">Sea</A></DL>'
    )
    assert (export.item.tags, export.item.starred, export.item.added) == ((), True, MOMENT)
    assert export.left_out == {"keyword": 1, "sharing setting": 1}


def test_the_clocks_of_browsers_begin_in_1601_and_in_1970() -> None:
    seconds = MOMENT.timestamp()
    chrome = {"name": "Sea", "url": SEA, "date_added": str(int((seconds + 11644473600) * 1e6))}
    firefox = {"title": "Sea", "uri": SEA, "dateAdded": int(seconds * 1e6)}
    for document in (
        {"roots": {"bar": {"id": "1", "children": [chrome]}}},
        {"root": "placesRoot", "children": [firefox]},
    ):
        assert Export(document).item.added == MOMENT


def test_titles_of_starred_articles_are_plain_text() -> None:
    export = Export(
        {
            "items": [
                {
                    "title": "Smith &amp; Co <b>sink</b>",
                    "canonical": [{"href": SEA}],
                    "origin": {"title": "Sea &amp; Sky"},
                }
            ]
        }
    )
    assert (export.item.title, export.item.outlet) == ("Smith & Co sink", "Sea & Sky")
