"""Text objects as vim has them, and the same by double and triple clicks."""

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.ui.text_pane.pane import TextPane

PARAGRAPH = (
    "A second paragraph follows, with a café in it. It has three sentences. The last one is short."
)


async def copied(reader: Reader, *keys: str) -> str:
    """What is copied after these keys."""
    await reader.press(*keys, "y")
    return reader.app.clipboard


async def go_to(reader: Reader, words: str) -> None:
    """Move the cursor to words of the text."""
    text = reader.screen.text
    text.go_to(text.viewport.text.index(words))
    await reader.settle()


@pytest.mark.parametrize(
    ("place", "objects", "words"),
    [
        ("harbour would", "iw", "harbour"),
        ("harbour would", "aw", "harbour "),
        ("open. “We", "aw", " open"),  # there is a full stop after it
        ("It has three", "is", "It has three sentences."),
        ("It has three", "as", "It has three sentences. "),
        ("The last one", "as", " The last one is short."),
        ("A second", "ip", PARAGRAPH),
        ("Nobody asked", "iq", "“Nobody asked us”"),  # a quotation is copied as one
        ("Nobody asked", "aq", "“Nobody asked us,” "),
    ],
)  # fmt: skip
async def test_an_object_is_selected_with_or_without_the_space_around_it(
    start: Start, place: str, objects: str, words: str
) -> None:
    async with start() as reader:
        await go_to(reader, place)
        assert await copied(reader, "v", *objects) == words


async def test_a_paragraph_has_the_empty_line_after_it_and_the_last_one_that_before(
    start: Start,
) -> None:
    async with start() as reader:
        text = reader.screen.text.viewport.text
        await go_to(reader, "A second")
        found = await copied(reader, *"vap")
        assert found.startswith("A second")
        assert found.rstrip() + text[text.index(found) + len(found.rstrip()) :][:2] == found
        assert found.endswith("\n")
        await reader.press("escape", "G")
        found = await copied(reader, *"vap")
        assert found.startswith("\n")
        assert found.rstrip() == found


async def test_what_is_kept_has_no_space_at_its_ends(start: Start) -> None:
    async with start() as reader:
        await go_to(reader, "It has three")
        await reader.press(*"vas", "b")
        assert reader.words() == ["It has three sentences."]


async def test_a_double_click_selects_a_word_and_a_triple_click_a_sentence(start: Start) -> None:
    async with start() as reader:
        await go_to(reader, "follows")
        pane = reader.screen.text
        [(row, line)] = [(y, row) for y, row in enumerate(reader.rows()) if "follows" in row]
        at = (line.index("follows") + 2 - pane.region.x, row - pane.region.y)
        await reader.pilot.click(TextPane, offset=at, times=2)
        await reader.settle()
        whole = pane.viewport.text
        assert pane.selected is not None
        assert pane.selected.of(whole) == "follows"
        await reader.pilot.click(TextPane, offset=at, times=3)
        await reader.settle()
        assert pane.selected is not None
        assert pane.selected.of(whole) == "A second paragraph follows, with a café in it."
        await reader.press("b")
        assert reader.words() == ["A second paragraph follows, with a café in it."]
