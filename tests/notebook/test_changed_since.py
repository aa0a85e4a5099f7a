"""Undo and redo leave records unchanged that have changed since the step."""

import contextlib
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.bookmark import Colour, ReadingProgress
from tuireader.domain.errors import NotebookError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.notebook.imported_article import ImportedArticle
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.reversal import fingerprint

Make = Callable[..., Article]
Find = Callable[..., Passage]
LINK = "https://example.org/ferry"
BOAT = "we still have half a boat"


def import_archived(notebook: Notebook, location: str = LINK, *texts: Article) -> None:
    highlights = (Highlight(words=BOAT, note="imported"),) if texts else ()
    item = ImportItem(title="Ferry", address=location, read=True, highlights=highlights)
    intake = notebook.begin_import("Pocket")
    intake.add(ImportedArticle(item=item, location=location, texts=lambda: texts))
    intake.take()


def place(notebook: Notebook, location: str = LINK) -> tuple[int, int, bool] | None:
    reading = notebook.progress.get(location)
    return (reading.offset, reading.length, reading.done) if reading else None


def read_on(notebook: Notebook, offset: int, location: str = LINK) -> None:
    notebook.progress.save(
        ReadingProgress(location=location, offset=offset, furthest=offset, length=5000)
    )


def test_the_place_reached_since_an_import_stays_when_the_import_is_undone(folder: Path) -> None:
    with Notebook.open(folder) as notebook:
        import_archived(notebook)
        read_on(notebook, 4000)
    with Notebook.open(folder) as notebook:
        label = notebook.undo()
        assert label == "imported from Pocket, except one record that has changed since"
        assert notebook.sources.all() == ()
        assert place(notebook) == (4000, 5000, False)
        assert notebook.redo() == "imported from Pocket"
        assert notebook.sources.all() == (LINK,)
        assert place(notebook) == (4000, 5000, True)
        assert notebook.undo() == "imported from Pocket"
        assert place(notebook) == (4000, 5000, False)


def test_an_import_that_is_undone_and_done_again_is_as_it_was(
    notebook: Notebook, make_article: Make
) -> None:
    import_archived(notebook, LINK, make_article(location=LINK))
    before = content_of(notebook)
    for _ in range(2):
        notebook.undo()
        assert not content_of(notebook)
        notebook.redo()
        assert content_of(notebook) == before


def test_the_place_reached_while_an_import_was_undone_is_not_hidden_by_redo(
    folder: Path,
) -> None:
    with Notebook.open(folder) as notebook:
        import_archived(notebook)
        notebook.undo()
        read_on(notebook, 4000)
        label = notebook.redo() or ""
        assert label.endswith(", except one record that has changed since")
        assert place(notebook) == (4000, 5000, False)
        read_on(notebook, 4100)
    with Notebook.open(folder) as notebook:
        assert place(notebook) == (4100, 5000, False)


@pytest.mark.parametrize("was_read_before", [False, True])
def test_the_place_reached_since_a_restore_stays_when_the_restore_is_undone(
    folder: Path, *, was_read_before: bool
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/other")
        if was_read_before:
            read_on(notebook, 500)
        moment = dt.datetime.now(dt.UTC)
        read_on(notebook, 1000)
        notebook.sources.add("/later")
        restoration = notebook.begin_restore(moment)
        assert restoration is not None
        restoration.make("went back")
        read_on(notebook, 3000)
        assert notebook.undo() == "went back, except one record that has changed since"
        assert notebook.sources.all() == ("/later", "/other")
        assert place(notebook) == (3000, 5000, False)
    with Notebook.open(folder) as notebook:
        assert place(notebook) == (3000, 5000, False)


def test_the_place_reached_since_a_notebook_was_taken_in_stays(folder: Path) -> None:
    with Notebook.open(folder.with_name("other")) as other:
        other.sources.add(LINK)
        read_on(other, 100)
        tables = other.tables()
    with Notebook.open(folder) as notebook:
        notebook.begin_merge(tables).take("imported from a notebook")
        read_on(notebook, 4000)
        label = notebook.undo()
        assert label == "imported from a notebook, except one record that has changed since"
        assert notebook.sources.all() == ()
        assert place(notebook) == (4000, 5000, False)


def test_what_came_back_to_the_list_by_opening_it_is_not_there_twice(notebook: Notebook) -> None:
    notebook.sources.add("/a")
    notebook.sources.remove("/a")
    notebook.sources.add("/a", opened=True)
    with pytest.raises(NotebookError, match="has been changed since"):
        notebook.undo()
    assert len(notebook.tables()["sources"]) == 1


def test_a_source_that_was_opened_since_goes_and_the_place_in_it_stays(notebook: Notebook) -> None:
    notebook.sources.add(LINK)
    notebook.sources.add(LINK, opened=True)
    read_on(notebook, 700)
    assert notebook.undo() == f"added “{LINK}”"
    assert notebook.sources.all() == ()
    assert place(notebook) == (700, 5000, False)


def test_of_several_records_those_that_nothing_else_changed_go_back(
    notebook: Notebook, article: Article
) -> None:
    one, two, three = (notebook.bookmarks.keep(article, Passage(at, at + 4)) for at in (0, 4, 8))
    notebook.trash.put(one.id, two.id, three.id)
    notebook._database.table("bookmarks").update({"trashed": None}, doc_ids=[one.id])
    notebook._database.table("bookmarks").remove(doc_ids=[two.id])
    label = notebook.undo()
    assert label == "moved 3 bookmarks to the trash, except 2 records that have changed since"
    assert {mark.id for mark in notebook.bookmarks.all()} == {one.id, three.id}
    assert notebook.redo() == "moved 3 bookmarks to the trash"
    assert {mark.id for mark in notebook.bookmarks.all()} == {one.id}


def test_of_one_record_the_fields_that_nothing_else_changed_go_back(
    notebook: Notebook, article: Article
) -> None:
    kept = notebook.bookmarks.keep(article, Passage(0, 9), note="one")
    notebook.bookmarks.change(kept.id, note="two", tags=["step"])
    notebook._database.table("bookmarks").update({"note": "else"}, doc_ids=[kept.id])
    assert (notebook.undo() or "").endswith(", except one record that has changed since")
    (mark,) = notebook.bookmarks.all()
    assert (mark.note, mark.tags) == ("else", ())
    notebook.redo()
    (mark,) = notebook.bookmarks.all()
    assert (mark.note, mark.tags) == ("else", ("step",))


def test_a_passage_that_was_carried_into_a_changed_text_is_undone_and_comes_back_there(
    notebook: Notebook, make_article: Make, article: Article, passage: Find
) -> None:
    notebook.bookmarks.keep(article, passage(BOAT))
    longer = make_article("A new first sentence. " + article.text)
    (there,) = notebook.bookmarks.for_article(longer)
    assert notebook.undo() == f"bookmarked “{BOAT}”"
    assert notebook.bookmarks.for_article(longer) == ()
    assert notebook.redo() == f"bookmarked “{BOAT}”"
    (again,) = notebook.bookmarks.for_article(longer)
    assert (again.start, again.orphan) == (there.start, False)


def test_an_attachment_that_is_undone_after_the_text_changed_again_leaves_no_stale_place(
    notebook: Notebook, make_article: Make, article: Article, passage: Find
) -> None:
    notebook.bookmarks.keep(article, passage(BOAT))
    without = make_article(article.text.replace(BOAT, "they were sorry"))
    notebook.bookmarks.for_article(without)
    (orphan,) = notebook.orphans.all()
    notebook.orphans.attach(orphan, without, passage("they were sorry", without.text))
    back = make_article(f"At last: {article.text} They were sorry.")
    notebook.bookmarks.for_article(back)
    assert notebook.undo() == f"re-attached “{BOAT}”"
    (mark,) = notebook.bookmarks.for_article(back)
    assert not mark.orphan
    assert back.text[mark.start : mark.end] == BOAT


def test_a_mark_set_in_a_restored_notebook_is_not_hidden(
    notebook: Notebook, article: Article
) -> None:
    notebook.sources.add("/other")
    moment = dt.datetime.now(dt.UTC)
    notebook.place_marks.set("a", article, Passage(0, 1))
    restoration = notebook.begin_restore(moment)
    assert restoration is not None
    restoration.make("went back")
    notebook.place_marks.set("a", article, Passage(10, 11))
    notebook.undo()
    notebook.undo()
    mark = notebook.place_marks.get("a")
    assert mark is not None
    assert mark.anchor.start == 0


def test_a_fingerprint_changes_with_what_the_reader_wrote_and_with_nothing_else() -> None:
    record = {"v": 1, "note": "n", "updated": "yesterday", "placement": None}
    same = {"placement": {"start": 3}, "updated": "today", "note": "n", "v": 2}
    assert fingerprint("bookmarks", record) == fingerprint("bookmarks", same)
    assert fingerprint("bookmarks", record) != fingerprint("bookmarks", {**same, "note": "m"})
    assert fingerprint("readings", record) != fingerprint("readings", same)


# --- any steps, with any other changes between them

WORDS = (
    "The ferry left an hour late. “We were promised a second boat,” said Marta Lind. "
    "“Now we still have half a boat,” Ms. Lind said. The company says nothing."
)
QUOTES = ("“We were promised a second boat,”", "“Now we still have half a boat,”")
places = st.sampled_from(["/a", "/b", "/c"])
numbers = st.integers(0, 5)

Content = dict[tuple[str, str, str], Any]


def made(location: str, lead: str = "") -> Article:
    text = lead + WORDS
    blocks = Blocks([Block(BlockKind.PARAGRAPH, 0, len(text))])
    return Article(location=location, text=text, blocks=blocks, title=location)


def content_of(notebook: Notebook) -> Content:
    """Return every field of every record, except those that the program derives again."""
    found_again = {
        ("bookmarks", "placement"),
        ("bookmarks", "orphan"),
        ("bookmarks", "seen"),
        ("bookmarks", "article"),
        ("sources", "opened"),
    }
    return {
        (table, number, name): value
        for table, records in notebook.tables().items()
        if table != "history"
        for number, record in records.items()
        for name, value in record.items()
        if name != "updated" and (table, name) not in found_again
    }


class Undoing(RuleBasedStateMachine):
    """A notebook in which undo steps and other changes are made, undone and redone in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.notebook = Notebook.open(Path(self._folder.name) / "desk")
        self.others: Content = {}
        """Return the values that were last changed by something other than an undo step."""
        self.moments: list[dt.datetime] = []
        with Notebook.open(Path(self._folder.name) / "other") as other:
            other.sources.add("/a", "/d")
            read_on(other, 7, "/a")
            other.bookmarks.keep(made("/d"), Passage(0, 9), note="elsewhere")
            self.elsewhere = other.tables()

    def teardown(self) -> None:
        self.notebook.close()
        self._folder.cleanup()

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """Make a change that can be undone."""
        before = content_of(self.notebook)
        yield
        after = content_of(self.notebook)
        for key in [key for key in self.others if before.get(key) != after.get(key)]:
            del self.others[key]
        self.moments.append(dt.datetime.now(dt.UTC))

    @contextlib.contextmanager
    def other(self) -> Iterator[None]:
        """Make a change that is not an undo step."""
        before = content_of(self.notebook)
        yield
        after = content_of(self.notebook)
        changed = {key: what for key, what in after.items() if before.get(key) != what}
        self.others.update(changed)

    def mark(self, number: int) -> int:
        ids = sorted(self.notebook.bookmarks.all_stored())
        return ids[number % len(ids)] if ids else 0

    @rule(where=places, number=numbers)
    def keep(self, where: str, number: int) -> None:
        with self.step():
            self.notebook.bookmarks.keep(made(where), Passage(number * 9, number * 9 + 9))

    @rule(number=numbers, what=st.sampled_from(["note", "tags", "colour"]))
    def change(self, number: int, what: str) -> None:
        if mark := self.mark(number):
            given: dict[str, Any] = {"note": f"n{number}", "tags": [f"t{number}"]}
            given["colour"] = [Colour.RED, Colour.GREEN][number % 2]
            with self.step():
                self.notebook.bookmarks.change(mark, **{what: given[what]})

    @rule(number=numbers, act=st.sampled_from(["put", "restore", "empty"]))
    def trash(self, number: int, act: str) -> None:
        with self.step():
            if act == "empty":
                self.notebook.trash.empty()
            elif mark := self.mark(number):
                getattr(self.notebook.trash, act)(mark)

    @rule(where=places, act=st.sampled_from(["add", "remove"]))
    def list(self, where: str, act: str) -> None:
        with self.step():
            getattr(self.notebook.sources, act)(where)

    @rule(where=places, with_text=st.booleans())
    def import_(self, where: str, *, with_text: bool) -> None:
        with self.step():
            import_archived(self.notebook, where, *([made(where)] if with_text else []))

    @rule()
    def merge(self) -> None:
        with self.step():
            self.notebook.begin_merge(self.elsewhere).take("imported from a notebook")

    @rule(number=numbers)
    def restore(self, number: int) -> None:
        moments = self.moments[-6:]
        if moments:
            restoration = self.notebook.begin_restore(moments[number % len(moments)])
            if restoration is not None:
                with self.step():
                    restoration.make("went back")

    @rule(where=places, letter=st.sampled_from("ab"), number=numbers)
    def set_mark(self, where: str, letter: str, number: int) -> None:
        with self.step():
            self.notebook.place_marks.set(letter, made(where), Passage(number, number + 1))

    @rule(where=places, number=numbers, act=st.sampled_from(["attribute", "dismiss", "merge"]))
    def correct(self, where: str, number: int, act: str) -> None:
        article, table = made(where), self.notebook.corrections
        words = QUOTES[number % 2]
        start = article.text.index(words)
        passage = Passage(start, start + len(words))
        known = {each.passage: each.id for each in table.for_article(article).quotes}
        quote = Quote(
            spans=(passage,),
            kind=QuoteKind.DIRECT,
            confidence=Confidence.UNKNOWN,
            correction=known.get(passage, 0),
        )
        with self.step():
            if act == "attribute":
                marks = self.notebook.bookmarks.for_article(article)[:1]
                table.set_speaker(article, quote, f"Speaker {number}", marks)
            elif act == "dismiss":
                table.dismiss(article, quote, back=number % 2 == 0)
            else:
                table.merge(article, "Ms. Lind", f"Marta Lind {number}")

    @rule(where=places, offset=st.integers(1, 5000))
    def read(self, where: str, offset: int) -> None:
        with self.other():
            read_on(self.notebook, offset, where)

    @rule(where=places, lead=st.sampled_from(["", "New. ", "Quite another beginning. "]))
    def open(self, where: str, lead: str) -> None:
        with self.other():
            self.notebook.sources.add(where, opened=True)
            self.notebook.versions.record(made(where, lead))
            self.notebook.bookmarks.for_article(made(where, lead))

    @rule(number=numbers)
    def write_past_the_history(self, number: int) -> None:
        """Change a record as a conflict copy, damage or an older version of the program may."""
        if mark := self.mark(number):
            with self.other():
                table = self.notebook._database.table("bookmarks")
                table.update({"note": f"other {number}"}, doc_ids=[mark])

    @rule(act=st.sampled_from(["undo", "redo"]))
    def turn(self, act: str) -> None:
        before = {where: place(self.notebook, where) for where in ("/a", "/b", "/c")}
        is_others = {
            where: ("readings", str(number), "offset") in self.others
            for where in before
            if (number := self.notebook.progress.record_id_of(where)) is not None
        }
        with contextlib.suppress(NotebookError):
            getattr(self.notebook, act)()
        content = content_of(self.notebook)
        lost = {key: what for key, what in self.others.items() if content.get(key) != what}
        assert not lost
        for where in filter(is_others.get, before):
            known, found = before[where], place(self.notebook, where)
            assert known
            assert found
            assert found[:2] == known[:2]

    @rule(number=numbers)
    def there_and_back(self, number: int) -> None:
        before, count = content_of(self.notebook), 0
        for _ in range(number + 1):
            with contextlib.suppress(NotebookError):
                count += self.notebook.undo() is not None
        for _ in range(count):
            assert self.notebook.redo()
        assert content_of(self.notebook) == before

    @invariant()
    def nothing_is_there_twice(self) -> None:
        tables = self.notebook.tables()
        for table, name in (("sources", "location"), ("readings", "location"), ("marks", "letter")):
            values = [record[name] for record in tables.get(table, {}).values()]
            assert len(values) == len(set(values))


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
