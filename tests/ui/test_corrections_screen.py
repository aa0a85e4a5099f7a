"""The corrections of all articles on one screen, and the reason of an attribution."""

from pathlib import Path

from ui.pilot_reader import Reader, Start

from tuireader.ui.lists.corrections import CorrectionList
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.corrections import CorrectionsScreen
from tuireader.ui.screens.dialogs import NameChoiceScreen
from tuireader.ui.widgets.status_line import StatusLine


async def name_speaker(reader: Reader, name: str) -> None:
    """Change the speaker of the quotation under the cursor."""
    await reader.pilot.press("Q")
    await reader.until(NameChoiceScreen)
    await reader.pilot.press(*name, "enter")
    await reader.until(ReaderScreen)
    await reader.settle()


def labels(screen: CorrectionsScreen) -> list[str]:
    return [each.label for each in screen.query_one(CorrectionList).model.listed]


async def test_the_corrections_of_all_articles_are_listed_and_filtered(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3")
        await name_speaker(reader, "Ida Strand")
        await reader.press("G", "x", "J", "alt+3")
        await name_speaker(reader, "Eva Lund")
        await reader.press("g", "c")
        screen = await reader.until(CorrectionsScreen)
        assert labels(screen) == ["Speaker: Eva Lund", "Not a quotation", "Speaker: Ida Strand"]
        rows = [
            "".join(text for text, _ in row)
            for row in screen.query_one(CorrectionList).model.rows(0, 60)
        ]
        assert rows[1].strip() == "“It is only water”"
        assert rows[2].strip() == "The river came back"
        await reader.press("slash", *"strand", "enter")
        assert labels(screen) == ["Speaker: Ida Strand"]


async def test_a_correction_is_gone_to(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "G")
        await name_speaker(reader, "Ida Strand")
        place = reader.screen.quotes[-1].start
        await reader.press("J", "g", "c")
        await reader.until(CorrectionsScreen)
        await reader.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert Path(reader.article.location).name == "1 harbour.txt"
        assert reader.screen.text.cursor.offset == place


async def test_a_correction_is_removed_and_that_is_undone(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3")
        await name_speaker(reader, "Ida Strand")
        await reader.press("g", "c")
        screen = await reader.until(CorrectionsScreen)
        await reader.press("x")
        assert labels(screen) == []
        assert "as it was found" in screen.query_one(StatusLine).said
        await reader.press("u")
        assert labels(screen) == ["Speaker: Ida Strand"]
        await reader.press("x", "q")
        await reader.until(ReaderScreen)
        assert reader.screen.quotes[0].speaker == "Ada Voss"


async def test_names_that_were_merged_are_a_correction_too(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "G")
        await reader.pilot.press("ampersand")
        await reader.until(NameChoiceScreen)
        await reader.pilot.press(*"voss", "enter")
        await reader.until(ReaderScreen)
        await reader.press("g", "c")
        screen = await reader.until(CorrectionsScreen)
        assert labels(screen) == ["“Karl Brandt” is Ada Voss"]
        await reader.press("enter")
        await reader.until(ReaderScreen)


async def test_the_reason_of_an_attribution_is_told_on_one_line(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "g", "w")
        assert reader.screen.status.said.startswith("Ada Voss ")
        assert "by name “Voss”" in reader.screen.status.said
        await name_speaker(reader, "Ida Strand")
        await reader.press("g", "w")
        assert reader.screen.status.said.startswith("Ida Strand · by you · found: Ada Voss ")
