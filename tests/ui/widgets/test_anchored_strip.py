from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tuireader.layout.cells import cell_width, use_widths
from tuireader.layout.terminal_widths import STANDARD, WIDEST, TerminalWidths
from tuireader.ui.widgets.anchored_strip import cropped

PIECES = ["a", "日", "👩\u200d👩\u200d👧", "🇩🇪", "❤\ufe0f", "कि", " "]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=4)


@given(texts, st.integers(0, 30), st.integers(0, 30), st.sampled_from([STANDARD, WIDEST]))
def test_a_cut_has_the_cells_that_were_asked_for(
    words: list[str], first: int, second: int, widths: TerminalWidths
) -> None:
    use_widths(widths)
    try:
        width = sum(map(cell_width, words))
        start, end = sorted((min(first, width), min(second, width)))
        cut = cropped([Segment(text, Style()) for text in words], start, end)
        assert sum(cell_width(segment.text) for segment in cut) == end - start
        whole = cropped([Segment(text, Style()) for text in words], 0, width)
        assert "".join(segment.text for segment in whole) == "".join(words)
    finally:
        use_widths(STANDARD)
