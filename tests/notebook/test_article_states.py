from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Citation, ReadingProgress
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.serialization import progress_from_record

FERRY = Citation(location="/news/ferry.txt", title="Ferry")
RIVER = Citation(location="/news/river.txt", title="River")


def state(notebook: Notebook, article: Citation) -> ReadingProgress:
    return notebook.progress.all().get(article.location, ReadingProgress(location="none"))


def test_articles_are_marked_as_read_in_one_undo_step(folder: Path) -> None:
    with Notebook.open(folder) as notebook:
        assert notebook.states.mark_read([FERRY, RIVER]) == 2
    with Notebook.open(folder) as notebook:
        assert state(notebook, FERRY).finished
        assert state(notebook, RIVER).finished
        assert notebook.undo() == "marked 2 articles as read"
        assert not state(notebook, FERRY).finished
        assert notebook.redo() == "marked 2 articles as read"
        assert state(notebook, FERRY).finished


def test_only_articles_in_another_state_are_changed(notebook: Notebook) -> None:
    notebook.states.star([FERRY])
    assert notebook.states.star([FERRY, RIVER]) == 1
    assert notebook.undo() == "starred “River”"
    assert state(notebook, FERRY).starred
    assert notebook.states.mark_read([FERRY], read=False) == 0
    assert notebook.undo() == "starred “Ferry”"
    assert notebook.undo() is None


def test_a_later_reading_position_is_kept_when_a_mark_is_undone(notebook: Notebook) -> None:
    notebook.states.mark_read([FERRY])
    reading = ReadingProgress(location=FERRY.location, offset=9, furthest=20, length=50, done=True)
    notebook.progress.save(reading)
    notebook.undo()
    assert state(notebook, FERRY) == replace(reading, done=False)


def test_a_position_that_is_saved_changes_no_star_and_no_mark(notebook: Notebook) -> None:
    notebook.states.star([FERRY])
    notebook.states.hide([FERRY])
    notebook.progress.save(ReadingProgress(location=FERRY.location, furthest=5, length=5))
    found = state(notebook, FERRY)
    assert found.starred
    assert found.hidden
    assert not found.finished


def test_an_article_that_was_read_is_unread_when_the_user_says_so(notebook: Notebook) -> None:
    whole = ReadingProgress(location=FERRY.location, furthest=5, length=5, done=True)
    notebook.progress.save(whole)
    notebook.states.mark_read([FERRY], read=False)
    assert not state(notebook, FERRY).finished
    notebook.progress.save(replace(whole, offset=2, done=False))
    assert not state(notebook, FERRY).finished


@pytest.mark.parametrize(("furthest", "expected"), [(100, True), (99, False)])
def test_older_records_are_read_if_their_end_was_seen(furthest: int, expected: bool) -> None:
    record = {"location": "a", "offset": 0, "furthest": furthest, "length": 100}
    assert progress_from_record(1, record).finished is expected
    assert not progress_from_record(1, {**record, "done": False}).finished


def test_a_tag_is_added_to_articles_and_removed_again(notebook: Notebook) -> None:
    assert notebook.states.tag([FERRY, RIVER], add=["sea", "Boats"]) == 2
    assert state(notebook, FERRY).tags == ("sea", "Boats")
    assert state(notebook, FERRY).kept == 0
    assert notebook.bookmarks.counts() == {FERRY.location: 0, RIVER.location: 0}
    assert notebook.states.tag([FERRY], add=["SEA"]) == 0
    assert notebook.states.tag([FERRY], add=["news"], remove=["boats"]) == 1
    assert state(notebook, FERRY).tags == ("sea", "news")
    assert notebook.undo() == "tagged “Ferry” #news"
    assert notebook.undo() == "tagged 2 articles #sea #Boats"
    assert state(notebook, FERRY).tags == ()


def test_a_note_that_only_had_tags_is_gone_with_the_last(notebook: Notebook) -> None:
    notebook.states.tag([FERRY], add=["sea"])
    notebook.states.tag([FERRY], remove=["sea"])
    assert notebook.bookmarks.all() == ()
    assert notebook.undo() == "removed tags of “Ferry”"
    assert state(notebook, FERRY).tags == ("sea",)


def test_tags_stand_on_the_note_on_the_article_that_is_there(
    notebook: Notebook, article: Article
) -> None:
    note = notebook.bookmarks.keep(article, None, note="Read again.", tags=["old"])
    cited = Citation(location=article.location)
    notebook.states.tag([cited], add=["new"])
    [kept] = notebook.bookmarks.all()
    assert kept.tags == ("old", "new")
    notebook.states.tag([cited], remove=["old", "new"])
    [kept] = notebook.bookmarks.all()
    assert (kept.id, kept.note) == (note.id, "Read again.")


def test_notes_and_bookmarks_are_counted_apart(
    notebook: Notebook, article: Article, passage: Callable[..., Passage]
) -> None:
    notebook.bookmarks.keep(article, passage("half a boat"))
    noted = notebook.bookmarks.keep(article, passage("boat"), note="\\x", tags=["passage"])
    found = notebook.progress.all()[article.location]
    assert (found.kept, found.noted, found.tags) == (2, 1, ())
    notebook.bookmarks.change(noted.id, note="")
    assert notebook.progress.all()[article.location].noted == 0
