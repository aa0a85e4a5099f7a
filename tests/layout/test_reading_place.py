from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.blocks import Blocks
from tuireader.layout.cells import cell_width
from tuireader.layout.flow import Flow
from tuireader.layout.reading_place import place_in_rows


@given(st.text("ab é字\t", min_size=1, max_size=80), st.integers(0, 79), st.integers(10, 40))
def test_the_place_is_that_of_the_character(text: str, offset: int, width: int) -> None:
    offset = min(offset, len(text) - 1)
    flow = Flow(text, Blocks(()), width)
    rows = flow.rows_from(flow.first, 50)
    x, y = place_in_rows(rows, flow.position_of(offset), text, offset, 3)
    _, row = rows[y]
    assert row.start <= offset
    assert x == 3 + row.indent + cell_width(text[row.start : offset].replace("\t", " "))
    assert place_in_rows([], (0, 0), text, offset, 3) == (3, 0)
