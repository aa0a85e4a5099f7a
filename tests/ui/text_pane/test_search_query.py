from hypothesis import example, given
from hypothesis import strategies as st
from ui.pilot_reader import Start

from tuireader.ui.text_pane.search_query import query_of

TEXT = "Ice and ice, ICE; the café and the Café"


def found(typed: str) -> list[str]:
    return [hit.of(TEXT) for hit in query_of(typed).all(TEXT, lambda: False)]


def test_case_makes_a_difference_with_a_capital_letter_only() -> None:
    assert found("ice") == ["Ice", "ice", "ICE"]
    assert found("Ice") == ["Ice"]
    assert found("Cafe") == ["Café"]
    assert found("cafe") == ["café", "Café"]


def test_steps_pass_over_matches_in_another_case() -> None:
    query = query_of("ICE")
    assert [hit.start for hit in query.matches(TEXT, 0)] == [13]
    hit = query.before(TEXT, 5)
    assert hit is not None
    assert hit.start == 13
    assert query_of("iCe").before(TEXT, 5) is None


def test_an_expression_begins_with_v() -> None:
    assert found(r"\v[ci]\w+") == ["Ice", "ice", "ICE", "café", "Café"]
    assert found(r"\vI\w+") == ["Ice", "ICE"]
    assert found(r"\vx*") == []
    assert query_of("\\v").pattern is None


def test_a_wrong_expression_is_told() -> None:
    assert "no valid expression" in query_of(r"\v(").problem


@given(st.text(max_size=12))
@example("[[]")
def test_any_query_can_be_typed(typed: str) -> None:
    query_of(typed)
    query_of("\\v" + typed)


async def test_an_expression_is_found_in_the_text_and_remembered(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", "backslash", "v", *"p.lot", "enter")
        text = reader.screen.text
        assert text.viewport.text[text.cursor.offset :].startswith("pilot")
        await reader.press("g", "g", "slash", "up")
        assert "Find “\\vp.lot”: 1/1" in reader.screen.status.said
        await reader.press("enter")
        assert text.viewport.text[text.cursor.offset :].startswith("pilot")


async def test_a_wrong_expression_is_told_while_it_is_typed(start: Start) -> None:
    async with start() as reader:
        await reader.press("slash", "backslash", "v", "left_parenthesis")
        assert "no valid expression" in reader.screen.status.said
