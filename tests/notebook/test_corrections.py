"""Corrections of quotations are saved, undone, and found again in a changed text."""

from pathlib import Path

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import NotebookError
from tuireader.notebook.notebook import Notebook
from tuireader.quotes.corrections import apply_corrections
from tuireader.quotes.engine import extract

TEXT = """Ada Voss said the quay would stay. “We have kept the lights on for years,” she said.

“Nobody asked us,” said Karl Brandt, a pilot of the harbour who has seen councils come and go.
"""


def article(text: str = TEXT, location: str = "/news/quay.txt") -> Article:
    return Article(location=location, text=text)


def spoken(notebook: Notebook, of: Article) -> list[tuple[str, str]]:
    """The words and the speakers of an article's quotations, as corrected."""
    quotes = apply_corrections(extract(of), notebook.corrections.for_article(of))
    return [(quote.spans[0].of(of.text), quote.speaker) for quote in quotes if not quote.dismissed]


def test_a_speaker_that_was_given_outlives_the_program(tmp_path: Path) -> None:
    first = extract(article())[0]
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.set_speaker(article(), first, "Ida Strand")
    with Notebook.open(tmp_path) as notebook:
        assert spoken(notebook, article())[0][1] == "Ida Strand"
        assert spoken(notebook, article())[1][1] == "Karl Brandt"


def test_a_second_correction_of_a_quotation_adds_to_the_first(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.set_speaker(article(), extract(article())[0], "Ida Strand")
        [again, _] = apply_corrections(
            extract(article()), notebook.corrections.for_article(article())
        )
        notebook.corrections.set_extent(article(), again, Passage(again.start, again.start + 7))
        assert spoken(notebook, article())[0] == ("We have", "Ida Strand")
        assert len(notebook.corrections) == 1


def test_every_correction_can_be_undone_and_done_again(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        before = spoken(notebook, article())
        [first, second] = extract(article())
        notebook.corrections.set_speaker(article(), first, "Ida Strand")
        notebook.corrections.dismiss(article(), second)
        notebook.corrections.merge(article(), "Ida Strand", "Ada Voss")
        notebook.corrections.add(article(), Passage(0, 8), "the editor")
        after = spoken(notebook, article())
        assert after != before
        for _ in range(4):
            assert notebook.undo()
        assert spoken(notebook, article()) == before
        for _ in range(4):
            assert notebook.redo()
        assert spoken(notebook, article()) == after


def test_corrections_are_found_again_in_a_text_that_has_changed(tmp_path: Path) -> None:
    changed = article("A new first paragraph, which was not there.\n\n" + TEXT)
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.set_speaker(article(), extract(article())[1], "Ida Strand")
        assert spoken(notebook, changed)[-1] == ("Nobody asked us,", "Ida Strand")


def test_corrections_hold_for_the_same_text_at_another_place_and_for_no_other(
    tmp_path: Path,
) -> None:
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.set_speaker(article(), extract(article())[1], "Ida Strand")
        assert spoken(notebook, article(location="/moved.txt"))[1][1] == "Ida Strand"
        assert not notebook.corrections.for_article(article("Something else.", "/else.txt"))


def test_what_is_kept_of_a_quotation_follows_its_speaker_in_one_step(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        quote = extract(article())[1]
        passage = Passage(quote.start, quote.end)
        mark = notebook.bookmarks.keep(article(), passage, speaker="Karl Brandt")
        notebook.corrections.set_speaker(article(), quote, "Ida Strand", [mark])
        assert notebook.bookmarks.all()[0].speaker == "Ida Strand"
        notebook.undo()
        assert notebook.bookmarks.all()[0].speaker == "Karl Brandt"
        assert spoken(notebook, article())[1][1] == "Karl Brandt"


def test_a_later_word_on_two_names_outdoes_the_earlier(tmp_path: Path) -> None:
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.merge(article(), "Ada Voss", "Karl Brandt")
        notebook.corrections.merge(article(), "Karl Brandt", "Ada Voss")
        assert {speaker for _, speaker in spoken(notebook, article())} == {"Ada Voss"}


def test_nothing_is_corrected_in_a_text_that_is_not_read_to_its_end(tmp_path: Path) -> None:
    head = Article(location="/news/quay.txt", text=TEXT, complete=False)
    with Notebook.open(tmp_path) as notebook, pytest.raises(NotebookError, match="still being"):
        notebook.corrections.set_speaker(head, extract(article())[0], "Ida Strand")


def test_what_is_not_found_in_a_changed_text_is_kept_and_comes_back_with_the_words(
    tmp_path: Path,
) -> None:
    other = article("The council met on Monday.\n\n“We have kept it,” said Ada Voss.\n")
    with Notebook.open(tmp_path) as notebook:
        notebook.corrections.set_speaker(article(), extract(article())[1], "Ida Strand")
        told = notebook.corrections.for_article(other)
        assert (told.quotes, told.lost) == ((), 1)
        assert spoken(notebook, other) == [("We have kept it,", "Ada Voss")]
        assert spoken(notebook, article())[1][1] == "Ida Strand"
