"""Links chosen by number or words."""

from pathlib import Path

from ui.pilot_reader import Start

LINKED = """# The harbour

Ask the [pilot](mailto:pilot@harbour.example), the [keeper](mailto:keeper@light.example)
or the [cook](mailto:cook@galley.example).
"""


def linked(tmp_path: Path) -> Path:
    file = tmp_path / "linked.md"
    file.write_text(LINKED, encoding="utf-8")
    return file


async def test_a_link_is_followed_by_its_number(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F")
        assert any("3  cook" in row for row in reader.rows())
        await reader.press("2", "enter")
        assert reader.screen.status.said == "Its address is mailto:keeper@light.example"


async def test_a_link_is_followed_by_its_words(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F", *"galley", "enter")
        assert reader.screen.status.said == "Its address is mailto:cook@galley.example"


async def test_a_number_that_no_link_has_follows_none(start: Start, tmp_path: Path) -> None:
    async with start(linked(tmp_path)) as reader:
        await reader.press("F", "9")
        assert any("No matching link" in row for row in reader.rows())
        await reader.press("enter")
        assert "Its address is" not in reader.screen.status.said


async def test_an_article_without_links_says_so(start: Start) -> None:
    async with start() as reader:
        await reader.press("F")
        assert reader.screen.status.said == "No links in this article"
