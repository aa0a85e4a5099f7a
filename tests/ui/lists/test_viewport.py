from collections.abc import Sequence

from tuireader.ui.lists.model import ItemRows, ListModel
from tuireader.ui.lists.viewport import ListViewport


class Numbers(ListModel[int]):
    """Items of one to three rows, which remembers the ones that were made."""

    def __init__(self, items: Sequence[int]) -> None:
        super().__init__(items)
        self.made: list[int] = []

    def empty_text(self) -> str:
        return "Nothing"

    def rows(self, index: int, width: int) -> ItemRows:
        del width
        self.made.append(index)
        return [[(f"{index}.{number}", "")] for number in range(index % 3 + 1)]


def viewport_of(count: int, height: int = 6) -> ListViewport:
    view = ListViewport(Numbers(range(count)))
    view.resize(20, height)
    return view


def test_only_the_rows_on_the_screen_are_made() -> None:
    model = Numbers(range(100_000))
    view = ListViewport(model)
    view.resize(20, 6)
    view.lines()
    view.move_to(99_999)
    view.lines()
    assert len(model.made) < 20


def test_each_row_of_the_pane_belongs_to_an_item() -> None:
    assert viewport_of(10).lines() == [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)]


def test_the_cursor_stays_on_the_screen() -> None:
    view = viewport_of(10)
    assert view.move_to(3)
    assert view.first == 1
    assert view.rows_of(3) == [5]
    assert view.move_to(0)
    assert view.first == 0


def test_a_move_within_the_screen_scrolls_nothing() -> None:
    view = viewport_of(10)
    assert view.move_to(2)
    assert view.first == 0
    assert view.rows_of(0, 2) == [0, 3, 4, 5]


def test_the_cursor_stops_at_the_ends() -> None:
    view = viewport_of(10)
    assert not view.move_to(-5)
    assert view.move_to(50)
    assert view.cursor == 9
    assert not viewport_of(0).move_to(1)


def test_motions_lead_to_items() -> None:
    view = viewport_of(10)
    view.move_to(2)
    assert view.target("next", 3) == 5
    assert view.target("previous") == 1
    assert view.target("page_down") == 4
    assert view.target("last") == 9
    assert view.target("first") == 0


def test_the_cursor_is_marked_by_a_sign_and_a_look() -> None:
    view = viewport_of(3)
    assert view.row(0, focused=True) == ([("▶", "item strong"), ("0.0", "item")], "item")
    assert view.row(0, focused=False)[0][0] == ("▷", "item strong")
    assert view.row(1, focused=True) == ([(" ", ""), ("1.0", "")], "")


def test_an_empty_list_says_why() -> None:
    view = viewport_of(0)
    assert view.row(1, focused=True) == ([("  Nothing", "")], "")
    assert view.index_at(1) is None


def test_fewer_items_leave_the_cursor_in_the_list() -> None:
    model = Numbers(range(10))
    view = ListViewport(model)
    view.resize(20, 6)
    view.move_to(9)
    model.listed = range(4)
    view.reset(view.cursor)
    assert view.cursor == 3
    assert view.lines()[-1][0] <= 3


def test_a_list_that_fits_is_never_scrolled_even_if_its_size_is_known_late() -> None:
    view = ListViewport(Numbers(range(7)))
    view.reset(4)
    view.resize(20, 40)
    assert view.first == 0
    assert view.cursor == 4


def test_the_last_screen_is_full_after_the_pane_has_grown() -> None:
    view = viewport_of(10)
    view.move_to(9)
    view.resize(20, 12)
    assert view.lines()[-1] == (9, 0)
    assert len(view.lines()) >= 11


def test_an_empty_list_says_what_can_be_done() -> None:
    model = Numbers(())
    model.query = "none"
    view = ListViewport(model)
    view.resize(40, 10)
    assert view.row(3, focused=True) == ([("  Esc shows all.", "faint")], "")
    assert view.share() is None


def test_the_share_on_the_screen_is_told_for_the_scroll_bar() -> None:
    view = ListViewport(Numbers(range(100)))
    view.resize(40, 10)
    begin, end = view.share() or (1.0, 0.0)
    assert begin == 0
    view.move_to(99)
    later, last = view.share() or (0.0, 0.0)
    assert later > end > 0
    assert last == 1
