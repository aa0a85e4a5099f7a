from pathlib import Path

from textual import events
from ui.pilot_reader import Start

from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.prompt_line import PromptLine


async def test_words_are_found_across_line_ends_whatever_case_and_accents(start: Start) -> None:
    async with start(size=(66, 24)) as reader:
        text = reader.screen.text
        await reader.press("slash", *"cafe", "space", "in", "enter")
        assert text.viewport.text[text.cursor.offset :].startswith("café in it")
        assert text.has_focus


async def test_the_count_is_shown_and_the_matches_go_round(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("slash", *"voss", "enter")
        assert "“voss”: 1/2" in reader.screen.status.said
        first = text.cursor.offset
        await reader.press("n")
        assert text.cursor.offset > first
        assert "2/2" in reader.screen.status.said
        await reader.press("n")
        assert text.cursor.offset == first
        await reader.press("N")
        assert text.cursor.offset > first


async def test_what_is_not_there_is_said(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", *"zebra", "enter")
        assert "“zebra”: not found" in reader.screen.status.said


async def test_the_keys_of_the_prompt_are_not_named_after_it_is_closed(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", *"voss")
        assert "Esc goes back" in reader.screen.status.said
        for key in ("enter", "j", "n"):
            await reader.press(key)
            assert "Esc goes back" not in reader.screen.status.said
        assert "2/2" in reader.screen.status.said


async def test_escape_ends_a_search_first_even_one_without_a_match(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        for words in ("voss", "zebra"):
            await reader.press("slash", *words, "enter")
            assert any("Esc End search" in row for row in reader.rows())
            assert not any("End selection" in row for row in reader.rows())
            await reader.press("escape")
            assert text.has_focus
            assert reader.screen.status.said == ""
            assert not any("Esc End search" in row for row in reader.rows())
        await reader.press("v")
        assert any("Esc End selection" in row for row in reader.rows())
        await reader.press("escape", "escape")
        assert reader.screen.articles.has_focus


async def test_leaving_the_search_goes_back_to_where_it_began(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("slash", *"added", "escape")
        assert text.cursor.offset == 0
        assert text.has_focus


async def test_signs_of_regular_expressions_are_only_signs(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "signs.txt"
    file.write_text("A title\n\nIs this (a+)+$ here? Yes: [x] and \\d.\n")
    async with start(file) as reader:
        text = reader.screen.text
        await reader.press("slash", *"(a+)+$", "enter")
        assert text.viewport.text[text.cursor.offset :].startswith("(a+)+$")


async def test_all_matches_are_marked(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", *"nobody", "enter")
        marked = reader.screen.text.decorations.layers["hits"]
        assert len(marked) == 2


async def test_a_click_into_the_text_ends_the_search(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", *"voss")
        await reader.pilot.click(TextPane, offset=(30, 4))
        await reader.settle()
        assert not reader.screen.query(PromptLine)
        assert reader.screen.text.has_focus
        await reader.press("slash", *"added")
        assert reader.screen.query_one(PromptLine).value == "added"


async def test_a_click_into_another_pane_keeps_the_filter_that_was_typed(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "slash", *"river")
        await reader.pilot.click(TextPane, offset=(30, 4))
        await reader.settle()
        assert not reader.screen.query(PromptLine)
        assert reader.screen.articles.model.query == "river"
        assert reader.screen.text.has_focus


async def test_the_search_goes_on_when_the_window_comes_back(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", *"vo")
        reader.app.post_message(events.AppBlur())
        await reader.settle()
        reader.app.post_message(events.AppFocus())
        await reader.settle()
        await reader.press(*"ss")
        assert reader.screen.query_one(PromptLine).value == "voss"


async def test_letters_that_are_typed_faster_than_they_are_drawn_are_all_searched_for(
    start: Start,
) -> None:
    async with start() as reader:
        await reader.press("slash")
        for letter in "nobody at sea":  # the first letters are found at once, all of them never
            reader.app.post_message(events.Key("space" if letter == " " else letter, letter))
        await reader.settle()
        state = reader.screen.text.search.state
        assert state is not None
        assert (state.query, state.count) == ("nobody at sea", 0)
