from typing import Any

import pytest
from ui.reader.river import article_of, quote_of

from tuireader.domain.article import Passage
from tuireader.ui.reader.quote_editing import (
    QuoteEditController,
    bookmarks_within,
)

WATER = quote_of(1, 18, "Lena Holt")


def test_only_bookmarks_of_the_speaker_within_the_passage_follow_a_correction(desk: Any) -> None:
    keep = desk.notebook.bookmarks.keep
    inside = keep(article_of(), Passage(1, 10), speaker="Lena Holt")
    keep(article_of(), Passage(1, 11), speaker="Ada Voss")
    keep(article_of(), Passage(1, 60), speaker="Lena Holt")
    marks = desk.notebook.bookmarks.for_article(article_of())
    found = bookmarks_within(marks, Passage(0, 20), "Lena Holt")
    assert [mark.id for mark in found] == [inside.id]


class Text:
    def __init__(self) -> None:
        self.done: list[Any] = []

    def edit_extent(self, quote: Any) -> None:
        self.done.append(quote)

    def action_deselect(self) -> None:
        self.done.append("deselect")


@pytest.fixture
def editing(desk: Any) -> Any:
    desk.found = (WATER,)
    desk.opener.open("river.txt")
    desk.said.clear()
    desk.text, desk.focused = Text(), []
    return QuoteEditController(
        desk.context,
        desk.session,
        desk.notifier,
        desk.tasks,
        editor=desk.editor,
        text=desk.text,
        focus=desk.focused.append,
    )


def speakers(desk: Any) -> Any:
    return [quote.speaker for quote in desk.session.state.quotes]


def test_another_speaker_is_saved_undone_and_redone(desk: Any, editing: Any) -> None:
    desk.tasks.answers.append("Ada Voss")
    editing.edit("speaker", desk.session.state.quotes[0])
    assert desk.said == ["Speaker: Ada Voss. Press u to undo."]
    assert speakers(desk) == ["Ada Voss"]
    desk.editor.undo()
    assert speakers(desk) == ["Lena Holt"]
    desk.editor.redo()
    assert speakers(desk) == ["Ada Voss"]
    assert desk.said[-1].startswith("Redone: ")


def test_no_answer_changes_nothing(desk: Any, editing: Any) -> None:
    desk.tasks.answers.append(None)
    editing.edit("speaker", desk.session.state.quotes[0])
    assert (desk.said, len(desk.notebook.corrections)) == ([], 0)


def test_a_quotation_is_dismissed_and_brought_back(desk: Any, editing: Any) -> None:
    editing.edit("dismiss", desk.session.state.quotes[0])
    assert not desk.session.state.quotes
    [dismissed] = desk.session.state.others
    editing.edit("dismiss", dismissed)
    assert speakers(desk) == ["Lena Holt"]


def test_the_words_are_selected_anew_in_the_text(desk: Any, editing: Any) -> None:
    [quote] = desk.session.state.quotes
    editing.edit("stretch", quote)
    assert (desk.focused, desk.text.done) == (["text"], [quote])
    editing.set_extent(quote, None)
    assert desk.said[-1] == "Quotation not changed"
    editing.set_extent(quote, Passage(1, 6))
    assert desk.focused == ["text", "quotes", "quotes"]
    assert desk.session.state.quotes[0].end == 6


def test_without_a_selection_or_a_quotation_it_is_said_how_to_add_one(
    desk: Any, editing: Any
) -> None:
    editing.name_speaker(None, None)
    assert "Select words with v" in desk.said[0]
    desk.tasks.answers.append("")
    editing.name_speaker(Passage(42, 66), None)
    assert desk.said[-1] == "Quotation added, speaker: unknown. Press u to undo."
    assert desk.text.done == ["deselect"]
