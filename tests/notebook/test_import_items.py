import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Colour, ReadingProgress
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.notebook.import_items import ImportSummary
from tuireader.notebook.imported_article import ImportedArticle
from tuireader.notebook.notebook import Notebook

Make = Callable[..., Article]
Find = Callable[..., Passage]
LINK = "https://example.org/ferry"
BOAT = Highlight(words="we still have half a boat", note="ask", tags=("boat",), colour=Colour.GREEN)
LONG = Highlight(
    words="the second vessel failed its inspection two times. A third inspection is due"
)
GONE = Highlight(words="Nothing of the kind was ever said by anybody in this story, not even once.")


def item(*highlights: Highlight, **more: Any) -> ImportItem:
    return ImportItem(**{"title": "Ferry", "address": LINK, "highlights": highlights, **more})


def take(notebook: Notebook, *arrivals: ImportedArticle) -> ImportSummary:
    intake = notebook.begin_import("Pocket")
    for arrival in arrivals:
        intake.add(arrival)
    intake.take()
    return intake.summary


def arrival(of: ImportItem, *texts: Article, location: str = LINK) -> ImportedArticle:
    return ImportedArticle(item=of, location=location, texts=lambda: texts)


def test_an_article_comes_with_its_tags_its_note_and_whether_it_was_read(
    notebook: Notebook,
) -> None:
    tally = take(notebook, arrival(item(tags=("sea",), note="why", read=True)))
    assert notebook.sources.all() == (LINK,)
    (note,) = notebook.bookmarks.all()
    assert (note.anchor, note.note, note.tags) == (None, "why", ("sea",))
    reading = notebook.progress.get(LINK)
    assert reading is not None
    assert reading.finished
    assert (tally.articles, tally.read, tally.noted) == (1, 1, 1)


def test_a_favourite_is_starred_and_undone_with_the_import(notebook: Notebook) -> None:
    counts = take(notebook, arrival(item(starred=True, read=True)))
    reading = notebook.progress.get(LINK)
    assert reading is not None
    assert (reading.starred, reading.finished, counts.starred) == (True, True, 1)
    assert take(notebook, arrival(item(starred=True, read=True))).is_empty
    notebook.undo()
    assert not any(each.starred or each.finished for each in notebook.progress.all().values())
    assert notebook.sources.all() == ()


def test_a_highlight_finds_its_place_by_its_words(
    notebook: Notebook, make_article: Make, passage: Find
) -> None:
    article = make_article(location=LINK)
    tally = take(notebook, arrival(item(BOAT, LONG, GONE), article))
    assert (tally.placed, tally.waiting) == (2, 1)
    boat, vessel, gone = notebook.bookmarks.for_article(article)
    assert Passage(boat.start, boat.end) == passage("we still have half a boat")
    assert (boat.note, boat.tags, boat.colour) == ("ask", ("boat",), Colour.GREEN)
    assert "the second vessel failed its inspection twice" in vessel.words
    assert gone.orphan
    assert gone.words == GONE.words


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them(
    notebook: Notebook, make_article: Make
) -> None:
    article = make_article("The boat was late. Then the boat was early.", location=LINK)
    alone = Highlight(words="boat was")
    told = Highlight(words="boat was", prefix="Then the ", suffix=" early.", note="x")
    take(notebook, arrival(item(alone), article))
    assert notebook.bookmarks.for_article(article)[0].orphan
    take(notebook, arrival(item(told, title="Other", address="https://example.org/o"), article))
    assert [mark.start for mark in notebook.bookmarks.for_article(article) if not mark.orphan] == [
        28
    ]


def test_a_highlight_waits_for_its_text_and_finds_its_place_when_it_comes(
    notebook: Notebook, make_article: Make, passage: Find
) -> None:
    book = ImportItem(title="The Lamp: A Novel (Signed)", author="A. Keeper", highlights=(BOAT,))
    tally = take(notebook, ImportedArticle(item=book, location="book:The Lamp", listed=False))
    assert (tally.waiting, notebook.sources.all()) == (1, ())
    (waiting,) = notebook.bookmarks.all()
    assert waiting.orphan
    assert waiting.words == BOAT.words
    other = make_article("Quite another chapter.", location="/b.epub#1", outlet="The Lamp")
    assert notebook.bookmarks.for_article(other) == ()
    chapter = make_article(location="/b.epub#2", title="Chapter 2", outlet="The Lamp")
    (found,) = notebook.bookmarks.for_article(chapter)
    assert Passage(found.start, found.end) == passage(BOAT.words)
    assert found.article.location == "/b.epub#2"
    assert notebook.bookmarks.count("/b.epub#2") == 1
    assert notebook.bookmarks.for_article(chapter) == (notebook.bookmarks.all()[0],)


def test_doing_it_twice_changes_nothing(notebook: Notebook, make_article: Make) -> None:
    article = make_article(location=LINK)
    arrivals = arrival(item(BOAT, GONE, tags=("sea",), read=True), article)
    take(notebook, arrivals)
    before = notebook.revision, notebook.bookmarks.all()
    again = take(notebook, arrivals)
    assert (notebook.revision, notebook.bookmarks.all()) == before
    assert again.is_empty
    assert (again.known, again.again) == (1, 3)


def test_what_was_thrown_away_does_not_come_back(notebook: Notebook, make_article: Make) -> None:
    arrivals = arrival(item(BOAT), make_article(location=LINK))
    take(notebook, arrivals)
    notebook.trash.put(notebook.bookmarks.all()[0].id)
    take(notebook, arrivals)
    assert notebook.bookmarks.all() == ()


def test_one_undo_takes_it_all_back_and_redo_brings_it_again(
    notebook: Notebook, make_article: Make
) -> None:
    arrivals = arrival(item(BOAT, GONE, note="n", read=True), make_article(location=LINK))
    take(notebook, arrivals)
    assert notebook.undo() == "imported from Pocket"
    assert (notebook.bookmarks.all(), notebook.sources.all()) == ((), ())
    assert notebook.progress.get(LINK) is None
    assert notebook.redo() == "imported from Pocket"
    assert len(notebook.bookmarks.all()) == 3
    assert notebook.undo()
    assert take(notebook, arrivals).articles == 1


def test_what_the_reader_kept_by_hand_is_added_to_and_never_overwritten(
    notebook: Notebook, make_article: Make, passage: Find
) -> None:
    article = make_article(location=LINK)
    notebook.bookmarks.keep(article, passage(BOAT.words), note="mine", tags=["own"])
    take(notebook, arrival(item(BOAT), article))
    take(notebook, arrival(item(BOAT), article))
    (mark,) = notebook.bookmarks.all()
    assert (mark.note, mark.tags, mark.colour) == ("mine\n\nask", ("own", "boat"), Colour.GREEN)


def test_how_far_an_article_was_read_is_not_overwritten(notebook: Notebook) -> None:
    notebook.progress.save(ReadingProgress(location=LINK, offset=40, furthest=80, length=100))
    take(notebook, arrival(item(read=True)))
    reading = notebook.progress.get(LINK)
    assert reading is not None
    assert (reading.offset, reading.furthest, reading.finished) == (40, 80, True)
    notebook.progress.save(ReadingProgress(location=LINK, offset=50, furthest=90, length=100))
    reading = notebook.progress.get(LINK)
    assert reading is not None
    assert (reading.offset, reading.finished) == (50, True)


def test_passages_keep_the_time_at_which_they_were_made(notebook: Notebook, folder: Path) -> None:
    late = Highlight(words="late", created=dt.datetime(2024, 5, 1, tzinfo=dt.UTC))
    early = Highlight(words="early", created=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    take(notebook, arrival(item(late, early)))
    with Notebook.open(folder) as again:
        marks = again.bookmarks.all()
    assert [mark.words for mark in marks] == ["late", "early"]
    assert marks[1].created == early.created


@pytest.mark.parametrize("count", [2_000])
def test_many_come_in_one_step(notebook: Notebook, count: int) -> None:
    many = [
        arrival(item(tags=("t",), address=f"{LINK}/{number}"), location=f"{LINK}/{number}")
        for number in range(count)
    ]
    assert take(notebook, *many).articles == count
    assert notebook.sources.all()[0] == f"{LINK}/0"
    notebook.undo()
    assert notebook.sources.all() == ()


def test_the_same_words_at_two_positions_are_two_bookmarks_and_stay_two(
    notebook: Notebook,
) -> None:
    first = Highlight(words="half a boat", note="one", position="location 10-11")
    second = Highlight(words="half a boat", note="two", position="location 90-91")
    third = Highlight(words="half a boat", note="three", position="location 90-91")
    book = ImportItem(title="The Lamp", highlights=(first, second, second, third))
    arrived = ImportedArticle(item=book, location="book:The Lamp", listed=False)
    assert take(notebook, arrived).waiting == 3
    assert sorted(mark.note for mark in notebook.bookmarks.all()) == ["one", "three", "two"]
    assert take(notebook, arrived).is_empty


def test_a_note_without_words_is_a_note_on_the_article_with_its_position(
    notebook: Notebook,
) -> None:
    note = Highlight(words="", note="a thought", position="page 4", tags=("t",))
    arrived = arrival(item(note, note="on it all"))
    assert take(notebook, arrived).noted == 2
    whole, placed = sorted(notebook.bookmarks.all(), key=lambda mark: mark.position)
    assert (whole.note, whole.position) == ("on it all", "")
    assert (placed.note, placed.position, placed.tags) == ("a thought", "page 4", ("t",))
    assert placed.anchor is None
    assert not placed.orphan
    later = Highlight(words="", note="another", position="page 5")
    assert take(notebook, arrival(item(note, later, note="on it all"))).noted == 1


def test_a_position_is_kept_when_the_words_find_their_text(
    notebook: Notebook, make_article: Make
) -> None:
    placed = Highlight(words=BOAT.words, position="page 12, location 180-182")
    take(notebook, arrival(item(placed, GONE), make_article(location=LINK)))
    assert [mark.position for mark in notebook.bookmarks.all() if not mark.orphan] == [
        "page 12, location 180-182"
    ]


def test_waiting_highlights_are_listed_in_the_order_of_their_source(
    notebook: Notebook, make_article: Make
) -> None:
    def at(place: str, day: int) -> Highlight:
        created = dt.datetime(2024, 5, day, tzinfo=dt.UTC)
        return Highlight(words=f"words at {place}", position=place, created=created)

    places = ["page 90, location 910", "page 1, location 10", "page 30, location 300"]
    marks = [at(place, day) for day, place in enumerate(places, 1)]
    take(notebook, arrival(item(*marks)))
    take(notebook, arrival(item(*marks, at("page 9, location 99", 5))))
    expected = ["location 10", "location 99", "location 300", "location 910"]

    def order(positions: list[str]) -> list[str]:
        return [position.partition(", ")[2] for position in positions]

    of_article = notebook.bookmarks.for_article(make_article("Other words.", location=LINK))
    assert order([mark.position for mark in of_article]) == expected
    orphans = notebook.orphans.all()
    assert order([orphan.bookmark.position for orphan in orphans]) == expected


def test_the_parts_of_an_article_are_put_together(notebook: Notebook) -> None:
    tally = take(
        notebook,
        arrival(item(tags=("sea",), note="one")),
        arrival(item(BOAT)),
        arrival(item(tags=("light",), note="two", read=True)),
    )
    assert (tally.articles, tally.known, tally.noted, tally.read) == (1, 0, 1, 1)
    note, boat = sorted(notebook.bookmarks.all(), key=lambda mark: mark.words)
    assert (note.note, note.tags) == ("one\n\ntwo", ("sea", "light"))
    assert boat.words == BOAT.words


def test_two_notes_on_one_passage_of_the_reader_are_both_added(
    notebook: Notebook, make_article: Make, passage: Find
) -> None:
    article = make_article(location=LINK)
    notebook.bookmarks.keep(article, passage(BOAT.words), note="mine")
    again = Highlight(words=BOAT.words, note="more", position="page 2")
    take(notebook, arrival(item(BOAT, again), article))
    (mark,) = notebook.bookmarks.all()
    assert mark.note == "mine\n\nask\n\nmore"


def test_highlights_that_join_paragraphs_are_found_across_them(
    notebook: Notebook, make_article: Make
) -> None:
    article = make_article(location=LINK)
    joined = Highlight(words="bread at the gulls.“We were promised a second boat")
    assert take(notebook, arrival(item(joined), article)).placed == 1
    (found,) = notebook.bookmarks.all()
    assert found.words == "bread at the gulls.\n\n“We were promised a second boat"


def test_articles_keep_the_day_on_which_they_were_added_elsewhere(notebook: Notebook) -> None:
    days = {
        name: dt.datetime(year, 1, 2, tzinfo=dt.UTC) for name, year in (("b", 2021), ("a", 2020))
    }
    take(
        notebook,
        *(
            arrival(item(address=f"{LINK}/{name}", added=day), location=f"{LINK}/{name}")
            for name, day in days.items()
        ),
    )
    assert notebook.sources.all() == (f"{LINK}/b", f"{LINK}/a")


def test_imports_in_two_windows_at_once_give_each_thing_once(
    notebook: Notebook, folder: Path, make_article: Make
) -> None:
    arrived = arrival(
        item(BOAT, GONE, Highlight(words="", note="n"), note="x", read=True),
        make_article(location=LINK),
    )
    with Notebook.open(folder) as other:
        begun = [window.begin_import("Pocket") for window in (notebook, other, other)]
        for transaction in begun:
            transaction.add(arrived)
        for transaction in begun:
            transaction.take()
        assert other.sources.all() == (LINK,)
        assert len(other.bookmarks.all()) == 4
    assert notebook.undo() == "imported from Pocket"
    assert notebook.bookmarks.all() == ()


def test_a_note_that_was_added_elsewhere_later_is_added_here(
    notebook: Notebook, make_article: Make
) -> None:
    article = make_article(location=LINK)

    def given(note: str, *tags: str) -> ImportedArticle:
        return arrival(item(Highlight(words=BOAT.words, note=note, tags=tags)), article)

    take(notebook, given(""))
    assert take(notebook, given("ask", "boat")).changed == 1
    assert take(notebook, given("ask", "boat")).is_empty
    (mark,) = notebook.bookmarks.all()
    assert (mark.note, mark.tags) == ("ask", ("boat",))
    assert take(notebook, given("ask\n\nwhom?", "boat")).changed == 1
    assert notebook.bookmarks.all()[0].note == "ask\n\nwhom?"
    notebook.undo()
    assert notebook.bookmarks.all()[0].note == "ask"


def test_a_note_that_the_reader_changed_stays_and_what_is_new_is_added(
    notebook: Notebook, make_article: Make
) -> None:
    article = make_article(location=LINK)
    take(notebook, arrival(item(BOAT), article))
    (mark,) = notebook.bookmarks.all()
    notebook.bookmarks.change(mark.id, note="my own words")
    assert take(notebook, arrival(item(BOAT), article)).is_empty
    assert notebook.bookmarks.all()[0].note == "my own words"
    more = Highlight(words=BOAT.words, note="ask again", tags=("boat",))
    assert take(notebook, arrival(item(more), article)).changed == 1
    assert notebook.bookmarks.all()[0].note == "my own words\n\nask again"
    notebook.trash.put(mark.id)
    last = Highlight(words=BOAT.words, note="once more")
    assert take(notebook, arrival(item(last), article)).is_empty


def test_tags_of_an_article_that_came_in_parts_are_not_taken_for_changes(
    notebook: Notebook,
) -> None:
    parts = (arrival(item(tags=("sea",), note="one")), arrival(item(tags=("light",), note="two")))
    take(notebook, *parts)
    assert take(notebook, *parts).is_empty
