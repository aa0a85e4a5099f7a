from hypothesis import given
from hypothesis import strategies as st
from line_terminal import LineTerminal

from tuireader.ui.accessible.frames import Place, PlainFrames

ROWS = [f"row {number}" for number in range(9)] + [""]


def shown(frames: PlainFrames, terminal: LineTerminal, rows: list[str], place: Place) -> None:
    terminal.take_runs()
    terminal.feed(frames.frame(rows, terminal.width, place))


def started() -> tuple[PlainFrames, LineTerminal]:
    frames, terminal = PlainFrames(), LineTerminal(40, 10)
    shown(frames, terminal, ROWS, Place(0, 0))
    return frames, terminal


def test_a_move_of_the_cursor_writes_nothing_else() -> None:
    frames, terminal = started()
    shown(frames, terminal, ROWS, Place(2, 4))
    assert terminal.runs == []
    assert (terminal.x, terminal.y, terminal.is_shown) == (2, 4, True)
    assert frames.frame(ROWS, 40, Place(2, 4)) == ""


def test_a_row_that_changes_is_one_run() -> None:
    frames, terminal = started()
    shown(frames, terminal, [*ROWS[:3], "row three", *ROWS[4:]], Place(0, 0))
    assert terminal.runs == [(0, 3, "row three")]
    assert terminal.rows[3] == "row three"


def test_a_message_is_one_run_in_the_last_row_even_if_it_is_repeated() -> None:
    frames, terminal = started()
    for _ in range(2):
        frames.say("Bookmarked")
        shown(frames, terminal, ROWS, Place(0, 1))
        assert terminal.runs == [(0, 9, "Bookmarked")]
        assert (terminal.x, terminal.y) == (0, 1)
    shown(frames, terminal, ROWS, Place(0, 2))
    assert terminal.runs == []


def test_scrolling_writes_only_the_new_row() -> None:
    frames, terminal = started()
    down = [ROWS[0], *ROWS[2:9], "row 9", ""]
    shown(frames, terminal, down, Place(0, 8))
    assert terminal.runs == [(0, 8, "row 9")]
    assert terminal.rows == down
    shown(frames, terminal, ROWS, Place(0, 1))
    assert terminal.runs == [(0, 1, "row 1")]
    assert terminal.rows == ROWS


def test_only_what_is_typed_is_written() -> None:
    frames, terminal = started()
    for typed, run in [("Find h", (0, 8, "Find h")), ("Find ha", (6, 8, "a"))]:
        terminal.take_runs()
        rows = [*ROWS[:8], typed, ""]
        terminal.feed(frames.frame(rows, 40, Place(len(typed), 8), is_typed=True))
        assert terminal.runs == [run]
    terminal.take_runs()
    terminal.feed(frames.frame([*ROWS[:8], "Find h", ""], 40, Place(6, 8), is_typed=True))
    assert (terminal.runs, terminal.rows[8]) == ([], "Find h")


def test_another_size_and_a_cleared_terminal_are_written_again() -> None:
    frames, terminal = started()
    frames.forget()
    shown(frames, terminal, ROWS, Place(0, 0))
    assert len(terminal.runs) == 9
    smaller = LineTerminal(30, 5)
    shown(frames, smaller, ROWS[:5], Place(0, 0))
    assert smaller.rows == [*ROWS[:4], ""]


LINES = st.lists(
    st.sampled_from(["", "a", "b b", "字 c", "é", "long line"]), min_size=9, max_size=9
)


@given(st.lists(st.tuples(LINES, st.integers(0, 8), st.booleans()), min_size=1, max_size=5))
def test_the_terminal_shows_what_is_wanted(steps: list[tuple[list[str], int, bool]]) -> None:
    frames, terminal = PlainFrames(), LineTerminal(20, 9)
    for lines, y, is_typed in steps:
        rows = [*lines[:8], ""]
        terminal.feed(frames.frame(rows, 20, Place(0, y), is_typed=is_typed))
        assert terminal.rows == rows
        assert (terminal.x, terminal.y) == (0, y)
