import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tinydb.table import Document

from tuireader.domain.anchor import MatchMethod
from tuireader.domain.article import Article, NamedPlace, Passage, text_hash
from tuireader.domain.bookmark import Colour
from tuireader.domain.errors import NotebookError
from tuireader.notebook.notebook import Notebook

Make = Callable[..., Article]
Find = Callable[..., Passage]
BREAD = "the children had begun to throw bread at the gulls"
BOAT = "we still have half a boat"


def test_a_passage_is_kept_with_all_that_is_given(
    folder: Path, article: Article, passage: Find
) -> None:
    with Notebook.open(folder) as notebook:
        kept = notebook.bookmarks.keep(
            article,
            passage(BOAT),
            note="Ask the company.\nTwice.",
            tags=["ferry", "autumn"],
            colour=Colour.GREEN,
            speaker="Marta Lindqvist",
        )
    with Notebook.open(folder) as notebook:
        assert notebook.bookmarks.get(kept.id) == kept
        assert notebook.bookmarks.all() == (kept,)
    assert kept.words == BOAT
    assert kept.article.title == "Ferry"
    assert (kept.note, kept.tags) == ("Ask the company.\nTwice.", ("ferry", "autumn"))
    assert (kept.colour, kept.speaker) == (Colour.GREEN, "Marta Lindqvist")
    assert kept.anchor is not None
    assert kept.anchor.text_hash == text_hash(article.text)
    assert kept.created == kept.updated
    assert kept.created.tzinfo is not None


def test_a_passage_is_kept_with_its_page(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    start = passage(BOAT).start
    paged = replace(article, pages=(NamedPlace("11", 0), NamedPlace("12", start)))
    assert notebook.bookmarks.keep(paged, passage(BOAT)).position == "page 12"
    assert not notebook.bookmarks.keep(article, passage(BREAD)).position


def test_the_same_passage_is_kept_once_and_takes_what_is_new(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    first = notebook.bookmarks.keep(article, passage(BOAT), note="one")
    again = notebook.bookmarks.keep(article, passage(BOAT), tags=["boat"])
    assert again.id == first.id
    assert (again.note, again.tags) == ("one", ("boat",))
    assert len(notebook.bookmarks.all()) == 1
    other = notebook.bookmarks.keep(article, passage(BREAD))
    assert [mark.id for mark in notebook.bookmarks.all()] == [other.id, first.id]


def test_a_note_may_stand_on_a_whole_article(notebook: Notebook, article: Article) -> None:
    note = notebook.bookmarks.keep(article, None, note="Background for the series.")
    assert note.anchor is None
    assert notebook.bookmarks.keep(article, None, note="Changed.").id == note.id
    assert [mark.note for mark in notebook.bookmarks.for_article(article)] == ["Changed."]


def test_only_what_is_given_is_changed(notebook: Notebook, article: Article, passage: Find) -> None:
    kept = notebook.bookmarks.keep(article, passage(BOAT), note="one", tags=["a"], speaker="M")
    changed = notebook.bookmarks.change(kept.id, tags=["b", "b", " "], note="")
    assert (changed.note, changed.tags, changed.speaker) == ("", ("b",), "M")
    assert changed.created == kept.created
    assert changed.updated > kept.updated
    assert notebook.bookmarks.change(kept.id, tags=["b"]) == changed


def test_a_change_to_what_is_gone_is_refused_in_words(notebook: Notebook) -> None:
    with pytest.raises(NotebookError, match="was deleted from the notebook"):
        notebook.bookmarks.change(123, note="lost?")


def test_what_must_not_reach_a_terminal_is_taken_out_of_notes(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    kept = notebook.bookmarks.keep(
        article,
        passage(BOAT),
        note="a\x1b]52;c;x\x07b\u202ec",
        tags=["t\x00ag\nx"],
        speaker="S\x9b",
    )
    words = f"{kept.note}{kept.tags}{kept.speaker}"
    assert not set(words) & set("\x1b\x07\x00\x9b\u202e")
    assert "\n" not in kept.tags[0]


def test_the_trash_takes_and_gives_back(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    one = notebook.bookmarks.keep(article, passage(BOAT))
    two = notebook.bookmarks.keep(article, passage(BREAD))
    notebook.trash.put(one.id, two.id, 999)
    assert notebook.bookmarks.all() == ()
    assert notebook.bookmarks.for_article(article) == ()
    assert notebook.bookmarks.counts() == {}
    assert notebook.bookmarks.get(one.id) is None
    assert {mark.id for mark in notebook.trash.all()} == {one.id, two.id}
    notebook.trash.restore(two.id)
    assert [mark.id for mark in notebook.bookmarks.all()] == [two.id]
    assert notebook.bookmarks.counts() == {article.location: 1}


def test_an_articles_passages_come_in_the_order_of_its_text(
    notebook: Notebook, article: Article, passage: Find, make_article: Make
) -> None:
    for kept in (BOAT, "A third inspection", BREAD):
        notebook.bookmarks.keep(article, passage(kept))
    words = [mark.words for mark in notebook.bookmarks.for_article(article)]
    assert words == [BREAD, BOAT, "A third inspection"]
    copied = make_article(location="/elsewhere/ferry.txt")
    assert [mark.words for mark in notebook.bookmarks.for_article(copied)] == words
    other = make_article("Another story entirely.", location="/news/other.txt")
    assert notebook.bookmarks.for_article(other) == ()


def test_passages_are_carried_over_to_a_changed_text(
    notebook: Notebook, article: Article, passage: Find, make_article: Make
) -> None:
    bread = notebook.bookmarks.keep(article, passage(BREAD))
    boat = notebook.bookmarks.keep(article, passage(BOAT))
    changed = make_article(
        "Updated at noon.\n\n" + article.text.replace("begun to throw bread", "begun to toss bread")
    )
    found = {mark.id: mark for mark in notebook.bookmarks.for_article(changed)}
    assert changed.text[found[boat.id].start : found[boat.id].end] == BOAT
    toss = BREAD.replace("throw", "toss")
    assert changed.text[found[bread.id].start : found[bread.id].end] == toss
    how = [mark.placement and mark.placement.how for mark in (found[boat.id], found[bread.id])]
    assert how == [MatchMethod.EXACT, MatchMethod.FUZZY]
    assert found[bread.id].anchor == bread.anchor
    assert found[bread.id].words == BREAD


def test_where_a_passage_came_to_stand_is_remembered_and_is_no_step_of_undo(
    folder: Path, article: Article, passage: Find, make_article: Make
) -> None:
    changed = make_article(f"New.\n\n{article.text}")
    with Notebook.open(folder) as notebook:
        notebook.bookmarks.keep(article, passage(BOAT))
        (there,) = notebook.bookmarks.for_article(changed)
        revision = notebook.revision
        assert notebook.bookmarks.for_article(changed) == (there,)
        assert notebook.revision == revision
    with Notebook.open(folder) as notebook:
        assert notebook.bookmarks.all() == (there,)
        assert notebook.bookmarks.keep(changed, passage(BOAT, changed.text)).id == there.id
        (back,) = notebook.bookmarks.for_article(article)
        assert (back.placement, back.orphan) == (None, False)
        assert notebook.undo() == f"bookmarked “{BOAT}”"
        assert notebook.undo() is None


def test_a_passage_whose_words_are_gone_is_an_orphan_and_comes_back_with_them(
    notebook: Notebook, article: Article, passage: Find, make_article: Make
) -> None:
    notebook.bookmarks.keep(article, passage(BOAT))
    without = make_article(article.text.replace("“Now it is autumn and " + BOAT + ".”", ""))
    (orphan,) = notebook.bookmarks.for_article(without)
    assert orphan.orphan
    assert orphan.words == BOAT
    assert notebook.bookmarks.all() == (orphan,)
    (again,) = notebook.bookmarks.for_article(article)
    assert not again.orphan
    assert again.start == passage(BOAT).start


def test_an_orphan_is_attached_again_by_hand_and_stays_there(
    folder: Path, article: Article, passage: Find, make_article: Make
) -> None:
    other = "Everything was rewritten from scratch. Half a boat is what they have. So it goes."
    rewritten = make_article(other)
    with Notebook.open(folder) as notebook:
        kept = notebook.bookmarks.keep(article, passage(BOAT))
        assert notebook.bookmarks.for_article(rewritten)[0].orphan
        chosen = passage("Half a boat is what they have", other)
        attached = notebook.bookmarks.reattach(kept.id, rewritten, chosen)
        assert (attached.start, attached.end, attached.orphan) == (chosen.start, chosen.end, False)
        assert attached.anchor == kept.anchor
    with Notebook.open(folder) as notebook:
        assert notebook.bookmarks.for_article(rewritten) == (attached,)
        third = make_article(f"Once more, with a new first line.\n\n{other}")
        (carried,) = notebook.bookmarks.for_article(third)
        assert third.text[carried.start : carried.end] == "Half a boat is what they have"
        assert notebook.undo() == f"re-attached “{BOAT}”"
        assert notebook.bookmarks.for_article(rewritten)[0].orphan


def test_the_head_of_a_long_text_makes_no_orphans(
    notebook: Notebook, article: Article, passage: Find, make_article: Make
) -> None:
    notebook.bookmarks.keep(article, passage(BOAT))
    head = make_article(article.text[:80], complete=False)
    revision = notebook.revision
    (mark,) = notebook.bookmarks.for_article(head)
    assert not mark.orphan
    assert notebook.revision == revision


def test_a_path_that_is_no_text_can_be_kept_from(
    folder: Path, make_article: Make, passage: Find
) -> None:
    strange = make_article(location="/news/caf\udce9.txt")
    with Notebook.open(folder) as notebook:
        notebook.bookmarks.keep(strange, passage(BOAT))
    with Notebook.open(folder) as notebook:
        assert notebook.bookmarks.counts() == {"/news/caf\udce9.txt": 1}


def test_fields_that_a_newer_version_added_are_left_alone(
    folder: Path, journal_file: Path, article: Article, passage: Find
) -> None:
    with Notebook.open(folder) as notebook:
        kept = notebook.bookmarks.keep(article, passage(BOAT))
        table = notebook._database.table("bookmarks")
        table.update({"stars": 5, "v": 9}, doc_ids=[kept.id])
        notebook.bookmarks.change(kept.id, note="x")
        notebook.trash.put(kept.id)
        notebook.undo()
    with Notebook.open(folder) as notebook:
        record = notebook._database.table("bookmarks").get(doc_id=kept.id)
        assert isinstance(record, Document)
        assert (record["stars"], record["v"], record["note"]) == (5, 9, "x")
    assert all(json.loads(line) for line in journal_file.read_text().splitlines())


def test_a_record_of_another_kind_is_kept_and_told_of(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    notebook._database.table("bookmarks").insert({"kind": "drawing"})
    kept = notebook.bookmarks.keep(article, passage(BOAT))
    assert notebook.bookmarks.all() == (kept,)
    assert any("not shown" in notice for notice in notebook.notices)
    assert len(notebook._database.table("bookmarks")) == 2


def test_a_full_disk_keeps_nothing_half(
    notebook: Notebook,
    article: Article,
    passage: Find,
    full_disk: Callable[[int], contextlib.AbstractContextManager[None]],
) -> None:
    first = notebook.bookmarks.keep(article, passage(BOAT))
    with full_disk(1), pytest.raises(NotebookError, match="not"):
        notebook.bookmarks.change(first.id, note="too much")
    assert notebook.bookmarks.all() == (first,)
    assert notebook.bookmarks.change(first.id, note="fits now").note == "fits now"
