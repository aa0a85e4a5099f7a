import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.border import (
    HEAVY,
    LIGHT,
    PLAIN,
    border_signs,
    bottom_border,
    has_box_drawing,
    split_heading,
    thumb_rows,
    top_border,
)
from tuireader.layout.cells import cell_width


def line(title: str, counts: str, width: int) -> str:
    return "".join(text for text, _ in top_border(title, counts, width, LIGHT))


def test_the_upper_line_has_the_title_and_the_counts() -> None:
    assert line("Articles", "41 of 326 unread", 40) == "╭─ Articles ──────── 41 of 326 unread ─╮"


def test_the_counts_give_way_to_a_short_title() -> None:
    assert line("Articles", "10 · as opened", 24) == "╭─ Articles ────── 10 ─╮"
    assert line("Quotes", "4 · 3 speakers · +1 hidden", 30) == "╭─ Quotes ── 4 · 3 speakers ─╮"
    assert line("Articles", "326,000,000", 18) == "╭─ Articles ─────╮"


@given(st.text("abc 字é", max_size=60), st.text("0 ·字", max_size=30), st.integers(8, 120))
def test_the_upper_line_is_as_wide_as_the_pane(title: str, counts: str, width: int) -> None:
    assert cell_width(line(title, counts, width)) == width
    assert len(bottom_border(width, HEAVY)) == width


def test_the_focus_is_told_by_heavier_lines() -> None:
    assert border_signs(focused=True, boxes=True) != border_signs(focused=False, boxes=True)
    plain = (*border_signs(focused=True, boxes=False), *border_signs(focused=False, boxes=False))
    assert all(sign.isascii() for sign in plain)
    assert border_signs(focused=True, boxes=False) != PLAIN


@pytest.mark.parametrize(
    ("environment", "has"),
    [
        ({"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm", "LANG": "C"}, True),
        ({"TERM": "xterm", "LC_ALL": "de_DE.ISO-8859-1", "LANG": "de_DE.UTF-8"}, False),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, False),
        ({"TERM": "vt100"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_a_terminal_without_box_drawing_is_known_by_its_name_or_locale(
    environment: dict[str, str], has: bool
) -> None:
    assert has_box_drawing(environment) is has


def test_the_counts_of_a_heading_begin_with_a_number_or_a_dot() -> None:
    assert split_heading("Quotes …") == ("Quotes", "…")
    assert split_heading("Trash 3/12 · newest first") == ("Trash", "3/12 · newest first")
    assert split_heading("What changed") == ("What changed", "")


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 60))
def test_the_thumb_is_on_the_bar_and_tells_the_ends(one: float, two: float, height: int) -> None:
    share = min(one, two), max(one, two)
    rows = thumb_rows(share, height)
    assert all(0 <= row < height for row in rows)
    if height >= 2:
        assert rows
        assert share[1] < 1 or rows[-1] == height - 1
        assert share[0] > 0 or share[1] >= 1 or rows[0] == 0


def test_there_is_no_thumb_if_all_is_on_the_screen() -> None:
    assert not thumb_rows(None, 20)
