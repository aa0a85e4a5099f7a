import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.app.indexed_documents import LONGEST
from tuireader.app.library_indexer import LibraryIndexer
from tuireader.app.library_state import indexing_lock
from tuireader.app.text_indexer import IndexProgress
from tuireader.domain.article import Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.query.parser import parse_query
from tuireader.library.search.index import SearchIndex
from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.quotes.engine import extract_all
from tuireader.sources.open import open_article

TODAY = dt.date(2026, 11, 29)
FERRY = "The ferry\n\nThe ferry left at noon. “We wait,” said Ada Moor.\n"
RIVER = "The river\n\nIt rained for nine days.\n"


class Library:
    """A library of two files, its notebook and its index."""

    def __init__(self, folder: Path, notebook: Notebook, index: SearchIndex) -> None:
        self.folder, self.notebook, self.index = folder, notebook, index
        self.ferry, self.river = (
            folder / "articles" / "ferry.txt",
            folder / "articles" / "river.txt",
        )
        self.ferry.parent.mkdir()
        self.ferry.write_text(FERRY, encoding="utf-8")
        self.river.write_text(RIVER, encoding="utf-8")
        notebook.sources.add(str(self.ferry.parent))
        self.reports: list[IndexProgress] = []

    def update(self) -> None:
        paths = AppPaths.find(str(self.folder / "data"), {})
        LibraryIndexer(paths, self.index, self.notebook, self.reports.append, jobs=1).update()

    def found(self, query: str) -> list[str]:
        hits = self.index.search(parse_query(query, TODAY), TODAY)
        return sorted(Path(hit.location).stem for hit in hits)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with (
        Notebook.open(tmp_path / "data") as notebook,
        SearchIndex(tmp_path / "index.sqlite") as index,
    ):
        yield Library(tmp_path, notebook, index)


def test_texts_and_quotations_are_indexed(library: Library) -> None:
    library.update()
    assert library.found("noon") == ["ferry"]
    assert library.found("speaker:moor said:wait") == ["ferry"]
    assert library.found("-has:quote") == ["river"]
    assert [(each.step, each.done, each.left) for each in library.reports] == [
        ("texts", 2, 0),
        ("quotations", 2, 0),
    ]


def test_only_what_has_changed_is_read_again(library: Library) -> None:
    library.update()
    library.reports.clear()
    library.update()
    assert not library.reports
    library.river.write_text(RIVER + "\nThen it stopped.\n", encoding="utf-8")
    library.update()
    assert [(each.step, each.done) for each in library.reports] == [("texts", 1), ("quotations", 1)]
    assert library.found("stopped") == ["river"]


def test_what_is_gone_from_the_library_is_gone_from_the_index(library: Library) -> None:
    library.update()
    library.notebook.sources.add(str(library.ferry))
    library.notebook.sources.remove(str(library.ferry.parent))
    library.update()
    assert library.found("") == ["ferry"]


def test_an_article_with_notes_stays_with_its_text_when_its_file_is_missing(
    library: Library,
) -> None:
    article = open_article(str(library.ferry))
    library.notebook.bookmarks.keep(article, Passage(11, 20), note="Ask the pilot")
    library.update()
    library.ferry.unlink()
    library.river.unlink()
    library.update()
    assert library.found("is:gone") == library.found("noon pilot") == ["ferry"]
    assert library.found("days") == []
    library.ferry.write_text(FERRY, encoding="utf-8")
    library.update()
    assert library.found("is:gone") == []
    assert library.found("noon is:noted") == ["ferry"]


def test_a_folder_that_cannot_be_reached_keeps_its_articles(library: Library) -> None:
    library.update()
    library.ferry.parent.rename(library.folder / "elsewhere")
    library.update()
    assert library.found("is:gone days") == ["river"]
    (library.folder / "elsewhere").rename(library.ferry.parent)
    library.update()
    assert library.found("-is:gone") == ["ferry", "river"]


def test_notes_tags_and_states_are_indexed(library: Library) -> None:
    article = open_article(str(library.ferry))
    library.notebook.bookmarks.keep(article, Passage(11, 20), note="Ask the pilot", tags=("boats",))
    library.update()
    assert library.found("#boats is:noted pilot") == ["ferry"]
    (bookmark,) = library.notebook.bookmarks.all()
    library.notebook.trash.put(bookmark.id)
    library.update()
    assert library.found("#boats") == library.found("is:kept") == []


def test_an_article_that_cannot_be_opened_is_listed_with_its_problem(library: Library) -> None:
    (library.ferry.parent / "broken.epub").write_bytes(b"no book")
    library.update()
    assert library.found("is:problem") == ["broken"]


def test_one_process_indexes_at_a_time(tmp_path: Path) -> None:
    paths = AppPaths.find(str(tmp_path / "data"), {})
    with indexing_lock(paths) as first, indexing_lock(paths) as second:
        assert (first, second) == (True, False)
    with indexing_lock(paths) as again:
        assert again


def test_a_moved_file_keeps_what_the_reader_made_of_it_and_that_can_be_undone(
    library: Library,
) -> None:
    text = f"{FERRY}\n{'It waits at the quay. ' * 6}\n"
    library.ferry.write_text(text, encoding="utf-8")
    article = open_article(str(library.ferry))
    library.notebook.bookmarks.keep(article, Passage(11, 20), note="Ask the pilot", tags=("x",))
    library.notebook.progress.save(ReadingProgress(location=article.location, offset=5, length=9))
    library.update()
    moved = library.ferry.parent / "2026" / "boat.txt"
    moved.parent.mkdir()
    library.ferry.rename(moved)
    library.update()
    assert library.found("#x pilot") == ["boat"]
    assert library.found("is:gone") == []
    assert library.notebook.progress.get(str(moved)) is not None
    (bookmark,) = library.notebook.bookmarks.all()
    assert bookmark.article.location == str(moved)
    assert library.notebook.undo() == f"followed “{library.ferry}” to its new place"
    library.update()
    assert library.notebook.progress.get(str(library.ferry)) is not None
    assert library.found("#x") == []


def test_a_short_text_is_followed_where_its_folder_is_renamed_and_not_to_another_name(
    library: Library,
) -> None:
    notes = library.ferry.parent / "notes"
    notes.mkdir()
    for name in ("tide", "wind"):
        (notes / f"{name}.txt").write_text(f"Note\n\nHigh {name}.\n", encoding="utf-8")
    article = open_article(str(notes / "tide.txt"))
    library.notebook.bookmarks.keep(article, Passage(6, 10), tags=("x",))
    library.update()
    notes.rename(library.ferry.parent / "diary")
    library.update()
    moved = library.ferry.parent / "diary" / "tide.txt"
    (bookmark,) = library.notebook.bookmarks.all()
    assert bookmark.article.location == str(moved)
    assert library.found("is:gone") == []
    moved.rename(moved.with_name("moon.txt"))
    library.update()
    assert library.found("is:gone") == ["tide"]


def test_a_copy_of_a_missing_article_that_the_reader_knows_takes_nothing_over(
    library: Library,
) -> None:
    text = f"{FERRY}\n{'It waits at the quay. ' * 6}\n"
    copy = library.ferry.parent / "copy.txt"
    for path in (library.ferry, copy):
        path.write_text(text, encoding="utf-8")
        read = ReadingProgress(location=str(path), furthest=9, length=9)
        library.notebook.progress.save(read)
    library.update()
    library.ferry.unlink()
    library.update()
    assert library.found("is:gone") == ["ferry"]


def test_a_corrected_speaker_is_found_and_the_former_is_not(library: Library) -> None:
    library.update()
    article = open_article(str(library.ferry))
    (quote,) = (each for each in extract_all(article) if each.speaker == "Ada Moor")
    library.notebook.corrections.set_speaker(article, quote, "Ida Strand")
    library.update()
    assert library.found('speaker:"ida strand" said:wait') == ["ferry"]
    assert library.found("speaker:moor") == []
    assert library.index.known_values("speaker") == ("Ida Strand",)
    library.notebook.undo()
    library.update()
    assert library.found("speaker:moor") == ["ferry"]


def test_words_that_the_reader_says_are_no_quotation_are_not_found_as_one(
    library: Library,
) -> None:
    article = open_article(str(library.ferry))
    (quote,) = (each for each in extract_all(article) if each.speaker == "Ada Moor")
    library.notebook.corrections.dismiss(article, quote)
    library.update()
    assert library.found("said:wait") == []
    assert library.found("has:quote") == []


def test_a_correction_concerns_the_copies_of_a_text(library: Library) -> None:
    (library.ferry.parent / "copy.txt").write_text(FERRY, encoding="utf-8")
    library.update()
    article = open_article(str(library.ferry))
    (quote,) = (each for each in extract_all(article) if each.speaker == "Ada Moor")
    library.notebook.corrections.set_speaker(article, quote, "Ida Strand")
    library.update()
    assert library.found("speaker:strand") == ["copy", "ferry"]


def test_the_day_on_which_an_article_was_opened_is_indexed(library: Library) -> None:
    library.notebook.progress.save(ReadingProgress(location=str(library.ferry), length=9))
    library.update()
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    assert library.found(f"opened:{today}") == ["ferry"]
    assert library.found(f"opened:>{today}") == []


def test_an_update_that_was_interrupted_is_made_up_for(library: Library) -> None:
    library.update()
    (library.ferry.parent / "storm.txt").write_text("Storm\n\nAll stay.\n", encoding="utf-8")

    class InterruptError(Exception):
        pass

    def interrupt(_progress: IndexProgress) -> None:
        raise InterruptError

    paths = AppPaths.find(str(library.folder / "data"), {})
    with pytest.raises(InterruptError):
        LibraryIndexer(paths, library.index, library.notebook, interrupt, jobs=1).update()
    (library.ferry.parent / "storm.txt").unlink()
    library.update()
    assert library.found("") == ["ferry", "river"]


def test_only_the_beginning_of_a_very_long_text_is_indexed_and_counted(library: Library) -> None:
    library.update()
    assert library.index.count_shortened() == 0
    line = "Nothing new was said on that day.\n\n"
    text = "The flood\n\nIt began.\n\n" + line * (LONGEST // len(line)) + "Zyzzyva ended it.\n"
    library.river.write_text(text, encoding="utf-8")
    library.update()
    assert library.found("began") == ["river"]
    assert library.found("zyzzyva") == []
    assert len(library.index.text(str(library.river))) > LONGEST * 0.99
    assert library.index.count_shortened() == 1


def test_a_renamed_folder_is_missing_until_its_new_place_is_added(library: Library) -> None:
    text = f"{FERRY}\n{'It waits at the quay. ' * 6}\n"
    library.ferry.write_text(text, encoding="utf-8")
    article = open_article(str(library.ferry))
    library.notebook.bookmarks.keep(article, Passage(11, 20), note="Ask the pilot", tags=("x",))
    library.notebook.progress.save(ReadingProgress(location=article.location, offset=5, length=9))
    library.ferry.with_name("quay.txt").write_text("Quay. " * 40, encoding="utf-8")
    library.update()
    folder = library.ferry.parent
    renamed = folder.rename(folder.with_name("renamed"))
    library.update()
    assert library.found("is:gone") == ["ferry", "quay", "river"]
    assert library.found("#x pilot") == ["ferry"]
    assert library.index.text(article.location).startswith("The ferry")

    library.notebook.sources.add(str(renamed))
    library.update()
    place = str(renamed / "ferry.txt")
    (bookmark,) = library.notebook.bookmarks.all()
    assert bookmark.article.location == place
    assert library.notebook.progress.get(place) is not None
    assert library.found("#x pilot") == ["ferry"]
    assert library.found("noon") == ["ferry"]
    assert library.found("quay title:quay") == ["quay"]
    assert library.found("is:gone") == []
