from ui.pilot_reader import Start

from tuireader.ui.bindings import GROUPS
from tuireader.ui.screens.help import HelpScreen, split_rows

ROWS = [("Move", "j", "Down"), ("Move", "k", "Up"), ("Find", "n", "Next"), ("Lists", "s", "Sort")]


def test_the_columns_are_about_as_high_and_divide_no_group() -> None:
    left, right = split_rows(ROWS)
    assert (left, right) == (ROWS[:2], ROWS[2:])
    assert split_rows([]) == ([], [])
    assert split_rows(ROWS[:2]) == (ROWS[:2], [])


async def test_the_keys_are_in_two_columns_where_there_is_room(start: Start) -> None:
    for width, together in ((150, True), (100, False)):
        async with start(size=(width, 60)) as reader:
            await reader.press("question_mark")
            rows = reader.rows()
            headings = [group.description for group in GROUPS]
            both = [sum(heading in row for heading in headings) > 1 for row in rows]
            assert any(both) is together


async def test_keys_of_one_pane_stand_under_its_name(start: Start) -> None:
    async with start(size=(100, 200)) as reader:
        for keys, first in (("alt+2", "text"), ("alt+3", "quotations")):
            await reader.press(keys, "question_mark")
            shown = "\n".join(reader.rows())
            parts = {
                pane: shown.partition(f"{group}: {pane}")[2].partition("Lists: ")[0]
                for group, panes in (
                    ("Bookmarks and notes", ("text", "quotations")),
                    ("Lists", ("articles", "sources")),
                )
                for pane in panes
            }
            assert "Bookmark the quotation" in parts["quotations"]
            assert "Bookmark the selection or the sentence" in parts["text"]
            assert "Expand it, or list its articles" in parts["sources"]
            assert "Open the article" in parts["articles"]
            assert "Expand it" not in parts["articles"]
            assert shown.index("Bookmarks and notes: ") == shown.index(
                f"Bookmarks and notes: {first}"
            )
            assert "Move: " not in shown
            await reader.press("q")


async def test_a_screen_of_one_list_names_no_pane(start: Start) -> None:
    async with start(size=(100, 100)) as reader:
        await reader.press("B", "question_mark")
        shown = "\n".join(reader.rows())
        assert "Edit the note" in shown
        assert "Bookmarks and notes: " not in shown


async def test_words_filter_the_keys_and_esc_shows_all_again(start: Start) -> None:
    async with start() as reader:
        await reader.press("question_mark", "slash", *"trash", "enter")
        shown = "\n".join(reader.rows())
        assert "Move the bookmark to the trash" in shown
        assert "One line down" not in shown
        await reader.press("escape")
        assert "One line down" in "\n".join(reader.rows())
        await reader.press("q")
        assert not isinstance(reader.app.screen, HelpScreen)


async def test_words_that_no_key_has_are_told(start: Start) -> None:
    async with start() as reader:
        await reader.press("question_mark", "slash", *"[b]xyz")
        assert "No key with “[b]xyz”." in "\n".join(reader.rows())
