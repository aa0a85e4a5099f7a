"""Clippings of a Kindle in many languages, and notebooks of the Kindle apps."""

import datetime as dt

import pytest
from importers.reading import Export

from tuireader.domain.bookmark import Colour
from tuireader.domain.import_item import Highlight
from tuireader.importers.kindle import FORMATS

SATURDAY = dt.datetime(2020, 2, 15, 21, 5, 6, tzinfo=dt.UTC)


def clippings(*entries: tuple[str, str], book: str = "The Pier (Brand, I.)") -> str:
    return "".join(f"{book}\n{line}\n\n{words}\n==========\n" for line, words in entries)


def only(line: str) -> Highlight:
    export = Export(clippings((line, "some words")))
    assert export.service == FORMATS[0].service
    (found,) = export.item.highlights
    return found


@pytest.mark.parametrize(
    ("line", "position"),
    [
        (
            (
                "- Your Highlight on page 7 | Location 81-83 | Added on Saturday, 15 February 2020"
                " 9:05:06 PM"
            ),
            "page 7, location 81-83",
        ),
        (
            (
                "- Your Highlight on Location 1081-83 | Added on Saturday, February 15, 2020"
                " 9:05:06\u202fPM"
            ),
            "location 1081-1083",
        ),
        (
            (
                "- Votre surlignement sur la page xii | emplacement 81-83 | Ajouté le 15 février"
                " 2020 21:05:06"
            ),
            "page xii, location 81-83",
        ),
        (
            (
                "- Seu destaque na página 7 | posição 81-83 | Adicionado: 15 de fevereiro de"
                " 2020 18h05min06s GMT-03:00"
            ),
            "page 7, location 81-83",
        ),
        (
            (
                "- Je highlight op pagina 7 | locatie 81 t/m 83 | Toegevoegd op 15 februari"
                " 2020 21:05:06"
            ),
            "page 7, location 81-83",
        ),
        (
            (
                "– Ваш выделенный отрывок на странице 7 | Место 81–83 | Добавлено: 15 февраля"
                " 2020 г. в 21:05:06"
            ),
            "page 7, location 81-83",
        ),
        (
            (
                "- Twoje podkreślenie na stronie 7 | pozycja 81-83 | Dodano: sobota, 15 lutego 2020"
                " 21:05:06"
            ),
            "page 7, location 81-83",
        ),
        (
            (
                "- 7. sayfadaki vurgunuz | Konum 81-83 | Eklenme Tarihi: 15 Şubat 2020 Cumartesi"
                " 21:05:06"
            ),
            "page 7, location 81-83",
        ),
        (
            "- 您在第 7 页（位置 #81-83）的标注 | 添加于 2020年2月15日星期六 下午9:05:06",
            "page 7, location 81-83",
        ),
        (
            "- 7ページ|位置No. 81-83のハイライト |作成日: 2020年2月15日土曜日 21:05:06",
            "page 7, location 81-83",
        ),
        (
            "- 7쪽의 하이라이트 | 위치 81-83 | 2020년 2월 15일 토요일 오후 9:05:06에 추가됨",
            "page 7, location 81-83",
        ),
        ("- Your Underline on page 7 | Added on Saturday, 15 February 2020 21:05:06", "page 7"),
        ("- Ignis fatuus 81-83 | 15.2.2020 21:05:06", "location 81-83"),
    ],
)
def test_a_highlight_in_any_language_has_its_time_and_position(line: str, position: str) -> None:
    found = only(line)
    assert (found.words, found.position) == ("some words", position)
    assert found.created == SATURDAY


@pytest.mark.parametrize(
    "line",
    [
        "- Sua nota ou posição 83 | Adicionado: 15 de fevereiro de 2020 21:05:06",
        "– Ваша заметка в месте 83 | Добавлено: 15 февраля 2020 г. в 21:05:06",
        "- 7ページ|位置No. 83のメモ |作成日: 2020年2月15日土曜日 21:05:06",
        "- 您在位置 #83的笔记 | 添加于 2020年2月15日星期六 下午9:05:06",
        "- Twoja notatka na stronie 7 | pozycja 83 | Dodano: sobota, 15 lutego 2020 21:05:06",
        "- 7. sayfadaki notunuz | Konum 83 | Eklenme Tarihi: 15 Şubat 2020 Cumartesi 21:05:06",
        "- Ignis fatuus 83 | 15.2.2020 21:05:06",
    ],
)
def test_a_note_in_any_language_is_no_highlight(line: str) -> None:
    found = only(line)
    assert (found.words, found.note, found.created) == ("", "some words", SATURDAY)


@pytest.mark.parametrize(
    "line",
    [
        "- Sayfa 7 | Konum 83 Yer İmi | 15 Şubat 2020 Cumartesi 21:05:06",
        "- 您在位置 #83 的书签 | 添加于 2020年2月15日星期六 下午9:05:06",
        "- Ignis fatuus 83 | 15.2.2020 21:05:06",
    ],
)
def test_a_page_bookmark_is_left_out_and_counted(line: str) -> None:
    assert Export(clippings((line, ""))).left_out == {"page bookmark": 1}


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert only("- Your Highlight on Location 1-2 | Added on 45 May 2020").created is None


def note(location: str, minute: int, page: str = "") -> str:
    place = f"page {page}" if page else f"Location {location}"
    return f"- Your Note on {place} | Added on Saturday, 15 February 2020 21:{minute:02}:00"


def marked(location: str, minute: int, page: str = "") -> str:
    return note(location, minute, page).replace("Note", "Highlight")


def test_a_note_belongs_to_the_highlight_that_ends_where_it_stands() -> None:
    item = Export(
        clippings(
            (marked("50-52", 1), "the tide"),
            (marked("52-54", 2), "the pier"),
            (note("52", 3), "to the tide"),
            (note("54", 4), "to the pier"),
        )
    ).item
    assert [(one.words, one.note) for one in item.highlights] == [
        ("the tide", "to the tide"),
        ("the pier", "to the pier"),
    ]


def test_of_two_highlights_at_one_location_a_note_belongs_to_the_one_just_made() -> None:
    for location, page in (("61-61", ""), ("", "9")):
        item = Export(
            clippings(
                (marked(location, 1, page), "the tide"),
                (note("61", 2, page), "to the tide"),
                (marked(location, 5, page), "the pier"),
                (note("61", 6, page), "to the pier"),
            )
        ).item
        assert [(one.words, one.note) for one in item.highlights] == [
            ("the tide", "to the tide"),
            ("the pier", "to the pier"),
        ]


def test_the_same_words_at_two_places_are_two_highlights() -> None:
    item = Export(
        clippings(
            (marked("10-11", 1), "the tide"),
            (note("11", 2), "first"),
            (marked("90-91", 3), "the tide"),
            (note("91", 4), "second"),
        )
    ).item
    assert [(one.note, one.position) for one in item.highlights] == [
        ("first", "location 10-11"),
        ("second", "location 90-91"),
    ]


def test_an_earlier_version_of_a_highlight_is_counted_as_left_out() -> None:
    export = Export(
        clippings((marked("10-12", 1), "the tide"), (marked("10-13", 2), "the tide turned"))
    )
    assert [one.words for one in export.item.highlights] == ["the tide turned"]
    assert export.left_out == {"earlier version of a highlight": 1}


def test_the_sentence_of_the_clipping_limit_is_no_part_of_the_words() -> None:
    limit = "<You have reached the clipping limit for this item>"
    export = Export(
        clippings((marked("1-2", 1), f"the tide {limit}"), (marked("5-6", 2), f" {limit}"))
    )
    assert [one.words for one in export.item.highlights] == ["the tide"]
    assert len(export.skipped) == 1


def test_a_book_without_a_title_keeps_its_highlights() -> None:
    for title in ("", " "):
        before = clippings((marked("1-2", 1), "the tide"))
        _, item = Export(before + clippings((marked("1-2", 1), "the pier"), book=title)).items
        assert (item.title, item.highlights[0].words) == ("Untitled", "the pier")


NOTEBOOK = """<html><body><div class="bodyContainer">
<h1><div class="bookTitle">The Pier</h1></div><div class="authors">Brand, I.</div><hr/>
<h2 class="sectionHeading">Two</h2>
<h3 class="noteHeading">Markierung(<span class="highlight_blue">blau</span>) - Seite 7 · Position 81
</div><div class="noteText"><!-- x -->the <b>tide</b></h3>
<h3 class="noteHeading">Notiz - Seite 7 · Position 81</div><div class="noteText">to the tide</h3>
<h3 class="noteHeading">Notiz - Position 99</div><div class="noteText">alone</h3>
<h3 class="noteHeading">Lesezeichen - Seite 9 · Position 120</div><div class="noteText"></h3>
</div></body></html>"""


def test_a_notebook_has_colours_chapters_and_notes_below_their_highlights() -> None:
    export = Export(NOTEBOOK)
    item = export.item
    assert (export.service, item.title, item.author) == ("Kindle", "The Pier", "Brand, I.")
    tide, alone = item.highlights
    assert (tide.words, tide.note, tide.colour) == ("the tide", "to the tide", Colour.BLUE)
    assert tide.position == "Two, page 7, location 81"
    assert (alone.words, alone.note, alone.position) == ("", "alone", "Two, location 99")
    assert export.left_out == {"page bookmark": 1}


def test_bookcision() -> None:
    export = Export(
        {
            "asin": "B0",
            "title": "The Pier",
            "authors": "Ida Brand",
            "highlights": [
                {
                    "text": "the tide",
                    "isNoteOnly": False,
                    "location": {"url": "kindle://x", "value": 81},
                    "note": "n",
                },
                {"text": "alone", "isNoteOnly": True, "location": {"value": 90}, "note": None},
            ],
        }
    )
    tide, alone = export.item.highlights
    assert (tide.words, tide.note, tide.position) == ("the tide", "n", "location 81")
    assert (alone.words, alone.note) == ("", "alone")
