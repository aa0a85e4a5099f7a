import pytest

from tuireader.ui.text_pane.decorations import jump_target


@pytest.mark.parametrize(
    ("offset", "steps", "target"),
    [
        (0, 1, 10),
        (10, 1, 20),
        (10, 2, 30),
        (30, 1, None),
        (30, -1, 20),
        (25, -2, 10),
        (0, -1, None),
    ],
)
def test_a_jump_goes_so_many_places_on_or_back(offset: int, steps: int, target: int | None) -> None:
    assert jump_target([30, 10, 20], offset, steps) == target
