from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color

from tuireader.ui.themes.contrast import BLACK, WHITE, contrast, legible, tint

colours = st.builds(Color, *[st.integers(0, 255)] * 3)


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == 21.0


@given(colours, colours)
def test_the_contrast_of_two_colours_does_not_depend_on_their_order(one: Color, two: Color) -> None:
    assert contrast(one, two) == contrast(two, one) >= 1.0


@given(colours, colours, st.sampled_from([3.0, 4.5]))
def test_a_colour_is_made_legible_on_any_ground(colour: Color, ground: Color, least: float) -> None:
    assert contrast(legible(colour, [ground], least), ground) >= least


def test_a_colour_that_is_legible_stays_as_it_is() -> None:
    grey = Color(90, 90, 90)
    assert legible(grey, [WHITE], 4.5) == grey


@given(colours)
def test_a_tint_leaves_the_text_its_contrast(colour: Color) -> None:
    ground = tint(Color(20, 23, 28), colour, 0.5, Color(213, 217, 224), 7.5)
    assert contrast(ground, Color(213, 217, 224)) >= 7.5
