"""Quotations corrected by key: what is kept, and what the pane and the text then show."""

from pathlib import Path

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.app import quote_worker
from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.dialogs import NameChoiceScreen


def speakers(reader: Reader) -> list[str]:
    return [quote.speaker for quote in reader.screen.quotes]


async def choose(reader: Reader, *keys: str) -> None:
    """Answer the question for a name."""
    await reader.until(NameChoiceScreen)
    await reader.pilot.press(*keys)
    await reader.until(ReaderScreen)
    await reader.settle()


async def test_another_speaker_is_typed_freely_and_shown_as_said_by_the_reader(
    start: Start,
) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "Q")
        await choose(reader, *"Ida Strand", "enter")
        assert speakers(reader)[0] == "Ida Strand"
        assert reader.screen.quotes[0].confidence is Confidence.BY_YOU
        assert "by you" in "\n".join(reader.rows())
        await reader.press("u")
        assert speakers(reader)[0] == "Ada Voss"
        await reader.press("ctrl+r")
        assert speakers(reader)[0] == "Ida Strand"


async def test_the_quotations_that_hang_on_a_corrected_one_follow_it_as_one_step(
    start: Start,
) -> None:
    async with start() as reader:
        assert speakers(reader) == ["Ada Voss", "Karl Brandt", "Karl Brandt"]
        await reader.press("alt+3", "G", "b", "k")
        await reader.pilot.press("Q")
        await choose(reader, *"Ida Strand", "enter")
        assert speakers(reader) == ["Ada Voss", "Ida Strand", "Ida Strand"]
        assert "1 other quotation changed with it" in reader.screen.status.said
        assert "with another" in "\n".join(reader.rows())
        assert reader.desk.notebook.bookmarks.all()[0].speaker == "Ida Strand"
        await reader.press("u")
        assert speakers(reader) == ["Ada Voss", "Karl Brandt", "Karl Brandt"]
        assert reader.desk.notebook.bookmarks.all()[0].speaker == "Karl Brandt"


async def test_a_name_of_the_article_is_chosen_by_a_few_letters(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "Q")
        await choose(reader, *"bra", "enter")
        assert speakers(reader)[0] == "Karl Brandt"


async def test_leaving_the_question_changes_nothing(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "Q")
        await choose(reader, *"Ida", "escape")
        assert speakers(reader)[0] == "Ada Voss"
        assert len(reader.desk.notebook.corrections) == 0


async def test_two_names_are_merged_in_the_whole_article(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "G", "ampersand")
        await choose(reader, *"voss", "enter")
        assert set(speakers(reader)) == {"Ada Voss"}


async def test_a_correction_is_there_when_the_article_is_opened_again(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "Q")
        await choose(reader, *"Ida Strand", "enter")
        await reader.press("J")
        await reader.press("K")
        assert speakers(reader)[0] == "Ida Strand"


async def test_words_are_stretched_in_the_text_and_kept_by_enter(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "G", "e")
        assert reader.screen.text.selected == Passage(
            reader.screen.quotes[-1].start, reader.screen.quotes[-1].end
        )
        await reader.press("W", "W", "enter")
        quote = reader.screen.quotes[-1]
        assert quote.spans[-1].of(reader.screen.text.viewport.text).startswith("Nobody")
        assert quote.found is not None
        assert quote.end < quote.found.end
        assert reader.screen.quotations.has_focus
        assert reader.screen.text.selected is None


async def test_a_stretch_that_is_left_changes_nothing(start: Start) -> None:
    async with start() as reader:
        before = reader.screen.quotes
        await reader.press("alt+3", "e", "W", "escape")
        assert reader.screen.quotes == before
        assert reader.screen.quotations.has_focus
        assert len(reader.desk.notebook.corrections) == 0


async def test_what_is_no_quotation_is_put_aside_and_brought_back(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "x")
        assert len(reader.screen.quotes) == 2
        assert "+1 (U)" in reader.screen.quotations.heading()
        await reader.press("U", "G")
        assert "Not a quotation" in "\n".join(reader.rows())
        await reader.press("x")
        assert len(reader.screen.quotes) == 3


async def test_a_selection_is_added_as_a_quotation(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text.viewport.text
        words = "the harbour would stay open"
        begin = text.index(words)
        reader.screen.text.select(Passage(begin, begin + len(words)))
        await reader.pilot.press("Q")
        await choose(reader, *"voss", "enter")
        [added] = [quote for quote in reader.screen.quotes if quote.start == begin]
        assert added.spans[0].of(text) == words
        assert added.speaker == "Ada Voss"
        await reader.press("u")
        assert begin not in [quote.start for quote in reader.screen.quotes]


async def test_the_marks_around_a_selection_are_no_part_of_the_quotation(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "tin.txt"
    path.write_text("She calls her play “The Tin Orchard” at home.\n", encoding="utf-8")
    async with start(path) as reader:
        begin = reader.screen.text.viewport.text.index("“")
        reader.screen.text.select(Passage(begin, begin + len("“The Tin Orchard”")))
        await reader.pilot.press("Q")
        await choose(reader, *"Dora Lund", "enter")
        [quote] = reader.screen.quotes
        assert quote.spans[0].of(reader.screen.text.viewport.text) == "The Tin Orchard"
        assert quote.speaker == "Dora Lund"


async def test_in_the_text_the_quotation_under_the_cursor_is_given_a_speaker(start: Start) -> None:
    async with start() as reader:
        reader.screen.session.go_to(reader.screen.quotes[0].start + 3)
        await reader.pilot.press("Q")
        await choose(reader, *"Ida Strand", "enter")
        assert speakers(reader)[0] == "Ida Strand"


async def test_what_is_kept_of_a_quotation_carries_its_corrected_speaker(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "G", "b")
        await reader.pilot.press("Q")
        await choose(reader, *"Ida Strand", "enter")
        assert reader.desk.notebook.bookmarks.all()[0].speaker == "Ida Strand"
        await reader.press("u")
        assert reader.desk.notebook.bookmarks.all()[0].speaker == "Karl Brandt"


async def test_words_that_are_nobodys_are_listed_last_on_request(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "tin.txt"
    path.write_text(
        "The play is called “The Tin Orchard” and runs for a week.\n\n"
        "“We sold every seat,” said Ada Voss, its producer.\n",
        encoding="utf-8",
    )
    async with start(path) as reader:
        assert speakers(reader) == ["Ada Voss"]
        assert "+1 (U)" in reader.screen.quotations.heading()
        await reader.press("alt+3", "U")
        assert reader.screen.quotations.count == 2
        assert "Unattributed" in "\n".join(reader.rows())


async def test_the_pane_says_that_a_text_is_too_long_for_quotations(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quote_worker, "MAX_TEXT", quote_worker.LONG_TEXT)
    path = tmp_path / "long.txt"
    path.write_text("It was a long night on the quay.\n\n" * 4000, encoding="utf-8")
    async with start(path, size=(160, 40)) as reader:
        shown = " ".join("\n".join(row[-39:-1] for row in reader.rows()).split())
        assert "Texts of more than 100,000 characters are not searched" in shown
        assert "Nobody is quoted here" not in shown


async def test_no_quotation_of_another_article_is_shown_for_a_text_that_is_too_long(
    start: Start, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quote_worker, "MAX_TEXT", quote_worker.LONG_TEXT)
    path = tmp_path / "long.txt"
    path.write_text("It was a long night on the quay.\n\n" * 4000, encoding="utf-8")
    async with start(articles / "1 harbour.txt", path) as reader:
        assert len(reader.screen.quotes) == 3
        await reader.press("b", "J", "u")
        assert reader.article.location == str(path)
        assert not reader.screen.quotes


async def test_the_list_is_filtered_by_what_the_reader_corrected(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("alt+3", "Q")
        await choose(reader, *"Ida Strand", "enter")
        await reader.press("slash", *"by you", "enter")
        assert reader.screen.quotations.count == 1
