from typing import Any

import pytest
from ui.reader.river import quote_of

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Colour
from tuireader.text.messages import shortened
from tuireader.ui.reader.bookmarking import (
    BookmarkController,
    BookmarkFields,
    change_message,
    speaker_of,
)
from tuireader.ui.reader.drafts import bookmark_key, draft_key, draft_subject

RAIN = Passage(42, 66)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (BookmarkFields(), "Bookmarked: “a b”"),
        (BookmarkFields(note="n"), "Note saved: “a b”"),
        (BookmarkFields(tags=("sea", "sky")), "Tagged #sea #sky: “a b”"),
        (BookmarkFields(tags=()), "Tags removed: “a b”"),
        (BookmarkFields(colour=Colour.RED), "Coloured red: “a b”"),
        (BookmarkFields(colour=Colour.NONE), "Colour removed: “a b”"),
    ],
)
def test_a_change_is_told_in_words(fields: Any, message: str) -> None:
    assert change_message(fields, "a\n b") == message


def test_long_words_are_cut() -> None:
    assert shortened("word " * 20, 9) == "word wor…"


def test_a_passage_within_one_speakers_quotation_has_that_speaker() -> None:
    one = quote_of(10, 20, "Ada Voss")
    two = quote_of(10, 20, "Karl Brandt")
    assert speaker_of([one], Passage(8, 22)) == "Ada Voss"
    assert speaker_of([one], Passage(7, 22)) == ""
    assert speaker_of([one, two], Passage(12, 14)) == ""


@pytest.fixture
def bookmarking(desk: Any) -> Any:
    desk.opener.open("river.txt")
    desk.said.clear()
    desk.deselected = 0

    no_app: Any = None

    def deselect() -> None:
        desk.deselected += 1

    return BookmarkController(
        lambda: desk.notebook,
        desk.session,
        desk.notifier,
        desk.tasks,
        editor=desk.editor,
        app=lambda: no_app,
        deselect=deselect,
    )


def test_a_passage_is_bookmarked_coloured_repeated_and_put_in_the_trash(
    desk: Any, bookmarking: Any
) -> None:
    bookmarking.do("repeat", RAIN)
    bookmarking.do("trash", RAIN)
    bookmarking.do("keep", RAIN)
    bookmarking.do("keep", RAIN)
    bookmarking.do("colour", RAIN)
    bookmarking.do("repeat", Passage(67, 79))
    assert [str(mark.colour) for mark in desk.session.state.bookmarks] == ["yellow", "yellow"]
    bookmarking.do("trash", RAIN)
    assert [mark.words for mark in desk.session.state.bookmarks] == ["Nobody came."]
    assert [said.partition(":")[0] for said in desk.said] == [
        "No change to repeat yet",
        "No bookmark here",
        "Bookmarked",
        "Already bookmarked",
        "Coloured yellow",
        "Coloured yellow",
        "Moved to the trash. Press u to undo.",
    ]
    desk.editor.undo()
    assert len(desk.session.state.bookmarks) == 2


def test_nothing_is_saved_while_the_article_is_loading(desk: Any, bookmarking: Any) -> None:
    head = desk.session.article
    desk.session.update(article=type(head)(location=head.location, text=head.text, complete=False))
    bookmarking.do("keep", RAIN)
    assert desk.said == ["The article is still loading. Try again in a moment."]
    assert not desk.notebook.bookmarks.all()


def test_the_draft_on_some_of_the_words_is_gone_on_with(desk: Any, bookmarking: Any) -> None:
    article = desk.session.article
    assert bookmarking._draft_key(article, RAIN) == draft_key("river.txt", RAIN)
    bookmarking.do("keep", RAIN)
    [mark] = desk.session.state.bookmarks
    assert bookmarking._draft_key(article, RAIN) == bookmark_key(mark)
    part = Passage(45, 50)
    key = draft_key("river.txt", part)
    desk.notebook.drafts.save(key, "half", draft_subject(article, part))
    assert bookmarking._draft_key(article, RAIN) == key
    desk.session.show_drafts()
    assert desk.session.state.drafts == (part,)
