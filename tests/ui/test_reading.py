from pathlib import Path
from typing import Any

import pytest
from ui.pilot_reader import Start

from tuireader.sources.open import open_head
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.reader import quit_guard
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.text_pane.pane import TextPane


async def test_the_first_article_is_open_at_the_start(start: Start) -> None:
    async with start() as reader:
        assert reader.article.title == "The harbour that would not close"
        assert "The harbour that would not close" in "\n".join(reader.rows())


async def test_the_cursor_is_a_sentence(start: Start) -> None:
    async with start() as reader:
        await reader.press("g", "g", "right_parenthesis")
        text = reader.screen.text
        assert (
            text.cursor.sentence.of(text.viewport.text)
            == "Ada Voss said the harbour would stay open."
        )


async def test_lines_go_down_and_up_again(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("j", "j", "j")
        down = text.cursor.offset
        await reader.press("k", "k", "k")
        assert down > 0
        assert text.cursor.offset == 0


async def test_a_count_repeats_a_motion(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("j", "j", "j", "j", "j")
        five = text.cursor.offset
        await reader.press("g", "g", "5", "j")
        assert text.cursor.offset == five


async def test_the_ends_are_one_key_away(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("G")
        assert text.cursor.offset > len(text.viewport.text) - 80
        await reader.press("g", "g")
        assert text.cursor.offset == 0


async def test_next_and_previous_article_without_leaving_the_text(start: Start) -> None:
    async with start() as reader:
        await reader.press("J")
        assert reader.article.title == "The river came back"
        assert reader.screen.text.has_focus
        await reader.press("K")
        assert reader.article.title == "The harbour that would not close"


async def test_the_place_comes_back_after_a_restart(start: Start) -> None:
    async with start() as reader:
        await reader.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        place = reader.screen.text.cursor.offset
        await reader.press("J")
        await reader.press("ctrl+q")
    async with start() as reader:
        assert reader.screen.text.cursor.offset == place


async def test_the_place_stays_when_the_column_or_the_window_changes(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("right_curly_bracket", "right_curly_bracket")
        place = text.cursor.offset
        await reader.press("minus", "minus", "plus")
        assert text.cursor.offset == place
        await reader.pilot.resize_terminal(60, 20)
        await reader.settle()
        assert text.cursor.offset == place
        assert place in text.viewport.seen()


async def test_no_key_is_lost_in_an_empty_list(start: Start, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    async with start(empty) as reader:
        await reader.press(
            "j", "space", "v", "b", "n", "G", "alt+3", "j", "enter", "alt+1", "G", "enter"
        )
        assert reader.article is not None


async def test_the_panes_fit_the_width(start: Start) -> None:
    async with start(size=(120, 40)) as reader:
        panes = (ArticleList, TextPane, QuoteList)
        assert [bool(reader.screen.query_one(pane).display) for pane in panes] == [True] * 3
        await reader.pilot.resize_terminal(80, 24)
        await reader.settle()
        assert [bool(reader.screen.query_one(pane).display) for pane in panes] == [
            True,
            True,
            False,
        ]
        await reader.press("alt+3")
        assert reader.screen.query_one(QuoteList).has_focus
        assert not reader.screen.query_one(ArticleList).display
        await reader.pilot.resize_terminal(40, 10)
        await reader.settle()
        assert [bool(reader.screen.query_one(pane).display) for pane in panes] == [
            False,
            False,
            True,
        ]
        await reader.press("alt+2")
        assert reader.screen.query_one(TextPane).display


async def test_a_change_of_the_pane_does_not_paint_the_whole_screen(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        painted: list[str] = []
        refresh = ReaderScreen.refresh

        def noted(screen: ReaderScreen, *regions: Any, **options: Any) -> ReaderScreen:
            painted.append(screen.focused.__class__.__name__)
            return refresh(screen, *regions, **options)

        monkeypatch.setattr(ReaderScreen, "refresh", noted)
        await reader.press("tab", "tab")
        assert reader.screen.articles.has_focus
        assert not painted
        assert reader.rows()[0].startswith("┏━ Articles")


async def test_zoom_shows_only_the_text_and_comes_back(start: Start) -> None:
    async with start() as reader:
        await reader.press("z", "o")
        assert not reader.screen.articles.display
        await reader.press("z", "o")
        assert reader.screen.articles.display


async def test_every_size_from_forty_by_ten_can_be_used(start: Start) -> None:
    async with start() as reader:
        for width, height in ((40, 10), (41, 11), (66, 10), (80, 24), (105, 12), (200, 60)):
            await reader.pilot.resize_terminal(width, height)
            await reader.press("j", "space", "G", "g", "g", "tab", "j", "tab", "tab")
            rows = reader.rows()
            assert len(rows) == height
            assert all(len(row) >= width - 4 for row in rows)


async def test_the_list_filters_as_the_reader_types(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "slash", "r", "i", "v", "e", "r")
        assert reader.screen.articles.count == 1
        await reader.press("enter", "enter")
        assert reader.article.title == "The river came back"
        await reader.press("alt+1", "escape")
        assert reader.screen.articles.count == 2


async def test_the_list_sorts_and_remembers_how(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "s", "s")
        order = reader.screen.articles.model.order
        await reader.press("ctrl+q")
    async with start() as reader:
        assert reader.screen.articles.model.order is order


async def test_an_article_is_not_read_because_its_end_was_shown_for_a_moment(start: Start) -> None:
    async with start() as reader:
        await reader.press("G", "J", "ctrl+q")
    async with start() as reader:
        rows = "\n".join(reader.rows())
        assert "◐ The harbour" in rows
        assert "100%" in rows


async def test_esc_goes_back_one_level_and_never_leaves(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "escape")
        assert reader.screen.text.has_focus
        await reader.press("escape")
        assert reader.screen.articles.has_focus
        await reader.press("escape", "escape")
        assert reader.app.is_running


async def test_q_goes_back_one_level_and_quits_from_the_articles(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "q", "q")
        assert reader.screen.articles.has_focus
        await reader.until_so(lambda: not reader.screen.quit_guard.is_held)
        await reader.press("q")
        assert not reader.app.is_running


async def test_q_pressed_twice_in_a_row_in_the_text_does_not_quit(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quit_guard, "HOLD", 3600.0)
    async with start() as reader:
        await reader.press("alt+2", "q", "q", "q")
        assert reader.app.is_running
        assert reader.screen.articles.has_focus
        assert reader.screen.status.said == "Press q again to quit."
        await reader.press("Z", "Z")
        assert not reader.app.is_running


async def test_q_quits_at_once_from_the_articles(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "q")
        assert not reader.app.is_running


async def test_back_returns_to_where_a_jump_began(start: Start) -> None:
    async with start() as reader:
        await reader.press("right_curly_bracket")
        place = reader.screen.text.cursor.offset
        await reader.press("J", "ctrl+o")
        assert reader.article.title == "The harbour that would not close"
        assert reader.screen.text.cursor.offset == place


async def test_a_click_puts_the_cursor_there_and_a_drag_selects(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.pilot.click(TextPane, offset=(20, 11))
        assert text.has_focus
        clicked = text.cursor.offset
        assert clicked > 0
        await reader.pilot.mouse_down(TextPane, offset=(10, 11))
        await reader.pilot.hover(TextPane, offset=(30, 11))
        await reader.pilot.mouse_up(TextPane, offset=(30, 11))
        assert text.selected is not None
        assert len(text.selected) > 10


async def test_the_wheel_scrolls_a_long_text(start: Start, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"Paragraph {n} says a little." for n in range(500)))
    async with start(long) as reader:
        text = reader.screen.text
        before = text.viewport.top
        text.post_message(_wheel(text))
        await reader.settle()
        assert text.viewport.top > before


def _wheel(widget: Any) -> Any:
    from textual.events import MouseScrollDown

    return MouseScrollDown(widget, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)


async def test_the_count_of_kept_passages_stays_in_the_list_when_the_reader_moves_on(
    start: Start,
) -> None:
    async with start() as reader:
        shown = []
        await reader.press("b", "j")
        location = reader.article.location
        reader.screen.watch(
            reader.screen, "readings", lambda known: shown.append(known[location].kept), init=False
        )
        await reader.press("J")
        assert shown
        assert set(shown) == {1}


async def test_space_at_the_end_opens_the_next_unread_article(start: Start) -> None:
    async with start() as reader:
        first = reader.screen.articles.opened
        await reader.press("space")
        assert reader.screen.articles.opened != first
        await reader.press("r", "space", "r", "space")
        assert reader.screen.articles.opened == first
        assert any("no other article in the list is unread" in row for row in reader.rows())


async def test_articles_are_selected_in_the_list_and_changed_at_once(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "v", "v", "asterisk", "V", "k", "r", "escape")
        readings = reader.desk.notebook.progress.all()
        assert [(each.starred, each.finished) for each in readings.values()] == [(True, True)] * 2
        await reader.press("u")
        readings = reader.desk.notebook.progress.all()
        assert not any(each.finished for each in readings.values())


async def test_all_that_a_filter_shows_is_selected(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "slash", *"river", "enter", "ctrl+a", "asterisk", "escape")
        starred = [each.starred for each in reader.desk.notebook.progress.all().values()]
        assert starred.count(True) == 1


async def test_a_list_that_fits_is_shown_from_its_top_when_it_is_opened_again(
    start: Start, articles: Path
) -> None:
    for number in range(3, 8):
        (articles / f"{number} more.txt").write_text(f"Title {number}\n\nText.", encoding="utf-8")
    async with start() as reader:
        await reader.press("J", "J", "J", "J")
        assert "Title 5" in reader.article.text
        await reader.press("j")
        reader.screen.progress.save()
    async with start(library=True) as reader:
        rows = "\n".join(reader.rows())
        assert reader.screen.articles.cursor == 4
        assert "● The harbour that" in rows
        assert "● Title 7" in rows


async def test_an_article_whose_file_is_gone_is_listed_and_opened_from_its_stored_text(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await reader.press("J", "j")
        text = reader.article.text
        await reader.press("K")
    (articles / "2 river.txt").unlink()
    async with start(library=True) as reader:
        assert any("its file is missing" in row for row in reader.rows())
        await reader.press("alt+1", "G", "enter")
        assert reader.article.text == text
        assert "The file is gone." in reader.screen.status.said
        assert any("its file is missing" in row for row in reader.rows())


async def test_an_article_that_is_hidden_leaves_the_list_and_comes_back(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "x")
        await reader.press("enter")
        assert reader.screen.articles.count == 1
        assert any("Hidden from now on" in row for row in reader.rows())
        await reader.press("u")
        assert reader.screen.articles.count == 2


async def test_the_sources_list_the_articles_of_one_of_them(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "r", "h")
        assert reader.screen.sources.has_focus
        assert any(" Sources " in row for row in reader.rows())
        assert not reader.screen.articles.display
        await reader.press("j", "l")
        assert reader.screen.articles.has_focus
        assert reader.screen.articles.count == 1
        assert "Unread" in reader.screen.articles.heading()
        await reader.press("h", "g", "g", "enter")
        assert reader.screen.articles.count == 2


async def test_the_sources_stand_beside_the_articles_on_a_wide_screen(start: Start) -> None:
    async with start(size=(170, 40)) as reader:
        await reader.press("alt+1", "left", "alt+1")
        assert reader.screen.articles.has_focus
        assert reader.screen.sources.display
        assert sum(pane.size.width for pane in reader.screen.query("PaneRow > Pane")) == 170


def long_report(folder: Path) -> Path:
    """A text of which only the beginning is known at first."""
    file = folder / "long.txt"
    file.write_text("\n\n".join(f"Paragraph {n} of the report." for n in range(20_000)))
    return file


async def test_the_place_far_down_in_a_long_text_comes_back_after_a_restart(
    start: Start, tmp_path: Path
) -> None:
    file = long_report(tmp_path)
    async with start(file) as reader:
        await reader.press("5", "0", "percent_sign")
        place = reader.screen.text.cursor.offset
        assert place > len(open_head(str(file)).text)
        await reader.press("ctrl+q")
    for _ in range(2):
        async with start(file) as reader:
            assert reader.screen.text.cursor.offset == place
            words = reader.article.text[:place].rpartition("\n")[2]
            assert any(words in row for row in reader.rows())
            await reader.press("ctrl+q")


async def test_the_place_of_last_time_does_not_take_the_cursor_from_where_keys_moved_it(
    start: Start, tmp_path: Path
) -> None:
    file = long_report(tmp_path)
    head = open_head(str(file))
    async with start(file) as reader:
        whole, text = reader.article, reader.screen.text
        for keys, place in (("", 300_000), ("G", len(whole.text) - 1), ("gg", 0)):
            reader.screen.session.update(article=head)
            text.go_to(300_000)
            assert text.cursor.offset < len(head.text)
            await reader.press(*keys)
            reader.screen.session.update(article=whole)
            await reader.settle()
            assert abs(text.cursor.offset - place) <= 30, keys


async def test_the_end_of_a_long_text_is_reached_as_soon_as_it_is_known(
    start: Start, tmp_path: Path
) -> None:
    file = long_report(tmp_path)
    head = open_head(str(file))
    assert not head.complete
    async with start(file) as reader:
        whole = reader.article
        for keys, goes_on in (("G", True), ("Gk", False)):
            reader.screen.session.update(article=head)
            await reader.press("g", "g", *keys)
            reader.screen.session.update(article=whole)
            await reader.settle()
            left = len(whole.text) - reader.screen.text.cursor.offset
            assert (left <= 2) is goes_on


async def test_the_next_unread_article_is_opened_from_anywhere_in_the_text(start: Start) -> None:
    async with start() as reader:
        first = reader.article.location
        await reader.press("r", "J")
        second = reader.article.location
        await reader.press("K")
        assert reader.article.location == first
        await reader.press("]", "u")
        assert reader.article.location == second
